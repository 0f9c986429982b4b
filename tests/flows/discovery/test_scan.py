"""A member scans two weeks of mail: who is suggested, what is said, and what the next scan does."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from sandbox.faults import Fault, Kind
from store.schema import candidate
from tests.browser_walk import Browser, sign_in
from tests.flows.accounts.walking import link_of
from tests.flows.discovery.scanning import (
    ANN,
    begin,
    counts,
    expected,
    home,
    left_out,
    mailboxes,
    rows,
    said,
    scans,
    suggested,
    trade,
)
from tests.stage import Stage, connect, standing, texts

HEADERS = r"POST /batch"


@pytest.fixture(params=["gmail", "outlook"])
def stage_of(request: pytest.FixtureRequest, sqlite_url: str) -> Iterator[Stage]:
    """The stage with all of Ann's mail at one vendor and then at the other."""
    with standing(sqlite_url, outlook=(ANN,) if request.param == "outlook" else ()) as made:
        yield made


def test_a_scan_suggests_whom_the_rules_suggest_of_all_mail(stage_of: Stage) -> None:
    stage = stage_of
    connect(stage)
    window = begin(stage)
    colleagues = {one for one in expected(stage) if one.endswith("@northwind.example")}
    assert suggested(stage) == expected(stage) - colleagues
    assert "17 new people" in said(window)
    assert "0 already contacts" in said(window)
    assert f"{sum(1 for why in left_out(stage).values() if why)} left out" in said(window)
    assert (scans(stage), mailboxes(stage)) == (["done"], ["done"])
    assert "last scan today" in home(stage)


def test_without_a_mailbox_the_window_leads_to_connecting_one(stage: Stage) -> None:
    window = begin(stage)
    assert "No mailbox is connected yet" in said(window)
    stage.press(stage.ann, window, "accounts.connect_google")
    assert len(stage.ann.windows()) == 1, "nothing stale lies underneath"
    assert sign_in(Browser(), link_of(stage.ann), ANN).name == "connect-finished"
    stage.settle()
    (window,) = stage.ann.windows()
    assert f"Connected: {ANN}" in said(window)
    stage.press(stage.ann, window, "discovery.start_scan")
    (window,) = stage.ann.windows()
    assert "messages looked at" in said(window)


def test_home_offers_the_first_scan_and_the_window_of_connecting_does_too(stage: Stage) -> None:
    connect(stage)
    assert "See who is missing from your contacts" in home(stage)
    stage.press(stage.ann, stage.ann.open_home() or begin(stage), "discovery.start_scan")
    assert "is scanned" in said(stage.ann.window())
    assert "See who is missing" not in home(stage)


def test_a_second_scan_finds_nobody_twice(stage: Stage) -> None:
    connect(stage)
    begin(stage)
    first = sorted(rows(stage, candidate.c.address, candidate.c.id, candidate.c.sent, candidate.c.received))
    stage.ann.close()
    trade(stage, "New Person <new@elsewhere.example>", theirs=2)
    window = begin(stage)
    assert "1 new person" in said(window)
    again = rows(stage, candidate.c.address, candidate.c.id, candidate.c.sent, candidate.c.received)
    assert [one for one in sorted(again) if one[0] != "new@elsewhere.example"] == first
    assert counts(stage, "new@elsewhere.example") == (2, 2, 1)


def test_a_contact_is_counted_and_not_suggested(stage: Stage) -> None:
    connect(stage)
    stage.press(stage.ann, stage.type(stage.ann, "/inbox tom@abel.example") or begin(stage), "contacts.add")
    assert stage.ann.submit().accepted
    stage.settle()
    stage.ann.close()
    window = begin(stage)
    assert "1 already a contact" in said(window)
    assert "tom@abel.example" not in suggested(stage)


def test_a_stranger_of_two_members_shows_each_their_own_counts(stage: Stage) -> None:
    trade(stage, "Kim Noor <kim@noor.example>", theirs=2, mine=1)
    trade(stage, "Kim Noor <kim@noor.example>", "ben@northwind.example", theirs=1, mine=3)
    connect(stage)
    connect(stage, "ben", "ben@northwind.example")
    begin(stage)
    begin(stage, "ben")
    assert counts(stage, "kim@noor.example") == (2, 2, 1)
    assert counts(stage, "kim@noor.example", "ben") == (1, 1, 3)


def test_members_of_the_workspace_are_no_strangers_whatever_their_domain(stage: Stage) -> None:
    trade(stage, "Gia Rossi <gia@rossi.example>")
    trade(stage, "Guest <guest@client.example>")
    gia = next(one for one in stage.workspace.users.values() if one.email == "gia@rossi.example")
    connect(stage)
    begin(stage)
    colleague = not (gia.is_restricted or gia.is_ultra_restricted)
    assert (left_out(stage)["gia@rossi.example"] == "colleague") is colleague
    assert "guest@client.example" in suggested(stage)


def test_whom_slack_cannot_be_asked_about_waits_for_the_next_scan(stage: Stage) -> None:
    trade(stage, "Kim Noor <kim@noor.example>")
    connect(stage)
    stage.faults.add(Fault("slack", Kind.STATUS, "/api/users.lookupByEmail", times=None, status=500))
    begin(stage)
    assert scans(stage) == ["running"]
    for _ in range(3):
        stage.later(timedelta(seconds=61))
    assert suggested(stage) == set()
    assert left_out(stage)["kim@noor.example"] == "unasked"
    stage.faults.clear("slack")
    begin(stage)
    assert "kim@noor.example" in suggested(stage)


def test_slack_asking_for_patience_delays_and_loses_nobody(stage: Stage) -> None:
    connect(stage)
    wait = Fault("slack", Kind.STATUS, "/api/users.lookupByEmail", times=1, status=429, retry_after=30)
    stage.faults.add(wait)
    begin(stage)
    assert scans(stage) == ["running"]
    stage.later(timedelta(seconds=31))
    assert scans(stage) == ["done"]
    assert len(suggested(stage)) == 17


def test_the_end_is_told_in_a_message_only_where_the_window_was_closed(stage: Stage) -> None:
    connect(stage)
    before = len(stage.ann.dm())
    begin(stage)
    assert len(stage.ann.dm()) == before
    stage.ann.close()
    pause = Fault("google", Kind.STATUS, HEADERS, times=1, status=429, retry_after=60)
    stage.faults.add(pause)
    begin(stage)
    stage.ann.close()
    stage.later(timedelta(minutes=2))
    (told,) = stage.ann.dm()[before:]
    assert "70 looked at" in told.text
    assert "discovery.nightly_on" in str(told.blocks)
    assert ANN not in told.text
    assert texts(told.blocks)
