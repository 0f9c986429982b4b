"""Scans that are cancelled, throttled, cut short or half refused: what is said, and that nothing is lost."""

from datetime import timedelta

import pytest

from sandbox.faults import Fault, Kind
from store.schema import candidate, mail_cursor
from tests.flows.discovery.scanning import (
    begin,
    home,
    left_out,
    mailboxes,
    rows,
    said,
    scans,
    suggested,
    trade,
)
from tests.flows.outlook.given import CLEO, PRIVATE
from tests.stage import Stage, connect

HEADERS = r"POST /batch"
MINUTE = timedelta(seconds=61)


def throttle(stage: Stage, times: int = 1) -> None:
    """Let Gmail ask for a minute of patience at the next reading of headers."""
    stage.faults.add(Fault("google", Kind.STATUS, HEADERS, times=times, status=429, retry_after=60))


def everything(stage: Stage) -> list[object]:
    """All that a scan leaves, without ids and times."""
    wanted = (
        candidate.c.address,
        candidate.c.name,
        candidate.c.conversations,
        candidate.c.received,
        candidate.c.sent,
        candidate.c.strength,
    )
    return [*sorted(rows(stage, *wanted)), *sorted(left_out(stage).items())]


@pytest.fixture
def undisturbed(stage: Stage) -> list[object]:
    """What a scan leaves that nothing came in the way of; the stage stands ready for another one."""
    connect(stage)
    begin(stage)
    stage.ann.close()
    return everything(stage)


def test_gmail_asking_for_patience_is_said_with_the_time_and_loses_nothing(
    stage: Stage, undisturbed: list[object]
) -> None:
    throttle(stage)
    window = begin(stage)
    assert "Gmail allows more at 10:0" in said(window)
    assert "running" in scans(stage)
    stage.later(MINUTE)
    assert "is scanned" in said(window)
    assert everything(stage) == undisturbed


def test_a_restart_in_the_middle_loses_and_doubles_nothing(stage: Stage, undisturbed: list[object]) -> None:
    throttle(stage)
    begin(stage)
    stage.restart()
    stage.later(MINUTE)
    throttle(stage)
    stage.restart()
    stage.later(MINUTE)
    stage.later(MINUTE)
    assert set(scans(stage)) == {"done"}
    assert everything(stage) == undisturbed


def test_gmail_that_does_not_answer_is_asked_again_by_itself(stage: Stage, undisturbed: list[object]) -> None:
    stage.faults.add(Fault("google", Kind.STATUS, "gmail|batch", times=None, status=503))
    window = begin(stage)
    assert "Mailroom tries again at 10:0" in said(window)
    stage.later(timedelta(seconds=20))
    assert scans(stage).count("running") == 1
    stage.faults.clear("google")
    stage.later(timedelta(minutes=2))
    assert "is scanned" in said(window)
    assert everything(stage) == undisturbed


def test_an_account_that_never_answers_is_given_up_with_a_way_to_try_again(stage: Stage) -> None:
    connect(stage)
    stage.faults.add(Fault("google", Kind.STATUS, "gmail|batch", times=None, status=503))
    window = begin(stage)
    for _ in range(4):
        stage.later(timedelta(minutes=6))
    assert "could not be read to the end" in said(window)
    stage.faults.clear("google")
    stage.press(stage.ann, window, "discovery.retry_scan")
    assert "17 new people" in said(window)


def test_cancel_keeps_whom_it_found_and_the_next_scan_finds_the_rest(
    stage: Stage, undisturbed: list[object]
) -> None:
    throttle(stage)
    window = begin(stage)
    stage.press(stage.ann, window, "discovery.cancel_scan")
    assert "Cancelled" in said(window)
    stage.later(MINUTE)
    assert "cancelled" in scans(stage)
    assert "Cancelled" in said(window)
    stage.press(stage.ann, window, "discovery.start_scan")
    assert "is scanned" in said(window)
    assert everything(stage) == undisturbed


def test_pressing_cancel_twice_or_late_changes_nothing(stage: Stage) -> None:
    connect(stage)
    throttle(stage)
    window = begin(stage)
    stage.ann.press(window, "discovery.cancel_scan")
    stage.ann.press(window, "discovery.cancel_scan")
    stage.settle()
    assert scans(stage) == ["cancelled"]


