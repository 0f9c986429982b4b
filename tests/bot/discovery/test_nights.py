"""Nights over two years in eight zones: exactly one for each local date, whatever the clocks do."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discovery.nights import Night, Wishes, date_to_tell, is_wished, next_night
from bot.local_time import told_at

ZONES = (
    "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca", "America/Sao_Paulo",
    "Asia/Kolkata", "America/New_York", "Europe/Berlin", "Pacific/Auckland",
)  # fmt: skip
EVERY_DAY = Wishes()
RANGE = (datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2027-12-31"))


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def nights(zone: ZoneInfo, begin: datetime, end: datetime, wishes: Wishes = EVERY_DAY) -> list[Night]:
    """Every night between two instants, each planned when the one before was told."""
    found: list[Night] = []
    now, after = begin, None
    while (night := next_night("ann", wishes, zone, now, after)) and night.tell_at < end:
        found.append(night)
        now, after = night.tell_at, night.date
    return found


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("hour", [0, 2, 8, 23])
@pytest.mark.parametrize("begin", ["2011-02-01", "2026-01-01"])
def test_over_two_years_there_is_exactly_one_night_for_each_local_date(
    zone: str, hour: int, begin: str
) -> None:
    place, start = ZoneInfo(zone), instant(begin)
    found = nights(place, start, start + timedelta(days=731), Wishes(hour))
    dates = [night.date for night in found]
    every = {found[0].date + timedelta(days=n) for n in range((dates[-1] - dates[0]).days + 1)}
    left_out = {date(2011, 12, 30)} if zone == "Pacific/Apia" else set()
    assert len(dates) == len(set(dates))
    assert every - set(dates) == left_out & every
    assert len(dates) >= 729
    for night in found:
        shown = night.tell_at.astimezone(place)
        assert shown.date() == night.date
        assert shown.hour == hour or told_at(night.date, hour, place) == night.tell_at
        assert night.scan_at < night.tell_at


@pytest.mark.parametrize("zone", ZONES)
def test_the_hour_on_the_wall_stays_the_same_all_year(zone: str) -> None:
    place = ZoneInfo(zone)
    found = nights(place, instant("2026-01-01"), instant("2028-01-01"))
    assert {night.tell_at.astimezone(place).strftime("%H:%M") for night in found} == {"08:00"}


@pytest.mark.parametrize(
    ("zone", "day", "hour", "expected"),
    [
        ("Europe/Berlin", date(2027, 3, 28), 2, "2027-03-28T01:00:00"),  # 02:00 is left out: 03:00
        ("Europe/Berlin", date(2026, 10, 25), 2, "2026-10-25T00:00:00"),  # shown twice: the first
        ("Australia/Lord_Howe", date(2026, 10, 4), 2, "2026-10-03T15:30:00"),  # half an hour is left out
        ("America/Sao_Paulo", date(2018, 11, 4), 0, "2018-11-04T03:00:00"),  # midnight itself
        (
            "America/St_Johns",
            date(2011, 3, 13),
            1,
            "2011-03-13T03:31:00",
        ),  # in the middle of what is left out
        ("America/Scoresbysund", date(2027, 3, 27), 23, "2027-03-28T00:00:00"),  # 23:00 would be the next day
    ],
)
def test_an_hour_that_is_left_out_or_comes_twice_is_told_once(
    zone: str, day: date, hour: int, expected: str
) -> None:
    assert told_at(day, hour, ZoneInfo(zone)) == instant(expected)


def test_a_date_that_a_zone_leaves_out_has_no_night() -> None:
    assert told_at(date(2011, 12, 30), 8, ZoneInfo("Pacific/Apia")) is None


@given(
    zones=st.lists(st.sampled_from(ZONES), min_size=2, max_size=40),
    steps=st.lists(st.integers(min_value=1, max_value=60), min_size=40, max_size=40),
)
def test_a_member_who_moves_is_told_at_most_once_on_one_local_date(
    zones: list[str], steps: list[int]
) -> None:
    now, after, told = instant("2026-03-01"), None, []
    for zone, hours in zip(zones, steps, strict=False):
        night = next_night("ann", EVERY_DAY, ZoneInfo(zone), now, after)
        assert night is not None
        if now + timedelta(hours=hours) >= night.tell_at:
            told.append(night.date)
            now, after = night.tell_at, night.date
        else:
            now += timedelta(hours=hours)
    assert told == sorted(set(told))


def test_moving_takes_no_more_than_a_day_and_a_half_to_be_told_again() -> None:
    after = date(2026, 6, 10)
    for begin in ZONES:
        told = told_at(after, 8, ZoneInfo(begin))
        assert told is not None
        for zone in ZONES:
            night = next_night("ann", EVERY_DAY, ZoneInfo(zone), told, after)
            assert night is not None
            assert night.tell_at - told <= timedelta(hours=48)


@given(now=st.datetimes(*RANGE), zone=st.sampled_from(ZONES))
def test_a_night_lies_ahead_and_its_scan_is_not_in_the_past(now: datetime, zone: str) -> None:
    moment = now.replace(tzinfo=UTC)
    night = next_night("ann", EVERY_DAY, ZoneInfo(zone), moment)
    assert night is not None
    assert moment <= night.scan_at <= night.tell_at
    assert moment < night.tell_at <= moment + timedelta(hours=50)


def test_ten_thousand_members_are_spread_over_the_night() -> None:
    zone, now = ZoneInfo("Europe/Berlin"), instant("2026-06-01T12:00:00")
    found = [next_night(f"member{n}", EVERY_DAY, zone, now) for n in range(10_000)]
    minutes: dict[str, int] = {}
    for night in found:
        assert night is not None
        shown = night.scan_at.astimezone(zone)
        assert 1 <= shown.hour < 5
        minutes[f"{shown:%H:%M}"] = minutes.get(f"{shown:%H:%M}", 0) + 1
    assert max(minutes.values()) < 90, "ten thousand in 240 minutes are 42 in each"
    assert len({night.scan_at for night in found if night}) > 9_900


def test_a_member_is_scanned_in_the_same_part_of_every_night() -> None:
    zone = ZoneInfo("Asia/Kolkata")
    found = nights(zone, instant("2026-01-01T12:00:00"), instant("2026-03-01"))
    assert len({night.scan_at.astimezone(zone).time() for night in found}) == 1


def test_working_days_leave_out_the_week_end() -> None:
    zone = ZoneInfo("Europe/Berlin")
    found = nights(zone, instant("2026-01-01"), instant("2027-01-01"), Wishes(working_days=True))
    assert {night.date.weekday() for night in found} == {0, 1, 2, 3, 4}
    assert len(found) in (260, 261, 262)


def test_a_pause_ends_on_its_date() -> None:
    wishes = Wishes(paused_until=date(2026, 6, 15))
    night = next_night("ann", wishes, ZoneInfo("Europe/Berlin"), instant("2026-06-01"))
    assert night is not None
    assert night.date == date(2026, 6, 15)
    assert not is_wished(date(2026, 6, 14), wishes)


@pytest.mark.parametrize(
    ("now", "wishes", "told"),
    [
        ("2026-06-10T06:00:00", EVERY_DAY, date(2026, 6, 10)),  # on time
        ("2026-06-10T12:00:00", EVERY_DAY, date(2026, 6, 10)),  # down for the morning
        ("2026-06-10T19:00:00", EVERY_DAY, None),  # too late in the evening
        ("2026-06-13T07:00:00", EVERY_DAY, date(2026, 6, 13)),  # down for three days: told once, for today
        ("2026-06-13T05:00:00", EVERY_DAY, None),  # back before the hour: today's own night comes
        ("2026-06-13T07:00:00", Wishes(working_days=True), None),  # a Saturday
        ("2026-06-15T07:00:00", Wishes(working_days=True), date(2026, 6, 15)),
        ("2026-06-13T07:00:00", Wishes(paused_until=date(2026, 6, 20)), None),
    ],
)
def test_missed_nights_are_caught_up_once_in_the_day(now: str, wishes: Wishes, told: date | None) -> None:
    planned = date(2026, 6, 10)
    assert date_to_tell(planned, wishes, ZoneInfo("Europe/Berlin"), instant(now)) == told


@pytest.mark.parametrize("now", ["2026-06-11T03:00:00", "2026-06-11T06:00:00"])
def test_whoever_moved_west_is_told_when_it_is_that_hour_there(now: str) -> None:
    planned = date(2026, 6, 11)  # 08:00 in Berlin, which is the small hours in New York
    assert date_to_tell(planned, EVERY_DAY, ZoneInfo("America/New_York"), instant(now)) is None
    moved = next_night("ann", EVERY_DAY, ZoneInfo("America/New_York"), instant(now), date(2026, 6, 10))
    assert moved is not None
    assert (moved.date, moved.tell_at) == (planned, instant("2026-06-11T12:00:00"))
