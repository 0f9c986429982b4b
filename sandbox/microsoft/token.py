"""The token endpoint (RFC 6749, 7636; OpenID Connect), with Entra's numbers."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping

from werkzeug.wrappers import Request, Response

from sandbox.microsoft.accounts import App, Code
from sandbox.microsoft.authorize import check_authority
from sandbox.microsoft.directory import Account, Policy
from sandbox.microsoft.grants import ACCESS_LIFE
from sandbox.microsoft.identity import client_info, wants_id_token
from sandbox.microsoft.realm import Realm
from sandbox.microsoft.refusals import Refusal, body_of, refusal
from sandbox.microsoft.scopes import EMAIL, OFFLINE, OPENID, PROFILE, read, resource, unknown

NO_STORE = {"Cache-Control": "no-store, no-cache", "Pragma": "no-cache"}


def answer(body: Mapping[str, object], status: int = 200) -> Response:
    text = json.dumps(body, ensure_ascii=False)
    return Response(text, status, NO_STORE, content_type="application/json; charset=utf-8")


def serve_token(realm: Realm, request: Request, authority: str) -> Response:
    """Answer POST /{tenant}/oauth2/v2.0/token."""
    form = request.form
    try:
        check_authority(realm, authority)
        if request.mimetype != "application/x-www-form-urlencoded" or not form.get("grant_type"):
            raise refusal(900144, "grant_type")
        if form["grant_type"] == "authorization_code":
            return answer(_exchange(realm, form))
        if form["grant_type"] == "refresh_token":
            return answer(_refresh(realm, form))
        raise refusal(70003)
    except Refusal as one:
        return answer(body_of(one, realm.now()), one.status)


def _app(realm: Realm, form: Mapping[str, str]) -> App:
    if not form.get("client_id"):
        raise refusal(900144, "client_id")
    app = realm.apps.get(form["client_id"])
    if app is None:
        raise refusal(700016)
    if not form.get("client_secret"):
        raise refusal(7000218)
    secret = app.secret(form["client_secret"])
    if secret is None:
        raise refusal(7000215)
    if secret.expires_at is not None and secret.expires_at <= realm.now():
        raise refusal(7000222)
    return app


def _exchange(realm: Realm, form: Mapping[str, str]) -> dict[str, object]:
    app = _app(realm, form)
    if not form.get("code"):
        raise refusal(900144, "code")
    code = realm.grants.take_code(form["code"])
    if code.client_id != app.id:
        raise refusal(9002313)
    if form.get("redirect_uri") != code.redirect_uri:
        raise refusal(500112)
    _verify(code, form.get("code_verifier", ""))
    asked = frozenset(read(form.get("scope", "")) or code.scopes)
    _check_scopes(realm, app, code.account, asked)
    given = _tokens(realm, app, code.account, asked, form, code.claims)
    if wants_id_token(asked):
        given["id_token"] = realm.id_tokens.make(code.account, app.id, asked, code.nonce, realm.now())
    if OFFLINE in asked:
        given["refresh_token"] = realm.grants.give_refresh(app.id, code.account)
    return given


def _verify(code: Code, verifier: str) -> None:
    """Check the PKCE verifier (RFC 7636 section 4.6)."""
    if not code.method:
        if verifier:
            raise refusal(501481)
        return
    if not verifier:
        raise refusal(50148)
    shown = verifier
    if code.method == "S256":
        digest = hashlib.sha256(verifier.encode()).digest()
        shown = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    if not 43 <= len(verifier) <= 128 or not hmac.compare_digest(shown, code.challenge):
        raise refusal(501481)


def _refresh(realm: Realm, form: Mapping[str, str]) -> dict[str, object]:
    app = _app(realm, form)
    if not form.get("refresh_token"):
        raise refusal(900144, "refresh_token")
    token = realm.grants.use_refresh(app.id, form["refresh_token"])
    account = token.account
    if account.tenant.policy is Policy.ABSENT:
        raise refusal(700016)
    if account.tenant.policy is Policy.CONDITIONAL:
        raise refusal(53003)
    asked = frozenset(read(form.get("scope", ""))) or realm.grants.consented(app.id, account)
    _check_scopes(realm, app, account, asked)
    given = _tokens(realm, app, account, asked, form, "")
    if wants_id_token(asked):
        given["id_token"] = realm.id_tokens.make(account, app.id, asked, "", realm.now())
    given["refresh_token"] = realm.grants.replace(token)
    return given


def _check_scopes(realm: Realm, app: App, account: Account, asked: frozenset[str]) -> None:
    if unknown(tuple(asked)):
        raise refusal(70011)
    consented = realm.grants.consented(app.id, account)
    if resource(asked) - consented or not consented:
        raise refusal(65001)


def _tokens(
    realm: Realm,
    app: App,
    account: Account,
    asked: frozenset[str],
    form: Mapping[str, str],
    claims: str,
) -> dict[str, object]:
    """Make the access token. Work tokens carry all that was ever granted, personal ones what is asked for."""
    scopes = resource(asked)
    if not account.tenant.personal:
        scopes |= resource(realm.grants.consented(app.id, account))
    scopes -= account.tenant.withheld
    claims = form.get("claims", "") or claims
    access = realm.grants.give_access(app.id, account, scopes, claims)
    listed = [*sorted(scopes), *(one for one in (OPENID, PROFILE, EMAIL) if one in asked)]
    given: dict[str, object] = {
        "token_type": "Bearer",
        "scope": " ".join(listed),  # never offline_access
        "expires_in": int(ACCESS_LIFE.total_seconds()) - 1,
        "ext_expires_in": int(ACCESS_LIFE.total_seconds()) - 1,
        "access_token": access,
    }
    if form.get("client_info") == "1":
        given["client_info"] = client_info(account)
    return given
