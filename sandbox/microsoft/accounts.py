"""Registered apps with their secrets, and the small things a sign-in hands out."""

import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

from sandbox.microsoft.directory import Account

LOOPBACK = ("127.0.0.1", "localhost", "::1")
Audience = Literal["all", "organizations", "consumers"]


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """A client secret. `expires_at` None: not in our time."""

    text: str
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, repr=False)
class App:
    """An app as registered with Microsoft. `audience`: which accounts may use it."""

    id: str
    secrets: tuple[Secret, ...]
    redirect_uris: tuple[str, ...]
    name: str = "Mailroom"
    audience: Audience = "all"

    def __post_init__(self) -> None:
        for uri in self.redirect_uris:
            parts = urlsplit(uri)
            if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
                raise ValueError("Microsoft registers https redirect addresses only, or http on loopback")
            if parts.fragment or "*" in uri:
                raise ValueError("a redirect address has no fragment and no wildcard")

    def secret(self, text: str) -> Secret | None:
        """Find the secret a client proves itself with, expired or not."""
        for one in self.secrets:
            if hmac.compare_digest(one.text.encode(), text.encode()):
                return one
        return None


@dataclass(frozen=True, slots=True, repr=False)
class Code:
    """What the browser carries back: one use, ten minutes."""

    client_id: str
    account: Account
    scopes: frozenset[str]
    redirect_uri: str
    challenge: str
    method: str  # "S256", "plain" or "" when the app sent no challenge
    nonce: str
    claims: str
    expires_at: datetime


@dataclass(slots=True, repr=False)
class RefreshToken:
    """A refresh token. `replaced_at`: when a newer one was given for it; it lives on for a while."""

    client_id: str
    account: Account
    issued_at: datetime
    used_at: datetime
    replaced_at: datetime | None = None


@dataclass(frozen=True, slots=True, repr=False)
class AccessToken:
    """An access token for Graph. `claims`: those that were asked for when it was made."""

    client_id: str
    account: Account
    scopes: frozenset[str]
    issued_at: datetime
    expires_at: datetime
    claims: str = ""
