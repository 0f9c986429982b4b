"""An appointment is handed to a colleague: out of one calendar, into the other, with its reminder."""

from datetime import timedelta

import pytest

from sandbox.slack.state import View
from tests.flows.appointments.conftest import WHO
from tests.flows.appointments.dates import (
    add_contact,
    change,
    enter,
    make,
    owner_of,
    preset,
    save,
    the_one,
)
from tests.flows.appointments.syncing import NIGHT, Syncing
from tests.flows.contacts.people import title
from tests.flows.home.looking import look, shown, words
from tests.stage import Stage, texts

HOUR = timedelta(hours=1)


@pytest.fixture
def other(syncing: Syncing) -> Syncing:
    """Somebody else, whose mailbox is the other vendor's, and who syncs too."""
    handle, address = next(who for who in WHO.values() if who[0] != syncing.handle)
    made = Syncing(syncing.stage, handle, address)
    made.connect()
    made.switch_on()
    return made


def user(stage: Stage, handle: str) -> str:
    """Slack's id of somebody."""
    return stage.person(handle).user.id


def hand_over(syncing: Syncing, to: Syncing) -> View:
    """Choose who looks after the one appointment from now on."""
    stage, person = syncing.stage, syncing.person
    stage.press(person, look(stage, syncing.handle), "home.appointments")
    stage.press(person, shown(stage, syncing.handle), "appointments.open")
    enter(stage, syncing.handle, owner=user(stage, to.handle))
    assert save(stage, syncing.handle).accepted
    window = person.window()
    person.close()
    return window


def planned(syncing: Syncing) -> None:
    """Sync, and plan one appointment well ahead."""
    syncing.switch_on()
    make(syncing.stage, handle=syncing.handle, day="2026-12-24", clock="14:00", remind="15")
    syncing.person.close()


def test_handed_over_it_leaves_one_calendar_and_stands_in_the_other(syncing: Syncing, other: Syncing) -> None:
    planned(syncing)
    assert (len(syncing.entries()), len(other.entries())) == (1, 0)
    window = hand_over(syncing, other)
    assert title(window) == "Saved"
    assert f"looked after by {other.person.user.real_name}" in texts(window.blocks)
    assert (len(syncing.entries()), len(other.entries())) == (0, 1)
    assert owner_of(syncing.stage, the_one(syncing.stage)) == other.person.user.real_name
    stage = syncing.stage
    stage.press(syncing.person, look(stage, syncing.handle), "home.appointments")
    assert "Call" not in words(shown(stage, syncing.handle))
    syncing.stage.later(NIGHT)
    assert (len(syncing.entries()), len(other.entries())) == (0, 1)
    hand_over(other, syncing)
    assert (len(syncing.entries()), len(other.entries())) == (1, 0)
    syncing.nobody_was_mailed()


def test_a_question_goes_with_its_event_and_is_not_told(syncing: Syncing, other: Syncing) -> None:
    planned(syncing)
    syncing.move(HOUR)
    syncing.stage.later(NIGHT)
    (asked,) = syncing.person.dm()
    hand_over(syncing, other)
    assert syncing.entries() == []
    assert "says otherwise" not in words(look(syncing.stage, syncing.handle))
    syncing.stage.press(syncing.person, asked, "appointments.take")
    assert the_one(syncing.stage).clock == "14:00"
    assert "belongs to somebody else" in texts(syncing.person.messages("dm")[-1].blocks)


def test_the_reminder_comes_to_whoever_looks_after_it_by_then(stage: Stage) -> None:
    add_contact(stage)
    make(stage, remind="15")
    change(stage, owner=user(stage, "ben"))
    stage.ann.close()
    stage.later(the_one(stage).starts_at - timedelta(minutes=15) - stage.clock.now())
    assert stage.ann.dm() == []
    (told,) = stage.person("ben").dm()
    assert "Call" in texts(told.blocks)


def test_handed_over_when_the_reminder_has_passed_it_comes_at_once_and_once(stage: Stage) -> None:
    add_contact(stage)
    make(stage, remind="60")
    stage.later(the_one(stage).starts_at - timedelta(minutes=20) - stage.clock.now())
    assert len(stage.ann.dm()) == 1
    change(stage, owner=user(stage, "ben"))
    change(stage, place="Room 4")
    (told,) = stage.person("ben").dm()
    assert "Call" in texts(told.blocks)
    stage.later(timedelta(minutes=15))
    assert (len(stage.ann.dm()), len(stage.person("ben").dm())) == (1, 1)


def test_whoever_takes_one_over_after_its_reminder_knows_of_it(stage: Stage) -> None:
    add_contact(stage)
    make(stage, remind="60", owner=user(stage, "ben"))
    stage.later(the_one(stage).starts_at - timedelta(minutes=20) - stage.clock.now())
    change(stage, owner=user(stage, "ann"))
    assert stage.ann.dm() == []


def test_one_that_has_begun_is_handed_over_without_a_reminder(stage: Stage) -> None:
    add_contact(stage)
    make(stage, remind="15")
    stage.later(the_one(stage).starts_at + timedelta(minutes=5) - stage.clock.now())
    change(stage, owner=user(stage, "ben"))
    assert stage.person("ben").dm() == []


def test_an_appointment_can_be_made_for_a_colleague_who_never_used_mailroom(stage: Stage) -> None:
    add_contact(stage)
    window = make(stage, owner=user(stage, "ben"))
    assert owner_of(stage, the_one(stage)).startswith("Ben")
    assert "looked after by Ben" in texts(window.blocks)
    stage.press(stage.ann, window, "appointments.open")
    assert preset(stage.ann.window(), "owner") == user(stage, "ben")
    ben = look(stage, "ben")
    assert "Call" in words(ben)


def test_a_guest_cannot_look_after_one(stage: Stage) -> None:
    add_contact(stage)
    make(stage)
    stage.press(stage.ann, stage.ann.window(), "appointments.open")
    guest = next(one for one in stage.workspace.users.values() if one.is_restricted)
    enter(stage, owner=guest.id)
    assert "Choose a full member" in save(stage).errors["owner"]
    assert the_one(stage).version == 1


def test_somebody_elses_choice_is_shown_to_whoever_was_slower(stage: Stage) -> None:
    add_contact(stage)
    make(stage, title="Call")
    stage.press(stage.ann, stage.ann.window(), "appointments.open")
    ben = stage.person("ben")
    home = look(stage, "ben")
    (offered, *_) = ben.options(home, "inbox.whom", "dana")
    stage.press(ben, home, "inbox.whom", value=offered["value"])
    stage.press(ben, ben.window(), "record.tab_appointments")
    stage.press(ben, ben.window(), "appointments.open")
    enter(stage, "ben", owner=ben.user.id)
    assert save(stage, "ben").accepted
    enter(stage, title="Call about prices")
    assert save(stage).accepted
    form = stage.ann.window()
    assert "looked after by Ben" in texts(form.blocks)
    assert len(form.blocks) <= 12
    assert the_one(stage).title == "Call"
