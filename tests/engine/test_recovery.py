"""What is left when a process or a database dies, and several processes over one database."""

import threading
from collections import Counter
from datetime import timedelta

import pytest

from bot.engine import Done, Embedded, Engine, Handler, Job, Outcome
from store import across, work
from store.database import Busy, Database, SecondProcess
from store.migrations import migrate
from tests import postgres
from tests.clock import TurnedClock
from tests.engine.conftest import Bench, OnlyNudges
from tests.store.places import Somebody, somebody


def _engine(database: Database, clock: TurnedClock, ran: Counter[str]) -> Engine:
    def run(job: Job) -> Outcome:
        ran[job.key] += 1
        return Done()

    return Engine(database, clock, {"send": Handler(run)}, lambda _place, _error: None, carrier=OnlyNudges())


def _add(database: Database, who: Somebody, key: str) -> str:
    with database.write() as tx:
        return work.enqueue(tx, who.workspace_id, "send", key).id


def test_on_sqlite_the_next_process_goes_on_at_once_with_what_the_last_one_held(
    sqlite_database: Database, sqlite_url: str, clock: TurnedClock
) -> None:
    work_id = _add(sqlite_database, somebody(sqlite_database), "k")
    with sqlite_database.write() as tx:
        assert across.claim(tx, work_id, "the last one", timedelta(hours=1)) is not None
    ran: Counter[str] = Counter()
    engine = _engine(sqlite_database, clock, ran)
    engine.start()
    engine.settle()
    other = Database(sqlite_url, clock)
    with pytest.raises(SecondProcess):
        _engine(other, clock, ran).start()
    other.close()
    engine.stop()
    assert ran == {"k": 1}


@pytest.mark.postgres
def test_on_postgresql_a_new_process_leaves_alone_what_another_holds(
    postgres_url: str, clock: TurnedClock
) -> None:
    database = Database(postgres_url, clock)
    work_id = _add(database, somebody(database), "k")
    with database.write() as tx:
        assert across.claim(tx, work_id, "another", timedelta(hours=1)) is not None
    ran: Counter[str] = Counter()
    engine = _engine(database, clock, ran)
    engine.start()
    engine.settle()
    engine.stop()
    database.close()
    assert ran == {}


@pytest.mark.postgres
def test_on_postgresql_two_engines_share_the_work_and_do_nothing_twice(
    postgres_url: str, clock: TurnedClock
) -> None:
    ran: Counter[str] = Counter()
    databases = [Database(postgres_url, clock) for _ in range(2)]
    who = somebody(databases[0])
    engines = [_engine(database, clock, ran) for database in databases]
    for number in range(30):
        _add(databases[0], who, str(number))
    for engine in engines:
        engine.start()
    settling = [threading.Thread(target=engine.settle) for engine in engines]
    for thread in settling:
        thread.start()
    for thread in settling:
        thread.join()
    for engine, database in zip(engines, databases, strict=True):
        engine.stop()
        database.close()
    assert ran == {str(number): 1 for number in range(30)}


@pytest.mark.postgres
def test_the_engine_survives_a_crash_of_the_database(clock: TurnedClock) -> None:
    with postgres.running() as server:
        url = server.url(server.create())
        migrate(url)
        database = Database(url, clock)
        who = somebody(database)
        done: dict[str, threading.Event] = {"before": threading.Event(), "after": threading.Event()}

        def run(job: Job) -> Outcome:
            done[job.key].set()
            return Done()

        handlers = {"send": Handler(run)}
        told: list[object] = []
        tick = Embedded(seconds=0.05)
        engine = Engine(
            database, clock, handlers, lambda _place, error: told.append(type(error)), carrier=tick
        )
        engine.start()
        _add(database, who, "before")
        assert done["before"].wait(10)
        server.crash()

        def ask() -> None:
            with database.read():
                raise AssertionError("there is no server")

        engine.quick("place", ask)
        engine.wait_until_idle(10)
        server.start()
        _add(database, who, "after")
        assert done["after"].wait(10)
        engine.stop()
        database.close()
    assert told == [Busy]


def test_work_of_a_kind_nobody_here_knows_is_left_for_another_process(bench: Bench) -> None:
    engine = bench.running(lambda _job: Done())
    work_id = bench.add(kind="from the future")
    engine.nudge_after_commit(work_id)
    engine.settle()
    assert (bench.row(work_id).state, bench.row(work_id).attempts) == ("ready", 0)
