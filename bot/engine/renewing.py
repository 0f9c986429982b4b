"""One thread that lengthens the leases of all work that runs long."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from bot.engine.jobs import Job, now
from bot.engine.pools import Caught
from store.work import Fenced

log = structlog.get_logger()

_AFTER_TROUBLE = 2.0  # seconds until the next try when the database had no time


class Renewer:
    """Watches running jobs. A lease that cannot be renewed in time ends, and the job's guard says so."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._jobs: dict[Job, float] = {}
        self._stopped = False
        self._thread = threading.Thread(target=self._work, name="leases", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    @contextmanager
    def watching(self, job: Job) -> Iterator[None]:
        """Keep the job's lease alive for as long as the block lasts."""
        with self._changed:
            self._jobs[job] = job.renew_at
            self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._jobs.pop(job, None)

    def _work(self) -> None:
        while True:
            with self._changed:
                if self._stopped:
                    return
                late = [job for job, at in self._jobs.items() if at <= now()]
                if not late:
                    soonest = min(self._jobs.values(), default=now() + 60)
                    self._changed.wait(max(0.0, soonest - now()))
                    continue
            for job in late:
                self._renew(job)

    def _renew(self, job: Job) -> None:
        with Caught() as caught:
            job.renew()
        if caught.error is not None and not isinstance(caught.error, Fenced):
            log.warning("lease not renewed", work_id=job.id, error=type(caught.error).__name__)
        with self._changed:
            if isinstance(caught.error, Fenced):
                self._jobs.pop(job, None)
            elif job in self._jobs:
                self._jobs[job] = job.renew_at if caught.error is None else now() + _AFTER_TROUBLE
