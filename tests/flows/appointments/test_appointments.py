"""Appointments with contacts: made, moved, cancelled, and shown to whom they concern."""

from datetime import UTC, datetime, timedelta

from tests.flows.appointments.dates import (
    add_contact,
    ask,
    change,
    enter,
    everything,
    make,
    owner_of,
    preset,
    save,
    the_one,
)
from tests.flows.contacts.people import title
from tests.flows.home.looking import look, rows, shown, words
from tests.stage import Stage, connect, texts


def test_an_appointment_is_made_from_a_name_and_stands_on_home(stage: Stage) -> None:
    add_contact(stage)
    window = make(stage, "Dana", title="Prices for spring", place="Room 4", clock="14:00", length="45")
    assert title(window) == "Saved"
    said = texts(window.blocks)
    assert "Prices for spring" in said
    assert "today, 15:00 to 15:45" in said or "today, 14:00 to 14:45" in said
    assert "Dana Reyes · Room 4" in said
    one = the_one(stage)
    assert owner_of(stage, one) == "Ann Lee"
    assert one.ends_at - one.starts_at == timedelta(minutes=45)
    stage.ann.close()
    home = look(stage)
    (next_one,) = rows(home, "Next appointments")
    assert "Prices for spring" in next_one["text"]["text"]
    stage.press(stage.ann, home, "home.appointments")
    assert "Prices for spring" in words(shown(stage))


def test_the_form_holds_what_screens_allow_and_begins_with_the_members_zone(stage: Stage) -> None:
    add_contact(stage)
    form = ask(stage, "dana")
    assert len(form.blocks) <= 12
    assert preset(form, "zone") == stage.ann.user.tz
    assert preset(form, "day") == "2026-11-21"
    assert "Everybody here who uses Mailroom sees appointments" in texts(form.blocks)
    enter(stage, title="Call")
    assert save(stage).accepted
    stage.press(stage.ann, stage.ann.window(), "appointments.open")
    assert len(stage.ann.window().blocks) <= 12
    assert preset(stage.ann.window(), "title") == "Call"


def test_several_of_that_name_are_offered_and_nobody_is_said(stage: Stage) -> None:
    add_contact(stage, "Dana Reyes", "dana@one.example")
    add_contact(stage, "Dana Holm", "dana@two.example")
    choice = ask(stage, "dana")
    holm = next(b for b in choice.blocks if "Holm" in str(b))
    stage.press(stage.ann, choice, "appointments.make", block_id=holm["block_id"])
    assert len(stage.ann.windows()) == 1
    enter(stage, title="Lunch")
    assert save(stage).accepted
    assert "Dana Holm" in texts(stage.ann.window().blocks)
    stage.ann.close()
    nobody = ask(stage, "Zebedee")
    assert 'Nobody in your contacts is called "Zebedee"' in texts(nobody.blocks)
    stage.press(stage.ann, nobody, "contacts.add")
    assert title(stage.ann.window()) == "Add to contacts"


def test_an_empty_form_asks_for_everything_that_is_missing(stage: Stage) -> None:
    add_contact(stage)
    ask(stage)
    refused = save(stage)
    assert {"title", "contact"} <= set(refused.errors)
    enter(stage, title="  ", contact="dana", clock="")
    refused = save(stage)
    assert "Choose a time" in refused.errors["clock"]
    assert "Say in a few words" in refused.errors["title"]
    enter(stage, title="Fair", all_day=["all_day"])
    assert save(stage).accepted
    assert "all day" in texts(stage.ann.window().blocks)
    assert the_one(stage).all_day


def test_saving_twice_makes_one(stage: Stage) -> None:
    add_contact(stage)
    ask(stage, "dana")
    enter(stage, title="Call")
    window = stage.ann.window()
    before = (window.callback_id, window.private_metadata, list(window.blocks), window.submit, window.typed)
    assert save(stage).accepted
    window.callback_id, window.private_metadata, window.blocks, window.submit, window.typed = before
    assert save(stage).accepted
    assert the_one(stage).version == 1


def test_moving_keeps_the_rest_and_cancelling_can_be_taken_back(stage: Stage) -> None:
    add_contact(stage)
    make(stage, notes="Bring the list.", place="Room 4")
    change(stage, clock="16:00")
    one = the_one(stage)
    assert (one.clock, one.notes, one.place, one.version) == ("16:00", "Bring the list.", "Room 4", 2)
    stage.press(stage.ann, stage.ann.window(), "appointments.open")
    stage.press(stage.ann, stage.ann.window(), "appointments.cancel")
    assert title(stage.ann.window()) == "Cancelled"
    assert not the_one(stage).is_planned
    assert "Call" not in words(look(stage))
    stage.press(stage.ann, stage.ann.window(), "appointments.plan_again")
    assert the_one(stage).is_planned
    assert "Call" in words(shown(stage))


def test_a_cancelled_one_can_be_taken_back_after_its_window_is_closed(stage: Stage) -> None:
    add_contact(stage)
    make(stage, clock="16:00")
    stage.press(stage.ann, stage.ann.window(), "appointments.open")
    stage.press(stage.ann, stage.ann.window(), "appointments.cancel")
    stage.ann.close()
    look(stage)
    stage.press(stage.ann, shown(stage), "home.appointments")
    assert "Call" not in words(shown(stage))
    stage.press(stage.ann, shown(stage), "home.turn3")
    assert "Cancelled. Open one to plan it again." in words(shown(stage))
    stage.press(stage.ann, shown(stage), "appointments.open")
    stage.press(stage.ann, stage.ann.window(), "appointments.plan_again")
    assert the_one(stage).is_planned
    assert "Cancelled." not in words(shown(stage))


