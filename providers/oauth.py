"""Getting and keeping access to an account, in neutral words (RFC 6749, RFC 7636)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Capability(StrEnum):
    """What a grant allows. A vendor's folder maps these to its scopes."""

    READ = "read"
    SEND = "send"
    DRAFT = "draft"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True, repr=False)
class Tokens:
    """A grant. `secret` is what the vendor needs to refresh (refresh token, token cache): always sealed."""

    access_token: str
    expires_at: datetime
    secret: str
    granted: frozenset[Capability]


@dataclass(frozen=True, slots=True, repr=False)
class Authorization:
    """A sign-in that has begun. `flow` (PKCE verifier, nonce) is secret and needed again by `finish`."""

    url: str
    flow: str


@dataclass(frozen=True, slots=True)
class ConnectedIdentity:
    """Who signed in. `subject` never changes and is the key of the account; the address may change."""

    subject: str
    address: str
    name: str
    tokens: Tokens


class SignInRefused(Exception):
    """The sign-in ended without a grant. `reason` is one of:

    declined · admin_approval · blocked (by the organisation) · expired · not_verified (address) ·
    no_mailbox (the account has none at this vendor) · failed
    """

    def __init__(self, reason: str, code: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.code = code  # the vendor's word, safe to log


class OAuthClient(Protocol):
    """One vendor's sign-in. Thread-safe. Raises providers.errors and SignInRefused."""

    def begin(
        self, state: str, redirect_uri: str, capabilities: frozenset[Capability], login_hint: str
    ) -> Authorization:
        """Make the address of the vendor's consent page."""

    def finish(self, flow: str, redirect_uri: str, query: Mapping[str, str]) -> ConnectedIdentity:
        """Turn the callback into a grant. Raises SignInRefused."""

    def refresh(self, tokens: Tokens) -> Tokens:
        """Get a fresh access token. Raises ReconnectRequired when the grant is dead."""

    def revoke(self, tokens: Tokens) -> bool:
        """Withdraw the grant at the vendor. False where the vendor has no way to do that."""


class Approval(Protocol):
    """The way of an administrator who allows Mailroom for a whole organisation. Thread-safe.

    Approving is no sign-in: it connects nobody, and the administrator need not be a member.
    """

    def link(self, state: str, redirect_uri: str, capabilities: frozenset[Capability]) -> str:
        """Make the address to send to an administrator; it asks for all that Mailroom may ever ask."""

    def read(self, query: Mapping[str, str]) -> str:
        """Read from the callback which organisation approved. Raises SignInRefused."""
