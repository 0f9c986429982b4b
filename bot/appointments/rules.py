"""What an appointment may hold. Pure: what was typed and chosen in, values or what is wrong out."""

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.local_time import exists, instant, is_zone
from bot.words import zone_named
from store.appointments import Appointment, Planned

TITLE, PLACE, NOTES = 150, 300, 3000  # characters
DAY = 24 * 60
LENGTHS = (15, 30, 45, 60, 90, 120, 180, 240, 480, DAY, 2 * DAY, 3 * DAY, 4 * DAY, 5 * DAY, 7 * DAY, 14 * DAY)
LONGEST = 366 * DAY
REMINDERS = (0, 5, 10, 15, 30, 60, 120, DAY)  # minutes before it starts
EARLIEST, LATEST = 2000, 2100  # years


@dataclass(frozen=True, slots=True)
class Entry:
    """An appointment as somebody typed and chose it. `day` is "2026-11-20", `clock` "14:05".

    `remind` is minutes, "" for no reminder. `owner` is Slack's id of the member who looks after it, "" for
    whoever does so far, or who makes it.
    """

    contact: str = ""
    title: str = ""
    day: str = ""
    clock: str = ""
    minutes: str = "30"
    zone: str = "UTC"
    all_day: bool = False
    place: str = ""
    notes: str = ""
    remind: str = ""
    owner: str = ""


class Problem(StrEnum):
    """Why an entry is not taken."""

    NO_TITLE = "no_title"
    NO_CONTACT = "no_contact"
    NO_DAY = "no_day"
    NO_CLOCK = "no_clock"
    NO_SUCH_TIME = "no_such_time"  # the clocks are put forward over it
    TOO_FAR = "too_far"
    NO_ZONE = "no_zone"
    NO_MEMBER = "no_member"


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem with one field."""

    field: str
    problem: Problem


def read(entry: Entry) -> Planned | tuple[Finding, ...]:
    """Bring an entry into the form that is kept, or find what is wrong."""
    findings = []
    title = " ".join(_written(entry.title).split())
    if not title:
        findings.append(Finding("title", Problem.NO_TITLE))
    if not entry.contact:
        findings.append(Finding("contact", Problem.NO_CONTACT))
    if not is_zone(entry.zone):
        findings.append(Finding("zone", Problem.NO_ZONE))
    day, clock = _day(entry.day), _clock("" if entry.all_day else entry.clock)
    findings += _wrong_time(entry, day, clock)
    if findings or day is None:
        return tuple(findings)
    minutes = _whole_days(_minutes(entry.minutes)) if entry.all_day else _minutes(entry.minutes)
    starts_at, ends_at = instants(day, clock, minutes, entry.zone, all_day=entry.all_day)
    return Planned(
        contact_id=entry.contact,
        title=title[:TITLE],
        place=" ".join(_written(entry.place).split())[:PLACE],
        notes=_written(entry.notes).strip()[:NOTES],
        zone=entry.zone,
        day=day,
        clock="" if clock is None else clock.strftime("%H:%M"),
        minutes=minutes,
        all_day=entry.all_day,
        starts_at=starts_at,
        ends_at=ends_at,
        remind_minutes=int(entry.remind) if entry.remind.isdecimal() and len(entry.remind) < 6 else None,
    )


def instants(
    day: date, clock: time | None, minutes: int, zone_name: str, *, all_day: bool
) -> tuple[datetime, datetime]:
    """Say from when to when an appointment is. A day lasts until the next midnight, also with 23 hours."""
    zone = zone_named(zone_name)
    starts_at = instant(day, clock or time(0), zone)
    if all_day:
        return starts_at, instant(day + timedelta(minutes=minutes), time(0), zone)
    return starts_at, starts_at + timedelta(minutes=minutes)


def entry_of(one: Appointment) -> Entry:
    """Write an appointment into a form."""
    return Entry(
        contact=one.contact_id,
        title=one.title,
        day=one.day.isoformat(),
        clock=one.clock,
        minutes=str(one.minutes),
        zone=one.zone,
        all_day=one.all_day,
        place=one.place,
        notes=one.notes,
        remind="" if one.remind_minutes is None else str(one.remind_minutes),
    )


def fresh(now: datetime, zone_name: str, contact: str = "", *, remind: str = "15") -> Entry:
    """Begin a form: tomorrow at the next half hour."""
    local = now.astimezone(zone_named(zone_name)) + timedelta(days=1, minutes=30)
    clock = local.replace(minute=local.minute // 30 * 30)
    return Entry(
        contact=contact,
        day=clock.date().isoformat(),
        clock=clock.strftime("%H:%M"),
        zone=zone_name if is_zone(zone_name) else "UTC",
        remind=remind,
    )


def reminder_at(one: Appointment) -> datetime | None:
    """Say when its reminder is due: for a whole day from nine in the morning of that day."""
    if one.remind_minutes is None:
        return None
    begins = instant(one.day, time(9), zone_named(one.zone)) if one.all_day else one.starts_at
    return begins - timedelta(minutes=one.remind_minutes)


def _wrong_time(entry: Entry, day: date | None, clock: time | None) -> list[Finding]:
    if day is None:
        return [Finding("day", Problem.NO_DAY)]
    if not EARLIEST <= day.year < LATEST:
        return [Finding("day", Problem.TOO_FAR)]
    if entry.all_day:
        return []
    if clock is None:
        return [Finding("clock", Problem.NO_CLOCK)]
    if is_zone(entry.zone) and not exists(day, clock, zone_named(entry.zone)):
        return [Finding("clock", Problem.NO_SUCH_TIME)]
    return []


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _clock(text: str) -> time | None:
    try:
        return time.fromisoformat(text).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        return None


def _minutes(text: str) -> int:
    return max(1, min(LONGEST, int(text))) if text.isdecimal() and len(text) < 9 else 30


def _whole_days(minutes: int) -> int:
    return max(1, -(-minutes // DAY)) * DAY


def _written(text: str) -> str:
    """Take out what no database keeps: NUL and other controls, halves of characters."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
