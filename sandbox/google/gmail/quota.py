"""What Gmail rations: units a minute, requests at the same moment, mail a day.

Source: https://developers.google.com/workspace/gmail/api/reference/quota (projects made since 1 May 2026).
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sandbox.google.gmail.errors import over_quota, sending_limit
from sandbox.mail.people import Person

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


@dataclass(slots=True)
class Limits:
    """The dials. All may be turned while the sandbox runs."""

    units_per_user_minute: int = 6_000
    units_per_project_minute: int = 1_200_000
    at_once: int = 25  # requests of one user in flight, those inside batches included
    batch: int = 100
    inline_text: int = 200_000  # bytes; larger text parts come behind an attachmentId
    json_bytes: int = 10 * 1024 * 1024
    upload_bytes: int = 36_700_160
    history_kept: timedelta = timedelta(days=7)  # "typically at least a week", no longer
    recipients_a_day: int = 2_000  # Workspace
    recipients_a_day_private: int = 500


@dataclass(frozen=True, slots=True)
class Used:
    """What one person's requests have cost."""

    units: int  # in the last minute
    total: int  # ever
    refused: int  # requests turned away by a quota or the concurrency wall
    in_flight: int


class Meter:
    """Count and refuse. Thread-safe."""

    def __init__(self, now: Callable[[], datetime], limits: Limits) -> None:
        self.limits = limits
        self._now = now
        self._lock = threading.Lock()
        self._spent: dict[str, deque[tuple[datetime, int]]] = {}
        self._project: deque[tuple[datetime, int]] = deque()
        self._total: dict[str, int] = {}
        self._refused: dict[str, int] = {}
        self._in_flight: dict[str, int] = {}
        self._mailed: dict[str, deque[tuple[datetime, int]]] = {}
        self._stopped: dict[str, datetime] = {}

    def used(self, person: Person) -> Used:
        with self._lock:
            key = person.subject
            units = _sum(self._spent.get(key, deque()), self._now() - MINUTE)
            return Used(
                units, self._total.get(key, 0), self._refused.get(key, 0), self._in_flight.get(key, 0)
            )

    def charge(self, person: Person, units: int) -> None:
        """Take units from the minute. Raises ApiError (403)."""
        with self._lock:
            now = self._now()
            spent = self._spent.setdefault(person.subject, deque())
            if _sum(spent, now - MINUTE) + units > self.limits.units_per_user_minute:
                self._refused[person.subject] = self._refused.get(person.subject, 0) + 1
                raise over_quota("Queries per minute per user")
            if _sum(self._project, now - MINUTE) + units > self.limits.units_per_project_minute:
                self._refused[person.subject] = self._refused.get(person.subject, 0) + 1
                raise over_quota("Queries per minute")
            spent.append((now, units))
            self._project.append((now, units))
            self._total[person.subject] = self._total.get(person.subject, 0) + units

    def charge_mail(self, person: Person, recipients: int) -> None:
        """Take recipients from the day. Raises ApiError (429)."""
        with self._lock:
            now = self._now()
            until = self._stopped.get(person.subject)
            if until and until > now:
                raise sending_limit(until)
            mailed = self._mailed.setdefault(person.subject, deque())
            private = not person.hosted_domain
            most = self.limits.recipients_a_day_private if private else self.limits.recipients_a_day
            if _sum(mailed, now - DAY) + recipients > most:
                raise sending_limit((mailed[0][0] if mailed else now) + DAY)
            mailed.append((now, recipients))

    def stop_sending(self, person: Person, until: datetime | None) -> None:
        """Let Google refuse all sending of a person until then; None lifts it."""
        with self._lock:
            if until is None:
                self._stopped.pop(person.subject, None)
            else:
                self._stopped[person.subject] = until

    @contextmanager
    def in_flight(self, person: Person, wanted: int) -> Iterator[int]:
        """Reserve up to `wanted` of the places a user has at one moment; tells how many there were."""
        with self._lock:
            held = self._in_flight.get(person.subject, 0)
            got = max(0, min(wanted, self.limits.at_once - held))
            self._in_flight[person.subject] = held + got
            if got < wanted:
                self._refused[person.subject] = self._refused.get(person.subject, 0) + wanted - got
        try:
            yield got
        finally:
            with self._lock:
                self._in_flight[person.subject] -= got

    def forgive(self) -> None:
        """Begin all counts anew."""
        with self._lock:
            for counts in (self._spent, self._total, self._refused, self._mailed, self._stopped):
                counts.clear()
            self._project.clear()


def _sum(spent: deque[tuple[datetime, int]], since: datetime) -> int:
    while spent and spent[0][0] <= since:
        spent.popleft()
    return sum(units for _, units in spent)
