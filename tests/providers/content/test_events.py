"""What an event says, told apart from what was written."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.calendar import Days, Event, Hours
from providers.content.events import Standing, fitting, key_of, mark_of, notes_of, on_the_wall
from providers.errors import Refused

AT = datetime(2026, 11, 25, 13, 0, tzinfo=UTC)
LUNCH = Event("Lunch", Hours(AT, AT + timedelta(hours=1), "Europe/Amsterdam"), "Here", "Bring the offer.")


def standing(event: Event, mark: str = "") -> Standing:
    return Standing(event.title, event.when, event.place, notes_of(event), mark or mark_of(event))


def test_what_was_written_is_nobodys_change() -> None:
    assert standing(LUNCH).says(LUNCH)
    assert not standing(LUNCH).by_hand and not standing(LUNCH).notes_by_hand


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Dinner"},
        {"place": "There"},
        {"when": Days(date(2026, 11, 25), date(2026, 11, 25))},
        {"when": Hours(AT, AT + timedelta(hours=2), "Europe/Amsterdam")},
    ],
)
def test_another_title_time_or_place_is_a_change_by_hand(change: dict[str, Any]) -> None:
    changed = replace(standing(LUNCH), **change)
    assert changed.by_hand and not changed.notes_by_hand and not changed.says(LUNCH)


def test_another_zone_and_other_white_space_change_nothing() -> None:
    when = Hours(AT, AT + timedelta(hours=1), "UTC")
    same = replace(standing(LUNCH), when=when, notes=" Bring\r\n the  offer.\r\n")
    assert not same.by_hand and not same.notes_by_hand


def test_other_notes_are_told_apart_from_another_time() -> None:
    changed = replace(standing(LUNCH), notes="Ask about the dog")
    assert changed.notes_by_hand and not changed.by_hand


@pytest.mark.parametrize("mark", ["", "1", "1.a.b", "2." + "0" * 20 + "." + "0" * 20, "x" * 43])
def test_a_mark_that_is_none_says_nothing(mark: str) -> None:
    unknown = replace(standing(LUNCH), mark=mark)
    assert not unknown.by_hand and unknown.notes_by_hand and not unknown.says(LUNCH)


@given(st.text(), st.text(), st.text(), st.booleans())
def test_every_event_that_fits_is_what_was_written(title: str, place: str, notes: str, whole: bool) -> None:
    when = Days(date(2026, 11, 25), date(2026, 11, 26)) if whole else LUNCH.when
    event = fitting(Event(title, when, place, notes))
    assert fitting(event) == event
    assert standing(event).says(event)
    assert not standing(event).by_hand and not standing(event).notes_by_hand


def test_what_ends_before_it_begins_does_not_fit() -> None:
    for when in (Hours(AT, AT - timedelta(seconds=1)), Days(date(2026, 11, 25), date(2026, 11, 24))):
        with pytest.raises(Refused):
            fitting(replace(LUNCH, when=when))


@pytest.mark.parametrize("zone", ["?", "", "../etc", "W. Europe Standard Time"])
def test_a_zone_that_nobody_knows_is_utc(zone: str) -> None:
    when = fitting(replace(LUNCH, when=Hours(AT, AT, zone))).when
    assert when == Hours(AT, AT, "UTC")


def test_a_link_stands_after_its_words_and_the_words_never_alone() -> None:
    linked = fitting(replace(LUNCH, link="https://x.example", link_words="Open it:"))
    assert notes_of(linked) == "Bring the offer.\n\nOpen it: https://x.example"
    assert notes_of(fitting(replace(linked, link=""))) == "Bring the offer."


def test_a_link_that_is_no_address_is_left_out() -> None:
    assert fitting(replace(LUNCH, link="javascript:alert(1)")).link == ""
    assert (
        notes_of(fitting(replace(LUNCH, link="https://x.example"))) == "Bring the offer.\n\nhttps://x.example"
    )


@pytest.mark.parametrize("key", ["", "a b", "a'b", "k" * 201, "k\n", "schlüssel"])
def test_a_key_is_nothing_but_a_key(key: str) -> None:
    with pytest.raises(Refused):
        key_of(key)
    assert key_of("a-b_c.d:e1") == "a-b_c.d:e1"


@given(st.integers(0, 10 * 365 * 24 * 4), st.sampled_from(["Europe/Amsterdam", "Australia/Lord_Howe"]))
def test_what_the_wall_shows_names_one_instant(quarters: int, zone: str) -> None:
    instant = AT + timedelta(minutes=15 * quarters)
    shown, named = on_the_wall(instant, zone)
    assert shown == instant
    assert named in ("UTC", zone)
    for fold in (0, 1):  # whichever of the two a reader takes
        assert shown.replace(fold=fold).astimezone(UTC) == instant


def test_the_hour_that_comes_twice_is_told_in_utc() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    for hours, zone in ((-1, "Europe/Amsterdam"), (0, "UTC"), (1, "UTC"), (2, "Europe/Amsterdam")):
        assert on_the_wall(first + timedelta(hours=hours), "Europe/Amsterdam")[1] == zone


def test_a_text_that_is_cut_at_a_blank_stays_the_same() -> None:
    event = fitting(replace(LUNCH, title="x" * 254 + " y", notes="n" * 7999 + "\nmore"))
    assert fitting(event) == event and len(event.title) == 254
