"""How an appointment's time is said, on the clock of whoever reads."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.appointments.rules import DAY
from bot.words import Reader, zone_named
from providers.calendar import Days, Hours
from store.appointments import Appointment


def when(one: Appointment, reader: Reader) -> str:
    """Say from when to when: "Friday 20 November, 14:00 to 14:30". A whole day is the same day everywhere."""
    if one.all_day:
        return _days(one.day, one.day + timedelta(minutes=one.minutes - DAY), reader)
    return _hours(one.starts_at, one.ends_at, reader)


def elsewhere(one: Appointment, reader: Reader) -> str:
    """Say the same on the clock it was entered for: "14:00 to 14:30 in New York"; "" on the same clock."""
    there = replace(reader, zone=zone_named(one.zone))
    if one.all_day or _wall(one.starts_at, there) == _wall(one.starts_at, reader):
        return ""
    days = {clock.local(at).date() for clock in (reader, there) for at in (one.starts_at, one.ends_at)}
    when = _hours(one.starts_at, one.ends_at, there)
    if len(days) == 1:
        when = reader.say("{start} to {end}", start=there.time(one.starts_at), end=there.time(one.ends_at))
    return reader.say("{when} in {place}", when=when, place=_place(one.zone))


def _wall(at: datetime, reader: Reader) -> datetime:
    return reader.local(at).replace(tzinfo=None)


def _place(zone: str) -> str:
    """Name a zone by its city, as people do; one without a city by its whole name."""
    area, _, city = zone.rpartition("/")
    return (zone if area in ("Etc", "US", "Canada") else city).replace("_", " ")


def in_calendar(found: Hours | Days, reader: Reader) -> str:
    """Say the same of what stands in a calendar."""
    if isinstance(found, Hours):
        return _hours(found.starts, found.ends, reader)
    return _days(found.first, found.last, reader)


def _hours(starts_at: datetime, ends_at: datetime, reader: Reader) -> str:
    """Say two instants as a stretch of time."""
    first, last = reader.local(starts_at).date(), reader.local(ends_at).date()
    if first == last:
        return reader.say(
            "{day}, {start} to {end}",
            day=reader.date(first),
            start=reader.time(starts_at),
            end=reader.time(ends_at),
        )
    return reader.say(
        "{day} {start} to {last} {end}",
        day=reader.date(first),
        start=reader.time(starts_at),
        last=reader.date(last),
        end=reader.time(ends_at),
    )


def _days(first: date, last: date, reader: Reader) -> str:
    if last <= first:
        return reader.say("{day}, all day", day=reader.date(first))
    return reader.say("{day} to {last}, all day", day=reader.date(first), last=reader.date(last))


def length(minutes: int, reader: Reader) -> str:
    """Say how long: "45 minutes", "1 hour", "1 hour 30 minutes", "2 days"."""
    days, rest = divmod(minutes, DAY)
    whole, odd = divmod(rest, 60)
    parts = [
        reader.count("{n} day", "{n} days", days) if days else "",
        reader.count("{n} hour", "{n} hours", whole) if whole else "",
        reader.count("{n} minute", "{n} minutes", odd) if odd else "",
    ]
    return " ".join(part for part in parts if part)


def reminder(minutes: int, reader: Reader) -> str:
    """Say how long before: "when it starts", "15 minutes before"."""
    if minutes == 0:
        return reader.say("When it starts")
    return reader.say("{length} before", length=length(minutes, reader))
