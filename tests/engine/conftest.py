"""An engine to try things with: started on first use, stopped at the end, with everything it was told."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from bot.engine import Carrier, Engine, Handler, Job, Outcome, Runner
from store import work
from store.database import Database
from store.work import Work
from tests.clock import TurnedClock
from tests.store.places import Somebody, somebody


class OnlyNudges:
    """A carrier without a tick: what nobody nudges runs only when the test settles."""

    def __init__(self) -> None:
        self._runner: Runner | None = None

    def start(self, runner: Runner) -> None:
        self._runner = runner

    def nudge(self, work_id: str) -> None:
        if self._runner is not None:
            self._runner.run_soon(work_id)

    def stop(self) -> None:
        self._runner = None


@dataclass
class Bench:
    """One engine over one database, with the member for whom it works."""

    database: Database
    clock: TurnedClock
    who: Somebody
    told: list[tuple[object, BaseException]] = field(default_factory=list)
    engines: list[Engine] = field(default_factory=list)

    def engine(
        self, handlers: Mapping[str, Handler] | None = None, *, carrier: Carrier | None = None, **choices: Any
    ) -> Engine:
        tell = choices.pop("on_quick_error", lambda place, error: self.told.append((place, error)))
        engine = Engine(
            self.database,
            self.clock,
            handlers or {},
            tell,
            carrier=carrier or OnlyNudges(),
            spread=lambda: 0.0,
            **choices,
        )
        self.engines.append(engine)
        engine.start()
        return engine

    def running(self, run: Callable[[Job], Outcome], **choices: Any) -> Engine:
        """An engine that does work of kind "send" with `run`."""
        return self.engine({"send": Handler(run)}, **choices)

    def add(self, key: str = "k", kind: str = "send", due_in: timedelta = timedelta(0)) -> str:
        with self.database.write() as tx:
            due = self.clock() + due_in
            return work.enqueue(tx, self.who.workspace_id, kind, key, due_at=due).id

    def row(self, work_id: str) -> Work:
        with self.database.read() as tx:
            found = work.get(tx, self.who.workspace_id, work_id)
        assert found is not None
        return found


@pytest.fixture
def bench(database: Database, clock: TurnedClock) -> Iterator[Bench]:
    """A workspace with a member, and engines that end with the test."""
    bench = Bench(database, clock, somebody(database))
    yield bench
    for engine in bench.engines:
        engine.stop(grace=5)
