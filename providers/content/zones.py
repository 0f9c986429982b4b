"""Time zones of an invitation: by name, else by the rules that it brings along (RFC 5545 3.6.5).

Outlook names zones in Windows' own words ("W. Europe Standard Time") and always sends their rules.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_DAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_BYDAY = re.compile(r"BYDAY=([+-]?\d)?(MO|TU|WE|TH|FR|SA|SU)")
_BYMONTH = re.compile(r"BYMONTH=(\d{1,2})")
_OFFSET = re.compile(r"^([+-])(\d{2})(\d{2})")
_MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)", re.ASCII)


MAX_NAME = 100  # characters of a zone's name
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # local times of a zone carry no zone


@dataclass(slots=True)
class _Change:
    """One half of a zone: from when in the year which offset holds."""

    offset: timedelta = timedelta(0)
    begins: datetime = _EPOCH
    rule: str = ""

    def in_year(self, year: int) -> datetime:
        """Return the local moment at which this half begins in a year."""
        month, day = _BYMONTH.search(self.rule), _BYDAY.search(self.rule)
        if not month or not day or not 1 <= int(month.group(1)) <= 12:
            return self.begins
        number, weekday = int(day.group(1) or 1), _DAYS[day.group(2)]
        first = self.begins.replace(year=year, month=int(month.group(1)), day=1)
        if number < 0:
            after = (first + timedelta(days=32)).replace(day=1)
            last = after - timedelta(days=1)
            return last - timedelta(days=(last.weekday() - weekday) % 7, weeks=-number - 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7, weeks=max(0, number - 1))


def local_moment(value: str) -> datetime | None:
    """Read "20260302T100000" as a moment without a zone; None if it is none. What follows is left."""
    found = _MOMENT.match(value)
    if found is None:
        return None
    year, month, day, hour, minute, second = map(int, found.groups())
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC).replace(tzinfo=None)
    except ValueError:
        return None


class Zones:
    """Collects the zones of a calendar part and answers what instant a local time in one of them is."""

    def __init__(self) -> None:
        self._known: dict[str, list[_Change]] = {}
        self._name = ""
        self._changes: list[_Change] = []

    def begin(self, component: str) -> None:
        """Note that a component begins."""
        if component == "VTIMEZONE":
            self._name, self._changes = "", []
        elif component in ("STANDARD", "DAYLIGHT"):
            self._changes.append(_Change())

    def end(self, component: str) -> None:
        """Note that a component ends."""
        if component == "VTIMEZONE" and self._name and self._changes:
            self._known[self._name] = self._changes[:50]

    def take(self, name: str, value: str) -> None:
        """Take a property of a zone."""
        if name == "TZID":
            self._name = value.strip('" ')
        elif self._changes and name == "TZOFFSETTO":
            found = _OFFSET.match(value.strip())
            if found:
                offset = timedelta(hours=int(found.group(2)) % 24, minutes=int(found.group(3)) % 60)
                self._changes[-1].offset = offset if found.group(1) == "+" else -offset
        elif self._changes and name == "DTSTART":
            self._changes[-1].begins = local_moment(value.strip()) or self._changes[-1].begins
        elif self._changes and name == "RRULE":
            self._changes[-1].rule = value.upper()[:300]

    def instant(self, local: datetime, name: str) -> datetime:
        """Return the instant of a local time; as it is (naive) when nothing tells the zone."""
        zone = _zone(name) if 0 < len(name) <= MAX_NAME else None
        if zone is not None:
            with suppress(OverflowError):
                return local.replace(tzinfo=zone).astimezone(UTC)
        changes = self._known.get(name)
        if not changes:
            return local
        try:
            current = max(
                ((change.in_year(year), change.offset) for change in changes for year in _years(local)),
                key=lambda found: (found[0] <= local, found[0] if found[0] <= local else _EPOCH),
            )
            return local.replace(tzinfo=timezone(current[1])).astimezone(UTC)
        except (ValueError, OverflowError):
            return local


@lru_cache(1024)
def _zone(name: str) -> ZoneInfo | None:
    """Find a zone by name; that there is none costs a look at the disk, and Outlook's names are none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _years(local: datetime) -> tuple[int, int]:
    return local.year, max(1, local.year - 1)
