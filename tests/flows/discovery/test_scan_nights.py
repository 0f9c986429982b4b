"""Scans of nights: they begin where the last one ended, and begin anew where that is no longer known."""

from datetime import timedelta

from sandbox.faults import Fault, Kind
from store.schema import met, work
from tests.flows.discovery.nights import next_morning, night, until
from tests.flows.discovery.scanning import (
    ANN,
    begin,
    counts,
    left_out,
    rows,
    said,
    scans,
    suggested,
    trade,
)
from tests.stage import Stage, connect

KIM = "kim@noor.example"


def scanned(stage: Stage) -> None:
    """Connect, scan, and switch the nights on where the window offers it."""
    connect(stage)
    window = begin(stage)
    assert "Scan every night" in said(window)
    stage.press(stage.ann, window, "discovery.nightly_on")
    stage.ann.close()


def test_a_night_finds_who_came_since_and_leaves_the_others_as_they_were(stage: Stage) -> None:
    scanned(stage)
    before = suggested(stage)
    trade(stage, f"Kim Noor <{KIM}>", theirs=2, days=0)
    next_morning(stage)
    assert suggested(stage) == before | {KIM}
    assert counts(stage, KIM) == (2, 2, 1)
    assert scans(stage) == ["done", "done"]
    next_morning(stage)
    assert counts(stage, KIM) == (2, 2, 1)


def test_where_gmail_has_forgotten_the_night_begins_by_date_and_counts_nobody_twice(stage: Stage) -> None:
    trade(stage, f"Kim Noor <{KIM}>", theirs=2, days=0)
    scanned(stage)
    mails = {row[0]: row[1] for row in rows(stage, met.c.address, met.c.mails)}
    stage.mailbox(ANN).forget_history()
    next_morning(stage)
    assert counts(stage, KIM) == (2, 2, 1)
    again = {row[0]: row[1] for row in rows(stage, met.c.address, met.c.mails)}
    assert again
    assert all(again[one] <= mails[one] for one in again)  # whose mail is two weeks old by now is not met
    assert scans(stage) == ["done", "done"]


def test_somebody_to_whom_the_member_writes_today_is_suggested_for_what_they_wrote_last_week(
    stage: Stage,
) -> None:
    trade(stage, f"Kim Noor <{KIM}>", theirs=1, mine=0, days=7)
    scanned(stage)
    assert left_out(stage)[KIM] == "one_way"
    trade(stage, f"Kim Noor <{KIM}>", theirs=0, mine=1, days=0)
    next_morning(stage)
    assert KIM in suggested(stage)


def test_whom_slack_could_not_be_asked_about_is_asked_about_the_next_night(stage: Stage) -> None:
    scanned(stage)
    trade(stage, f"Kim Noor <{KIM}>", days=0)
    stage.faults.add(Fault("slack", Kind.STATUS, "/api/users.lookupByEmail", times=None, status=500))
    until(stage, night(stage)["scan_at"])
    for _ in range(3):
        stage.later(timedelta(seconds=61))
    assert left_out(stage)[KIM] == "unasked"
    stage.faults.clear("slack")
    until(stage, night(stage)["tell_at"])
    next_morning(stage)
    assert KIM in suggested(stage)


def test_a_night_waits_for_the_scan_that_runs(stage: Stage) -> None:
    scanned(stage)
    due = night(stage)["scan_at"]
    until(stage, due - timedelta(minutes=30))
    stage.faults.add(Fault("google", Kind.STATUS, "POST /batch", times=None, status=429, retry_after=3600))
    begin(stage)
    stage.ann.close()
    until(stage, due + timedelta(hours=1))
    assert "running" in scans(stage)
    stage.faults.clear("google")
    next_morning(stage)
    stage.later(timedelta(hours=2))
    assert set(scans(stage)) == {"done"}


def test_no_name_and_no_address_stands_in_the_ledger_or_in_a_cursor(stage: Stage) -> None:
    scanned(stage)
    next_morning(stage)
    addresses = {str(row[0]) for row in rows(stage, met.c.address)}
    assert addresses
    with stage.mailroom.database.read() as tx:
        ledger = str(tx.all(work.select()))
        cursors = str(tx.connection.exec_driver_sql("select cursor from mail_cursor").all())
        cursors += str(tx.connection.exec_driver_sql("select cursor from scan_mailbox").all())
    assert not [one for one in addresses if one in ledger or one in cursors]
