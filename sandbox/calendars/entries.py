"""One entry of a calendar, as both vendors know it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Hours:
    """From one instant to another, with the zone that the entry was written in."""

    starts: datetime
    ends: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class Days:
    """Whole days; the last one is included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Entry:
    """One state of an entry. `version` grows with every change; a deleted one stays known by its id.

    `properties` are what apps hang on it for themselves; `more` is what only its vendor has a word for.
    """

    id: str
    title: str
    when: Hours | Days
    created: datetime
    changed: datetime
    version: int
    place: str = ""
    notes: str = ""
    busy: bool = True
    reminder: int | None = None  # minutes; None: the calendar's own usual
    guests: tuple[str, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, object] = field(default_factory=dict)
    deleted: bool = False

    def span(self, zone: str) -> tuple[datetime, datetime]:
        """Tell from when to when it lasts, for somebody in this zone."""
        if isinstance(self.when, Hours):
            return self.when.starts, self.when.ends
        here = ZoneInfo(zone)
        first, after = self.when.first, self.when.last + timedelta(days=1)
        return (
            datetime(first.year, first.month, first.day, tzinfo=here),
            datetime(after.year, after.month, after.day, tzinfo=here),
        )
