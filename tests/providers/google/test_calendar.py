"""What only Google's calendar does."""

from dataclasses import replace
from datetime import timedelta

import pytest

from providers.errors import NotFound, PermissionMissing, RateLimited, Refused
from providers.google.calendar_events import event_ids
from tests.providers.calendars import SINCE, UNTIL, lunch
from tests.providers.google.calendar_stage import GoogleCalendars
from tests.providers.google.stage import GoogleStage
from tests.sandbox.google.stand import ANN


@pytest.fixture
def calendars(stage: GoogleStage) -> GoogleCalendars:
    return GoogleCalendars(stage.stand, stage.provider)


def test_the_id_is_made_of_the_key_alone(calendars: GoogleCalendars) -> None:
    put = calendars.open().put(calendars.ref("a-key"), lunch())
    assert put.event_id == event_ids("a-key")[0] == calendars.only().id
    assert len(put.event_id) == 52 and set(put.event_id) <= set("0123456789abcdefghijklmnopqrstuv")


def test_an_event_whose_id_google_will_not_give_again_gets_another(calendars: GoogleCalendars) -> None:
    calendar = calendars.open()
    put = calendar.put(calendars.ref(), lunch())
    calendar.remove(put)
    calendars.stand.google.calendar.state.never_again.add(ANN.subject)
    second = calendar.put(calendars.ref(), lunch())
    assert calendars.only().id == second.event_id == event_ids("appointment-1")[1]
    assert calendar.get(calendars.ref()).ref == second
    assert [one.ref for one in calendar.events(calendars.id_of(), SINCE, UNTIL)] == [second]
    assert calendar.put(calendars.ref(), lunch(), again=True) == second
    calendar.remove(calendars.ref())
    third = calendar.put(replace(second, etag=""), lunch("Dinner"))
    assert calendars.only().title == "Dinner"
    calendar.remove(third)
    with pytest.raises(Refused):
        calendar.put(calendars.ref(), lunch())


def test_a_copy_that_the_person_made_is_nothing_of_ours(calendars: GoogleCalendars) -> None:
    calendar = calendars.open()
    put = calendar.put(calendars.ref(), lunch())
    ours = calendars.only()
    calendars.shelf().write("copy0", title="A copy", when=ours.when, properties=ours.properties)
    (found,) = calendar.events(calendars.id_of(), SINCE, UNTIL)
    assert found.ref == put


def test_a_link_stands_as_the_source_too(calendars: GoogleCalendars) -> None:
    calendar = calendars.open()
    put = calendar.put(calendars.ref(), lunch(link="https://slack.example/r/1"))
    source = {"url": "https://slack.example/r/1", "title": "Lunch with Dana"}
    assert calendars.only().more["source"] == source
    calendar.put(put, lunch())
    assert "source" not in calendars.only().more


def test_no_reminder_of_the_calendars_own_is_added(calendars: GoogleCalendars) -> None:
    calendar = calendars.open()
    put = calendar.put(calendars.ref(), lunch())
    assert calendars.only().more["reminders"] == {"useDefault": False, "overrides": []}
    calendar.put(put, replace(lunch(), reminder=90_000))
    assert calendars.only().reminder == 28 * 24 * 60


def test_notes_that_look_like_html_are_shown_as_typed(calendars: GoogleCalendars) -> None:
    calendar = calendars.open()
    put = calendar.put(calendars.ref(), lunch(notes="<script>x</script> & co"))
    assert calendars.only().notes == "&lt;script&gt;x&lt;/script&gt; &amp; co"
    calendars.shelf().change(calendars.only().id, busy=False)
    calendar.put(put, lunch(notes="plain & simple"))
    assert calendars.only().notes == "plain & simple"


def test_usage_limits_are_waited_for(calendars: GoogleCalendars) -> None:
    calendars.stand.google.calendar.state.over_usage.add(ANN.subject)
    with pytest.raises(RateLimited) as failure:
        calendars.open().put(calendars.ref(), lunch())
    assert failure.value.retry_after >= timedelta(minutes=1)


def test_a_spent_minute_is_waited_for(calendars: GoogleCalendars) -> None:
    calendars.stand.google.calendar.state.limits.units_per_user_minute = 1
    calendar = calendars.open()
    put = calendar.put(calendars.ref(), lunch())
    with pytest.raises(RateLimited):
        calendar.remove(put)


def test_a_blocked_organisation_is_the_administrators_decision(calendars: GoogleCalendars) -> None:
    calendars.stand.google.block("northwind.example")
    with pytest.raises(PermissionMissing):
        calendars.open().calendars()


def test_an_event_moved_to_another_calendar_by_hand_is_gone_from_its_own(calendars: GoogleCalendars) -> None:
    calendar = calendars.open()
    put = calendar.put(calendars.ref(), lunch())
    ours = calendars.only()
    calendars.shelf().delete(ours.id)
    calendars.shelf("Calendar").write(ours.id, title="Lunch", when=ours.when, properties=ours.properties)
    with pytest.raises(NotFound):
        calendar.get(put)
    assert calendar.events(calendars.id_of(), SINCE, UNTIL) == ()
