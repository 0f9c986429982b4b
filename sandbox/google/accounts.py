"""Registered apps, and what people have granted them: codes, access tokens, refresh tokens."""

import hmac
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sandbox.mail.people import Person

ACCESS_LIFE = timedelta(seconds=3600)
CODE_LIFE = timedelta(minutes=10)
UNUSED_LIFE = timedelta(days=182)
TESTING_LIFE = timedelta(days=7)
REFRESH_TOKENS_KEPT = 100
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True, repr=False)
class Client:
    """An app as registered with Google.

    `internal_to`: the one organisation whose people may use it. `test_users`: the app is in "Testing", only
    these may consent and refresh tokens die after seven days.
    """

    id: str
    secret: str
    redirect_uris: tuple[str, ...]
    name: str = "Mailroom"
    internal_to: str = ""
    test_users: frozenset[str] | None = None

    def __post_init__(self) -> None:
        for uri in self.redirect_uris:
            parts = urlsplit(uri)
            if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
                raise ValueError("Google registers https redirect addresses only, or http on loopback")
            if parts.fragment:
                raise ValueError("a redirect address has no fragment")

    def proves(self, secret: str) -> bool:
        return hmac.compare_digest(secret.encode(), self.secret.encode())


@dataclass(frozen=True, slots=True, repr=False)
class Code:
    """What the browser carries back: one use, ten minutes."""

    client_id: str
    person: Person
    scopes: frozenset[str]
    redirect_uri: str
    challenge: str
    method: str  # "S256", "plain" or "" when the app sent no challenge
    nonce: str
    offline: bool  # a refresh token comes with it
    expires_at: datetime


@dataclass(slots=True, repr=False)
class RefreshToken:
    """A refresh token and when it was last used."""

    scopes: frozenset[str]
    issued_at: datetime
    used_at: datetime


@dataclass(frozen=True, slots=True, repr=False)
class AccessToken:
    """An access token of one grant."""

    client_id: str
    person: Person
    scopes: frozenset[str]
    expires_at: datetime


@dataclass(slots=True, repr=False)
class Grant:
    """All that one person granted one app. Revoking ends the whole of it."""

    scopes: set[str] = field(default_factory=set)
    refresh: OrderedDict[str, RefreshToken] = field(default_factory=OrderedDict)


class Grants:
    """Every grant, code and token. Thread-safe."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._lock = threading.RLock()
        self._grants: dict[tuple[str, str], Grant] = {}
        self._codes: dict[str, Code] = {}
        self._access: dict[str, AccessToken] = {}
        self._owners: dict[str, tuple[str, Person]] = {}  # refresh token ever given out → (client, person)

    def granted(self, client_id: str, person: Person) -> frozenset[str]:
        """List what this person has granted this app so far."""
        with self._lock:
            grant = self._grants.get((client_id, person.subject))
            return frozenset(grant.scopes) if grant else frozenset()

    def consent(self, code: Code) -> str:
        """Write down a consent and make its code."""
        with self._lock:
            now = self._now()
            self._codes = {text: one for text, one in self._codes.items() if one.expires_at > now}
            grant = self._grants.setdefault((code.client_id, code.person.subject), Grant())
            grant.scopes |= code.scopes
            text = "4/0A" + secrets.token_urlsafe(52)
            self._codes[text] = code
            return text

    def take_code(self, text: str) -> Code | None:
        """Use a code up; None when it is unknown, used or too old."""
        with self._lock:
            code = self._codes.pop(text, None)
            return code if code and code.expires_at > self._now() else None

    def give_access(self, client_id: str, person: Person, scopes: frozenset[str]) -> str:
        with self._lock:
            now = self._now()
            if len(self._access) > 10_000:
                self._access = {text: one for text, one in self._access.items() if one.expires_at > now}
            text = "ya29.a0" + secrets.token_urlsafe(120)
            self._access[text] = AccessToken(client_id, person, scopes, now + ACCESS_LIFE)
            return text

    def give_refresh(self, client_id: str, person: Person, scopes: frozenset[str]) -> str:
        """Make a refresh token; with more than a hundred alive the oldest dies without a word."""
        with self._lock:
            now = self._now()
            text = "1//0" + secrets.token_urlsafe(70)
            live = self._grants.setdefault((client_id, person.subject), Grant()).refresh
            live[text] = RefreshToken(scopes, now, now)
            self._owners[text] = (client_id, person)
            while len(live) > REFRESH_TOKENS_KEPT:
                live.popitem(last=False)
            return text

    def access(self, text: str) -> AccessToken | None:
        """Look up a living access token."""
        with self._lock:
            token = self._access.get(text)
            return token if token and token.expires_at > self._now() else None

    def owner(self, refresh_token: str) -> tuple[str, Person] | None:
        """Say whose a refresh token is or was."""
        with self._lock:
            return self._owners.get(refresh_token)

    def refresh(self, client: Client, text: str) -> RefreshToken | None:
        """Look up a living refresh token and note its use."""
        with self._lock:
            owner = self._owners.get(text)
            grant = self._grants.get((client.id, owner[1].subject)) if owner else None
            token = grant.refresh.get(text) if grant else None
            if token is None:
                return None
            now = self._now()
            too_old = client.test_users is not None and now - token.issued_at >= TESTING_LIFE
            if too_old or now - token.used_at >= UNUSED_LIFE:
                return None
            token.used_at = now
            return token

    def live_refresh_tokens(self, client_id: str, person: Person) -> int:
        with self._lock:
            grant = self._grants.get((client_id, person.subject))
            return len(grant.refresh) if grant else 0

    def revoke_token(self, text: str) -> bool:
        """End the grant behind any of its living tokens; False when there is none."""
        with self._lock:
            access = self.access(text)
            owner = (access.client_id, access.person) if access else self._owners.get(text)
            if owner is None:
                return False
            grant = self._grants.get((owner[0], owner[1].subject))
            if grant is None or (access is None and text not in grant.refresh):
                return False
            self.revoke(owner[1], owner[0])
            return True

    def revoke(self, person: Person, client_id: str | None = None) -> None:
        """End what a person granted, to one app or to all: every token dies at once."""
        with self._lock:
            for held in [*self._grants]:
                if held[1] == person.subject and client_id in (None, held[0]):
                    del self._grants[held]
            self._access = {
                text: one
                for text, one in self._access.items()
                if not (one.person.subject == person.subject and client_id in (None, one.client_id))
            }
            self._codes = {
                text: one
                for text, one in self._codes.items()
                if not (one.person.subject == person.subject and client_id in (None, one.client_id))
            }

    def expire_access(self, person: Person) -> None:
        """Let every access token of a person be too old, their refresh tokens living on."""
        with self._lock:
            self._access = {
                text: one for text, one in self._access.items() if one.person.subject != person.subject
            }
