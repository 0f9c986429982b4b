"""The durable lane over time: leases, lanes, stopping, settling, on both databases."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.engine import Again, Done, Handler, Job, Outcome, Stopping
from store import seen
from store.schema import work as work_table
from store.work import Fenced
from tests.engine.conftest import Bench


def _noting(ran: list[str]) -> Callable[[Job], Outcome]:
    def run(job: Job) -> Outcome:
        ran.append(job.key)
        return Done()

    return run


def test_a_lost_row_is_left_silently_to_its_new_owner(bench: Bench) -> None:
    noted: list[type[BaseException]] = []

    def run(job: Job) -> Outcome:
        with bench.database.write() as tx:
            tx.execute(update(work_table).values(fence=work_table.c.fence + 1))
        try:
            job.reach("sending")
        except Fenced as error:
            noted.append(type(error))
            raise
        return Done()

    engine = bench.running(run)
    work_id = bench.add()
    with pytest.raises(TimeoutError):
        engine.settle(timeout=0)
    assert engine.wait_until_idle(10)
    assert noted == [Fenced]
    assert (bench.row(work_id).state, bench.row(work_id).fence) == ("leased", 2)


def test_long_work_keeps_its_lease(bench: Bench) -> None:
    kept: list[bool] = []

    def run(job: Job) -> Outcome:
        pause = threading.Event()
        lease = select(work_table.c.lease_until)
        with bench.database.read() as tx:
            first = tx.scalar(lease)
        for _ in range(200):
            pause.wait(0.05)
            with bench.database.read() as tx:
                if tx.scalar(lease) > first + timedelta(seconds=1):  # longer than one lease by now
                    kept.append(True)
                    break
        job.guard()
        return Done()

    engine = bench.running(run, lease=timedelta(seconds=0.9))
    work_id = bench.add()
    engine.settle(timeout=20)
    assert kept == [True]
    assert bench.row(work_id).attempts == 1


def test_bulk_work_does_not_stand_in_the_way_of_a_reply(bench: Bench) -> None:
    release, replied = threading.Event(), threading.Event()

    def scan(_job: Job) -> Outcome:
        assert release.wait(10)
        return Done()

    def send(_job: Job) -> Outcome:
        replied.set()
        return Done()

    engine = bench.engine({"scan": Handler(scan, lane="bulk"), "send": Handler(send)}, bulk_threads=1)
    for number in range(20):
        bench.add(f"night-{number}", "scan")
    engine.tick()
    bench.add("reply")
    engine.tick()
    assert replied.wait(10)
    release.set()
    engine.settle()


def test_settling_names_the_kind_that_does_not_end(bench: Bench) -> None:
    engine = bench.running(lambda _job: Again(timedelta(0)))
    bench.add()
    with pytest.raises(TimeoutError, match="send"):
        engine.settle(timeout=0.3)


def test_stopping_lets_what_runs_finish_and_begins_nothing(bench: Bench) -> None:
    begun, pause = threading.Event(), threading.Event()

    def run(job: Job) -> Outcome:
        begun.set()
        while not job.leaving:
            pause.wait(0.01)
        job.guard()
        return Done()

    engine = bench.running(run, interactive_threads=1)
    first, second = bench.add("1"), bench.add("2")
    engine.tick()
    assert begun.wait(10)
    engine.stop(grace=10)
    assert sorted((bench.row(first).state, bench.row(second).state)) == ["done", "ready"]


def test_after_the_grace_no_act_begins_and_the_row_is_given_back(bench: Bench) -> None:
    begun, release, left = threading.Event(), threading.Event(), threading.Event()
    acts: list[str] = []

    def run(job: Job) -> Outcome:
        begun.set()
        assert release.wait(10)
        try:
            job.guard()
        except Stopping:
            left.set()
            raise
        acts.append("sent")
        return Done()

    engine = bench.running(run)
    work_id = bench.add()
    engine.tick()
    assert begun.wait(10)
    engine.stop(grace=0.01)
    assert bench.row(work_id).state == "leased"
    release.set()
    assert left.wait(10)
    assert engine.wait_until_idle(10)
    assert acts == []
    assert (bench.row(work_id).state, bench.row(work_id).attempts) == ("ready", 0)


def test_a_full_pool_leaves_the_rest_in_the_ledger_and_comes_back_for_it(bench: Bench) -> None:
    ran: list[str] = []
    engine = bench.running(_noting(ran), interactive_threads=1)
    for number in range(30):
        bench.add(str(number))
    engine.settle()
    assert sorted(ran, key=int) == [str(number) for number in range(30)]


def test_old_rows_are_cleared_once_an_hour(bench: Bench) -> None:
    engine = bench.engine()
    engine.tick()
    with bench.database.write() as tx:
        seen.first_time(tx, bench.who.workspace_id, "click")
    bench.clock.turn(timedelta(days=8))
    engine.tick()
    with bench.database.write() as tx:
        assert seen.first_time(tx, bench.who.workspace_id, "click")
