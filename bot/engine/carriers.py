"""What wakes the engine. A carrier may lose, repeat or reorder its calls: the ledger is the truth."""

from datetime import UTC
from typing import Protocol

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler


class Runner(Protocol):
    """The engine as a carrier sees it."""

    def tick(self) -> None:
        """Start whatever is due."""

    def run_soon(self, work_id: str) -> None:
        """Run one row in this process, on its own threads."""

    def run_work(self, work_id: str) -> None:
        """Run one row here and now, if it is due and nobody has it."""


class Carrier(Protocol):
    """Calls the runner when work may be due."""

    def start(self, runner: Runner) -> None:
        """Begin to carry, in the worker, after any fork."""

    def nudge(self, work_id: str) -> None:
        """Say that a row was just committed."""

    def stop(self) -> None:
        """Call the runner no more."""


class Embedded:
    """The default: this process runs its own work. On PostgreSQL leases make several processes safe.

    The tick is all that APScheduler does: a memory store, one job, nothing that could be missed or misfire.
    """

    def __init__(self, seconds: float = 1.0) -> None:
        self._seconds = seconds
        self._runner: Runner | None = None
        self._scheduler: BackgroundScheduler | None = None

    def start(self, runner: Runner) -> None:
        """Begin to tick."""
        self._runner = runner
        self._scheduler = BackgroundScheduler(
            jobstores={"default": MemoryJobStore()},
            executors={"default": ThreadPoolExecutor(1)},
            timezone=UTC,
        )
        self._scheduler.add_job(
            runner.tick,
            "interval",
            seconds=self._seconds,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )
        self._scheduler.start()

    def nudge(self, work_id: str) -> None:
        """Run it in this process at once."""
        if self._runner is not None:
            self._runner.run_soon(work_id)

    def stop(self) -> None:
        """Stop ticking."""
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=True)
            self._scheduler = None
        self._runner = None
