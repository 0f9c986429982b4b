"""What an app asks for at the authorisation endpoint, and the refusals that never leave Google's own page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from sandbox.google.accounts import Client
from sandbox.google.identity import ISSUER
from sandbox.google.realm import Realm
from sandbox.google.scopes import SIGN_IN, read, unknown
from sandbox.mail.people import Person

_CHALLENGE = re.compile(r"[A-Za-z0-9\-._~]{43,128}")


@dataclass(frozen=True, slots=True)
class PageError(Exception):
    """An error that Google shows itself: the app never hears of it."""

    code: str
    text: str
    status: int = 400


@dataclass(frozen=True, slots=True, repr=False)
class Ask:
    """One valid authorisation request."""

    client: Client
    redirect_uri: str
    scopes: tuple[str, ...]
    state: str
    nonce: str
    challenge: str
    method: str
    offline: bool
    include_granted: bool
    prompt: frozenset[str]
    login_hint: str

    def boxes(self, person: Person, realm: Realm) -> tuple[str, ...]:
        """List the scopes to be ticked one by one: with a single one there is no box."""
        asked = self.shown(person, realm)
        choosable = tuple(one for one in asked if one not in SIGN_IN)
        return choosable if len(choosable) > 1 else ()

    def shown(self, person: Person, realm: Realm) -> tuple[str, ...]:
        """List the scopes the consent page asks for; empty when nothing is new and nobody insists."""
        if "consent" in self.prompt:
            return self.scopes
        granted = realm.grants.granted(self.client.id, person)
        return tuple(one for one in self.scopes if one not in granted)

    def answer(self, **parameters: str) -> str:
        """Make the address to send the browser back to (RFC 6749 4.1.2, RFC 9207)."""
        told = {"state": self.state} if self.state else {}
        joint = "&" if "?" in self.redirect_uri else "?"
        return self.redirect_uri + joint + urlencode({**told, "iss": ISSUER, **parameters})


def read_ask(realm: Realm, query: Mapping[str, str]) -> Ask:
    """Check an authorisation request in Google's order. Raises PageError."""
    if not query.get("client_id"):
        raise PageError("invalid_request", "Missing required parameter: client_id")
    client = realm.clients.get(query["client_id"])
    if client is None:
        raise PageError("invalid_client", "The OAuth client was not found.", 401)
    redirect_uri = query.get("redirect_uri", "")
    if not redirect_uri:
        raise PageError("invalid_request", "Missing required parameter: redirect_uri")
    if redirect_uri not in client.redirect_uris:
        raise PageError(
            "redirect_uri_mismatch",
            "You can't sign in because this app's redirect address is not one of those it registered.",
        )
    if not query.get("response_type"):
        raise PageError("invalid_request", "Missing required parameter: response_type")
    if query["response_type"] != "code":
        raise PageError("unsupported_response_type", "Only response_type=code is possible here.")
    scopes = read(query.get("scope", ""))
    if not scopes:
        raise PageError("invalid_request", "Missing required parameter: scope")
    if strange := unknown(scopes):
        raise PageError("invalid_scope", "Some requested scopes were invalid. " + ", ".join(strange))
    return _ask(client, redirect_uri, scopes, query)


def _ask(client: Client, redirect_uri: str, scopes: tuple[str, ...], query: Mapping[str, str]) -> Ask:
    challenge, method = query.get("code_challenge", ""), query.get("code_challenge_method", "")
    if method and not challenge:
        raise PageError("invalid_request", "code_challenge_method without code_challenge")
    if challenge and not _CHALLENGE.fullmatch(challenge):
        raise PageError("invalid_request", "Invalid code_challenge")
    method = (method or "plain") if challenge else ""
    if method not in ("", "plain", "S256"):
        raise PageError("invalid_request", "Invalid code_challenge_method")
    access_type = query.get("access_type", "online")
    if access_type not in ("online", "offline"):
        raise PageError("invalid_request", "Invalid access_type: " + access_type)
    prompt = frozenset(query.get("prompt", "").split())
    if prompt - {"none", "consent", "select_account"} or ("none" in prompt and len(prompt) > 1):
        raise PageError("invalid_request", "Invalid parameter value for prompt")
    return Ask(
        client=client,
        redirect_uri=redirect_uri,
        scopes=scopes,
        state=query.get("state", ""),
        nonce=query.get("nonce", ""),
        challenge=challenge,
        method=method,
        offline=access_type == "offline",
        include_granted=query.get("include_granted_scopes") == "true",
        prompt=prompt,
        login_hint=query.get("login_hint", ""),
    )


def check_person(realm: Realm, ask: Ask, person: Person) -> None:
    """Check that this account may use the app at all. Raises PageError."""
    if ask.client.internal_to and person.hosted_domain != ask.client.internal_to:
        raise PageError(
            "org_internal",
            f"{ask.client.name} is restricted to users within its organization.",
            403,
        )
    if ask.client.test_users is not None and person.address not in ask.client.test_users:
        raise PageError(
            "access_denied",
            f"{ask.client.name} has not completed the Google verification process. The app is being tested "
            "and can only be used by developer-approved testers.",
            403,
        )
    if realm.blocked(person):
        raise PageError(
            "admin_policy_enforced",
            f"Access to your account data is restricted by policies within your organization. "
            f"The administrator of {person.hosted_domain} has to allow {ask.client.name} first.",
        )
