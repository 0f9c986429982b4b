"""Signing in with Microsoft: msal's code flow with PKCE, one application object for each call.

An object holds the token cache of one account; the serialised cache is the account's secret. Whoever calls
`refresh` holds the account's lease, so that an account is refreshed by one caller at a time.
Source: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow, reference/providers.md 4
"""

import json
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msal

from providers.damaged import life_at
from providers.errors import ProviderError, Unavailable
from providers.microsoft.authority import COMMON, MICROSOFT, Authority
from providers.microsoft.graph import Graph
from providers.microsoft.identity import claims_of, subject_of
from providers.microsoft.profile import read_profile
from providers.microsoft.refusals import refresh_refused, sign_in_refused
from providers.oauth import Authorization, Capability, ConnectedIdentity, SignInRefused, Tokens

_SCOPES = {  # what is asked for, the least that does it
    Capability.READ: ("Mail.Read",),
    Capability.SEND: ("Mail.Send",),
    Capability.DRAFT: ("Mail.ReadWrite",),
    Capability.CALENDAR: ("Calendars.ReadWrite",),
}
_PROFILE = "User.Read"
_GRAPH = "https://graph.microsoft.com/"
_INCLUDED = {"mail.readwrite": {"mail.read"}}
# A broken answer of Microsoft's surfaces from msal as one of these.
_STUMBLES = (
    *(ValueError, LookupError, TypeError, AttributeError, RuntimeError, AssertionError),
    ArithmeticError,
)

# The callback is a GET, so that our cookie comes with it; msal would rather have a cross-site POST.
_WARNED = "response_mode='form_post' is recommended"


def scopes_of(capabilities: frozenset[Capability]) -> list[str]:
    """List the scopes for capabilities. Those of the sign-in itself msal adds and refuses to be given."""
    wanted = (scope for one in Capability if one in capabilities for scope in _SCOPES[one])
    return [_PROFILE, *dict.fromkeys(wanted)]


@dataclass(frozen=True, slots=True)
class MicrosoftOAuth:
    """Microsoft's side of `providers.oauth.OAuthClient`. Thread-safe."""

    client_id: str
    client_secret: str = field(repr=False)
    authority: Authority
    graph: Graph
    now: Callable[[], datetime]

    def begin(
        self, state: str, redirect_uri: str, capabilities: frozenset[Capability], login_hint: str
    ) -> Authorization:
        """Make the address of Microsoft's sign-in page. Reads Microsoft's metadata once a day."""
        warnings.filterwarnings("ignore", message=_WARNED, category=UserWarning)  # anybody may reset it
        flow = dict(
            _told(
                lambda: self._app(msal.SerializableTokenCache()).initiate_auth_code_flow(
                    scopes_of(capabilities),
                    redirect_uri=redirect_uri,
                    state=state,
                    login_hint=login_hint or None,
                    prompt=None if login_hint else "select_account",
                    response_mode="query",
                ),
                "unreadable_answer",
            )
        )
        url = self.authority.on_the_wire(str(flow.pop("auth_uri", "")))
        return Authorization(url, json.dumps({"v": 1, **flow}))

    def finish(self, flow: str, redirect_uri: str, query: Mapping[str, str]) -> ConnectedIdentity:
        """Exchange the code and read who it is. Raises SignInRefused and providers.errors."""
        secret = json.loads(flow)
        _check_callback(query, secret["state"], secret["redirect_uri"] == redirect_uri)
        cache = msal.SerializableTokenCache()
        answer = _told(
            lambda: self._app(cache).acquire_token_by_auth_code_flow(secret, dict(query)), "failed"
        )
        if "error" in answer:
            raise sign_in_refused(answer)
        if not list(cache.search(cache.CredentialType.REFRESH_TOKEN)):
            raise SignInRefused("failed", "no_refresh_token")
        claims = claims_of(
            str(answer.get("id_token", "")),
            self.client_id,
            secret["nonce"],
            self.authority.keys,
            self.now(),
        )
        tokens = self._tokens(answer, cache, frozenset())
        profile = read_profile(self.graph, tokens, claims)
        return ConnectedIdentity(subject_of(claims), profile.address, profile.name, tokens)

    def refresh(self, tokens: Tokens) -> Tokens:
        """Get a fresh access token. Microsoft gives a new refresh token each time; both are in the secret.

        A claims challenge that met the old token is passed on.
        """
        cache = msal.SerializableTokenCache()
        challenge = self.graph.challenges.take(tokens.access_token)
        answer = _told(lambda: self._renewed(cache, tokens, challenge), "unreadable_answer")
        if "error" in answer:
            raise refresh_refused(answer)
        return self._tokens(answer, cache, tokens.granted)

    def _renewed(self, cache: Any, tokens: Tokens, challenge: str | None) -> Mapping[str, Any]:
        cache.deserialize(tokens.secret)
        app = self._app(cache)
        account = next(iter(app.get_accounts()), None)
        answer = app.acquire_token_silent_with_error(
            scopes_of(tokens.granted), account=account, force_refresh=True, claims_challenge=challenge
        )
        return answer if answer is not None else {"error": "invalid_grant"}  # no refresh token in the secret

    def revoke(self, tokens: Tokens) -> bool:
        """Say that Microsoft has no way to do this; `Provider.access_page` leads to where the person can."""
        del tokens
        return False

    def _app(self, cache: Any) -> Any:
        return msal.ConfidentialClientApplication(
            self.client_id,
            client_credential=self.client_secret,
            authority=COMMON,
            instance_discovery=False,
            token_cache=cache,
            http_client=self.authority,
            client_capabilities=["CP1"],  # we understand claims challenges
        )

    def _tokens(self, answer: Mapping[str, Any], cache: Any, granted: frozenset[Capability]) -> Tokens:
        access, life = answer.get("access_token"), life_at(answer, "expires_in")
        if not isinstance(access, str) or not access or life is None:
            raise Unavailable("unreadable_answer")
        for held in list(cache.search(cache.CredentialType.ACCESS_TOKEN)):
            cache.remove_at(held)  # it stands beside the secret, and no cache of ours looks it up
        scope = answer.get("scope")
        return Tokens(
            access_token=access,
            expires_at=self.now() + life,
            secret=cache.serialize(),
            granted=_granted(scope) if isinstance(scope, str) else granted,
        )


def _told(ask: Callable[[], Mapping[str, Any]], otherwise: str) -> Mapping[str, Any]:
    """Call msal; what it stumbles over is an answer of Microsoft's that nobody can read."""
    try:
        return ask()
    except ProviderError:
        raise
    except _STUMBLES:
        pass
    raise Unavailable(otherwise)  # outside of the handler: msal's errors quote states and tokens


def _check_callback(query: Mapping[str, str], state: str, same_way_back: bool) -> None:
    """Look at the callback before msal does, which calls every fault of it a ValueError."""
    issuer = query.get("iss", "")
    if issuer and not issuer.startswith(f"{MICROSOFT}/"):
        raise SignInRefused("failed", "other_issuer")
    if query.get("state") != state or not same_way_back:
        raise SignInRefused("failed", "other_state")
    if query.get("error"):
        raise sign_in_refused(query)
    if not query.get("code"):
        raise SignInRefused("failed", "no_code")


def _granted(scope: str) -> frozenset[Capability]:
    given = {one.lower().removeprefix(_GRAPH) for one in scope.split()}
    given |= {less for more, held in _INCLUDED.items() if more in given for less in held}
    return frozenset(one for one, needed in _SCOPES.items() if given.issuperset(map(str.lower, needed)))
