"""The contract of a Calendar: putting events there, once, and taking them out."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from providers.calendar import Days, Event, EventRef, Hours
from providers.errors import (
    Conflict,
    NotFound,
    PermissionMissing,
    ProviderError,
    RateLimited,
    ReconnectRequired,
    Refused,
    Unavailable,
)
from sandbox.calendars.entries import Days as DaysThere
from sandbox.calendars.entries import Hours as HoursThere
from tests.providers.calendars import AT_TWO, SINCE, UNTIL, ZONE, CalendarStage, fair, lunch

HOUR = timedelta(hours=1)


class PuttingContract:
    """A vendor inherits this and gives a `calendars` stage."""

    def test_calendars_that_the_person_owns_are_listed_the_primary_one_first(
        self, calendars: CalendarStage
    ) -> None:
        calendars.everybody.add(calendars.ann, "Team", "writer", "ben@northwind.example")
        listed = calendars.open().calendars()
        assert [one.is_primary for one in listed] == [True, False]
        assert listed[1].name == "Projects"

    def test_an_event_stands_there_as_it_was_said_after_one_request(self, calendars: CalendarStage) -> None:
        event = lunch(place="Café Zuid", notes="Bring the offer.", link="https://slack.example/r/1")
        calendar, ref = calendars.open(), calendars.ref()
        calendars.asked()
        calendar.put(ref, replace(event, reminder=15, busy=False))
        assert calendars.asked() == ["POST"]
        entry = calendars.only()
        assert (entry.title, entry.place, entry.reminder, entry.busy) == (
            "Lunch with Dana",
            "Café Zuid",
            15,
            False,
        )
        assert entry.when == HoursThere(AT_TWO, AT_TWO + HOUR, ZONE)
        assert entry.notes.split() == ["Bring", "the", "offer.", "https://slack.example/r/1"]

    def test_what_was_put_is_read_again(self, calendars: CalendarStage) -> None:
        calendar = calendars.open()
        for key, event in (("one", lunch(place="Here")), ("two", fair())):
            put = calendar.put(calendars.ref(key), event)
            read = calendar.get(put)
            assert (read.title, read.when, read.place) == (event.title, event.when, event.place)
            assert read.ref == put and not read.by_hand and not read.guests

    def test_putting_twice_leaves_one_event(self, calendars: CalendarStage) -> None:
        calendar, ref = calendars.open(), calendars.ref()
        first = calendar.put(ref, lunch())
        assert calendar.put(ref, lunch()).event_id == first.event_id
        assert calendar.put(ref, lunch(), again=True) == first
        assert len(calendars.shelf().known()) == 1

    def test_a_change_is_one_request(self, calendars: CalendarStage) -> None:
        calendar = calendars.open()
        put = calendar.put(calendars.ref(), lunch(place="Here", notes="First"))
        calendars.asked()
        again = calendar.put(put, lunch("Dinner with Dana", AT_TWO + 5 * HOUR, notes="Second"))
        assert calendars.asked() == ["PATCH"]
        assert (again.event_id, again.etag != put.etag) == (put.event_id, True)
        entry = calendars.only()
        assert (entry.title, entry.place, entry.notes.strip()) == ("Dinner with Dana", "", "Second")
        assert isinstance(entry.when, HoursThere) and entry.when.starts == AT_TWO + 5 * HOUR

    @pytest.mark.parametrize("again", [False, True])
    def test_a_lost_answer_leaves_one_event(self, calendars: CalendarStage, again: bool) -> None:
        calendar, ref = calendars.open(), calendars.ref()
        calendars.lose_answer("POST")
        with pytest.raises(Unavailable):
            calendar.put(ref, lunch())
        put = calendar.put(ref, lunch(), again=again)
        assert calendar.get(put).ref == put
        assert len(calendars.shelf().known()) == 1

    def test_a_lost_request_leaves_one_event(self, calendars: CalendarStage) -> None:
        calendar, ref = calendars.open(), calendars.ref()
        calendars.lose_request("POST")
        with pytest.raises(Unavailable):
            calendar.put(ref, lunch())
        assert not calendars.shelf().known()
        calendar.put(ref, lunch(), again=True)
        assert len(calendars.shelf().known()) == 1

    def test_an_event_of_a_lost_answer_that_was_changed_meanwhile_is_brought_up_to_date(
        self, calendars: CalendarStage
    ) -> None:
        calendar, ref = calendars.open(), calendars.ref()
        calendars.lose_answer("POST")
        with pytest.raises(Unavailable):
            calendar.put(ref, lunch())
        put = calendar.put(ref, lunch("Dinner"), again=True)
        assert calendars.only().title == "Dinner"
        calendars.lose_answer("PATCH")
        with pytest.raises(Unavailable):
            calendar.put(put, lunch("Breakfast"))
        put = calendar.put(put, lunch("Breakfast"))
        assert calendar.put(put, lunch("Tea")).event_id == put.event_id
        assert calendars.only().title == "Tea"

    def test_a_change_whose_answer_was_lost_is_not_taken_for_a_change_by_hand(
        self, calendars: CalendarStage
    ) -> None:
        calendar = calendars.open()
        put = calendar.put(calendars.ref(), lunch())
        calendars.lose_answer("PATCH")
        with pytest.raises(Unavailable):
            calendar.put(put, lunch("Dinner", notes="By us"))
        calendar.put(put, lunch("Tea", notes="By us too"))
        assert (calendars.only().title, calendars.only().notes.strip()) == ("Tea", "By us too")

    def test_whole_days_stay_whole_days(self, calendars: CalendarStage) -> None:
        calendar = calendars.open()
        put = calendar.put(calendars.ref(), fair())
        days = fair().when
        assert isinstance(days, Days)
        assert calendars.only().when == DaysThere(days.first, days.last)
        put = calendar.put(put, lunch())
        assert calendars.only().when == HoursThere(AT_TWO, AT_TWO + HOUR, ZONE)
        calendar.put(put, fair())
        assert calendars.only().when == DaysThere(days.first, days.last)

    @pytest.mark.parametrize(
        ("starts", "zone"),
        [
            (datetime(2027, 3, 28, 0, 30, tzinfo=UTC), ZONE),  # 01:30, clocks go forward at two
            (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), ZONE),
            (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), ZONE),  # 02:30 for the first time
            (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), ZONE),  # and for the second
            (datetime(2026, 11, 1, 5, 30, tzinfo=UTC), "America/New_York"),
            (datetime(2026, 11, 1, 6, 30, tzinfo=UTC), "America/New_York"),
            (datetime(2026, 12, 31, 23, 45, tzinfo=UTC), "Asia/Kathmandu"),
            (datetime(2026, 12, 31, 23, 45, tzinfo=UTC), "Pacific/Apia"),
            (AT_TWO, "US/Eastern"),
            (AT_TWO, "Nowhere/Land"),
        ],
    )
    def test_an_event_keeps_its_instant_where_clocks_change(
        self, calendars: CalendarStage, starts: datetime, zone: str
    ) -> None:
        calendar = calendars.open()
        put = calendar.put(calendars.ref(), lunch(starts=starts, zone=zone))
        when = calendars.only().when
        assert isinstance(when, HoursThere) and (when.starts, when.ends) == (starts, starts + HOUR)
        read = calendar.get(put)
        assert isinstance(read.when, Hours) and (read.when.starts, read.when.ends) == (starts, starts + HOUR)
        assert not read.by_hand

    def test_removing_asks_no_more_than_it_must_and_twice_is_fine(self, calendars: CalendarStage) -> None:
        calendar = calendars.open()
        put = calendar.put(calendars.ref(), lunch())
        calendars.asked()
        calendar.remove(put)
        assert calendars.asked() == list(calendars.removing)
        assert calendars.shelf().entries() == ()
        calendar.remove(put)
        calendar.remove(calendars.ref())
        calendar.remove(calendars.ref("never-there"))

    def test_what_was_removed_by_hand_is_fine_to_remove(self, calendars: CalendarStage) -> None:
        calendar = calendars.open()
        put = calendar.put(calendars.ref(), lunch())
        calendars.shelf().delete(calendars.only().id)
        calendar.remove(put)

    def test_a_lost_answer_of_removing_is_mended_by_removing_again(self, calendars: CalendarStage) -> None:
        calendar = calendars.open()
        put = calendar.put(calendars.ref(), lunch())
        calendars.lose_answer("DELETE")
        with pytest.raises(Unavailable):
            calendar.remove(put)
        calendar.remove(put)
        assert calendars.shelf().entries() == ()

    def test_an_event_whose_making_was_never_answered_can_be_removed(self, calendars: CalendarStage) -> None:
        calendar, ref = calendars.open(), calendars.ref()
        calendars.lose_answer("POST")
        with pytest.raises(Unavailable):
            calendar.put(ref, lunch())
        calendar.remove(ref)
        assert calendars.shelf().entries() == ()

    def test_what_was_removed_stands_again_when_it_is_put_anew(self, calendars: CalendarStage) -> None:
        calendar = calendars.open()
        put = calendar.put(calendars.ref(), lunch())
        calendar.remove(put)
        again = calendar.put(replace(put, etag=""), lunch("Dinner"))
        assert calendars.only().title == "Dinner"
        assert calendar.get(again).ref == again
        assert calendar.put(again, lunch("Tea")).event_id == again.event_id

    def test_an_event_moves_from_one_calendar_to_another(self, calendars: CalendarStage) -> None:
        calendar = calendars.open()
        put = calendar.put(calendars.ref(), lunch())
        moved = calendar.put(calendars.ref(name="Calendar"), lunch())
        calendar.remove(put)
        assert calendars.shelf().entries() == ()
        assert calendars.only("Calendar").title == "Lunch with Dana"
        assert calendar.get(moved).title == "Lunch with Dana"

    def test_no_guest_is_ever_mailed(self, calendars: CalendarStage) -> None:
        calendar = calendars.open()
        put = calendar.put(calendars.ref(), lunch())
        put = calendar.put(put, lunch("Dinner"))
        calendar.remove(put)
        assert calendars.everybody.guest_mails == ()
        assert all(not one.guests for one in calendars.shelf().known())

    def test_typed_text_stays_text(self, calendars: CalendarStage) -> None:
        calendar = calendars.open()
        told = "Tom & Jerry <b>not bold</b> &amp;\u202e \ud83d\nsecond\x00 line"
        put = calendar.put(calendars.ref(), Event(told, lunch().when, told, told))
        assert calendars.only().title == "Tom & Jerry <b>not bold</b> &amp; second line"
        again = calendar.put(replace(put, etag=""), Event(told, lunch().when, told, told))
        assert again.event_id == put.event_id

    def test_texts_are_cut_to_what_every_calendar_takes(self, calendars: CalendarStage) -> None:
        calendar = calendars.open()
        put = calendar.put(calendars.ref(), Event("t" * 3000, lunch().when, "p" * 3000, "n" * 90_000))
        assert (len(calendars.only().title), len(calendars.only().place)) == (255, 255)
        assert not calendar.get(put).by_hand

    def test_an_event_that_ends_before_it_begins_is_refused(self, calendars: CalendarStage) -> None:
        with pytest.raises(Refused):
            calendars.open().put(calendars.ref(), lunch(minutes=-5))
        assert calendars.shelf().known() == ()

    @pytest.mark.parametrize("key", ["", "a' or 1 eq 1", "k" * 300, "key\n"])
    def test_a_key_that_says_more_than_a_key_is_refused(self, calendars: CalendarStage, key: str) -> None:
        with pytest.raises(Refused):
            calendars.open().put(calendars.ref(key), lunch())

    def test_a_calendar_that_is_gone_is_told_apart_from_an_event_that_is_gone(
        self, calendars: CalendarStage
    ) -> None:
        calendar = calendars.open()
        put = calendar.put(calendars.ref(), lunch())
        calendars.everybody.remove(calendars.ann, calendars.shelf())
        for act in (
            lambda: calendar.put(replace(put, event_id="", etag="", key="another"), lunch()),
            lambda: calendar.put(put, lunch("Dinner")),
            lambda: calendar.events(put.calendar_id, SINCE, UNTIL),
        ):
            with pytest.raises(NotFound) as failure:
                act()
            assert failure.value.code == "calendar"
        for ref in (put, replace(put, etag=""), EventRef(put.calendar_id, "another")):
            calendar.remove(ref)

    @pytest.mark.parametrize(
        ("status", "kind"), [(500, Unavailable), (503, Unavailable), (429, RateLimited), (409, Conflict)]
    )
    def test_a_failure_is_told_in_our_words(
        self, calendars: CalendarStage, status: int, kind: type[ProviderError]
    ) -> None:
        calendar = calendars.open()
        put = calendar.put(calendars.ref(), lunch("Secret title"))
        calendars.refuse("PATCH", status, times=9)
        with pytest.raises((kind, Refused) if kind is Conflict else kind) as failure:
            calendar.put(put, lunch("Secret dinner"))
        assert "ecret" not in repr(failure.value)
        assert failure.value.__cause__ is None and failure.value.__context__ is None
        assert calendars.only().title == "Secret title"

    def test_a_worthless_token_asks_to_connect_again(self, calendars: CalendarStage) -> None:
        calendar, ref = calendars.open(), calendars.ref()
        calendars.end_access()
        with pytest.raises(ReconnectRequired):
            calendar.put(ref, lunch())

    def test_without_the_grant_the_capability_is_named(self, calendars: CalendarStage) -> None:
        calendar, ref = calendars.open(allowed=False), calendars.ref()
        for act in (
            calendar.calendars,
            lambda: calendar.put(ref, lunch()),
            lambda: calendar.events(ref.calendar_id, SINCE, UNTIL),
        ):
            with pytest.raises(PermissionMissing) as failure:
                act()
            assert failure.value.capability == "calendar"
