"""What an app asks for at the authorisation endpoint, and the refusals that never leave Microsoft's page."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from sandbox.microsoft.accounts import App
from sandbox.microsoft.directory import CONSUMERS, Account, Policy, Tenant
from sandbox.microsoft.identity import client_info
from sandbox.microsoft.realm import Realm
from sandbox.microsoft.refusals import Refusal, described, refusal
from sandbox.microsoft.scopes import ALWAYS_ALLOWED, read, resource, unknown

_CHALLENGE = re.compile(r"[A-Za-z0-9\-._~]{43,128}")
_SHARED = ("common", "organizations", "consumers")
_PROMPTS = frozenset({"", "none", "login", "consent", "select_account"})


@dataclass(frozen=True, slots=True, repr=False)
class Ask:
    """One valid authorisation request. `authority` is the tenant as it stood in the address."""

    app: App
    authority: str
    redirect_uri: str
    scopes: frozenset[str]
    state: str
    nonce: str
    challenge: str
    method: str
    prompt: str
    login_hint: str
    claims: str
    client_info: bool

    def answer(self, **parameters: str) -> str:
        """Make the address to send the browser back to (RFC 6749 4.1.2)."""
        told = {"state": self.state} if self.state else {}
        joint = "&" if "?" in self.redirect_uri else "?"
        return self.redirect_uri + joint + urlencode({**parameters, **told})

    def answer_code(self, code: str, account: Account) -> str:
        more = {"client_info": client_info(account)} if self.client_info else {}
        return self.answer(code=code, **more, session_state=secrets.token_hex(16))

    def refuse(self, realm: Realm, one: Refusal, **more: str) -> str:
        """Send a refusal to the app."""
        told = described(one, realm.now())["description"]
        return self.answer(error=one.error, **more, error_description=told)


def check_authority(realm: Realm, name: str) -> Tenant | None:
    """Check the tenant in an address; None stands for a shared one. Raises Refusal."""
    if name in _SHARED:
        return None
    if name == CONSUMERS:
        return realm.tenant("")
    found = realm.tenant_named(name)
    if found is None:
        raise refusal(90002)
    return found


def read_ask(realm: Realm, authority: str, query: Mapping[str, str]) -> Ask:
    """Check an authorisation request. Raises Refusal, which is shown and never sent back."""
    check_authority(realm, authority)
    app = _app(realm, query)
    if query.get("response_type") != "code":
        raise refusal(700051 if query.get("response_type") else 900144)
    if query.get("response_mode", "query") != "query":
        raise refusal(700054)
    scopes = read(query.get("scope", ""))
    if not scopes:
        raise refusal(900144, "scope")
    if strange := unknown(scopes):
        raise refusal(650053, ", ".join(strange)[:80])
    challenge, method = query.get("code_challenge", ""), query.get("code_challenge_method", "")
    if challenge and not _CHALLENGE.fullmatch(challenge):
        raise refusal(90014, "code_challenge")
    method = (method or "plain") if challenge else ""
    if method not in ("", "plain", "S256") or query.get("prompt", "") not in _PROMPTS:
        raise refusal(90014, "code_challenge_method or prompt")
    return Ask(
        app=app,
        authority=authority,
        redirect_uri=query["redirect_uri"],
        scopes=frozenset(scopes),
        state=query.get("state", ""),
        nonce=query.get("nonce", ""),
        challenge=challenge,
        method=method,
        prompt=query.get("prompt", ""),
        login_hint=query.get("login_hint", ""),
        claims=query.get("claims", ""),
        client_info=query.get("client_info") == "1",
    )


def _app(realm: Realm, query: Mapping[str, str]) -> App:
    if not query.get("client_id"):
        raise refusal(900144, "client_id")
    app = realm.apps.get(query["client_id"])
    if app is None:
        raise refusal(700016)
    if query.get("redirect_uri", "") not in app.redirect_uris:
        raise refusal(50011)
    return app


def check_account(realm: Realm, ask: Ask, account: Account) -> None:
    """Check that this account may sign in to the app through this address. Raises Refusal."""
    del realm
    named = ask.authority not in (*_SHARED, account.tenant.id, account.tenant.domain or account.tenant.id)
    personal = account.tenant.personal
    wrong_kind = (personal and "organizations" in (ask.authority, ask.app.audience)) or (
        not personal and "consumers" in (ask.authority, ask.app.audience)
    )
    if named or wrong_kind:
        raise refusal(50020)
    if account.tenant.policy is Policy.ABSENT:
        raise refusal(700016)
    if account.tenant.policy is Policy.UNASSIGNED and account.address not in account.tenant.assigned:
        raise refusal(50105)
    if account.tenant.policy is Policy.CONDITIONAL:
        raise refusal(53003)


def missing(realm: Realm, ask: Ask, account: Account) -> frozenset[str]:
    """List the scopes that the consent page has to ask for."""
    if ask.prompt == "consent":
        return ask.scopes
    return ask.scopes - realm.grants.consented(ask.app.id, account)


def needs_approval(ask: Ask, account: Account, asked: frozenset[str]) -> bool:
    """Say whether only an administrator can grant this.

    With prompt=consent that holds even for what an administrator has granted before.
    """
    del ask
    strict = account.tenant.policy in (Policy.APPROVAL, Policy.APPROVAL_SILENT)
    return strict and not account.administers and bool(resource(asked) - ALWAYS_ALLOWED)
