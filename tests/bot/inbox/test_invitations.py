"""How often an event comes, said from its rule, on the reader's clock."""

from zoneinfo import ZoneInfo

import pytest

from bot.inbox.body_notes import note_lines
from bot.words import Reader
from providers.content.calendar import read_invitation


def when(rule: str, starts: str = "DTSTART:20261203T220000Z", zone: str = "UTC") -> str:
    """Give the line that says when an event with this rule is."""
    note = read_invitation(
        f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Round\r\n{starts}\r\n{rule}\r\nEND:VEVENT\r\nEND:VCALENDAR"
    )
    assert note is not None
    return note_lines(note, Reader(zone=ZoneInfo(zone)))[1].removeprefix(
        "When: Thursday 3 December 2026, 22:00"
    )


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("FREQ=DAILY", ", every day"),
        ("FREQ=DAILY;INTERVAL=3;COUNT=4", ", every 3 days, 4 times"),
        ("FREQ=WEEKLY;BYDAY=MO,TH", ", every week on Monday and Thursday"),
        ("FREQ=WEEKLY;UNTIL=20261231", ", every week, until Thursday 31 December 2026"),
        ("FREQ=MONTHLY;BYMONTHDAY=3", ", every month on day 3"),
        ("FREQ=MONTHLY;BYDAY=TH;BYSETPOS=1", ", every month on the first Thursday"),
        ("FREQ=MONTHLY;BYDAY=-1TH", ", every month on the last Thursday"),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=3", ", every year"),
    ],
)
def test_a_rule_is_said_as_people_say_it(rule: str, said: str) -> None:
    assert when(f"RRULE:{rule}") == said


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=MONTHLY;BYDAY=9TH",
        "FREQ=HOURLY",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;INTERVAL=" + "9" * 5000,
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=YEARLY;BYWEEKNO=20",
        "",
    ],
)
def test_a_rule_that_no_short_sentence_says_is_not_guessed(rule: str) -> None:
    assert when(f"RRULE:{rule}") == ", repeated"


def test_days_are_those_of_the_readers_clock() -> None:
    said = when("RRULE:FREQ=WEEKLY;BYDAY=SU,TH", zone="Asia/Tokyo")
    assert said == "When: Friday 4 December 2026, 07:00, every week on Monday and Friday"


def test_the_first_thursday_is_not_called_the_first_friday_elsewhere() -> None:
    said = when("RRULE:FREQ=MONTHLY;BYDAY=1TH", zone="Asia/Tokyo")
    assert said == "When: Friday 4 December 2026, 07:00, every month"


def test_further_dates_without_a_rule_are_said_to_be_there() -> None:
    assert when("RDATE:20261210T220000Z") == ", repeated"


def test_an_event_that_comes_once_is_not_said_to_come_again() -> None:
    assert when("LOCATION:Room 4") == ""
