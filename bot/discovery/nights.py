"""When a member's night is: when it is looked for new people, and when they are told. Pure.

One night is one local date. It is told at the member's hour of that date, where the hour exists; the scan
runs before that, in the small hours, spread over members so that no two thousand begin in one second.
Instants are worked out one night at a time from the zone of that moment, so clocks that are put forward or
back and members who move need nothing else.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from bot.local_time import told_at

NIGHT_ENDS = 5  # o'clock: scans that were told later than this begin before
SPREAD = timedelta(hours=4)  # over which the scans of one zone begin
BEFORE = timedelta(hours=1)  # at least this long before it is told
LATE = timedelta(hours=12)  # after this it is not told any more on its date
FURTHEST = 3700  # days looked ahead: a pause ends within ten years
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a member chose. `paused_until` is the first local date told again."""

    hour: int = 8
    working_days: bool = False
    paused_until: date | None = None


@dataclass(frozen=True, slots=True)
class Night:
    """One night: the local date that it is told on, and the two instants."""

    date: date
    scan_at: datetime
    tell_at: datetime


def next_night(
    member_id: str, wishes: Wishes, zone: ZoneInfo, now: datetime, after: date | None = None
) -> Night | None:
    """Say which night comes next. `after` is the last date that was told: no date is told twice.

    None: the pause ends beyond what is looked ahead.
    """
    today = now.astimezone(zone).date()
    day = max(today, after + timedelta(days=1)) if after else today
    for _ in range(FURTHEST):
        at = told_at(day, wishes.hour, zone) if is_wished(day, wishes) else None
        if at is not None and at > now:
            return Night(day, max(now, scan_at(member_id, day, at, zone)), at)
        day += timedelta(days=1)
    return None


def date_to_tell(planned: date, wishes: Wishes, zone: ZoneInfo, now: datetime) -> date | None:
    """Say which local date a night that has come is told for. None: none, so plan the next one.

    It is told on its own date, or where it was missed once on the day that it is caught up: however many were
    missed, the others have nothing of their own left to tell. None also where the member moved to where it is
    not yet that hour.
    """
    today = now.astimezone(zone).date()
    if today < planned or not is_wished(today, wishes):
        return None
    at = told_at(today, wishes.hour, zone)
    return today if at is not None and at <= now <= at + LATE else None


def is_wished(day: date, wishes: Wishes) -> bool:
    """Say whether a date is one to tell on."""
    if wishes.paused_until and day < wishes.paused_until:
        return False
    return not (wishes.working_days and day.weekday() >= SATURDAY)


def scan_at(member_id: str, day: date, tell_at: datetime, zone: ZoneInfo) -> datetime:
    """Say when the scan of a night begins: the same part of the night for a member, always."""
    ends = min(told_at(day, NIGHT_ENDS, zone) or tell_at, tell_at - BEFORE)
    share = int.from_bytes(sha256(member_id.encode()).digest()[:8]) / 2**64
    return ends - SPREAD * share
