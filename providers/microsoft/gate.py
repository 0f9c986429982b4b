"""Four at a time: Outlook refuses a fifth concurrent request of one app to one mailbox.

The requests inside a batch count. This gate holds within a process; what other processes do at the same time
comes back as 429 and is waited for.
Source: https://learn.microsoft.com/graph/throttling-limits#outlook-service-limits
"""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from weakref import WeakValueDictionary

from providers.errors import Unavailable

AT_ONCE = 4
_PATIENCE = 60.0  # seconds in the queue


class Gate:
    """The places of one mailbox, given in the order of asking: a batch of four is not passed by for ever."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._free = AT_ONCE
        self._queue: deque[object] = deque()

    @contextmanager
    def enter(self, places: int) -> Iterator[None]:
        """Hold that many places, at most all. Raises Unavailable when none came free in a minute."""
        places = max(1, min(places, AT_ONCE))
        self._take(places)
        try:
            yield
        finally:
            with self._condition:
                self._free += places
                self._condition.notify_all()

    def _take(self, places: int) -> None:
        turn = object()
        with self._condition:
            self._queue.append(turn)
            mine = self._condition.wait_for(
                lambda: self._queue[0] is turn and self._free >= places, timeout=_PATIENCE
            )
            self._queue.remove(turn)
            if mine:
                self._free -= places
            self._condition.notify_all()
        if not mine:
            raise Unavailable("mailbox_busy")


class Gates:
    """One gate for each mailbox that is in use. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._gates: WeakValueDictionary[str, Gate] = WeakValueDictionary()

    def of(self, mailbox: str) -> Gate:
        """Give the gate of a mailbox; it lives as long as somebody holds it."""
        with self._lock:
            gate = self._gates.get(mailbox)
            if gate is None:
                gate = self._gates[mailbox] = Gate()
            return gate
