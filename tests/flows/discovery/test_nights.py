"""Fourteen nights (journey 6 of screens.md): news, none, a holiday, a pause, two members and one stranger."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from store.schema import digest
from tests.flows.accounts.walking import settings
from tests.flows.discovery.nights import (
    digests,
    next_morning,
    night,
    people,
    planned,
    quiet,
    rows,
    shown,
    states,
    suggest,
    until,
    write_to_each_other,
)
from tests.stage import Stage, connect

BEN = "ben@northwind.example"


def switch_on(stage: Stage, handle: str = "ann", word: str = "on") -> None:
    stage.type(stage.person(handle), f"/inbox digest {word}")


def change(stage: Stage, **fields: Any) -> None:
    """Change what Slack says of Ann."""
    stage.workspace.users[stage.ann.id] = replace(stage.ann.user, **fields)


def test_a_night_finds_people_in_the_mailbox_and_tells_the_strongest_ten_in_the_morning(stage: Stage) -> None:
    connect(stage)
    switch_on(stage)
    row = night(stage)
    until(stage, row["scan_at"])
    found = people(stage)
    assert len(found) > 10, "the scan has run"
    assert stage.ann.dm() == [], "nobody is woken for it"
    until(stage, row["tell_at"])
    (message,) = digests(stage)
    assert message.blocks[0]["text"]["text"] == "10 people wrote to you"
    named = [one for one in found.values() if one.address in shown(message)]
    left = [one for one in found.values() if one not in named]
    assert len(named) == 10
    assert min(one.strength for one in named) >= max(one.strength for one in left)
    assert f"{len(left)} more are waiting." in shown(message)
    assert all(one.named_at for one in people(stage).values() if one.address in shown(message))


def test_the_next_nights_name_the_others_and_then_nobody(stage: Stage) -> None:
    connect(stage)
    switch_on(stage)
    for _ in range(4):
        next_morning(stage)
    first, second = digests(stage)
    assert states(stage) == ["posted", "posted", "empty", "empty"]
    for one in people(stage).values():
        assert (one.address in shown(first)) != (one.address in shown(second))
    assert "10 earlier ones are waiting." in shown(second)
    write_to_each_other(stage, "Nora Fields", "nora@fields.example")
    next_morning(stage)
    newest = digests(stage)[-1]
    assert newest.text == "1 person wrote to you who is not in your contacts: Nora Fields"
    assert states(stage)[-1] == "posted"


def test_no_message_comes_without_news_in_fourteen_nights(stage: Stage) -> None:
    connect(stage)
    switch_on(stage)
    until(stage, night(stage)["scan_at"])
    quiet(stage)
    before = len(stage.ann.dm())
    for _ in range(14):
        next_morning(stage)
    assert len(stage.ann.dm()) == before
    assert states(stage) == ["empty"] * 14
    assert night(stage)["tell_date"] == date(2026, 12, 5)


def test_a_pause_of_a_week_is_quiet_and_loses_nobody(stage: Stage) -> None:
    connect(stage)
    switch_on(stage)
    next_morning(stage)
    next_morning(stage)
    count = len(digests(stage))
    stage.press(stage.ann, settings(stage), "discovery.nightly_pause", value="2026-12-01")
    write_to_each_other(stage, "Nora Fields", "nora@fields.example")
    stage.later(timedelta(days=5))
    assert len(digests(stage)) == count
    next_morning(stage)
    assert night(stage)["tell_date"] == date(2026, 12, 2)
    assert len(digests(stage)) == count + 1
    assert "Nora Fields" in digests(stage)[-1].text


def test_working_days_leave_the_week_end_in_peace_and_tell_on_monday(stage: Stage) -> None:
    connect(stage)
    switch_on(stage)
    stage.press(stage.ann, settings(stage), "discovery.nightly_days", value="working")
    stage.later(timedelta(days=2))  # Sunday
    assert digests(stage) == []
    next_morning(stage)
    assert len(digests(stage)) == 1
    assert stage.clock.now().date() == date(2026, 11, 23)


def test_two_members_are_told_of_one_stranger_each_from_their_own_mail_at_their_own_hour(
    stage: Stage,
) -> None:
    connect(stage)
    connect(stage, "ben", BEN)
    write_to_each_other(stage, "Nora Fields", "nora@fields.example")
    write_to_each_other(stage, "Nora Fields", "nora@fields.example")
    write_to_each_other(stage, "Nora Fields", "nora@fields.example", BEN)
    switch_on(stage)
    switch_on(stage, "ben", "7")  # where it is night: his scan may begin at once
    assert night(stage)["tell_at"] == datetime(2026, 11, 21, 7, 0, tzinfo=UTC)  # 08:00 in Amsterdam
    assert night(stage, "ben")["tell_at"] == datetime(2026, 11, 20, 12, 0, tzinfo=UTC)  # 07:00 in New York
    next_morning(stage, "ben")
    assert len(digests(stage, "ben")) == 1
    assert digests(stage) == []
    next_morning(stage)
    (anns,), (bens,) = digests(stage), digests(stage, "ben")
    nora = people(stage)["nora@fields.example"], people(stage, "ben")["nora@fields.example"]
    assert [one.conversations for one in nora] == [2, 1]
    assert "2 conversations in two weeks" in shown(anns)
    assert "they wrote 2; you wrote 2 in all" in shown(anns)
    assert "nora@fields.example" in shown(bens)


def test_missed_nights_are_caught_up_once(stage: Stage) -> None:
    connect(stage)
    switch_on(stage)
    stage.mailroom.stop()
    stage.clock.set(datetime(2026, 11, 25, 10, 0, tzinfo=UTC))  # down for five nights
    stage.restart()
    stage.settle()
    for _ in range(3):
        stage.later(timedelta(minutes=1))
    assert len(digests(stage)) == 1
    assert states(stage) == ["posted"]
    assert night(stage)["tell_date"] == date(2026, 11, 26)


def test_a_night_missed_until_the_evening_waits_for_the_next_morning(stage: Stage) -> None:
    connect(stage)
    switch_on(stage)
    stage.mailroom.stop()
    stage.clock.set(datetime(2026, 11, 25, 21, 0, tzinfo=UTC))
    stage.restart()
    stage.settle()
    stage.later(timedelta(minutes=2))
    assert digests(stage) == []
    next_morning(stage)
    assert len(digests(stage)) == 1


def test_whoever_moves_is_told_at_their_new_hour_and_on_each_date_once(stage: Stage) -> None:
    connect(stage)
    switch_on(stage)
    next_morning(stage)
    suggest(stage, "late@news.example")
    change(stage, tz="America/New_York")
    until(stage, night(stage)["scan_at"])  # Slack is asked before the night
    assert night(stage)["tell_at"] == datetime(2026, 11, 22, 13, 0, tzinfo=UTC)
    until(stage, datetime(2026, 11, 22, 7, 0, tzinfo=UTC))  # where it is two o'clock now
    assert len(digests(stage)) == 1
    next_morning(stage)
    assert len(digests(stage)) == 2
    change(stage, tz="Pacific/Auckland")
    for _ in range(3):
        next_morning(stage)
    dates = sorted(row["local_date"] for row in rows(stage, digest))
    assert len(dates) == len(set(dates)) == 4, "the day of the flight has none: nobody knew of it before"
    assert stage.clock.now().astimezone(ZoneInfo("Pacific/Auckland")).hour == 8


def test_somebody_who_has_left_is_looked_for_no_more(stage: Stage) -> None:
    connect(stage)
    switch_on(stage)
    change(stage, deleted=True)
    until(stage, night(stage)["scan_at"])
    assert not night(stage)["is_on"]
    assert planned(stage) == []
    assert people(stage) == {}


def test_a_mailbox_that_is_gone_is_skipped_and_the_nights_go_on(stage: Stage) -> None:
    connect(stage)
    switch_on(stage)
    stage.google.revoke("ann@northwind.example")
    for _ in range(4):
        next_morning(stage)
    assert digests(stage) == []
    told = [message.text for message in stage.ann.dm()]
    assert len(told) == 1, "the loss of the access, once"
    assert "ended Mailroom's access" in told[0]
    assert night(stage)["failed_nights"] == 0
