"""What a person does in their calendar by hand: asked about, respected, never overwritten."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sandbox.calendars.entries import Hours
from sandbox.slack.state import Message
from tests.flows.appointments.dates import change, make, the_one
from tests.flows.appointments.syncing import NIGHT, Syncing
from tests.flows.home.looking import look, words
from tests.stage import texts

HOUR = timedelta(hours=1)


def planned(syncing: Syncing, **fields: str) -> None:
    """Sync, and plan one appointment well ahead."""
    syncing.switch_on()
    make(syncing.stage, handle=syncing.handle, **{"day": "2026-12-24", "clock": "14:00", **fields})
    syncing.person.close()


def told(syncing: Syncing) -> Message:
    """The one message about the calendar."""
    (message,) = syncing.person.dm()
    return message


def starts(syncing: Syncing) -> Hours:
    when = syncing.only().when
    assert isinstance(when, Hours)
    return when


def test_what_was_moved_is_asked_about_and_not_put_back(syncing: Syncing) -> None:
    planned(syncing)
    before = the_one(syncing.stage)
    syncing.move(HOUR)
    syncing.stage.later(NIGHT)
    message = told(syncing)
    said = texts(message.blocks)
    assert "The appointment with Dana Reyes was moved to" in said
    assert "Take 15:00" in said and "Put back 14:00" in said and "Leave both" in said
    assert len(message.blocks) <= 4
    assert the_one(syncing.stage) == before
    syncing.stage.later(NIGHT)
    assert len(syncing.person.dm()) == 1
    assert "Your calendar says otherwise" in words(look(syncing.stage, syncing.handle))


@pytest.mark.parametrize("where", ["message", "window"])
def test_taking_it_moves_the_appointment_and_nothing_is_asked_again(syncing: Syncing, where: str) -> None:
    planned(syncing)
    before = the_one(syncing.stage)
    syncing.move(HOUR)
    syncing.stage.later(NIGHT)
    answer(syncing, where, "appointments.take")
    assert the_one(syncing.stage).starts_at == before.starts_at + HOUR
    assert the_one(syncing.stage).clock == "15:00"
    assert starts(syncing).starts == before.starts_at + HOUR
    syncing.stage.later(NIGHT)
    assert len(syncing.person.dm()) == 1
    assert "says otherwise" not in words(look(syncing.stage, syncing.handle))


@pytest.mark.parametrize("where", ["message", "window"])
def test_putting_it_back_writes_mailrooms_time_again(syncing: Syncing, where: str) -> None:
    planned(syncing)
    before = the_one(syncing.stage)
    syncing.move(HOUR)
    syncing.stage.later(NIGHT)
    answer(syncing, where, "appointments.put_back")
    assert the_one(syncing.stage) == before
    assert starts(syncing).starts == before.starts_at
    syncing.stage.later(NIGHT)
    assert len(syncing.person.dm()) == 1


def answer(syncing: Syncing, where: str, action_id: str) -> None:
    """Press an answer in the message, or in the window that Home opens."""
    if where == "message":
        syncing.stage.press(syncing.person, told(syncing), action_id)
        return
    syncing.stage.press(syncing.person, look(syncing.stage, syncing.handle), "appointments.question")
    assert len(syncing.person.window().blocks) <= 5
    syncing.stage.press(syncing.person, syncing.person.window(), action_id)
    assert "agree" in texts(syncing.person.window().blocks)


def test_leaving_both_leaves_both_until_the_appointment_moves(syncing: Syncing) -> None:
    planned(syncing)
    syncing.move(HOUR)
    syncing.stage.later(NIGHT)
    moved = starts(syncing)
    syncing.stage.press(syncing.person, told(syncing), "appointments.leave")
    syncing.stage.later(NIGHT)
    syncing.stage.later(NIGHT)
    assert starts(syncing) == moved
    assert len(syncing.person.dm()) == 1
    open_it(syncing)
    change(syncing.stage, handle=syncing.handle, clock="18:00")
    assert starts(syncing) == moved
    assert len(syncing.person.dm()) == 2


def open_it(syncing: Syncing) -> None:
    """Open the appointment from Home, so that its window stands there."""
    stage, person = syncing.stage, syncing.person
    stage.press(person, look(stage, syncing.handle), "home.appointments")
    home = person.home()
    assert home is not None
    stage.press(person, home, "appointments.open")
    assert person.submit().accepted
    stage.settle()


def test_a_question_that_was_overtaken_is_asked_anew(syncing: Syncing) -> None:
    planned(syncing)
    syncing.move(HOUR)
    syncing.stage.later(NIGHT)
    message = told(syncing)
    syncing.move(HOUR)
    syncing.stage.press(syncing.person, message, "appointments.take")
    assert the_one(syncing.stage).clock == "14:00"
    assert any("Take 16:00" in texts(one.blocks) for one in syncing.person.dm())
    latest = next(one for one in syncing.person.dm() if "Take 16:00" in texts(one.blocks))
    syncing.stage.press(syncing.person, latest, "appointments.take")
    assert the_one(syncing.stage).clock == "16:00"


def test_a_time_that_cannot_be_kept_is_said_and_can_be_put_back(syncing: Syncing) -> None:
    planned(syncing)
    syncing.move(timedelta(days=80 * 366))
    syncing.stage.later(NIGHT)
    syncing.stage.press(syncing.person, told(syncing), "appointments.take")
    assert "This cannot be taken" in texts(told(syncing).blocks)
    assert the_one(syncing.stage).clock == "14:00"
    syncing.stage.press(syncing.person, told(syncing), "appointments.put_back")
    assert starts(syncing).starts == the_one(syncing.stage).starts_at


def test_a_second_press_says_how_it_stands(syncing: Syncing) -> None:
    planned(syncing)
    syncing.move(HOUR)
    syncing.stage.later(NIGHT)
    look(syncing.stage, syncing.handle)
    answer(syncing, "window", "appointments.take")
    syncing.person.close()
    syncing.stage.press(syncing.person, told(syncing), "appointments.put_back")
    assert the_one(syncing.stage).clock == "15:00"
    assert "agree" in texts(told(syncing).blocks) or len(syncing.person.messages("dm")) == 2


def test_what_was_renamed_is_asked_about_and_its_name_taken(syncing: Syncing) -> None:
    planned(syncing, title="Call")
    entry = syncing.only()
    syncing.shelf().change(entry.id, title="Call about prices · Dana Reyes")
    syncing.stage.later(NIGHT)
    assert "was changed in your calendar" in texts(told(syncing).blocks)
    syncing.stage.press(syncing.person, told(syncing), "appointments.take")
    assert the_one(syncing.stage).title == "Call about prices"
    assert syncing.only().title == "Call about prices · Dana Reyes"


def test_what_was_moved_meanwhile_in_both_places_is_asked_about_at_once(syncing: Syncing) -> None:
    planned(syncing)
    syncing.move(HOUR)
    open_it(syncing)
    change(syncing.stage, handle=syncing.handle, clock="18:00")
    said = texts(told(syncing).blocks)
    assert "Take 15:00" in said and "Put back 18:00" in said


def test_what_was_deleted_there_stays_deleted_and_is_said(syncing: Syncing) -> None:
    planned(syncing)
    syncing.shelf().delete(syncing.only().id)
    syncing.stage.later(NIGHT)
    assert "You deleted the appointment with Dana Reyes in your calendar" in texts(told(syncing).blocks)
    assert the_one(syncing.stage).is_planned
    open_it(syncing)
    change(syncing.stage, handle=syncing.handle, clock="18:00")
    syncing.stage.later(NIGHT)
    assert syncing.entries() == []
    assert len(syncing.person.dm()) == 1


def test_what_is_changed_in_mailroom_after_it_was_deleted_there_is_not_written_again(
    syncing: Syncing,
) -> None:
    planned(syncing)
    syncing.shelf().delete(syncing.only().id)
    open_it(syncing)
    change(syncing.stage, handle=syncing.handle, clock="18:00")
    assert syncing.entries() == []
    assert "stays deleted there" in texts(told(syncing).blocks)


def test_an_event_with_guests_is_left_alone_and_nobody_is_mailed(syncing: Syncing) -> None:
    planned(syncing)
    entry = syncing.only()
    syncing.shelf().change(entry.id, guests=("dana@northwind.example",))
    open_it(syncing)
    change(syncing.stage, handle=syncing.handle, clock="18:00")
    assert "You invited guests" in texts(told(syncing).blocks)
    assert replace(syncing.only(), version=0) == replace(
        syncing.only(), version=0, guests=("dana@northwind.example",)
    )
    syncing.switch_off("remove")
    assert len(syncing.entries()) == 1
    syncing.nobody_was_mailed()


def test_a_calendar_that_was_deleted_is_said_and_another_can_be_chosen(syncing: Syncing) -> None:
    planned(syncing)
    person = syncing.stage.world.person(syncing.address)
    assert person is not None
    syncing.stage.world.calendars.remove(person, syncing.shelf())
    syncing.stage.later(NIGHT)
    assert 'The calendar "Projects"' in texts(told(syncing).blocks)
    syncing.stage.press(syncing.person, told(syncing), "appointments.calendar")
    syncing.choose("Calendar")
    assert len(syncing.entries("Calendar")) == 1
