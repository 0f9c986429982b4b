"""What was read in the last minutes, in this process's memory and nowhere else.

Bounded in bytes, gone after five minutes, never on disk. A thread too large for its share is not kept:
opening it asks the provider again.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from providers.mail import Thread

LIFE = 300.0  # seconds
THREAD_BYTES = 1024 * 1024

_PER_MESSAGE = 1500  # addresses, ids, dates and objects of a message, measured generously


@dataclass(frozen=True, slots=True)
class Kept:
    """A thread as it was at a moment. `whole`: asked for by itself, so nothing of it was left out."""

    thread: Thread
    as_of: datetime
    whole: bool = False

    @property
    def readable(self) -> bool:
        """Say whether it can be opened as it is: a list leaves the bodies of very large threads out."""
        messages = self.thread.messages
        return self.whole or not any(m.html is None and m.text is None and not m.parts for m in messages)


def weigh(thread: Thread) -> int:
    """Estimate a thread's bytes in memory; Python keeps text in one to four bytes a character, here two."""
    texts = sum(len(t) for m in thread.messages for t in (m.html, m.text, m.unique_html) if t)
    packed = thread.packed.bytes if thread.packed else 0
    return packed + 2 * texts + _PER_MESSAGE * (1 + len(thread.messages))


class ThreadCache:
    """Threads by account and id, the least recently used going first. Thread-safe."""

    def __init__(self, most_bytes: int, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._most, self._monotonic = most_bytes, monotonic
        self._kept: OrderedDict[tuple[str, str], tuple[float, int, Kept]] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def keep(
        self, account_id: str, threads: Iterable[Thread], as_of: datetime, *, whole: bool = False
    ) -> None:
        """Remember threads just read; what was known of them is replaced."""
        with self._lock:
            for thread in threads:
                self._drop((account_id, thread.id))
                size = weigh(thread)
                if size <= min(THREAD_BYTES, self._most):
                    kept = Kept(thread, as_of, whole)
                    self._kept[account_id, thread.id] = (self._monotonic() + LIFE, size, kept)
                    self._bytes += size
            while self._bytes > self._most:
                self._drop(next(iter(self._kept)))

    def get(self, account_id: str, thread_id: str) -> Kept | None:
        """Find a thread that was read less than five minutes ago, its bodies unpacked."""
        kept = self.packed(account_id, thread_id)
        return kept and replace(kept, thread=kept.thread.unpacked())

    def packed(self, account_id: str, thread_id: str) -> Kept | None:
        """Find it with its bodies as they came."""
        key = (account_id, thread_id)
        with self._lock:
            entry = self._kept.get(key)
            if entry is None:
                return None
            if entry[0] < self._monotonic():
                self._drop(key)
                return None
            self._kept.move_to_end(key)
            return entry[2]

    def of_account(self, account_id: str) -> list[Thread]:
        """List what was read of an account less than five minutes ago; nothing counts as used by it."""
        now = self._monotonic()
        with self._lock:
            kept = [entry for (account, _), entry in self._kept.items() if account == account_id]
        return [entry[2].thread for entry in kept if entry[0] >= now]

    def forget(self, account_id: str, thread_id: str = "") -> None:
        """Forget one thread, or everything of an account."""
        with self._lock:
            for key in [k for k in self._kept if k[0] == account_id and thread_id in ("", k[1])]:
                self._drop(key)

    def _drop(self, key: tuple[str, str]) -> None:
        entry = self._kept.pop(key, None)
        if entry:
            self._bytes -= entry[1]

    @property
    def size(self) -> int:
        """Bytes kept at this moment."""
        return self._bytes
