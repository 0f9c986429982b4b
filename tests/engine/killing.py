"""A program that forks workers and has them killed: python -m tests.engine.killing MODE URL PORT [NUMBER]

Everything happens in forked children: the program itself has no threads and no connections. Prints JSON.
"""

import itertools
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, update

from bot import logs
from bot.engine import Embedded, Engine, Job
from store import across, work
from store.database import Database
from store.schema import work as work_table
from tests.engine import effects
from tests.kill.copies import Lines, child, wait

ROOT = Path(__file__).parents[2]
TRACED = tuple(str(ROOT / part) for part in ("bot/engine", "store", "tests/engine/effects.py"))
BEGIN = time.time()
HASTE = 500  # pauses between attempts pass this much faster


def _clock() -> datetime:
    return datetime.fromtimestamp(BEGIN + (time.time() - BEGIN) * HASTE, UTC)


def _must(pid: int) -> None:
    if code := wait(pid):
        raise SystemExit(f"a worker failed with {code}")


class Setting:
    """One database and one recorder, as a child process uses them."""

    def __init__(self, url: str, port: int) -> None:
        self.url, self.port = url, port

    def database(self) -> Database:
        return Database(self.url, _clock, pool_size=20)

    def engine(self, database: Database, stop_here: Callable[[Job], None] = lambda _job: None) -> Engine:
        return Engine(
            database,
            _clock,
            effects.handlers(self.port, stop_here),
            lambda _place, _error: None,
            carrier=Embedded(seconds=0.1),
            lease=timedelta(seconds=1),
            spread=lambda: 0.0,
        )

    def enqueue(self, database: Database, kind: str, *keys: str) -> list[str]:
        with database.write() as tx:
            place = across.install(tx, "T1", None, "A team").id
            return [work.enqueue(tx, place, kind, key).id for key in keys]

    def take_over(self) -> None:
        """Be the next process: every lease has ended, run what the dead left. All of it must end as done."""
        database = self.database()
        with database.write() as tx:
            long_ago = datetime(2020, 1, 1, tzinfo=UTC)
            tx.execute(update(work_table).where(work_table.c.state == "leased").values(lease_until=long_ago))
        engine = self.engine(database)
        with database.read() as tx:
            left = across.due(tx, frozenset(effects.KINDS), 10_000)
        for row in left:
            engine.run_work(row.id)
        if _unfinished(database):
            raise SystemExit("the next process left something undone")


def walk(setting: Setting, stride: int) -> dict[str, Any]:
    """Kill a worker at every `stride`-th line it executes, until one lives; let the next finish them all."""
    deaths = {}
    for kind, step in (("send", stride), ("naive", 8 * stride)):
        for number in itertools.count():

            def doomed(
                key: str = f"{kind}-{number}", kind: str = kind, line: int = 1 + number * step
            ) -> None:
                database = setting.database()
                (work_id,) = setting.enqueue(database, kind, key)
                engine = setting.engine(database)
                with Lines(line, TRACED, every=True).watched():
                    engine.run_work(work_id)

            code = wait(child(doomed))
            if code == 0:
                deaths[kind] = number
                break
            if code != -signal.SIGKILL:
                raise SystemExit(f"the walker failed with {code}")
        _must(child(setting.take_over))
    return deaths


def chaos(setting: Setting, processes: int) -> dict[str, Any]:
    """Keep workers running, whoever kills them, until all work is done."""

    def worker() -> None:
        database = setting.database()
        engine = setting.engine(database)
        engine.start()
        pause = threading.Event()
        while _unfinished(database):
            pause.wait(0.05)
        engine.stop(5)

    deaths = 0
    running = {child(worker) for _ in range(processes)}
    while running:
        pid, status = os.wait()
        running.discard(pid)
        code = os.waitstatus_to_exitcode(status)
        if code == -signal.SIGKILL:
            deaths += 1
            running.add(child(worker))
        elif code:
            raise SystemExit(f"a worker failed with {code}")
    return {"deaths": deaths}


def _unfinished(database: Database) -> int:
    with database.read() as tx:
        open_states = work_table.c.state.in_(("ready", "leased"))
        return int(tx.scalar(select(func.count()).select_from(work_table).where(open_states)))


def zombie(setting: Setting, _number: int) -> dict[str, Any]:
    """Pause a worker at the worst moment beyond its lease, let another finish, wake it up."""
    for kind in ("send", "post", "unguarded"):

        def sleeper(kind: str = kind) -> None:
            database = setting.database()
            (work_id,) = setting.enqueue(database, kind, kind)
            engine = setting.engine(database, lambda _job: os.kill(os.getpid(), signal.SIGSTOP))
            engine.run_work(work_id)

        def other(kind: str = kind) -> None:
            database = setting.database()
            (work_id,) = setting.enqueue(database, kind, kind)
            engine = setting.engine(database)
            while _unfinished(database):  # until the sleeper's lease has ended by the database's clock
                engine.run_work(work_id)

        pid = child(sleeper)
        if not os.WIFSTOPPED(os.waitpid(pid, os.WUNTRACED)[1]):
            raise SystemExit("the sleeper did not stop")
        _must(child(other))
        os.kill(pid, signal.SIGCONT)
        _must(pid)
    return {}


if __name__ == "__main__":
    logs.configure("warning")
    mode, url, port, number = sys.argv[1:]
    found = {"walk": walk, "chaos": chaos, "zombie": zombie}[mode](Setting(url, int(port)), int(number))
    sys.stdout.write(json.dumps(found))
