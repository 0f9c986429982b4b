"""Slack's date tokens, for readers in different zones and languages."""

from datetime import UTC, datetime, timedelta

import pytest

from sandbox.slack.page.dates import clock_time, day_name, format_date
from sandbox.slack.page.viewer import Viewer

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
BERLIN = Viewer("U1", "Europe/Berlin", NOON, "de-DE")
NEW_YORK = Viewer("U2", "America/New_York", NOON, "en-US")
AT = int(datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC).timestamp())
LONG_AGO = int(datetime(2014, 2, 18, 14, 39, 42, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("{date_num} {time}", "2026-02-03 05:05"),
        ("{date_slash}", "02/03/2026"),
        ("{date}", "February 3rd, 2026"),
        ("{date_short}", "Feb 3, 2026"),
        ("{date_long}", "Tuesday, February 3rd, 2026"),
        ("{date_long_full}", "Tuesday, February 3rd, 2026"),
        ("{time_secs}", "05:05:06"),
        ("on {date_num} {unknown}", "on 2026-02-03 {unknown}"),
    ],
)
def test_tokens_are_filled_in_the_viewers_zone(form: str, words: str) -> None:
    assert format_date(AT, form, BERLIN) == words


def test_slacks_own_examples_come_out_as_documented() -> None:
    assert format_date(LONG_AGO, "{date_short} {time}", NEW_YORK) == "Feb 18, 2014 9:39 AM"
    assert format_date(LONG_AGO, "{date_long}", NEW_YORK) == "Tuesday, February 18th, 2014"


def test_the_year_is_left_out_within_half_a_year() -> None:
    near = int((NOON - timedelta(days=30)).timestamp())
    assert format_date(near, "{date_short}", BERLIN) == "Oct 23"
    assert format_date(near, "{date_long_full}", BERLIN) == "Friday, October 23rd, 2026"


def test_the_days_around_today_have_names() -> None:
    days = [int((NOON + timedelta(days=step)).timestamp()) for step in (-1, 0, 1)]
    assert [format_date(day, "{date_pretty}", BERLIN) for day in days] == ["Yesterday", "Today", "Tomorrow"]
    assert format_date(days[1], "seen {date_short_pretty}", BERLIN) == "seen today"


def test_today_is_the_viewers_today() -> None:
    late = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
    assert day_name(late, BERLIN) == "Today"
    assert day_name(late, NEW_YORK) == "Yesterday"


def test_ago_counts_in_the_largest_unit() -> None:
    def ago(**back: int) -> str:
        return format_date(int((NOON - timedelta(**back)).timestamp()), "{ago}", BERLIN)

    assert ago(days=2, hours=3) == "2 days ago"
    assert ago(hours=1) == "1 hour ago"
    assert ago(minutes=-5) == "In 5 minutes"


def test_noon_and_midnight_have_twelve_hours() -> None:
    assert clock_time(datetime(2026, 11, 22, 5, 7, tzinfo=UTC), NEW_YORK) == "12:07 AM"
    assert clock_time(datetime(2026, 11, 22, 17, 0, tzinfo=UTC), NEW_YORK) == "12:00 PM"