def test_home_shows_the_first_scan_under_way_and_cancels_it(stage: Stage) -> None:
    connect(stage)
    throttle(stage)
    begin(stage)
    stage.ann.close()
    shown = home(stage)
    assert "Looking at your mail." in shown
    assert "Gmail allows more at" in shown
    tab = stage.ann.home()
    assert tab is not None
    stage.press(stage.ann, tab, "discovery.show_scan")
    assert "Closing this window does not stop it" in said(stage.ann.window())
    stage.ann.close()
    stage.press(stage.ann, tab, "discovery.cancel_scan")
    assert scans(stage) == ["cancelled"]
    assert "Looking at your mail." not in said(stage.ann.home())


def test_a_second_start_shows_the_scan_that_runs(stage: Stage) -> None:
    connect(stage)
    throttle(stage)
    first = begin(stage)
    stage.ann.close()
    second = begin(stage)
    assert scans(stage) == ["running"]
    stage.later(MINUTE)
    assert "is scanned" in said(second)
    assert "is scanned" not in said(first)


def test_one_account_that_ended_hides_nothing_of_the_other_and_is_retried_alone(stage: Stage) -> None:
    connect(stage, "cleo", CLEO)
    connect(stage, "cleo", PRIVATE)
    stage.faults.add(Fault("graph", Kind.STATUS, "", times=None, status=403))
    window = begin(stage, "cleo")
    assert mailboxes(stage, "cleo") == ["failed", "failed"]
    assert "Your mail could not be scanned" in said(window)
    stage.faults.clear("graph")
    stage.press(stage.person("cleo"), window, "discovery.retry_scan")
    assert mailboxes(stage, "cleo") == ["done", "done"]
    assert "is scanned" in said(window)
    assert scans(stage, "cleo") == ["done"]
    assert len(rows(stage, mail_cursor.c.account_id, handle="cleo")) == 2


def test_a_member_with_gmail_and_outlook_hears_which_of_them_could_not_be_read(stage: Stage) -> None:
    trade(stage, "Kim Noor <kim@noor.example>", CLEO)
    connect(stage, "cleo", CLEO)
    connect(stage, "cleo", "ann.lee.private@gmail.example")
    stage.google.revoke("ann.lee.private@gmail.example")
    window = begin(stage, "cleo")
    assert mailboxes(stage, "cleo") == ["done", "failed"]
    assert "Scanned, but not everything" in said(window)
    assert "access has ended" in said(window)
    assert "kim@noor.example" in suggested(stage, "cleo")
    cleo = stage.person("cleo")
    assert cleo.element(window, "accounts.reconnect")
    stage.press(cleo, window, "discovery.retry_scan")
    assert (scans(stage, "cleo"), mailboxes(stage, "cleo")) == (["done"], ["done", "failed"])


def test_disconnecting_in_the_middle_ends_the_scan_of_that_account(stage: Stage) -> None:
    connect(stage)
    throttle(stage)
    begin(stage)
    stage.ann.close()
    tab = stage.ann.open_home()
    assert tab is not None
    stage.press(stage.ann, tab, "home.accounts")
    stage.press(stage.ann, tab, "accounts.disconnect")
    assert stage.ann.submit().accepted
    stage.later(MINUTE)
    assert mailboxes(stage) == []
    assert "running" not in scans(stage)


def test_whom_the_member_answered_is_there_while_a_minutes_quota_holds_up_the_rest(
    stage: Stage,
) -> None:
    for number in range(40):
        trade(stage, f"Silent {number:02} <silent{number:02}@crowd.example>", mine=0)
    connect(stage)
    stage.google.limits.units_per_user_minute = 1200
    window = begin(stage)
    assert scans(stage) == ["running"]
    first = len(suggested(stage))
    assert first > 0
    assert f"{first} people found so far" in said(window)
    for _ in range(6):
        stage.later(MINUTE)
    assert scans(stage) == ["done"]
    assert len(suggested(stage)) == 17
    assert sum(1 for one in left_out(stage) if one.startswith("silent")) == 40
