"""What Graph rations for one app in one mailbox: requests at a moment, requests in ten minutes.

Source: https://learn.microsoft.com/graph/throttling-limits (Outlook service limits); providers.md 3.4.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sandbox.microsoft.graph.errors import too_many_requests

WINDOW = timedelta(minutes=10)
Box = tuple[str, str]  # client id and account: what a limit is counted for


@dataclass(slots=True)
class Limits:
    """The dials. All may be turned while the sandbox runs."""

    at_once: int = 4
    requests: int = 10_000  # in ten minutes
    batch: int = 20
    page: int = 10
    most: int = 1_000  # $top
    found: int = 1_000  # what $search gives in all
    delta: int = 5_000  # messages that a filtered delta begins with
    replayed: int = 0  # messages that a page or round of delta tells again
    json_bytes: int = 4 * 1024 * 1024
    file_bytes: int = 3 * 1024 * 1024
    sent_lag: timedelta = timedelta(0)  # until a sent message stands in Sent Items
    search_lag: timedelta = timedelta(0)  # until $search knows a message


@dataclass(frozen=True, slots=True)
class Used:
    """What an app's requests to one mailbox have come to."""

    requests: int  # in the last ten minutes
    refused: int
    in_flight: int
    peak: int  # the most that ever ran at once


class Meter:
    """Count and refuse. Thread-safe."""

    def __init__(self, now: Callable[[], datetime], limits: Limits) -> None:
        self.limits = limits
        self._now = now
        self._lock = threading.Lock()
        self._spent: dict[Box, deque[datetime]] = {}
        self._in_flight: dict[Box, int] = {}
        self._peak: dict[Box, int] = {}
        self._refused: dict[Box, int] = {}

    def used(self, box: Box) -> Used:
        with self._lock:
            spent = self._recent(box)
            counts = (self._refused.get(box, 0), self._in_flight.get(box, 0), self._peak.get(box, 0))
            return Used(len(spent), *counts)

    def charge(self, box: Box) -> None:
        """Count one request. Raises GraphError (429)."""
        with self._lock:
            spent = self._recent(box)
            if len(spent) >= self.limits.requests:
                self._refused[box] = self._refused.get(box, 0) + 1
                wait = spent[0] + WINDOW - self._now() if spent else WINDOW
                raise too_many_requests(max(1, int(wait.total_seconds()) + 1))
            spent.append(self._now())

    def _recent(self, box: Box) -> deque[datetime]:
        spent = self._spent.setdefault(box, deque())
        since = self._now() - WINDOW
        while spent and spent[0] <= since:
            spent.popleft()
        return spent

    @contextmanager
    def in_flight(self, box: Box, wanted: int) -> Iterator[int]:
        """Reserve up to `wanted` of the places there are at one moment; tells how many there were."""
        with self._lock:
            held = self._in_flight.get(box, 0)
            got = max(0, min(wanted, self.limits.at_once - held))
            self._in_flight[box] = held + got
            self._peak[box] = max(self._peak.get(box, 0), held + got)
            if not got:
                self._refused[box] = self._refused.get(box, 0) + 1
        try:
            yield got
        finally:
            with self._lock:
                self._in_flight[box] -= got

    def forgive(self) -> None:
        """Begin all counts anew."""
        with self._lock:
            self._spent.clear()
            self._refused.clear()
            self._peak.clear()
