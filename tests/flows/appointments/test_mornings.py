"""What is met in a calendar at night is told in the member's morning: once, and only while it is so."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sandbox.faults import Fault, Kind
from store.schema import work
from tests.flows.appointments.dates import make, the_one
from tests.flows.appointments.syncing import Syncing
from tests.flows.home.looking import look, shown, words
from tests.stage import texts

HOUR = timedelta(hours=1)
TOMORROW = date(2026, 11, 21)


def planned(syncing: Syncing) -> None:
    """Sync, and plan one appointment well ahead."""
    syncing.switch_on()
    make(syncing.stage, handle=syncing.handle, day="2026-12-24", clock="14:00")
    syncing.person.close()


def at(syncing: Syncing, hour: int, minute: int = 0, day: date = TOMORROW) -> None:
    """Turn the clock to what the member's wall shows."""
    moment = datetime.combine(day, time(hour, minute), tzinfo=ZoneInfo(syncing.person.user.tz))
    syncing.stage.later(moment - syncing.stage.clock.now())


def moved_at_night(syncing: Syncing) -> None:
    """Move the event by hand, and let the night find it."""
    planned(syncing)
    syncing.move(HOUR)
    at(syncing, 4, 30)
    assert "Your calendar says otherwise" in words(look(syncing.stage, syncing.handle))
    assert syncing.person.dm() == []


def test_what_the_night_finds_is_asked_at_eight_also_after_a_restart(syncing: Syncing) -> None:
    moved_at_night(syncing)
    syncing.stage.restart()
    at(syncing, 7, 59)
    assert syncing.person.dm() == []
    syncing.stage.restart()
    at(syncing, 8)
    (message,) = syncing.person.dm()
    assert "Take 15:00" in texts(message.blocks)
    syncing.stage.restart()
    at(syncing, 12, day=TOMORROW + timedelta(days=2))
    assert len(syncing.person.dm()) == 1


def test_who_hears_of_their_night_at_another_hour_is_asked_then(syncing: Syncing) -> None:
    assert syncing.person.command("general", "/inbox digest 10") == ""
    syncing.stage.settle()
    moved_at_night(syncing)
    at(syncing, 9, 59)
    assert syncing.person.dm() == []
    at(syncing, 10)
    assert any("Take 15:00" in texts(message.blocks) for message in syncing.person.dm())


def test_what_was_deleted_there_is_said_in_the_morning(syncing: Syncing) -> None:
    planned(syncing)
    syncing.shelf().delete(syncing.only().id)
    at(syncing, 4, 30)
    assert syncing.person.dm() == []
    at(syncing, 8)
    assert "You deleted the appointment" in texts(syncing.person.dm()[0].blocks)


def test_a_calendar_that_is_gone_is_said_in_the_morning_unless_another_was_chosen(syncing: Syncing) -> None:
    planned(syncing)
    person = syncing.stage.world.person(syncing.address)
    assert person is not None
    syncing.stage.world.calendars.remove(person, syncing.shelf())
    at(syncing, 4, 30)
    assert syncing.person.dm() == []
    syncing.switch_on("Calendar")
    at(syncing, 12)
    assert syncing.person.dm() == []


def test_a_question_that_was_answered_on_home_is_not_told(syncing: Syncing) -> None:
    moved_at_night(syncing)
    stage, person = syncing.stage, syncing.person
    stage.press(person, look(stage, syncing.handle), "appointments.question")
    stage.press(person, person.window(), "appointments.leave")
    assert "Both stay as they are" in texts(person.window().blocks)
    person.close()
    at(syncing, 12)
    assert person.dm() == []


def test_what_was_put_back_there_by_hand_is_neither_told_nor_asked_any_more(syncing: Syncing) -> None:
    moved_at_night(syncing)
    syncing.move(-HOUR)
    at(syncing, 8)
    assert syncing.person.dm() == []
    assert "says otherwise" not in words(shown(syncing.stage, syncing.handle))
    at(syncing, 12, day=TOMORROW + timedelta(days=1))
    assert syncing.person.dm() == []


def test_what_was_moved_on_before_the_morning_is_asked_as_it_stands(syncing: Syncing) -> None:
    moved_at_night(syncing)
    syncing.move(HOUR)
    at(syncing, 8)
    (message,) = syncing.person.dm()
    assert "Take 16:00" in texts(message.blocks)
    at(syncing, 12, day=TOMORROW + timedelta(days=1))
    assert len(syncing.person.dm()) == 1
    syncing.stage.press(syncing.person, message, "appointments.take")
    assert the_one(syncing.stage).clock == "16:00"


def test_what_was_deleted_after_it_was_moved_is_said_instead_of_asked(syncing: Syncing) -> None:
    moved_at_night(syncing)
    syncing.shelf().delete(syncing.only().id)
    at(syncing, 8)
    (message,) = syncing.person.dm()
    assert "You deleted the appointment" in texts(message.blocks)
    with syncing.stage.mailroom.database.read() as tx:
        kinds = tx.all(work.select().where(work.c.kind == "appointments.tell_calendar"))
    assert {row.state for row in kinds} == {"done"}


def test_a_calendar_deleted_with_a_moved_event_in_it_is_not_said_to_be_the_events_deletion(
    syncing: Syncing,
) -> None:
    moved_at_night(syncing)
    person = syncing.stage.world.person(syncing.address)
    assert person is not None
    syncing.stage.world.calendars.remove(person, syncing.shelf())
    at(syncing, 8)
    (message,) = syncing.person.dm()
    assert 'The calendar "Projects"' in texts(message.blocks)
    syncing.switch_on("Calendar")
    assert sum(len(syncing.entries(one.name)) for one in syncing.stage.world.calendars.of(person)) == 1


def test_a_calendar_that_does_not_answer_in_the_morning_is_asked_about_later(syncing: Syncing) -> None:
    moved_at_night(syncing)
    stage, service = syncing.stage, "google" if syncing.handle == "ann" else "graph"
    stage.faults.add(Fault(service, Kind.STATUS, "GET .*events", times=None, status=503))
    at(syncing, 8)
    for minute in (1, 3, 6, 12, 24, 48):
        at(syncing, 8, minute)
    stage.faults.clear()
    at(syncing, 12)
    (message,) = syncing.person.dm()
    assert "Take 15:00" in texts(message.blocks)
