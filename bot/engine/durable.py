"""Runs one row of the ledger: claim, handler, outcome. Only here is decided what an error means for it."""

import os
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from threading import Event

import structlog

from bot.engine.jobs import Again, Dead, Done, Handler, Job, Outcome, Review, Stopping, now
from bot.engine.pools import Caught
from bot.engine.renewing import Renewer
from providers.errors import (
    DeliveryUncertain,
    NotFound,
    PermissionMissing,
    ProviderError,
    RateLimited,
    ReconnectRequired,
    Refused,
    Unavailable,
)
from store import across, work
from store.database import Busy, Clock, Database
from store.work import Fenced

log = structlog.get_logger()

FINAL = (ReconnectRequired, PermissionMissing, Refused, NotFound)  # trying again changes nothing
EXTRA = 3  # attempts beyond the handler's own, for telling the person that it was given up


@dataclass(frozen=True, slots=True)
class Failed:
    """An attempt that counts; the next one after `after`."""

    after: timedelta
    code: str


@dataclass(frozen=True, slots=True)
class Limited:
    """An attempt that was asked for patience."""

    after: timedelta
    code: str


End = Outcome | Failed | Limited


class Durable:
    """Runs work of the known kinds, one call a row."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        handlers: Mapping[str, Handler],
        passing: tuple[type[Exception], ...],
        lease: timedelta,
        spread: Callable[[], float],
        leaving: Event,
        over: Event,
    ) -> None:
        self._database, self._clock, self._handlers = database, clock, handlers
        self._passing = (Unavailable, Busy, *passing)
        self._lease, self._spread = lease, spread
        self._leaving, self._over = leaving, over
        self._owner = f"{socket.gethostname()}:{os.getpid()}"
        self._renewer = Renewer()

    def start(self) -> None:
        self._owner = f"{socket.gethostname()}:{os.getpid()}"
        self._renewer.start()

    def stop(self) -> None:
        self._renewer.stop()

    def run(self, work_id: str) -> bool:
        """Run the row if it is due and free. True: more may be due because of that."""
        if self._leaving.is_set():
            return False
        begun = now()
        with self._database.write() as tx:
            claimed = across.claim(tx, work_id, self._owner, self._lease)
        if claimed is None:
            return False
        handler = self._handlers[claimed.kind]
        job = Job(self._database, claimed, begun, self._lease, self._leaving, self._over)
        with self._renewer.watching(job):
            outcome = self._outcome(job, handler)
            if isinstance(outcome, Dead):
                outcome = self._give_up(job, handler, outcome)
            if outcome is not None and not job.closed:
                self._close(job, outcome)
        self._log(job, outcome, now() - begun)
        return job.has_lane or (isinstance(outcome, Again) and outcome.after <= timedelta(0))

    def _outcome(self, job: Job, handler: Handler) -> End | None:
        """Call the handler. None: the row is somebody else's now."""
        if job.attempts > handler.attempts:
            return Dead(job.error_code or "Killed")
        with Caught() as caught:
            return handler.run(job)
        return self._meaning(job, handler, caught.error)

    def _meaning(self, job: Job, handler: Handler, error: Exception | None) -> End | None:
        code = type(error).__name__
        wait = getattr(error, "retry_after", None)
        if isinstance(error, Fenced):
            return None
        if isinstance(error, Stopping):
            return Again(timedelta(0), code)
        if not (isinstance(error, (RateLimited, *self._passing)) and isinstance(wait, timedelta)):
            wait = timedelta(0)
        elif self._clock() - (job.limited_since or self._clock()) < handler.patience:
            return Limited(wait, code)
        if isinstance(error, DeliveryUncertain):
            return Review(code)
        if not isinstance(error, (ProviderError, *self._passing)):
            log.error("work failed", work_id=job.id, kind=job.kind, attempt=job.attempts, exc_info=error)
        if isinstance(error, FINAL) or job.attempts >= handler.attempts:
            return Dead(code)
        return Failed(max(wait, self._pause(job.attempts)), code)

    def _give_up(self, job: Job, handler: Handler, dead: Dead) -> End | None:
        """Let the feature tell the person before the row is closed."""
        if handler.gave_up is None:
            return dead
        with Caught() as caught:
            handler.gave_up(job, dead.code)
            return dead
        if isinstance(caught.error, Fenced):
            return None
        log.error("giving up failed", work_id=job.id, kind=job.kind, exc_info=caught.error)
        if job.attempts >= handler.attempts + EXTRA:
            return dead
        return Failed(self._pause(job.attempts), dead.code)

    def _close(self, job: Job, outcome: End) -> None:
        """Write the outcome. Where that fails the lease ends by itself and the work comes back."""
        row = (job.workspace_id, job.id, job.fence)
        with Caught() as caught, self._database.write() as tx:
            match outcome:
                case Done():
                    work.finish(tx, *row)
                case Review(code):
                    work.review(tx, *row, code)
                case Dead(code):
                    work.dead(tx, *row, code)
                case Again(after, code):
                    work.retry(tx, *row, self._clock() + after, error_code=code, counts=False)
                case Limited(after, code):
                    until = self._clock() + after
                    work.retry(tx, *row, until, error_code=code, counts=False, limited=True)
                case Failed(after, code):
                    work.retry(tx, *row, self._clock() + after, error_code=code, counts=True)
        if caught.error is not None and not isinstance(caught.error, Fenced):
            log.warning("outcome not written", work_id=job.id, error=type(caught.error).__name__)

    def _pause(self, attempt: int) -> timedelta:
        """Grow from about 2 s to at most about 5 min; the spread keeps a crowd from coming back at once."""
        return timedelta(seconds=min(300.0, 2.0 * 2.0 ** max(0, attempt - 1)) * (0.5 + self._spread() / 2))

    def _log(self, job: Job, outcome: End | None, seconds: float) -> None:
        state = "Fenced" if outcome is None else type(outcome).__name__
        log.info("work ran", work_id=job.id, kind=job.kind, state=state, duration_ms=round(seconds * 1000))
