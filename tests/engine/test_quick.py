"""The quick lane: bounded, and every error finds its way to the person."""

import threading
from functools import partial

import pytest

from tests.engine.conftest import Bench


def test_a_task_runs_and_settling_waits_for_it(bench: Bench) -> None:
    ran: list[int] = []
    engine = bench.engine()
    for number in range(20):
        assert engine.quick("place", partial(ran.append, number))
    engine.settle()
    assert sorted(ran) == list(range(20))


def test_an_error_is_told_where_the_answer_belongs(bench: Bench) -> None:
    def fail() -> None:
        raise LookupError("gone")

    engine = bench.engine()
    engine.quick("the place", fail)
    engine.settle()
    assert [(place, type(error)) for place, error in bench.told] == [("the place", LookupError)]


def test_an_error_while_telling_an_error_harms_nobody(bench: Bench) -> None:
    ran: list[str] = []

    def fail() -> None:
        raise LookupError("gone")

    def cannot_tell(_place: object, _error: BaseException) -> None:
        raise OSError("Slack is away")

    engine = bench.engine(quick_threads=1, on_quick_error=cannot_tell)
    engine.quick("place", fail)
    engine.quick("place", lambda: ran.append("next"))
    engine.settle()
    assert ran == ["next"]


def test_a_full_lane_says_so_and_takes_more_when_there_is_room(bench: Bench) -> None:
    release, begun = threading.Event(), threading.Event()

    def block() -> None:
        begun.set()
        release.wait(10)

    engine = bench.engine(quick_threads=1, quick_queue=2)
    assert engine.quick("place", block)
    assert begun.wait(10)
    assert engine.quick("place", block)
    assert engine.quick("place", block)
    assert not engine.quick("place", block)
    release.set()
    engine.settle()
    assert engine.quick("place", block)


def test_settling_gives_up_when_something_hangs(bench: Bench) -> None:
    release = threading.Event()
    engine = bench.engine()

    def hang() -> None:
        release.wait(10)

    engine.quick("place", hang)
    with pytest.raises(TimeoutError, match="quick tasks"):
        engine.settle(timeout=0.05)
    release.set()
    engine.settle()


def test_an_engine_that_is_ending_takes_no_more(bench: Bench) -> None:
    ran: list[str] = []
    engine = bench.engine()
    engine.stop(grace=5)
    assert not engine.quick("place", lambda: ran.append("late"))
    assert ran == []
