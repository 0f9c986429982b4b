"""When somebody wrote last is the date of their newest mail, though a scan of Gmail reads few of them."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from store.schema import candidate
from tests.flows.discovery.reviewing import open_people, row_of, words_of
from tests.flows.discovery.scanning import (
    ANN,
    answer,
    begin,
    letter,
    mailboxes,
    rows,
    scans,
    suggested,
    trade,
)
from tests.stage import Stage, connect, standing

KIM = "kim@noor.example"
NAMED = f"Kim Noor <{KIM}>"


@pytest.fixture(params=["gmail", "outlook"])
def stage_of(request: pytest.FixtureRequest, sqlite_url: str) -> Iterator[Stage]:
    """The stage with all of Ann's mail at one vendor and then at the other."""
    with standing(sqlite_url, outlook=(ANN,) if request.param == "outlook" else ()) as made:
        yield made


def write(stage: Stage, ago: timedelta, sender: str = NAMED, **headers: str) -> datetime:
    """Let somebody write to Ann in a conversation of its own."""
    at = (stage.clock.now() - ago).replace(microsecond=0)
    raw = letter(sender, ANN, at, subject=f"Written {ago}", **headers)
    stage.world.send(raw, at=at, announce=False)
    return at


def answered_long_ago(stage: Stage) -> None:
    """Kim wrote eleven days ago and was answered: whoever was answered is looked for first."""
    answer(stage, NAMED, days=11)


def last_mail(stage: Stage, address: str = KIM) -> datetime:
    """What People found says of somebody's last mail."""
    found: dict[str, datetime] = dict(rows(stage, candidate.c.address, candidate.c.last_at))
    return found[address]


def until_dates(stage: Stage) -> None:
    """Scan once, and again up to where only the dates are missing and the minute's units are used up."""
    begin(stage)
    used = stage.google.quota(ANN).total
    stage.later(timedelta(minutes=2))
    stage.google.limits.units_per_user_minute = used - 10
    begin(stage)
    assert mailboxes(stage) == ["done", "read"]


def test_the_last_mail_is_the_newest_though_an_older_one_was_read(stage_of: Stage) -> None:
    stage = stage_of
    answered_long_ago(stage)
    newest = write(stage, timedelta(hours=3))
    write(stage, timedelta(days=4))
    connect(stage)
    begin(stage)
    assert last_mail(stage) == newest
    row, _ = row_of(open_people(stage), KIM)
    assert "last mail today" in words_of(row)


def test_an_automatic_answer_is_nobodys_last_mail(stage: Stage) -> None:
    answered_long_ago(stage)
    newest = write(stage, timedelta(days=4))
    write(stage, timedelta(hours=3), Auto_Submitted="auto-replied")
    connect(stage)
    begin(stage)
    assert last_mail(stage) <= newest


def test_somebody_met_first_and_written_to_long_ago_is_dated_too(stage: Stage) -> None:
    trade(stage, NAMED, theirs=3, mine=1, days=13)
    newest = write(stage, timedelta(minutes=20))
    connect(stage)
    begin(stage)
    assert last_mail(stage) == newest


def test_gmail_asking_for_patience_delays_the_dates_and_loses_none(stage: Stage) -> None:
    answered_long_ago(stage)
    newest = write(stage, timedelta(hours=3))
    connect(stage)
    until_dates(stage)
    assert scans(stage) == ["done", "running"]
    stage.later(timedelta(seconds=61))
    assert scans(stage) == ["done", "done"]
    assert last_mail(stage) == newest


def test_a_date_that_cannot_be_found_out_makes_no_scan_fail(stage: Stage) -> None:
    answered_long_ago(stage)
    write(stage, timedelta(hours=3))
    connect(stage)
    until_dates(stage)
    stage.google.revoke(ANN)
    stage.later(timedelta(seconds=61))
    assert (scans(stage), mailboxes(stage)) == (["done", "done"], ["done", "done"])
    assert KIM in suggested(stage)
