"""From an account to an open mailbox. The only code that opens sealed tokens or refreshes them.

A refresh happens under a lease that the database gives to one caller at a time, also across processes, and
never inside a transaction. An account whose grant is dead is marked once, and the work of telling its owner
stands in the ledger in the same transaction.
"""

import json
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import structlog

from bot.not_offered import not_offered
from providers import Provider
from providers.calendar import Calendar
from providers.errors import OperatorFault, ProviderError, ReconnectRequired, Unavailable
from providers.mail import Mailbox
from providers.oauth import Capability, Tokens
from store import grants, work
from store.accounts import Account
from store.database import Database
from store.sealing import Keyring

T = TypeVar("T")
Opened = TypeVar("Opened")
log = structlog.get_logger(__name__)

TELL_LOST = "accounts.tell_lost"  # the ledger's kind; bot/accounts/jobs.py does it
EARLY = timedelta(minutes=2)  # refreshed this long before the token ends
PATIENCE = 10.0  # seconds to wait for somebody else's refresh


class Connections:
    """Opens mailboxes and calendars. Thread-safe."""

    def __init__(
        self,
        database: Database,
        providers: Mapping[str, Provider],
        keyring: Keyring,
        clock: Callable[[], datetime],
    ) -> None:
        self._database, self._providers, self._keyring, self._clock = database, providers, keyring, clock
        self._refreshed = threading.Condition()

    @property
    def providers(self) -> Mapping[str, Provider]:
        """Every vendor that can be connected here, by name."""
        return self._providers

    def provider(self, name: str) -> Provider:
        """The vendor of an account; one that is not offered any more refuses whatever is asked of it."""
        return self._providers.get(name) or not_offered(name)

    def use(self, account: Account, do: Callable[[Mailbox], T]) -> T:
        """Open the account's mailbox and do one thing with it.

        An access token that the provider refuses is refreshed once and the thing done again: a refused token
        means that nothing was done. Raises: providers.errors, each with the account's label.
        """
        return self._open(account, self.provider(account.provider).open_mailbox, do)

    def use_calendar(self, account: Account, do: Callable[[Calendar], T]) -> T:
        """Open the account's calendars and do one thing with them, as `use` does with mail."""
        return self._open(account, self.provider(account.provider).open_calendar, do)

    def _open(self, account: Account, opened: Callable[[str, str], Opened], do: Callable[[Opened], T]) -> T:
        provider = self.provider(account.provider)
        try:
            tokens, version = self._tokens(account, refuse_version=None)
            try:
                return do(opened(tokens.access_token, account.address))
            except ReconnectRequired:
                tokens, version = self._tokens(account, refuse_version=version)
            try:
                return do(opened(tokens.access_token, account.address))
            except ReconnectRequired:
                self._lose(account, version)
                raise
        except ProviderError as error:
            error.label, error.account_id = provider.label, account.id
            raise

    # --- tokens -------------------------------------------------------------------------------------------

    def _tokens(self, account: Account, refuse_version: int | None) -> tuple[Tokens, int]:
        """Get a live access token; one of `refuse_version` will not do."""
        deadline = time.monotonic() + PATIENCE
        while True:
            with self._database.read() as tx:
                grant = grants.read(tx, account.workspace_id, account.id)
            if grant is None or grant.state != "active":
                raise ReconnectRequired("not_connected")
            tokens = self.open_tokens(grant.sealed, "account", account.workspace_id, account.id)
            if grant.version != refuse_version and grant.expires_at - EARLY > self._clock():
                return tokens, grant.version
            with self._database.write() as tx:
                fence = grants.take_lease(tx, account.workspace_id, account.id, grant.version)
            if fence is not None:
                return self._refresh(account, tokens, grant.version, fence), grant.version + 1
            if time.monotonic() > deadline:
                raise Unavailable("refresh_lease")
            with self._refreshed:  # another process tells nobody here: look again soon
                self._refreshed.wait(0.05)

    def _refresh(self, account: Account, tokens: Tokens, version: int, fence: int) -> Tokens:
        try:
            fresh = self.provider(account.provider).oauth.refresh(tokens)
        except ReconnectRequired:
            self._lose(account, version)
            raise
        except BaseException as error:
            if isinstance(error, OperatorFault):  # nobody's account is marked for our own mistake
                log.error("our own settings are refused", provider=account.provider, code=error.code)
            with self._database.write() as tx:
                grants.give_back(tx, account.workspace_id, account.id, fence)
            raise
        sealed = self.seal_tokens(fresh, "account", account.workspace_id, account.id)
        with self._database.write() as tx:
            grants.replace(
                tx,
                account.workspace_id,
                account.id,
                fence,
                tokens_sealed=sealed,
                expires_at=fresh.expires_at,
                granted=fresh.granted,
            )
        with self._refreshed:
            self._refreshed.notify_all()
        return fresh

    def _lose(self, account: Account, version: int) -> None:
        with self._database.write() as tx:
            if grants.lose(tx, account.workspace_id, account.id, version):
                work.enqueue(tx, account.workspace_id, TELL_LOST, f"{account.id}:{version}", ref=account.id)

    def tokens_of(self, account: Account) -> Tokens | None:
        """Open an account's grant, for withdrawing it. None: the account is gone."""
        with self._database.read() as tx:
            grant = grants.read(tx, account.workspace_id, account.id)
        return self.open_tokens(grant.sealed, "account", account.workspace_id, account.id) if grant else None

    # --- sealing ------------------------------------------------------------------------------------------

    def seal_tokens(self, tokens: Tokens, table: str, workspace_id: str, row_id: str) -> str:
        """Seal a grant for one row of `account` or `pending`; it opens nowhere else."""
        body = {
            "a": tokens.access_token,
            "e": tokens.expires_at.astimezone(UTC).isoformat(),
            "s": tokens.secret,
            "g": sorted(tokens.granted),
        }
        return self._keyring.seal(json.dumps(body), table, "tokens_sealed", workspace_id, row_id)

    def open_tokens(self, sealed: str, table: str, workspace_id: str, row_id: str) -> Tokens:
        """Open what seal_tokens made for this very row."""
        body = json.loads(self._keyring.open(sealed, table, "tokens_sealed", workspace_id, row_id))
        return Tokens(
            access_token=body["a"],
            expires_at=datetime.fromisoformat(body["e"]),
            secret=body["s"],
            granted=frozenset(Capability(name) for name in body["g"]),
        )

    def granted(self, account: Account) -> frozenset[Capability]:
        """What an account allows, as capabilities."""
        return frozenset(Capability(name) for name in account.granted)
