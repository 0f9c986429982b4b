"""The contract of a Calendar: what the person does by hand is seen and not overwritten."""

from dataclasses import replace
from datetime import timedelta

import pytest

from providers.calendar import Hours
from providers.errors import Conflict, NotFound
from sandbox.calendars.entries import Hours as HoursThere
from tests.providers.calendars import AT_TWO, SINCE, UNTIL, ZONE, CalendarStage, fair, lunch

HOUR = timedelta(hours=1)
AT_THREE = HoursThere(AT_TWO + HOUR, AT_TWO + 2 * HOUR, ZONE)


class ByHandContract:
    """A vendor inherits this and gives a `calendars` stage."""

    @pytest.mark.parametrize("change", [{"when": AT_THREE}, {"title": "Lunch (moved)"}, {"place": "Outside"}])
    def test_a_change_by_hand_is_a_conflict_and_stays(
        self, calendars: CalendarStage, change: dict[str, object]
    ) -> None:
        calendar = calendars.open()
        put = calendar.put(calendars.ref(), lunch())
        calendars.shelf().change(calendars.only().id, **change)
        for ref in (put, replace(put, etag=""), calendars.ref()):
            with pytest.raises(Conflict) as failure:
                calendar.put(ref, lunch("Dinner"), again=True)
            assert failure.value.code == "by_hand"
        entry = calendars.only()
        assert {name: getattr(entry, name) for name in change} == change

    def test_what_stands_there_after_a_change_by_hand_can_be_looked_at_and_overwritten(
        self, calendars: CalendarStage
    ) -> None:
        calendar = calendars.open()
        put = calendar.put(calendars.ref(), lunch())
        calendars.shelf().change(calendars.only().id, when=AT_THREE, title="Moved")
        there = calendar.get(put)
        assert isinstance(there.when, Hours)
        assert (there.title, there.when.starts, there.by_hand) == ("Moved", AT_THREE.starts, True)
        assert there.ref.key == put.key and there.ref.etag != put.etag
        put = calendar.put(there.ref, lunch())
        assert calendars.only().title == "Lunch with Dana"
        assert not calendar.get(put).by_hand

    def test_a_second_change_by_hand_before_overwriting_is_a_conflict_again(
        self, calendars: CalendarStage
    ) -> None:
        calendar = calendars.open()
        put = calendar.put(calendars.ref(), lunch())
        calendars.shelf().change(calendars.only().id, when=AT_THREE)
        there = calendar.get(put)
        calendars.shelf().change(calendars.only().id, title="Moved once more")
        with pytest.raises(Conflict):
            calendar.put(there.ref, lunch())
        assert calendars.only().title == "Moved once more"

    def test_taking_over_what_was_moved_by_hand_settles_it(self, calendars: CalendarStage) -> None:
        calendar = calendars.open()
        put = calendar.put(calendars.ref(), lunch())
        calendars.shelf().change(calendars.only().id, when=AT_THREE)
        there = calendar.get(put)
        put = calendar.put(there.ref, lunch(starts=AT_THREE.starts))
        assert not calendar.get(put).by_hand
        calendar.put(put, lunch("Dinner", AT_THREE.starts))
        assert calendars.only().title == "Dinner"

    def test_notes_that_the_person_wrote_stay_when_the_event_moves(self, calendars: CalendarStage) -> None:
        calendar = calendars.open()
        put = calendar.put(calendars.ref(), lunch(notes="Ours"))
        calendars.shelf().change(calendars.only().id, notes="Mine: ask about the dog", reminder=90)
        put = calendar.put(put, lunch("Dinner", AT_TWO + HOUR, notes="Ours, changed"))
        entry = calendars.only()
        assert (entry.title, entry.notes.strip()) == ("Dinner", "Mine: ask about the dog")
        calendars.shelf().change(entry.id, busy=False)
        calendar.put(put, lunch("Tea", notes="Ours again"))
        assert (calendars.only().title, calendars.only().notes.strip()) == ("Tea", "Mine: ask about the dog")

    def test_what_was_deleted_by_hand_stays_deleted(self, calendars: CalendarStage) -> None:
        calendar = calendars.open()
        put = calendar.put(calendars.ref(), lunch())
        calendars.shelf().delete(calendars.only().id)
        for act in (lambda: calendar.put(put, lunch("Dinner")), lambda: calendar.get(put)):
            with pytest.raises(NotFound) as failure:
                act()
            assert failure.value.code != "calendar"
        assert calendars.shelf().entries() == ()

    def test_an_event_that_the_provider_has_forgotten_is_gone_too(self, calendars: CalendarStage) -> None:
        calendar = calendars.open()
        put = calendar.put(calendars.ref(), lunch())
        entry = calendars.only()
        calendars.shelf().delete(entry.id)
        calendars.shelf().forget(entry.id)
        with pytest.raises(NotFound):
            calendar.put(put, lunch("Dinner"))
        calendar.remove(put)
        calendar.put(replace(put, etag=""), lunch("Anew"))
        assert calendars.only().title == "Anew"

    def test_an_event_with_guests_is_left_alone(self, calendars: CalendarStage) -> None:
        calendar = calendars.open()
        put = calendar.put(calendars.ref(), lunch())
        calendars.shelf().change(calendars.only().id, guests=("dana@partner.example",))
        there = calendar.get(put)
        assert there.guests
        for act in (
            lambda: calendar.put(put, lunch("Dinner")),
            lambda: calendar.put(there.ref, lunch("Dinner")),
            lambda: calendar.remove(put),
            lambda: calendar.remove(there.ref),
        ):
            with pytest.raises(Conflict) as failure:
                act()
            assert failure.value.code == "guests"
        assert calendars.only().title == "Lunch with Dana"
        assert calendars.everybody.guest_mails == ()

    def test_what_was_moved_by_hand_can_still_be_removed(self, calendars: CalendarStage) -> None:
        calendar = calendars.open()
        put = calendar.put(calendars.ref(), lunch())
        calendars.shelf().change(calendars.only().id, when=AT_THREE)
        calendar.remove(put)
        assert calendars.shelf().entries() == ()

    def test_our_events_are_listed_in_one_request_and_nobody_elses(self, calendars: CalendarStage) -> None:
        calendar = calendars.open()
        calendars.shelf().write("a1b2c3d4e5", title="Dentist", when=AT_THREE)
        refs = {calendar.put(calendars.ref(f"key-{n}"), lunch(f"Number {n}")) for n in range(3)}
        refs.add(calendar.put(calendars.ref("days"), fair()))
        calendar.put(calendars.ref("elsewhere", "Calendar"), lunch())
        calendars.asked()
        found = calendar.events(calendars.id_of(), SINCE, UNTIL)
        assert calendars.asked() == ["GET"]
        assert {one.ref for one in found} == refs
        assert not any(one.by_hand for one in found)

    def test_the_listing_keeps_to_its_time(self, calendars: CalendarStage) -> None:
        calendar = calendars.open()
        calendar.put(calendars.ref("here"), lunch())
        calendar.put(calendars.ref("later"), lunch(starts=AT_TWO + timedelta(days=30)))
        found = calendar.events(calendars.id_of(), AT_TWO - HOUR, AT_TWO + timedelta(days=3))
        assert [one.ref.key for one in found] == ["here"]

    def test_the_listing_shows_what_was_moved_renamed_and_deleted(self, calendars: CalendarStage) -> None:
        calendar, shelf = calendars.open(), calendars.shelf()
        for key in ("kept", "moved", "renamed", "deleted"):
            calendar.put(calendars.ref(key), lunch(key))
        held = {one.title: one.id for one in shelf.entries()}
        shelf.change(held["moved"], when=AT_THREE)
        shelf.change(held["renamed"], title="Something else")
        shelf.delete(held["deleted"])
        found = {one.ref.key: one for one in calendar.events(calendars.id_of(), SINCE, UNTIL)}
        assert {key: one.by_hand for key, one in found.items()} == {
            "kept": False,
            "moved": True,
            "renamed": True,
        }
        assert found["renamed"].title == "Something else"
        moved = found["moved"].when
        assert isinstance(moved, Hours) and moved.starts == AT_THREE.starts

    def test_a_long_listing_is_read_to_its_end(self, calendars: CalendarStage) -> None:
        calendar, shelf = calendars.open(), calendars.shelf()
        calendar.put(calendars.ref(), lunch())
        ours = calendars.only().properties
        for n in range(2600):
            own_key = {name: value.replace("appointment-1", f"filler-{n}") for name, value in ours.items()}
            shelf.write(f"{n:010d}", title="Filler", when=AT_THREE, properties=own_key)
        found = calendar.events(calendars.id_of(), SINCE, UNTIL)
        assert [one.title for one in found].count("Lunch with Dana") == 1
