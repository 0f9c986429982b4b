"""What a handler of durable work is given, and what it answers."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event
from typing import Literal

from store import work
from store.database import Database, Transaction, after_commit
from store.work import Fenced, Work

# counts through a suspended machine, which CLOCK_MONOTONIC does not
_CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)

SAFETY = timedelta(seconds=30)  # what an act that cannot be undone needs: one request with its time-out


class Stopping(Exception):
    """This process is ending: no further act. The work goes on in the next one."""


@dataclass(frozen=True, slots=True)
class Done:
    """It is done and never runs again."""


@dataclass(frozen=True, slots=True)
class Again:
    """Not yet: call again `after` this long. Not held against it."""

    after: timedelta
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """A person has to decide."""

    code: str


@dataclass(frozen=True, slots=True)
class Dead:
    """It cannot be done. `code` is for the log, never text."""

    code: str


Outcome = Done | Again | Review | Dead


class Job:
    """A claimed row of the ledger. Everything it writes is refused once another worker has the row."""

    def __init__(
        self,
        database: Database,
        claimed: Work,
        claimed_at: float,
        lease: timedelta,
        leaving: Event,
        over: Event,
    ) -> None:
        self._database, self._work, self._lease = database, claimed, lease
        self._leaving, self._over = leaving, over
        self._safe_until = (
            claimed_at + lease.total_seconds()
        )  # from before the claim: never later than the row
        self.step = claimed.step
        self.lost = False
        self.closed = False

    @property
    def id(self) -> str:
        return self._work.id

    @property
    def workspace_id(self) -> str:
        return self._work.workspace_id

    @property
    def kind(self) -> str:
        return self._work.kind

    @property
    def key(self) -> str:
        return self._work.key

    @property
    def ref(self) -> str | None:
        """What it is about: an id."""
        return self._work.ref

    @property
    def attempts(self) -> int:
        """Which attempt this is, from 1."""
        return self._work.attempts

    @property
    def error_code(self) -> str | None:
        """Why the last attempt failed."""
        return self._work.error_code

    @property
    def limited_since(self) -> datetime | None:
        """Since when every attempt was asked for patience."""
        return self._work.limited_since

    @property
    def fence(self) -> int:
        return self._work.fence

    @property
    def has_lane(self) -> bool:
        return self._work.lane is not None

    @property
    def leaving(self) -> bool:
        """The process wants to end: long work notes how far it is and returns Again."""
        return self._leaving.is_set()

    def reach(self, step: str) -> None:
        """Commit how far it got, before the act that follows. Raises: Fenced."""
        with self._database.write() as tx:
            self.reach_in(tx, step)

    def reach_in(self, tx: Transaction, step: str) -> None:
        """The same inside a transaction that writes more. Raises: Fenced."""
        work.step(tx, self.workspace_id, self.id, self.fence, step)
        after_commit(lambda: setattr(self, "step", step))

    def finish_in(self, tx: Transaction) -> None:
        """Close it as done inside the transaction that writes the result. Raises: Fenced."""
        work.finish(tx, self.workspace_id, self.id, self.fence)
        after_commit(lambda: setattr(self, "closed", True))

    def guard(self, need: timedelta = SAFETY) -> None:
        """Stand directly before an act that cannot be undone: is the row still ours, for at least `need`?

        Raises: Fenced, Stopping. Does not cover a pause of the process between this and the act itself.
        """
        if self._over.is_set():
            raise Stopping
        if self._safe_until <= now():
            self.lost = True  # asleep beyond the lease: another worker may have it, whatever the row says
        if self.lost:
            raise Fenced(self.id)
        if self._safe_until - now() < min(need, self._lease / 2).total_seconds():
            self.renew()

    def renew(self) -> None:
        """Lengthen the lease. Raises: Fenced, Busy."""
        begun = now()
        try:
            with self._database.write() as tx:
                work.renew(tx, self.workspace_id, self.id, self.fence, self._lease)
        except Fenced:
            self.lost = True
            raise
        self._safe_until = begun + self._lease.total_seconds()

    @property
    def renew_at(self) -> float:
        """When the lease wants lengthening, on this module's clock: after a third of it."""
        return self._safe_until - self._lease.total_seconds() * 2 / 3


@dataclass(frozen=True, slots=True)
class Handler:
    """How one kind of work is done.

    `run` is called again after whatever interruption and looks at `job.step` first. `gave_up` is called
    before the work is closed as dead, perhaps more than once: here the person is told. Being asked for
    patience is not held against it, for as long as `patience`.
    """

    run: Callable[[Job], Outcome]
    gave_up: Callable[[Job, str], None] | None = None
    lane: Literal["interactive", "bulk"] = "interactive"
    attempts: int = 8
    patience: timedelta = timedelta(days=1)


def now() -> float:
    """Seconds on a clock that never steps and does not stop while the machine sleeps."""
    return time.clock_gettime(_CLOCK)
