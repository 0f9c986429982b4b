"""Know which tabs of a browser show a member's page at present."""

import threading
import time

# A tab asks for news all the time; one that was silent for so long is closed. Units: seconds.
SILENCE = 25.0


class Tabs:
    """Remember when each tab was last heard of, by member."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._heard: dict[str, dict[str, float]] = {}

    def heard(self, member: str, tab: str) -> None:
        """Note that a tab is there."""
        with self._lock:
            self._heard.setdefault(member, {})[tab] = time.monotonic()

    def others(self, member: str, tab: str) -> bool:
        """Say whether the member has another tab open."""
        with self._lock:
            since = time.monotonic() - SILENCE
            return any(at > since for other, at in self._heard.get(member, {}).items() if other != tab)
