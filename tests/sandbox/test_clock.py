"""The dialled clock."""

import threading
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from sandbox.clock import Clock, follow

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_a_frozen_clock_stands_where_it_was_set() -> None:
    clock = Clock()
    clock.freeze()
    clock.set(NOON)
    assert clock.now() == clock.now() == NOON
    clock.advance(timedelta(days=-1))
    assert clock.now() == NOON - timedelta(days=1)


def test_a_running_clock_goes_on_from_where_it_was_set() -> None:
    clock = Clock(NOON)
    assert timedelta(0) <= clock.now() - NOON < timedelta(minutes=1)


def test_a_clock_that_stood_goes_on_from_there() -> None:
    clock = Clock(NOON)
    clock.freeze()
    clock.set(NOON + timedelta(days=3))
    clock.run()
    assert timedelta(0) <= clock.now() - NOON - timedelta(days=3) < timedelta(minutes=1)


def test_whoever_follows_a_shared_clock_has_the_same_time_at_every_turn(tmp_path: Path) -> None:
    clock = Clock(NOON)
    clock.share(tmp_path / "clock")
    followed = follow(tmp_path / "clock")
    for turned in (timedelta(0), timedelta(days=400, microseconds=1), timedelta(days=-500)):
        clock.advance(turned)
        before, there, after = clock.now(), followed(), clock.now()
        assert before <= there <= after


def test_a_shared_clock_cannot_be_stopped_behind_the_back_of_those_who_follow(tmp_path: Path) -> None:
    clock = Clock(NOON)
    clock.share(tmp_path / "clock")
    with pytest.raises(ValueError, match="others"):
        clock.freeze()


def test_naive_times_are_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        Clock().set(NOON.replace(tzinfo=None))


def test_timers_ring_in_the_order_of_their_moments() -> None:
    clock = Clock(NOON)
    rung: list[int] = []
    clock.freeze()
    for minutes in (3, 1, 2):
        clock.call_after(timedelta(minutes=minutes), partial(rung.append, minutes))
    clock.advance(timedelta(minutes=5))
    assert clock.wait(10)
    assert rung == [1, 2, 3]
    clock.stop()


def test_a_cancelled_timer_does_not_ring() -> None:
    clock = Clock(NOON)
    rung: list[int] = []
    clock.freeze()
    clock.call_after(timedelta(minutes=1), lambda: rung.append(1)).cancel()
    clock.advance(timedelta(minutes=5))
    assert clock.wait(10)
    assert rung == []
    clock.stop()


def test_a_timer_rings_in_real_time_too() -> None:
    clock, rung = Clock(), threading.Event()
    clock.call_after(timedelta(milliseconds=20), rung.set)
    assert rung.wait(10)
    clock.stop()


def test_a_stopped_clock_rings_no_more() -> None:
    clock = Clock(NOON)
    rung: list[int] = []
    clock.freeze()
    clock.call_after(timedelta(minutes=1), lambda: rung.append(1))
    clock.stop()
    clock.advance(timedelta(minutes=5))
    assert clock.wait(10)
    assert rung == []
