"""What only Outlook's calendar does."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from providers.errors import Conflict, RateLimited, Refused, Unavailable
from sandbox.faults import Fault, Kind
from sandbox.microsoft.graph.state import GraphState
from tests.providers.calendars import AT_TWO, SINCE, UNTIL, lunch
from tests.providers.microsoft.calendar_stage import OutlookCalendars
from tests.providers.microsoft.stage import APP, MicrosoftStage


@pytest.fixture
def calendars(stage: MicrosoftStage) -> OutlookCalendars:
    return OutlookCalendars(stage)


def state(calendars: OutlookCalendars) -> GraphState:
    return calendars.stage.microsoft.graph.state


@pytest.mark.parametrize("refuses", [False, True])
def test_a_lost_answer_leaves_one_event_however_graph_answers_the_second_post(
    calendars: OutlookCalendars, refuses: bool
) -> None:
    state(calendars).refuse_repeated = refuses
    calendar, ref = calendars.open(), calendars.ref()
    calendars.lose_answer("POST")
    with pytest.raises(Unavailable):
        calendar.put(ref, lunch())
    put = calendar.put(ref, lunch("Dinner"))
    assert calendars.only().title == "Dinner"
    assert calendar.get(put).ref == put


@pytest.mark.parametrize("refuses", [False, True])
def test_an_event_that_was_deleted_before_is_made_anew_also_by_who_forgot_its_id(
    calendars: OutlookCalendars, refuses: bool
) -> None:
    calendar = calendars.open()
    calendar.remove(calendar.put(calendars.ref(), lunch()))
    state(calendars).refuse_repeated = refuses
    calendars.clock.advance(timedelta(minutes=40))
    put = calendar.put(calendars.ref(), lunch())
    assert calendars.only().title == "Lunch with Dana"
    assert calendar.get(put).ref == put


@pytest.mark.parametrize("refuses", [False, True])
def test_what_was_removed_stands_again_at_once_when_its_id_is_known(
    calendars: OutlookCalendars, refuses: bool
) -> None:
    calendar = calendars.open()
    put = calendar.put(calendars.ref(), lunch())
    calendar.remove(put)
    state(calendars).refuse_repeated = refuses
    for _ in range(3):
        put = calendar.put(replace(put, etag=""), lunch())
        assert calendars.only().title == "Lunch with Dana"
        calendar.remove(put)
    assert calendars.shelf().entries() == ()


def test_guests_who_were_invited_meanwhile_hear_nothing_when_it_is_taken_out(
    calendars: OutlookCalendars,
) -> None:
    calendar = calendars.open()
    put = calendar.put(calendars.ref(), lunch())
    calendars.shelf().change(calendars.only().id, guests=("dana@partner.example",))
    with pytest.raises(Conflict):
        calendar.remove(put)
    assert len(calendars.shelf().entries()) == 1
    assert calendars.everybody.guest_mails == ()


def test_a_restored_backup_finds_its_events_by_their_keys(calendars: OutlookCalendars) -> None:
    calendar = calendars.open()
    put = calendar.put(calendars.ref(), lunch())
    state(calendars).transactions.clear()  # as if Exchange had forgotten by then
    again = calendar.put(calendars.ref(), lunch("Dinner"), again=True)
    assert again.event_id == put.event_id
    assert calendars.only().title == "Dinner"


def test_of_an_event_and_its_copy_ours_is_the_older_one(calendars: OutlookCalendars) -> None:
    calendar = calendars.open()
    put = calendar.put(calendars.ref(), lunch())
    ours = calendars.only()
    calendars.clock.advance(timedelta(minutes=40))
    calendars.shelf().write("copy", title="A copy", when=ours.when, properties=ours.properties)
    assert calendar.get(calendars.ref()).ref.event_id == put.event_id
    assert [one.ref for one in calendar.events(calendars.id_of(), SINCE, UNTIL)] == [put]


def test_the_calendar_of_somebody_else_is_not_offered(calendars: OutlookCalendars) -> None:
    calendars.everybody.add(calendars.ann, "Ben's", "writer", "ben@northwind.example")
    assert [one.name for one in calendars.open().calendars()] == ["Calendar", "Projects"]


def test_notes_are_compared_though_graph_writes_their_lines_its_own_way(calendars: OutlookCalendars) -> None:
    calendar = calendars.open()
    put = calendar.put(calendars.ref(), lunch(notes="One\n\n  Two", link="https://slack.example/r/1"))
    calendars.shelf().change(calendars.only().id, busy=False)
    calendar.put(put, lunch("Dinner", notes="Three"))
    assert (calendars.only().title, calendars.only().notes) == ("Dinner", "Three")


def test_an_hour_that_the_wall_shows_twice_is_written_in_utc(calendars: OutlookCalendars) -> None:
    first = AT_TWO.replace(month=10, day=25, hour=0, minute=30)
    calendar = calendars.open()
    calendar.put(calendars.ref(), lunch(starts=first))
    when = calendars.only().when
    assert getattr(when, "starts", None) == first and getattr(when, "zone", "") == "UTC"


def test_no_more_than_four_requests_are_at_graph_at_once(calendars: OutlookCalendars) -> None:
    calendars.faults.add(Fault("graph", Kind.DELAY, "events", times=None, seconds=0.05))

    def work(number: int) -> None:
        calendars.open().put(calendars.ref(f"key-{number}"), lunch(f"Number {number}"))

    with ThreadPoolExecutor(9) as pool:
        list(pool.map(work, range(9)))
    assert len(calendars.shelf().entries()) == 9
    used = calendars.stage.microsoft.used(calendars.ann, APP.id)
    assert (used.peak <= 4, used.refused) == (True, 0)


def test_a_short_wait_that_graph_names_is_waited_when_reading_and_told_when_writing(
    calendars: OutlookCalendars,
) -> None:
    calendar = calendars.open()
    put = calendar.put(calendars.ref(), lunch())
    throttled = Fault("graph", Kind.STATUS, "events", status=429, retry_after=2)
    calendars.faults.add(throttled)
    assert calendar.events(calendars.id_of(), SINCE, UNTIL)
    assert calendars.stage.pauses == [2.0]
    calendars.faults.add(throttled)
    with pytest.raises(RateLimited) as failure:
        calendar.put(put, lunch("Dinner"))
    assert failure.value.retry_after == timedelta(seconds=2)


def test_an_account_without_a_mailbox_has_no_calendar(calendars: OutlookCalendars) -> None:
    calendars.stage.microsoft.without_mailbox(calendars.ann)
    with pytest.raises(Refused) as failure:
        calendars.open().calendars()
    assert failure.value.code == "MailboxNotEnabledForRESTAPI"
