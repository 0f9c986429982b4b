"""Conversations of several accounts in one order, newest first, read only as far as somebody looks.

Each account is a feed with a cursor of its own. The next conversation may be shown only when every feed that
could still hold a newer one has been read far enough. A feed that fails is said once and hides nothing of the
others.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from bot.inbox.rules import Addresses, Row, always_there, company, judge, row
from providers.errors import ProviderError
from providers.mail import Page, Thread
from store.accounts import Account

READ = 20  # threads asked for at once: one list and one batch (providers.md 1.1)
MOST_PAGES = 5  # of one feed that one press may read in vain: group mail alone ends somewhere

Fetch = Callable[[Account, str | None], Page[Thread]]


@dataclass(slots=True)
class Feed:
    """One account's part. `waiting` holds what was read but not yet shown, newest first."""

    account: Account
    waiting: list[Row] = field(default_factory=list)
    cursor: str | None = None
    begun: bool = False
    error: ProviderError | None = None

    @property
    def open(self) -> bool:
        return self.error is None and (not self.begun or self.cursor is not None)


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is shown at once of a listing."""

    rows: tuple[Row, ...]
    start: int
    more: bool
    hidden: int  # threads met so far that are never with the person alone
    hidden_in: frozenset[str]  # the accounts that hold them
    always: str  # the one further address in all of those, where nothing could be shown so far
    failed: tuple[tuple[Account, ProviderError], ...]
    searched: tuple[Account, ...]
    as_of: datetime


class Listing:
    """A listing in progress: what was shown stays, so that Newer costs nothing."""

    def __init__(
        self, accounts: Sequence[Account], own: Addresses, person: Addresses, fetch: Fetch, as_of: datetime
    ) -> None:
        self.own, self.person, self.as_of = own, person, as_of
        self._fetch = fetch
        self._feeds = [Feed(account) for account in accounts]
        self._shown: list[Row] = []
        self._hidden: list[tuple[str, tuple[Addresses, ...]]] = []
        self._lock = Lock()

    def stretch(self, start: int, length: int, pool: Executor) -> Stretch:
        """Show `length` rows from `start`, reading further only if they are not there yet.

        What failed before is then asked again, from where it stopped.
        """
        with self._lock:
            if len(self._shown) < start + length:
                for feed in self._feeds:
                    feed.error = None
            more = self._advance(start + length, pool)
            rows = tuple(self._shown[start : start + length])
            return Stretch(
                rows=rows,
                start=start,
                more=more or len(self._shown) > start + length,
                hidden=len(self._hidden),
                hidden_in=frozenset(account_id for account_id, _ in self._hidden),
                always="" if self._shown else always_there(further for _, further in self._hidden),
                failed=tuple((f.account, f.error) for f in self._feeds if f.error),
                searched=tuple(f.account for f in self._feeds if not f.error),
                as_of=self.as_of,
            )

    def _advance(self, until: int, pool: Executor) -> bool:
        """Bring rows into order until there are enough. Says whether there may be more."""
        reads = MOST_PAGES + (until - len(self._shown)) // READ
        while len(self._shown) < until:
            hungry = [f for f in self._feeds if f.open and not f.waiting]
            if hungry:
                if not reads:
                    break
                reads -= 1
                list(pool.map(self._read, hungry))
                continue
            ready = [f for f in self._feeds if f.waiting]
            if not ready:
                return False
            newest = max(ready, key=lambda f: f.waiting[0].at)
            self._shown.append(newest.waiting.pop(0))
        return any(f.waiting or f.open for f in self._feeds)

    def _read(self, feed: Feed) -> None:
        try:
            page = self._fetch(feed.account, feed.cursor)
        except ProviderError as error:
            feed.error = error
            return
        feed.begun, feed.cursor = True, page.cursor
        for thread in page.items:
            conversation = judge(feed.account.id, thread, self.own, self.person)
            if conversation:
                feed.waiting.append(row(conversation))
            elif further := company(thread, self.own, self.person):
                self._hidden.append((feed.account.id, further))
        feed.waiting.sort(key=lambda r: r.at, reverse=True)
