"""A clock that stands still until a test turns it."""

import threading
from datetime import UTC, datetime, timedelta


class TurnedClock:
    """Call it for the time; `turn` moves it on."""

    def __init__(self, start: datetime = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)) -> None:
        self._now = start
        self._lock = threading.Lock()

    def __call__(self) -> datetime:
        with self._lock:
            return self._now

    def turn(self, by: timedelta) -> None:
        with self._lock:
            self._now += by
