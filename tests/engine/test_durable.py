"""The durable lane: what an outcome or an error means for the row, on both databases."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.engine import Again, Dead, Done, Embedded, Handler, Job, Outcome, Review
from providers.errors import DeliveryUncertain, RateLimited, ReconnectRequired, Unavailable
from store import across, work
from store.database import Database
from store.schema import work as work_table
from tests.engine.conftest import Bench


def _noting(ran: list[str]) -> Callable[[Job], Outcome]:
    def run(job: Job) -> Outcome:
        ran.append(job.key)
        return Done()

    return run


def test_work_runs_as_soon_as_its_decision_is_committed(bench: Bench) -> None:
    noted: list[tuple[str, str | None, int]] = []

    def run(job: Job) -> Outcome:
        noted.append((job.key, job.ref, job.attempts))
        return Done()

    engine = bench.running(run)
    with bench.database.write() as tx:
        added = work.enqueue(tx, bench.who.workspace_id, "send", "k", ref="o1")
        engine.nudge_after_commit(added.id)
        assert noted == []
    assert engine.wait_until_idle(10)  # not settle: that would find it without the nudge
    assert noted == [("k", "o1", 1)]
    assert bench.row(added.id).state == "done"


def test_a_decision_rolled_back_runs_nothing(bench: Bench) -> None:
    noted: list[str] = []
    engine = bench.running(_noting(noted))
    with pytest.raises(ZeroDivisionError), bench.database.write() as tx:
        engine.nudge_after_commit(work.enqueue(tx, bench.who.workspace_id, "send", "k").id)
        raise ZeroDivisionError
    engine.settle()
    assert noted == []


def test_the_tick_finds_what_nobody_nudged(bench: Bench) -> None:
    ran = threading.Event()

    def run(job: Job) -> Outcome:
        ran.set()
        return Done()

    bench.add()
    bench.running(run, carrier=Embedded(seconds=0.05))
    assert ran.wait(10)


def test_work_waits_for_its_time(bench: Bench) -> None:
    engine = bench.running(lambda _job: Done())
    work_id = bench.add(due_in=timedelta(hours=1))
    engine.settle()
    assert bench.row(work_id).state == "ready"
    bench.clock.turn(timedelta(hours=1))
    engine.settle()
    assert bench.row(work_id).state == "done"


def test_a_job_that_is_called_again_knows_how_far_it_got(bench: Bench) -> None:
    steps: list[str | None] = []

    def run(job: Job) -> Outcome:
        steps.append(job.step)
        if job.step == "drafting":
            return Done()
        job.reach("drafting")
        steps.append(job.step)
        return Again(timedelta(seconds=30), "waiting")

    engine = bench.running(run)
    work_id = bench.add()
    engine.settle()
    row = bench.row(work_id)
    assert (row.state, row.attempts, row.error_code) == ("ready", 0, "waiting")
    assert row.due_at == bench.clock() + timedelta(seconds=30)
    bench.clock.turn(timedelta(seconds=30))
    engine.settle()
    assert steps == [None, "drafting", "drafting"]


def test_a_job_can_finish_with_its_result_in_one_transaction(bench: Bench, database: Database) -> None:
    def run(job: Job) -> Outcome:
        with database.write() as tx:
            job.reach_in(tx, "writing")
            job.finish_in(tx)
        return Done()

    engine = bench.running(run)
    work_id = bench.add()
    engine.settle()
    assert (bench.row(work_id).state, bench.row(work_id).step) == ("done", "writing")


def test_a_job_that_fails_after_its_transaction_was_rolled_back_is_not_finished(
    bench: Bench, database: Database
) -> None:
    def run(job: Job) -> Outcome:
        with database.write() as tx:
            job.finish_in(tx)
            raise Unavailable

    engine = bench.running(run)
    work_id = bench.add()
    engine.settle()
    assert bench.row(work_id).state == "ready"


def test_a_provider_that_asks_for_patience_gets_it_and_it_does_not_count(bench: Bench) -> None:
    def run(_job: Job) -> Outcome:
        raise RateLimited(timedelta(minutes=7))

    engine = bench.running(run)
    work_id = bench.add()
    for _ in range(20):
        engine.settle()
        row = bench.row(work_id)
        assert (row.state, row.attempts) == ("ready", 0)
        assert row.due_at == bench.clock() + timedelta(minutes=7)
        bench.clock.turn(timedelta(minutes=7))


def test_whoever_only_ever_asks_for_patience_is_given_up_after_a_day(bench: Bench) -> None:
    told: list[str] = []
    asked: list[None] = []

    def run(job: Job) -> Outcome:
        asked.append(None)
        job.reach("asking")  # the same step is no step further
        raise RateLimited(timedelta(hours=1))

    engine = bench.engine({"send": Handler(run, lambda _job, code: told.append(code), attempts=3)})
    work_id = bench.add()
    for hour in range(26):
        engine.settle()
        row = bench.row(work_id)
        assert (row.state, row.due_at) == ("ready", bench.clock() + timedelta(hours=1)), hour
        bench.clock.turn(timedelta(hours=1))
    engine.settle()
    assert (bench.row(work_id).state, bench.row(work_id).error_code, told) == (
        "dead",
        "RateLimited",
        ["RateLimited"],
    )
    assert len(asked) == 24 + 3


def test_the_day_of_patience_begins_anew_with_every_step(bench: Bench) -> None:
    def run(job: Job) -> Outcome:
        job.reach(f"{job.step or ''}.")
        raise RateLimited(timedelta(hours=20))

    engine = bench.running(run)
    work_id = bench.add()
    for _ in range(12):
        engine.settle()
        assert (bench.row(work_id).state, bench.row(work_id).attempts) == ("ready", 0)
        bench.clock.turn(timedelta(hours=20))


def test_a_passing_failure_is_tried_again_ever_later_then_given_up_and_told(bench: Bench) -> None:
    told: list[str] = []
    waits: list[timedelta] = []

    def run(_job: Job) -> Outcome:
        raise Unavailable("a text that must not be kept")

    handler = Handler(run, gave_up=lambda _job, code: told.append(code), attempts=4)
    engine = bench.engine({"send": handler})
    work_id = bench.add()
    engine.settle()
    while bench.row(work_id).state == "ready":
        waits.append(bench.row(work_id).due_at - bench.clock())
        bench.clock.turn(waits[-1])
        engine.settle()
    assert waits == [timedelta(seconds=1), timedelta(seconds=2), timedelta(seconds=4)]
    assert told == ["Unavailable"]
    assert (bench.row(work_id).state, bench.row(work_id).error_code) == ("dead", "Unavailable")


def test_an_unknown_error_is_kept_by_its_class_alone(bench: Bench) -> None:
    def run(_job: Job) -> Outcome:
        raise LookupError("dana@northwind.example")

    engine = bench.running(run)
    work_id = bench.add()
    engine.settle()
    assert bench.row(work_id).error_code == "LookupError"


@pytest.mark.parametrize(
    ("error", "state"), [(ReconnectRequired("x"), "dead"), (DeliveryUncertain("x"), "review")]
)
def test_what_trying_again_cannot_mend_is_not_tried_again(bench: Bench, error: Exception, state: str) -> None:
    runs: list[int] = []

    def run(job: Job) -> Outcome:
        runs.append(job.attempts)
        raise error

    engine = bench.running(run)
    work_id = bench.add()
    engine.settle()
    bench.clock.turn(timedelta(days=1))
    engine.settle()
    assert (bench.row(work_id).state, runs) == (state, [1])


@pytest.mark.parametrize(("outcome", "state"), [(Review("NotSeen"), "review"), (Dead("Gone"), "dead")])
def test_a_handler_may_close_it_for_a_person_or_for_good(bench: Bench, outcome: Outcome, state: str) -> None:
    told: list[str] = []
    handler = Handler(lambda _job: outcome, gave_up=lambda _job, code: told.append(code))
    engine = bench.engine({"send": handler})
    work_id = bench.add()
    engine.settle()
    assert bench.row(work_id).state == state
    assert told == (["Gone"] if state == "dead" else [])


def test_work_that_kills_its_process_every_time_ends_and_is_told(bench: Bench) -> None:
    told: list[str] = []
    ran: list[str] = []
    work_id = bench.add()
    for _ in range(2):  # two processes that died: claimed, and never heard of again
        with bench.database.write() as tx:
            assert across.claim(tx, work_id, "dead", timedelta(minutes=1)) is not None
            tx.execute(
                update(work_table).values(lease_until=select(work_table.c.created_at).scalar_subquery())
            )
    handler = Handler(_noting(ran), gave_up=lambda _job, code: told.append(code), attempts=2)
    bench.engine({"send": handler}).settle()
    assert (ran, told) == ([], ["Killed"])
    assert bench.row(work_id).state == "dead"


def test_telling_that_it_was_given_up_is_tried_again_but_not_for_ever(bench: Bench) -> None:
    tries: list[int] = []

    def run(_job: Job) -> Outcome:
        raise ReconnectRequired

    def gave_up(job: Job, _code: str) -> None:
        tries.append(job.attempts)
        raise OSError("Slack is away")

    engine = bench.engine({"send": Handler(run, gave_up=gave_up, attempts=2)})
    work_id = bench.add()
    for _ in range(10):
        engine.settle()
        bench.clock.turn(timedelta(minutes=10))
    assert tries == [1, 2, 3, 4, 5]
    assert bench.row(work_id).state == "dead"