def test_two_at_the_same_time_are_pointed_out(stage: Stage) -> None:
    add_contact(stage)
    make(stage, title="First", clock="14:00", length="60")
    assert "At the same time" not in texts(stage.ann.window().blocks)
    stage.ann.close()
    beside = make(stage, title="Second", clock="15:00")
    assert "At the same time" not in texts(beside.blocks)
    stage.ann.close()
    said = texts(make(stage, title="Third", clock="14:45").blocks)
    assert "At the same time:\nFirst · today" in said
    assert "Second" in said


def test_whoever_was_faster_is_named_and_nothing_typed_is_lost(stage: Stage) -> None:
    add_contact(stage)
    make(stage, title="Call", clock="14:00")
    one = the_one(stage)
    stage.press(stage.ann, stage.ann.window(), "appointments.open")
    ben = stage.person("ben")
    look(stage, "ben")
    ask(stage, "dana", "ben")
    ben.close()
    record = stage.type(ben, "/inbox appointment")
    assert record is None
    ben.close()
    _open_as(stage, "ben", one.id)
    enter(stage, "ben", clock="17:00", place="Canteen")
    assert save(stage, "ben").accepted
    enter(stage, title="Call about prices", notes="Hers")
    assert save(stage).accepted
    form = stage.ann.window()
    said = texts(form.blocks)
    assert "Ben" in said and "changed this while you were writing" in said
    assert "Canteen" in said
    assert preset(form, "title") == "Call about prices"
    assert len(form.blocks) <= 12
    assert the_one(stage).title == "Call"
    assert save(stage).accepted
    assert (the_one(stage).title, the_one(stage).clock) == ("Call about prices", "14:00")


def _open_as(stage: Stage, handle: str, appointment_id: str) -> None:
    """Open an appointment from a contact's record."""
    person = stage.person(handle)
    answer = stage.type(person, "/inbox dana")
    assert answer is not None
    home = look(stage, handle)
    offered = person.options(home, "inbox.whom", "dana")
    stage.press(person, home, "inbox.whom", value=offered[0]["value"])
    stage.press(person, person.window(), "record.tab_appointments")
    stage.press(person, person.window(), "appointments.open")


def test_a_record_shows_everybodys_and_ones_mail_with_them_says_the_next(stage: Stage) -> None:
    connect(stage)
    add_contact(stage)
    ben = stage.person("ben")
    make(stage, title="Ben's call", clock="16:00", handle="ben")
    ben.close()
    answer = stage.type(stage.ann, "/inbox dana")
    assert answer is not None
    assert "Ben's call" in texts(answer.blocks)
    assert len(answer.blocks) <= 16
    home = look(stage)
    assert "Ben's call" not in words(home)
    offered = stage.ann.options(home, "inbox.whom", "dana")
    stage.press(stage.ann, home, "inbox.whom", value=offered[0]["value"])
    stage.press(stage.ann, stage.ann.window(), "record.tab_appointments")
    tab = stage.ann.window()
    assert "Ben's call" in texts(tab.blocks)
    assert "looked after by Ben" in texts(tab.blocks)
    assert len(tab.blocks) <= 16
    stage.press(stage.ann, tab, "appointments.make")
    enter(stage, title="Ann's call")
    assert save(stage).accepted
    assert len(stage.ann.windows()) == 2
    assert {one.title for one in everything(stage)} == {"Ben's call", "Ann's call"}
    stage.ann.close()
    assert "Ann's call" in texts(stage.ann.window().blocks)
    mine = next(b for b in stage.ann.window().blocks if "Ann's call" in str(b))
    stage.press(stage.ann, stage.ann.window(), "appointments.open", block_id=mine["block_id"])
    stage.press(stage.ann, stage.ann.window(), "appointments.cancel")
    stage.ann.close()
    said = texts(stage.ann.window().blocks)
    assert said.index("Ben's call") < said.index("Cancelled.") < said.index("Ann's call")


def test_more_than_a_page_can_be_turned_and_what_is_over_stands_under_earlier(stage: Stage) -> None:
    add_contact(stage)
    for day in range(17):
        make(stage, title=f"Visit {day}", day=f"2026-12-{day + 1:02}", clock="10:00")
        stage.ann.close()
    look(stage)
    stage.press(stage.ann, shown(stage), "home.appointments")
    first = words(shown(stage))
    assert "Visit 14" in first and "Visit 15" not in first
    assert "Earlier" not in first
    stage.press(stage.ann, shown(stage), "home.turn1")
    assert "Visit 15" in words(shown(stage)) and "Visit 14" not in words(shown(stage))
    stage.press(stage.ann, shown(stage), "home.turn2")
    assert "Visit 0" in words(shown(stage))
    stage.clock.set(datetime(2026, 12, 3, 12, tzinfo=UTC))
    look(stage)
    stage.press(stage.ann, shown(stage), "home.appointments")
    assert "Visit 2\n" not in words(shown(stage))
    stage.press(stage.ann, shown(stage), "home.turn3")
    assert "Visit 2\n" in words(shown(stage))
