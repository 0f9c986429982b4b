"""Slack's rate limits, on the sandbox's clock. Source: docs.slack.dev/apis/web-api/rate-limits."""

import math
import threading
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

from sandbox.slack.errors import SlackRefusalError

MINUTE = timedelta(minutes=1)
# Calls a minute, per method and workspace. 0: Slack calls it special and gives no number.
TIERS = {1: 1, 2: 20, 3: 50, 4: 100, 0: 300}
# chat.postMessage: about one a second in each channel, bursts allowed.
CHANNEL_BURST = 5


class RateLimitedError(SlackRefusalError):
    """Refuse with 429; `retry_after` is in whole seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("ratelimited")
        self.retry_after = retry_after


class Limits:
    """Count calls in windows that glide."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._seen: dict[tuple[str, ...], deque[datetime]] = {}

    def count(self, method: str, team_id: str, tier: int) -> None:
        """Count a call of a method. Raises RateLimitedError."""
        self._count((method, team_id), TIERS[tier], MINUTE)

    def count_post(self, team_id: str, channel_id: str) -> None:
        """Count a message into a channel. Raises RateLimitedError."""
        self._count(("post", team_id, channel_id), CHANNEL_BURST, timedelta(seconds=CHANNEL_BURST))

    def forget(self) -> None:
        """Begin all counts anew."""
        with self._lock:
            self._seen.clear()

    def _count(self, key: tuple[str, ...], most: int, window: timedelta) -> None:
        with self._lock:
            now = self._now()
            seen = self._seen.setdefault(key, deque())
            while seen and now - seen[0] >= window:
                seen.popleft()
            if len(seen) >= most:
                wait = (seen[0] + window - now).total_seconds()
                raise RateLimitedError(max(1, math.ceil(wait)))
            seen.append(now)
