"""What goes wrong at night: a digest is never told twice on a date, and nobody is lost."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from sandbox.faults import Fault, Kind
from store.schema import work
from tests.flows.accounts.walking import settings
from tests.flows.discovery.nights import (
    digests,
    next_morning,
    night,
    people,
    planned,
    press_person,
    quiet,
    states,
    suggest,
    told,
    until,
)
from tests.stage import Stage, connect, texts

NORA, PETE = "nora@fields.example", "pete@gray.example"
POST = r"POST /api/chat\.postMessage"


@pytest.fixture
def on(stage: Stage) -> Stage:
    """Ann's nightly scan is on."""
    connect(stage)
    stage.type(stage.ann, "/inbox digest on")
    return stage


def before_the_morning(stage: Stage, *addresses: str) -> None:
    """The night has found exactly these people, and it is not yet told."""
    until(stage, night(stage)["scan_at"])
    quiet(stage)
    suggest(stage, *addresses)


def morning(stage: Stage) -> None:
    """It is the hour, and whatever is tried again is tried."""
    until(stage, night(stage)["tell_at"])
    for _ in range(6):
        stage.later(timedelta(minutes=3))


def test_a_lost_answer_is_not_followed_by_a_second_digest_and_its_people_come_again(on: Stage) -> None:
    before_the_morning(on, NORA)
    on.faults.add(Fault("slack", Kind.RESET_AFTER, POST))
    morning(on)
    assert len(digests(on)) == 1, "it arrived, and nobody knows"
    assert states(on) == ["unsure"]
    assert people(on)[NORA].named_at is None
    next_morning(on)
    assert states(on) == ["unsure", "posted"]
    assert ["Nora" in one.text for one in digests(on)] == [True, True]


def test_an_answer_that_was_lost_with_the_digest_brings_its_people_the_next_day(on: Stage) -> None:
    before_the_morning(on, NORA)
    on.faults.add(Fault("slack", Kind.STATUS, POST, status=503))
    morning(on)
    assert digests(on) == []
    assert states(on) == ["unsure"]
    next_morning(on)
    assert len(digests(on)) == 1
    assert people(on)[NORA].named_at is not None


def test_a_press_on_the_copy_that_did_arrive_adopts_it(on: Stage) -> None:
    before_the_morning(on, NORA, PETE)
    on.faults.add(Fault("slack", Kind.RESET_AFTER, POST))
    morning(on)
    (message,) = digests(on)
    press_person(on, message, "dismiss", NORA)
    assert states(on) == ["posted"]
    assert people(on)[PETE].named_at is not None
    next_morning(on)
    assert len(digests(on)) == 1, "Pete was named by what is known to stand there"


def test_choosing_several_in_the_copy_that_did_arrive_adopts_it_too(on: Stage) -> None:
    before_the_morning(on, NORA)
    on.faults.add(Fault("slack", Kind.RESET_AFTER, POST))
    morning(on)
    on.press(on.ann, digests(on)[0], "discovery.choose_several")
    assert states(on) == ["posted"]


def test_slack_that_asks_for_patience_gets_the_digest_a_little_later_once(on: Stage) -> None:
    before_the_morning(on, NORA)
    on.faults.add(Fault("slack", Kind.STATUS, POST, status=429, retry_after=60))
    morning(on)
    assert len(digests(on)) == 1
    assert states(on) == ["posted"]


def test_a_connection_that_broke_before_anything_was_said_is_unsure_too(on: Stage) -> None:
    before_the_morning(on, NORA)
    on.faults.add(Fault("slack", Kind.RESET_BEFORE, POST))
    morning(on)
    assert len(digests(on)) <= 1
    next_morning(on)
    assert people(on)[NORA].named_at is not None
    assert len(digests(on)) == 1


def test_a_restart_in_the_night_loses_and_doubles_nothing(on: Stage) -> None:
    on.restart()
    until(on, night(on)["scan_at"])
    on.restart()
    on.settle()
    quiet(on)
    suggest(on, NORA)
    on.mailroom.stop()
    on.clock.set(night(on)["tell_at"])
    on.restart()
    on.settle()
    on.restart()
    morning_after = [one.text for one in digests(on)]
    assert len(morning_after) == 1
    assert "Nora" in morning_after[0]


def test_switched_off_before_the_morning_nothing_comes(on: Stage) -> None:
    before_the_morning(on, NORA)
    on.type(on.ann, "/inbox digest off")
    on.later(timedelta(days=2))
    assert digests(on) == []
    on.type(on.ann, "/inbox digest on")
    next_morning(on)
    assert len(digests(on)) == 1


def test_a_later_hour_on_a_day_that_was_told_waits_for_the_next_day(on: Stage) -> None:
    told(on, NORA)
    on.type(on.ann, "/inbox digest 18")
    suggest(on, PETE)
    on.later(timedelta(hours=12))
    assert len(digests(on)) == 1
    next_morning(on)
    assert len(digests(on)) == 2


def test_three_nights_that_could_read_nothing_are_said_once_and_stand_above_home(on: Stage) -> None:
    on.faults.add(Fault("google", Kind.STATUS, "/gmail/", times=None, status=500))
    for _ in range(5):
        night_without_mail(on)
    said = [message.text for message in on.ann.dm()]
    assert len(said) == 1
    assert "Three nights in a row" in said[0]
    assert "Three nights in a row" in texts(settings(on).blocks)
    on.faults.clear("google")
    next_morning(on)
    assert "Three nights in a row" not in texts(settings(on).blocks)
    assert night(on)["failed_nights"] == 0


def night_without_mail(stage: Stage) -> None:
    """A night in which every look fails, however often it is tried."""
    row = night(stage)
    until(stage, row["scan_at"])
    while stage.clock.now() < row["tell_at"]:
        stage.later(min(timedelta(minutes=20), row["tell_at"] - stage.clock.now()))
    stage.later(timedelta(minutes=1))


def test_a_night_whose_work_was_given_up_is_planned_anew_at_the_next_start(on: Stage) -> None:
    with on.mailroom.database.write() as tx:
        tx.execute(update(work).where(work.c.kind == "discovery.digest").values(state="dead"))
    next_morning(on)
    assert digests(on) == []
    on.restart()
    on.settle()
    next_morning(on)
    assert len(digests(on)) == 1
    on.restart()
    assert planned(on) == ["discovery.night", "discovery.digest"], "a night that is carried is left alone"


def test_settings_and_all_on_home_say_below_the_digest_where_they_are(on: Stage) -> None:
    message = told(on, NORA)
    for number, page in ((1, "Last scan today"), (2, "The nightly scan is on.")):
        on.press(on.ann, message, f"home.turn{number}")
        newest = on.ann.dm()[-1]
        assert "Mailroom's Home shows it now." in newest.text
        link = on.ann.element(newest, "home.open")
        assert link["url"].startswith("slack://app?") and link["url"].endswith("&tab=home")
        home = on.ann.home()
        assert home is not None
        assert page in texts(home.blocks)
