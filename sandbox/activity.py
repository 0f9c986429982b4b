"""Know when nothing is going on, so that a test waits for an end and never for a while."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Activity:
    """Count what is in flight; `wait` returns when the count is nought."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._running = 0

    @contextmanager
    def doing(self) -> Iterator[None]:
        """Count one piece of work from entry to exit."""
        self.begin()
        try:
            yield
        finally:
            self.end()

    def begin(self) -> None:
        """Count a piece of work that another thread will `end`."""
        with self._condition:
            self._running += 1

    def end(self) -> None:
        """Take one piece of work off the count."""
        with self._condition:
            self._running -= 1
            self._condition.notify_all()

    @property
    def idle(self) -> bool:
        """Say whether nothing is in flight now."""
        with self._condition:
            return self._running == 0

    def wait(self, timeout: float) -> bool:
        """Wait until nothing is in flight; return False when `timeout` seconds were not enough."""
        deadline = time.monotonic() + timeout
        with self._condition:
            while self._running:
                left = deadline - time.monotonic()
                if left <= 0 or not self._condition.wait(left):
                    return self._running == 0
            return True
