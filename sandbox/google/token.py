"""The token, revoke and userinfo endpoints (RFC 6749, 7009, 7636; OpenID Connect), with Google's wording."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from werkzeug.wrappers import Request, Response

from sandbox.google.accounts import ACCESS_LIFE, TESTING_LIFE, Client, Code
from sandbox.google.identity import claims_of
from sandbox.google.realm import Realm
from sandbox.google.scopes import EMAIL, OPENID, PROFILE, read
from sandbox.mail.people import Person

NO_STORE = {"Cache-Control": "no-cache, no-store, max-age=0, must-revalidate", "Pragma": "no-cache"}


@dataclass(frozen=True, slots=True)
class TokenError(Exception):
    """A refusal of the token endpoint."""

    error: str
    description: str
    status: int = 400


def answer(body: Mapping[str, object], status: int = 200) -> Response:
    text = json.dumps(body, indent=2, ensure_ascii=False)
    return Response(text, status, NO_STORE, content_type="application/json; charset=utf-8")


def serve_token(realm: Realm, request: Request) -> Response:
    """Answer POST /token."""
    if request.method != "POST":
        return Response(status=404)
    if request.mimetype != "application/x-www-form-urlencoded":
        return answer({"error": "invalid_request", "error_description": "Bad Request"}, 400)
    form = request.form
    try:
        if form.get("grant_type") == "authorization_code":
            return answer(_exchange(realm, form))
        if form.get("grant_type") == "refresh_token":
            return answer(_refresh(realm, form))
        raise TokenError("unsupported_grant_type", f"Invalid grant_type: {form.get('grant_type', '')}")
    except TokenError as error:
        body = {"error": error.error, "error_description": error.description}
        return answer(body, error.status)


def _client(realm: Realm, form: Mapping[str, str]) -> Client:
    if not form.get("client_id"):
        raise TokenError("invalid_request", "Could not determine client ID from request.")
    client = realm.clients.get(form["client_id"])
    if client is None:
        raise TokenError("invalid_client", "The OAuth client was not found.", 401)
    if not form.get("client_secret"):
        raise TokenError("invalid_request", "client_secret is missing.")
    if not client.proves(form["client_secret"]):
        raise TokenError("invalid_client", "Unauthorized", 401)
    return client


def _exchange(realm: Realm, form: Mapping[str, str]) -> dict[str, object]:
    client = _client(realm, form)
    if not form.get("code"):
        raise TokenError("invalid_request", "Missing required parameter: code")
    if not form["code"].startswith("4/"):
        raise TokenError("invalid_grant", "Malformed auth code.")
    code = realm.grants.take_code(form["code"])
    if code is None or code.client_id != client.id:
        raise TokenError("invalid_grant", "Bad Request")
    if form.get("redirect_uri") != code.redirect_uri:
        raise TokenError("redirect_uri_mismatch", "Bad Request")
    _verify(code, form.get("code_verifier", ""))
    answered = _tokens(realm, client, code.person, code.scopes, code.nonce)
    if code.offline:
        answered["refresh_token"] = realm.grants.give_refresh(client.id, code.person, code.scopes)
        if client.test_users is not None:
            answered["refresh_token_expires_in"] = int(TESTING_LIFE.total_seconds()) - 1
    return answered


def _verify(code: Code, verifier: str) -> None:
    """Check the PKCE verifier (RFC 7636 section 4.6)."""
    if not code.method:
        if verifier:
            raise TokenError("invalid_grant", "code_verifier or verifier is not needed.")
        return
    if not verifier:
        raise TokenError("invalid_grant", "Missing code verifier.")
    shown = verifier
    if code.method == "S256":
        digest = hashlib.sha256(verifier.encode()).digest()
        shown = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    if not 43 <= len(verifier) <= 128 or not hmac.compare_digest(shown, code.challenge):
        raise TokenError("invalid_grant", "Invalid code verifier.")


def _refresh(realm: Realm, form: Mapping[str, str]) -> dict[str, object]:
    client = _client(realm, form)
    text = form.get("refresh_token", "")
    if not text:
        raise TokenError("invalid_request", "Missing required parameter: refresh_token")
    owner = realm.grants.owner(text)
    if owner is None:
        raise TokenError("invalid_grant", "Bad Request")
    if owner[0] != client.id:
        raise TokenError("unauthorized_client", "Unauthorized", 401)
    token = realm.grants.refresh(client, text)
    if token is None or realm.blocked(owner[1]):
        raise TokenError("invalid_grant", "Token has been expired or revoked.")
    scopes = token.scopes
    if form.get("scope"):
        wanted = frozenset(read(form["scope"]))
        if not wanted <= scopes:
            raise TokenError("invalid_scope", "Bad Request")
        scopes = wanted
    return _tokens(realm, client, owner[1], scopes, "")


def _tokens(
    realm: Realm, client: Client, person: Person, scopes: frozenset[str], nonce: str
) -> dict[str, object]:
    now: datetime = realm.now()
    access = realm.grants.give_access(client.id, person, scopes)
    answered: dict[str, object] = {
        "access_token": access,
        "expires_in": int(ACCESS_LIFE.total_seconds()) - 1,  # as Google: counted from before it answers
        "scope": " ".join(sorted(scopes, reverse=True)),
        "token_type": "Bearer",
    }
    if OPENID in scopes or EMAIL in scopes or PROFILE in scopes:
        answered["id_token"] = realm.id_tokens.make(person, client.id, scopes, access, nonce, now)
    return answered


def serve_revoke(realm: Realm, request: Request) -> Response:
    """Answer POST /revoke: the whole grant ends, whichever of its tokens was given."""
    if request.method != "POST":
        return Response(status=404)
    text = request.form.get("token") or request.args.get("token", "")
    if not text:
        return answer(
            {"error": "invalid_request", "error_description": "Missing required parameter: token"}, 400
        )
    if realm.grants.revoke_token(text):
        return answer({})
    return answer({"error": "invalid_token", "error_description": "Token expired or revoked"}, 400)


def serve_userinfo(realm: Realm, request: Request) -> Response:
    """Answer GET /v1/userinfo."""
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    token = realm.grants.access(text) if scheme.lower() == "bearer" else None
    if token is None or not token.scopes & {OPENID, EMAIL, PROFILE}:
        refused = answer({"error": "invalid_request", "error_description": "Invalid Credentials"}, 401)
        refused.headers["WWW-Authenticate"] = (
            'Bearer realm="https://accounts.google.com/", error=invalid_token'
        )
        return refused
    return answer({"sub": token.person.subject, **claims_of(token.person, token.scopes)})
