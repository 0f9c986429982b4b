"""What an appointment may hold, and which instants a wall's times are."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.appointments.rules import DAY, Entry, Finding, Problem, entry_of, fresh, read, reminder_at
from bot.local_time import exists, instant
from store.appointments import Appointment, Planned

BERLIN = "Europe/Berlin"
CALL = Entry(contact="c", title="Call", day="2026-11-20", clock="14:00", zone=BERLIN)
ZONES = sorted(available_timezones())


def planned(entry: Entry) -> Planned:
    found = read(entry)
    assert isinstance(found, Planned), found
    return found


def as_row(found: Planned) -> Appointment:
    values = {name: getattr(found, name) for name in Planned.__dataclass_fields__}
    now = datetime(2026, 11, 20, 9, tzinfo=UTC)
    return Appointment(
        **values,
        id="a",
        workspace_id="w",
        owner_member_id="m",
        state="planned",
        version=1,
        changed_by="m",
        created_at=now,
        changed_at=now,
    )


def test_the_time_on_the_wall_becomes_an_instant() -> None:
    one = planned(CALL)
    assert one.starts_at == datetime(2026, 11, 20, 13, tzinfo=UTC)
    assert one.ends_at - one.starts_at == timedelta(minutes=30)
    assert planned(replace(CALL, day="2026-07-20")).starts_at == datetime(2026, 7, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("entry", "finding"),
    [
        (replace(CALL, title=" \x00\t"), Finding("title", Problem.NO_TITLE)),
        (replace(CALL, contact=""), Finding("contact", Problem.NO_CONTACT)),
        (replace(CALL, day="soon"), Finding("day", Problem.NO_DAY)),
        (replace(CALL, day="9999-12-31"), Finding("day", Problem.TOO_FAR)),
        (replace(CALL, clock=""), Finding("clock", Problem.NO_CLOCK)),
        (replace(CALL, zone="Mars/Olympus"), Finding("zone", Problem.NO_ZONE)),
        (replace(CALL, day="2027-03-28", clock="02:30"), Finding("clock", Problem.NO_SUCH_TIME)),
    ],
    ids=lambda one: one.problem if isinstance(one, Finding) else "",
)
def test_what_is_missing_or_impossible_is_found(entry: Entry, finding: Finding) -> None:
    assert read(entry) == (finding,)


def test_an_hour_that_comes_twice_is_the_first_one() -> None:
    twice = planned(replace(CALL, day="2026-10-25", clock="02:30"))
    assert twice.starts_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_day_has_as_many_hours_as_its_wall_shows() -> None:
    for day, hours in (("2026-11-20", 24), ("2027-03-28", 23), ("2026-10-25", 25)):
        one = planned(replace(CALL, day=day, all_day=True, clock="", minutes="30"))
        assert (one.ends_at - one.starts_at) / timedelta(hours=1) == hours
        assert (one.minutes, one.clock) == (DAY, "")


def test_three_days_end_with_the_third_midnight() -> None:
    one = planned(replace(CALL, day="2026-10-24", all_day=True, minutes=str(3 * DAY)))
    assert one.ends_at == datetime(2026, 10, 26, 23, tzinfo=UTC)


def test_a_reminder_of_a_whole_day_comes_in_its_morning() -> None:
    one = as_row(planned(replace(CALL, all_day=True, remind="0")))
    assert reminder_at(one) == datetime(2026, 11, 20, 8, tzinfo=UTC)
    timed = as_row(planned(replace(CALL, remind="15")))
    assert reminder_at(timed) == datetime(2026, 11, 20, 12, 45, tzinfo=UTC)
    assert reminder_at(as_row(planned(CALL))) is None


def test_what_was_kept_is_read_again_as_it_was() -> None:
    for entry in (
        CALL,
        replace(CALL, all_day=True, minutes=str(2 * DAY)),
        replace(CALL, remind="5", notes="x"),
    ):
        one = planned(entry)
        assert planned(entry_of(as_row(one))) == one


def test_a_new_form_begins_tomorrow_at_a_half_hour() -> None:
    entry = fresh(datetime(2026, 11, 20, 22, 50, tzinfo=UTC), BERLIN)
    assert (entry.day, entry.clock) == ("2026-11-22", "00:00")
    assert fresh(datetime(2026, 11, 20, 9, 1, tzinfo=UTC), "Nowhere/At_all").zone == "UTC"


@given(st.sampled_from(ZONES), st.dates(date(2000, 1, 1), date(2099, 12, 30)), st.integers(0, DAY - 1))
@settings(max_examples=300, deadline=None)
def test_a_time_that_a_wall_shows_is_shown_again_from_its_instant(name: str, day: date, minute: int) -> None:
    zone, clock = ZoneInfo(name), time(minute // 60, minute % 60)
    at = instant(day, clock, zone)
    shown = at.astimezone(zone)
    if exists(day, clock, zone):
        assert (shown.date(), shown.time()) == (day, clock)
        before = (at - timedelta(hours=1)).astimezone(zone)
        assert (before.date(), before.time()) != (day, clock), "the first of two"
    else:
        assert shown.replace(tzinfo=None) > datetime.combine(day, clock)


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=12), st.text(max_size=12))
def test_nothing_that_is_sent_makes_reading_fail(title: str, day: str, clock: str, minutes: str) -> None:
    read(Entry("c", title, day, clock, minutes, remind=minutes))
    read(Entry("c", title, "2026-11-20", "14:00", minutes, remind=minutes, notes=title))
