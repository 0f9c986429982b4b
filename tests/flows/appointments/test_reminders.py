"""The message before an appointment starts: once, and only for what still holds."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sandbox.faults import Fault, Kind
from sandbox.slack.state import Message
from tests.flows.appointments.dates import add_contact, change, make, the_one
from tests.stage import Stage, texts

MINUTE = timedelta(minutes=1)


def reminders(stage: Stage, handle: str = "ann") -> list[Message]:
    """The reminders in the person's direct message."""
    found = stage.person(handle).dm()
    return [one for one in found if "appointments.open" in str(one.blocks)]


def until_it_starts(stage: Stage, minutes: int) -> None:
    """Turn the clock to so many minutes before the one appointment starts."""
    stage.later(the_one(stage).starts_at - timedelta(minutes=minutes) - stage.clock.now())


def test_a_reminder_comes_in_time_and_leads_to_the_appointment(stage: Stage) -> None:
    add_contact(stage)
    make(stage, title="Prices", place="Room 4", remind="15")
    stage.ann.close()
    until_it_starts(stage, 16)
    assert reminders(stage) == []
    stage.later(MINUTE)
    (told,) = reminders(stage)
    assert "Prices" in texts(told.blocks)
    assert "Dana Reyes · Room 4" in texts(told.blocks)
    assert "Soon: Prices" in told.text
    assert len(told.blocks) <= 3
    stage.press(stage.ann, told, "appointments.open")
    assert stage.ann.window().callback_id == "appointments.form"


def test_the_reminder_of_a_whole_day_counts_from_nine_and_says_so(stage: Stage) -> None:
    add_contact(stage)
    saved = make(stage, day="2026-11-24", all_day=["all_day"], length="1440", clock="", remind="15")
    assert "15 minutes before, counted from nine in the morning" in texts(saved.blocks)
    stage.ann.close()
    nine = datetime.combine(the_one(stage).day, time(9), ZoneInfo(the_one(stage).zone))
    stage.later(nine - timedelta(minutes=16) - stage.clock.now())
    assert reminders(stage) == []
    stage.later(MINUTE)
    assert len(reminders(stage)) == 1


def test_what_was_moved_is_reminded_of_at_its_new_time_only(stage: Stage) -> None:
    add_contact(stage)
    make(stage, clock="14:00", remind="15")
    change(stage, clock="16:00")
    stage.ann.close()
    until_it_starts(stage, 120)
    assert reminders(stage) == []
    until_it_starts(stage, 15)
    assert len(reminders(stage)) == 1


def test_moved_there_and_back_it_is_reminded_of_once(stage: Stage) -> None:
    add_contact(stage)
    make(stage, clock="14:00", remind="15")
    change(stage, clock="16:00")
    change(stage, clock="14:00", notes="As before.")
    until_it_starts(stage, 15)
    change(stage, notes="Late words.")
    stage.later(timedelta(hours=3))
    assert len(reminders(stage)) == 1


def test_what_was_cancelled_is_not_reminded_of(stage: Stage) -> None:
    add_contact(stage)
    make(stage, remind="15")
    stage.press(stage.ann, stage.ann.window(), "appointments.open")
    stage.press(stage.ann, stage.ann.window(), "appointments.cancel")
    until_it_starts(stage, 0)
    assert reminders(stage) == []


def test_what_is_over_when_mailroom_comes_back_is_not_reminded_of(stage: Stage) -> None:
    add_contact(stage)
    make(stage, remind="15", length="30")
    stage.later(timedelta(days=1))
    assert reminders(stage) == []


def test_without_a_reminder_nobody_is_told(stage: Stage) -> None:
    add_contact(stage)
    window = make(stage, remind="none")
    assert "Nobody is reminded." in texts(window.blocks)
    until_it_starts(stage, 0)
    assert reminders(stage) == []


def test_an_answer_of_slacks_that_is_lost_posts_no_second_one(stage: Stage) -> None:
    add_contact(stage)
    make(stage, remind="15")
    stage.faults.add(Fault("slack", Kind.RESET_AFTER, "chat.postMessage"))
    until_it_starts(stage, 15)
    stage.later(timedelta(minutes=10))
    assert len(reminders(stage)) == 1


def test_a_colleagues_change_keeps_the_reminder_with_whose_it_is(stage: Stage) -> None:
    add_contact(stage)
    make(stage, remind="15")
    ben = stage.person("ben")
    stage.ann.close()
    assert ben.command("general", "/inbox appointment dana") == ""
    ben.close()
    until_it_starts(stage, 15)
    assert (len(reminders(stage)), len(reminders(stage, "ben"))) == (1, 0)
