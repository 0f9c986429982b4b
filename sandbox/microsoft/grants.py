"""Consents, codes and tokens. Refresh tokens rotate; the old one lives on for a while."""

import secrets
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from sandbox.microsoft.accounts import AccessToken, Code, RefreshToken
from sandbox.microsoft.directory import Account
from sandbox.microsoft.refusals import refusal

ACCESS_LIFE = timedelta(seconds=3600)
CODE_LIFE = timedelta(minutes=10)
UNUSED_LIFE = timedelta(days=90)


class Grants:
    """Everything that was given out. Thread-safe. `replaced_life` dials how long a rotated token lives on."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._lock = threading.RLock()
        self.replaced_life = timedelta(hours=1)  # stricter than Microsoft, where it is days
        self._consents: dict[tuple[str, str], set[str]] = {}
        self._codes: dict[str, Code] = {}
        self._spent: set[str] = set()
        self._refresh: dict[str, RefreshToken] = {}
        self._access: dict[str, AccessToken] = {}
        self._signed_out: dict[str, datetime] = {}
        self._challenges: dict[str, str] = {}
        self.disabled: set[str] = set()

    def consented(self, client_id: str, account: Account) -> frozenset[str]:
        """List what an app may do for an account: its own consent and its administrator's."""
        with self._lock:
            own = self._consents.get((client_id, account.key), set())
            return frozenset(own) | frozenset(account.tenant.consented.get(client_id, set()))

    def consent(self, client_id: str, account: Account, scopes: frozenset[str]) -> None:
        with self._lock:
            self._consents.setdefault((client_id, account.key), set()).update(scopes)

    def consent_for_all(self, client_id: str, account: Account, scopes: frozenset[str]) -> None:
        """Write down that an administrator granted this for everybody."""
        with self._lock:
            account.tenant.consented.setdefault(client_id, set()).update(scopes)

    def give_code(self, code: Code) -> str:
        with self._lock:
            now = self._now()
            self._codes = {text: one for text, one in self._codes.items() if one.expires_at > now}
            mark = "M.C5" if code.account.tenant.personal else "1.A"
            text = mark + secrets.token_urlsafe(90)
            self._codes[text] = code
            return text

    def take_code(self, text: str) -> Code:
        """Use a code up. Raises Refusal."""
        with self._lock:
            code = self._codes.pop(text, None)
            if text in self._spent:
                raise refusal(54005)
            self._spent.add(text)
            if code is None or code.expires_at <= self._now():
                raise refusal(70008 if code or text.startswith(("M.C5", "1.A")) else 9002313)
            return code

    def give_access(self, client_id: str, account: Account, scopes: frozenset[str], claims: str = "") -> str:
        with self._lock:
            now = self._now()
            if len(self._access) > 10_000:
                self._access = {text: one for text, one in self._access.items() if one.expires_at > now}
            text = ("EwB" if account.tenant.personal else "eyJ0") + secrets.token_urlsafe(700)
            self._access[text] = AccessToken(client_id, account, scopes, now, now + ACCESS_LIFE, claims)
            return text

    def give_refresh(self, client_id: str, account: Account) -> str:
        with self._lock:
            now = self._now()
            text = ("M.C5" if account.tenant.personal else "1.Ab") + secrets.token_urlsafe(400)
            self._refresh[text] = RefreshToken(client_id, account, now, now)
            return text

    def access(self, text: str) -> AccessToken | None:
        """Look up an access token, expired or not."""
        with self._lock:
            return self._access.get(text)

    def use_refresh(self, client_id: str, text: str) -> RefreshToken:
        """Look up a living refresh token and note its use. Raises Refusal."""
        with self._lock:
            token = self._refresh.get(text)
            if token is None or token.client_id != client_id:
                raise refusal(9002313 if token is None else 70000)
            self._check_life(token)
            token.used_at = self._now()
            return token

    def replace(self, token: RefreshToken) -> str:
        """Rotate: give a new refresh token for one that was used."""
        with self._lock:
            token.replaced_at = token.replaced_at or self._now()
            return self.give_refresh(token.client_id, token.account)

    def _check_life(self, token: RefreshToken) -> None:
        now = self._now()
        out = self._signed_out.get(token.account.key)
        if token.account.key in self.disabled:
            raise refusal(50057)
        if out is not None and token.issued_at <= out:
            raise refusal(50173)
        if token.replaced_at is not None and now - token.replaced_at >= self.replaced_life:
            raise refusal(70000)
        if now - token.used_at >= UNUSED_LIFE:
            raise refusal(700082)
        if token.account.tenant.needs_mfa:
            raise refusal(50076)

    def withdraw(self, account: Account, client_id: str | None = None) -> None:
        """Take the person's own consent back: access tokens live on till they expire."""
        with self._lock:
            for held in [*self._consents]:
                if held[1] == account.key and client_id in (None, held[0]):
                    del self._consents[held]

    def sign_out(self, account: Account) -> None:
        """End every refresh token, as a changed password does."""
        with self._lock:
            self._signed_out[account.key] = self._now()

    def expire_access(self, account: Account) -> None:
        """Let every access token of an account be too old, its refresh tokens living on."""
        with self._lock:
            self._access = {text: one for text, one in self._access.items() if one.account.key != account.key}

    def challenge(self, account: Account, value: str) -> None:
        """Let Graph want tokens that were asked for with this claim ("" lifts it)."""
        with self._lock:
            if value:
                self._challenges[account.key] = value
            else:
                self._challenges.pop(account.key, None)

    def challenge_to(self, token: AccessToken) -> str:
        """Name the claim a token lacks, "" when it lacks none."""
        with self._lock:
            wanted = self._challenges.get(token.account.key, "")
            return wanted if wanted and wanted not in token.claims else ""
