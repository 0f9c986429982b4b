"""Where work runs: the quick lane for what a person waits for, the durable lane for what must not be lost."""

import random
import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import structlog

from bot.engine.carriers import Carrier, Embedded
from bot.engine.durable import Durable
from bot.engine.jobs import Handler, now
from bot.engine.pools import Caught, Load, Pool, Task
from store import across
from store.database import Clock, Database, after_commit

log = structlog.get_logger()

PURGE_EVERY = timedelta(hours=1)
STUCK = 60.0  # seconds without a look at the ledger; the carrier looks every second


class Engine:
    """Both lanes of one process. Built anywhere, started in the worker, never before a fork.

    `handlers` is read at `start`, so that services can be built with the engine before their jobs are known.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        handlers: Mapping[str, Handler],
        on_quick_error: Callable[[object, BaseException], None],
        *,
        carrier: Carrier | None = None,
        passing: tuple[type[Exception], ...] = (),
        quick_threads: int = 8,
        quick_queue: int = 64,
        interactive_threads: int = 4,
        bulk_threads: int = 2,
        lease: timedelta = timedelta(seconds=60),
        spread: Callable[[], float] = random.random,
    ) -> None:
        self._database, self._clock, self._handlers = database, clock, handlers
        self._on_quick_error = on_quick_error
        self._carrier: Carrier = carrier or Embedded()
        self._load = Load()
        self._quick = Pool("quick", quick_threads, quick_queue, self._load)
        self._pools = {
            "interactive": Pool("interactive", interactive_threads, 4 * interactive_threads, self._load),
            "bulk": Pool("bulk", bulk_threads, 4 * bulk_threads, self._load),
        }
        self._leaving, self._over = threading.Event(), threading.Event()
        self._durable = Durable(database, clock, handlers, passing, lease, spread, self._leaving, self._over)
        self._held: dict[str, str] = {}  # rows given to our threads, with their kind
        self._lock = threading.Lock()
        self._running = False
        self._purged_at: datetime | None = None
        self._looked_at = now()

    @property
    def works(self) -> bool:
        """Say whether work is taken on and what is due is looked for: for the probe of an operator."""
        return self._running and not self._leaving.is_set() and now() - self._looked_at < STUCK

    def start(self) -> None:
        """Start threads and carrier. Raises: store.database.SecondProcess on SQLite."""
        self._database.take()
        if self._database.is_sqlite:
            with self._database.write() as tx:
                across.release_all(tx)  # whoever held them is dead: we are the one process
        self._durable.start()
        for pool in (self._quick, *self._pools.values()):
            pool.start()
        self._running = True
        self._looked_at = now()
        self._carrier.start(self)

    def quick(self, place: object, task: Task) -> bool:
        """Run what a person waits for. False: too much to do, say so. Errors go to `on_quick_error`."""
        if not self._running or self._leaving.is_set():
            return False

        def run() -> None:
            with Caught() as caught:
                task()
            if caught.error is not None:
                self._tell(place, caught.error)

        return self._quick.submit(run)

    def nudge_after_commit(self, work_id: str) -> None:
        """Have a row run at once when the open transaction is committed. The tick finds it anyway."""
        after_commit(lambda: self._nudge(work_id))

    def tick(self) -> None:
        """Start what is due, as far as there is room, and clear up once an hour."""
        if not self._running or self._leaving.is_set():
            return
        with Caught() as caught:
            self._start_due()
            self._looked_at = now()
            self._purge_when_due()
        if caught.error is not None:
            log.warning("tick failed", error=type(caught.error).__name__)

    def run_soon(self, work_id: str) -> None:
        """Run one row on this process's threads."""
        with Caught() as caught:
            with self._database.read() as tx:
                kind = across.kind_of(tx, work_id)
            if kind is not None and kind in self._handlers:
                self._submit(work_id, kind)
        if caught.error is not None:
            log.warning("nudge failed", work_id=work_id, error=type(caught.error).__name__)

    def run_work(self, work_id: str) -> None:
        """Run one row here and now, if it is due and nobody has it."""
        self._durable.run(work_id)

    def settle(self, timeout: float = 10.0) -> None:
        """Wait until no quick task is left and no work is due by the injected clock or running. For tests.

        Raises: TimeoutError naming the kinds that would not end.
        """
        end = now() + timeout
        begun = self._load.begun
        while self._load.wait_until_idle(max(0.0, end - now())):
            waiting = self._start_due()
            if not waiting and self._load.begun == begun:
                return
            begun = self._load.begun  # a row that was claimed just now is not due any more, yet not done
            if now() >= end:
                break
        kinds = ", ".join(self._at_work()) or "quick tasks"
        raise TimeoutError(f"still at work after {timeout} s: {kinds}")

    def _at_work(self) -> list[str]:
        """Name the kinds that are due or running; looks again, since rows change hands between looks."""
        for _ in range(100):
            with self._lock:
                kinds = set(self._held.values())
            with self._database.read() as tx:
                kinds |= {row.kind for row in across.due(tx, frozenset(self._handlers), 100)}
            if kinds:
                break
        return sorted(kinds)

    def wait_until_idle(self, timeout: float) -> bool:
        """Wait until nothing is queued or running here, whatever may be due. False: something still is."""
        return self._load.wait_until_idle(timeout)

    def stop(self, grace: float = 25.0) -> None:
        """Claim nothing more, let what runs finish for at most `grace` seconds, end the threads.

        What still runs then keeps its lease until that ends by itself: given back at once, another process
        could repeat an act that is still under way here.
        """
        if not self._running:
            return
        self._leaving.set()
        self._carrier.stop()
        if not self._load.wait_until_idle(grace):
            log.warning("stopped before everything was finished")
        self._over.set()
        self._running = False
        self._durable.stop()
        for pool in (self._quick, *self._pools.values()):
            pool.close(timeout=0.5)

    def _nudge(self, work_id: str) -> None:
        if self._running and not self._leaving.is_set():
            self._carrier.nudge(work_id)

    def _start_due(self) -> bool:
        """Start what is due. False: nothing is."""
        found = False
        for lane, pool in self._pools.items():
            kinds = frozenset(kind for kind, handler in self._handlers.items() if handler.lane == lane)
            if not kinds:
                continue
            with self._database.read() as tx:
                rows = across.due(tx, kinds, max(1, pool.room))
            found = found or bool(rows)
            for row in rows:
                self._submit(row.id, row.kind)
        return found

    def _submit(self, work_id: str, kind: str) -> None:
        with self._lock:
            if work_id in self._held:
                return
            self._held[work_id] = kind
        if not self._pools[self._handlers[kind].lane].submit(lambda: self._run_held(work_id)):
            self._release(work_id)

    def _run_held(self, work_id: str) -> None:
        with Caught() as caught:
            go_on = self._durable.run(work_id)
        self._release(work_id)
        if caught.error is not None:
            log.error("work left as it is", work_id=work_id, exc_info=caught.error)
        elif go_on:
            self.tick()

    def _release(self, work_id: str) -> None:
        with self._lock:
            self._held.pop(work_id, None)

    def _tell(self, place: object, error: Exception) -> None:
        with Caught() as caught:
            self._on_quick_error(place, error)
        if caught.error is not None:
            log.error("an error could not be shown", error=type(error).__name__, exc_info=caught.error)

    def _purge_when_due(self) -> None:
        due = self._clock()
        if self._purged_at is None or due - self._purged_at >= PURGE_EVERY:
            with self._database.write() as tx:
                across.purge(tx)
            self._purged_at = due
