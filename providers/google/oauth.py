"""Signing in with Google: code flow with PKCE, each request made by hand, once, with a time limit.

google-auth-oauthlib raises when a person unticks a box and needs process-wide switches for a loopback server
(reference/providers.md 2); two POSTs need neither.
Source: https://developers.google.com/identity/protocols/oauth2/web-server, RFC 6749, 7009, 7636, 9207
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from providers.content.addresses import clean_name, normalise
from providers.damaged import life_at
from providers.errors import ReconnectRequired, Unavailable
from providers.google.endpoints import Endpoints, get_json, post_form, safe_word
from providers.google.identity import ISSUERS, claims_of
from providers.oauth import Authorization, Capability, ConnectedIdentity, SignInRefused, Tokens

_AUTH = "https://www.googleapis.com/auth/"
_SIGN_IN = ("openid", f"{_AUTH}userinfo.email")
_ASKED = {  # what is asked for, the least that does it
    Capability.READ: (f"{_AUTH}gmail.readonly",),
    Capability.SEND: (f"{_AUTH}gmail.compose",),
    Capability.DRAFT: (f"{_AUTH}gmail.compose",),
    Capability.CALENDAR: (f"{_AUTH}calendar.events.owned", f"{_AUTH}calendar.calendarlist.readonly"),
}
_CALLBACK_REASONS = {
    "access_denied": "declined",
    "admin_policy_enforced": "blocked",
    "org_internal": "blocked",
    "policy_enforced": "blocked",
    "consent_required": "declined",
    "interaction_required": "declined",
}


@dataclass(frozen=True, slots=True)
class GoogleOAuth:
    """Google's side of `providers.oauth.OAuthClient`. Thread-safe."""

    client_id: str
    client_secret: str = field(repr=False)
    endpoints: Endpoints
    now: Callable[[], datetime]

    def begin(
        self, state: str, redirect_uri: str, capabilities: frozenset[Capability], login_hint: str
    ) -> Authorization:
        """Make the address of the consent page. It asks anew each time: else no refresh token comes."""
        verifier, nonce = secrets.token_urlsafe(64), secrets.token_urlsafe(24)
        asked = dict.fromkeys(
            [*_SIGN_IN, *(scope for one in Capability if one in capabilities for scope in _ASKED[one])]
        )
        parameters = {
            "client_id": self.client_id,
            "redirect_uri": redirect_uri,
            "response_type": "code",
            "scope": " ".join(asked),
            "state": state,
            "nonce": nonce,
            "code_challenge": _challenge(verifier),
            "code_challenge_method": "S256",
            "access_type": "offline",
            "include_granted_scopes": "false",
            "prompt": "consent" if login_hint else "consent select_account",
        }
        if login_hint:
            parameters["login_hint"] = login_hint
        flow = json.dumps({"v": 1, "verifier": verifier, "nonce": nonce})
        return Authorization(f"{self.endpoints.auth}?{urlencode(parameters)}", flow)

    def finish(self, flow: str, redirect_uri: str, query: Mapping[str, str]) -> ConnectedIdentity:
        """Exchange the code. Boxes that were left empty show in `tokens.granted`. Raises SignInRefused."""
        secret = json.loads(flow)
        code = _code_of(query)
        try:
            answer = post_form(
                self.endpoints.token,
                {
                    "grant_type": "authorization_code",
                    "code": code,
                    "redirect_uri": redirect_uri,
                    "code_verifier": secret["verifier"],
                    **self._proof(),
                },
            )
        except ReconnectRequired as refused:  # the code is old, used, or not ours: begin again
            raise SignInRefused("expired", refused.code) from None
        tokens = self._tokens(answer, "", frozenset())
        if not tokens.secret:
            raise SignInRefused("failed", "no_refresh_token")
        claims = claims_of(str(answer.get("id_token", "")), self.client_id, secret["nonce"], self.now())
        return self._identity(claims, tokens)

    def _identity(self, claims: Mapping[str, Any], tokens: Tokens) -> ConnectedIdentity:
        if not claims.get("email"):
            known = get_json(self.endpoints.userinfo, tokens.access_token)
            if known.get("sub") != claims["sub"]:
                raise SignInRefused("failed", "userinfo_subject")
            claims = {**claims, **known}
        if claims.get("email_verified") not in (True, "true"):
            raise SignInRefused("not_verified")
        try:
            address = normalise(str(claims.get("email", "")))
        except ValueError:
            raise SignInRefused("failed", "no_address") from None
        return ConnectedIdentity(str(claims["sub"]), address, clean_name(str(claims.get("name", ""))), tokens)

    def refresh(self, tokens: Tokens) -> Tokens:
        """Get a fresh access token; Google's refresh token stays the same unless it sends another."""
        form = {"grant_type": "refresh_token", "refresh_token": tokens.secret, **self._proof()}
        return self._tokens(post_form(self.endpoints.token, form), tokens.secret, tokens.granted)

    def revoke(self, tokens: Tokens) -> bool:
        """End the whole grant of this Google account to this app. One that is dead already is done too."""
        with suppress(ReconnectRequired):
            post_form(self.endpoints.revoke, {"token": tokens.secret})
        return True

    def _proof(self) -> dict[str, str]:
        return {"client_id": self.client_id, "client_secret": self.client_secret}

    def _tokens(self, answer: Mapping[str, Any], secret: str, granted: frozenset[Capability]) -> Tokens:
        access, life = answer.get("access_token"), life_at(answer, "expires_in")
        if not isinstance(access, str) or not access or life is None:
            raise Unavailable("unreadable_answer")
        scope = answer.get("scope")
        return Tokens(
            access_token=access,
            expires_at=self.now() + life,
            secret=str(answer.get("refresh_token") or secret),
            granted=_granted(scope) if isinstance(scope, str) else granted,
        )


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


def _code_of(query: Mapping[str, str]) -> str:
    """Read the callback: an error in it, another issuer (RFC 9207), or the code."""
    if query.get("iss", ISSUERS[0]) not in ISSUERS:
        raise SignInRefused("failed", "other_issuer")
    if error := query.get("error", ""):
        raise SignInRefused(_CALLBACK_REASONS.get(error, "failed"), safe_word(error))
    if not query.get("code"):
        raise SignInRefused("failed", "no_code")
    return query["code"]


def _granted(scope: str) -> frozenset[Capability]:
    given = set(scope.split())
    return frozenset(one for one, needed in _ASKED.items() if given.issuperset(needed))
