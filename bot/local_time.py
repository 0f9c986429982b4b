"""From a date and a time on somebody's wall to an instant, also where clocks are put forward or back.

A wall clock that is put back shows an hour twice: the first one counts. One that is put forward leaves an
hour out: a time in it counts from the offset before, so it lies as much later as the clocks are put forward.
Source: PEP 495, with fold=0.
"""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from bot.words import zone_named


def instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Say which instant a wall shows. Never fails; `exists` says whether it ever shows it."""
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)


def exists(day: date, clock: time, zone: ZoneInfo) -> bool:
    """Say whether a wall in this zone ever shows this time."""
    shown = instant(day, clock, zone).astimezone(zone)
    return (shown.date(), shown.time()) == (day, clock)


def is_zone(name: str) -> bool:
    """Say whether this machine knows a zone by this name."""
    return zone_named(name).key == name
