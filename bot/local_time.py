"""From a date and a time on somebody's wall to an instant, also where clocks are put forward or back.

A wall clock that is put back shows an hour twice: the first one counts. One that is put forward leaves an
hour out: a time in it counts from the offset before, so it lies as much later as the clocks are put forward.
Source: PEP 495, with fold=0.
"""

from datetime import UTC, date, datetime, time, timedelta
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


def told_at(day: date, hour: int, zone: ZoneInfo) -> datetime | None:
    """Say at which instant a wall shows this hour of a date, the first time where it does so twice.

    An hour that clocks leave out becomes the first instant after it, or the last one before where that is
    another date. None: the whole date is left out, as at the date line (Pacific/Apia, 30 December 2011).
    """
    wall = datetime.combine(day, time(hour))
    later, earlier = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if later.astimezone(zone).replace(tzinfo=None) == wall:
        return later
    at = _leap(earlier, later, zone)
    if at.astimezone(zone).date() == day:
        return at
    return earlier if earlier.astimezone(zone).date() == day else None


def _leap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Find the instant between two at which the clocks of a zone are put forward."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) / 2
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)
