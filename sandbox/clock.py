"""The sandbox's clock: real time plus a dialled offset, or stopped, with timers that run on it.

Another process can go by it: `share` writes the offset into a file of eight bytes, `follow` reads it there.
"""

import heapq
import itertools
import os
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

_OFFSET = struct.Struct("<q")  # microseconds; read and written by one call each, so never in part


@dataclass(slots=True, order=True)
class Timer:
    """A call that waits for its moment."""

    when: datetime
    order: int
    run: Callable[[], None] = field(compare=False)
    cancelled: bool = field(default=False, compare=False)

    def cancel(self) -> None:
        """Make sure that the call is not made, unless it has begun."""
        self.cancelled = True


class _Kept:
    """Keep an exception: one broken timer must not silence the others; `Sandbox.settle` raises it."""

    def __init__(self, failures: list[Exception]) -> None:
        self._failures = failures

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        if isinstance(error, Exception):
            self._failures.append(error)
            return True
        return False


class Clock:
    """Tell the sandbox's time and call timers when it reaches them.

    Timers run one after another in one thread, which starts with the first of them. A timer that does
    something slow starts its own thread.
    """

    def __init__(self, start: datetime | None = None) -> None:
        self._condition = threading.Condition()
        self._offset = timedelta(0)
        self._frozen: datetime | None = None
        self._timers: list[Timer] = []
        self._order = itertools.count()
        self._running = 0
        self._thread: threading.Thread | None = None
        self._stopped = False
        self._shared: Path | None = None
        self.failures: list[Exception] = []
        if start is not None:
            self.set(start)

    def now(self) -> datetime:
        """Tell the time, aware, UTC."""
        with self._condition:
            return self._now()

    def _now(self) -> datetime:
        return self._frozen if self._frozen is not None else datetime.now(UTC) + self._offset

    def advance(self, by: timedelta) -> None:
        """Turn the hands forward (or back); timers that are passed become due."""
        self.set(self.now() + by)

    def set(self, to: datetime) -> None:
        """Turn the hands to a moment."""
        if to.tzinfo is None:
            raise ValueError("the clock needs an aware datetime")
        with self._condition:
            if self._frozen is not None:
                self._frozen = to.astimezone(UTC)
            else:
                self._offset = to - datetime.now(UTC)
            self._tell_others()
            self._condition.notify_all()

    def share(self, file: Path) -> None:
        """Write into a file, now and at every turn, how far these hands are from the real time."""
        with self._condition:
            self._shared = file
            file.touch(0o600)
            self._tell_others()

    def _tell_others(self) -> None:
        if self._shared is not None:
            with self._shared.open("r+b", buffering=0) as file:
                file.write(_OFFSET.pack(self._offset // timedelta(microseconds=1)))

    def freeze(self) -> None:
        """Stop the hands where they are; only `advance` and `set` move them. Not while it is shared."""
        with self._condition:
            if self._shared is not None:
                raise ValueError("others go by this clock, and theirs cannot be stopped")
            self._frozen = self._now()

    def run(self) -> None:
        """Let the hands go on from where they stand."""
        with self._condition:
            if self._frozen is not None:
                self._offset = self._frozen - datetime.now(UTC)
                self._frozen = None
            self._condition.notify_all()

    def call_at(self, when: datetime, run: Callable[[], None]) -> Timer:
        """Call `run` once the clock has reached `when`."""
        timer = Timer(when, next(self._order), run)
        with self._condition:
            heapq.heappush(self._timers, timer)
            if self._thread is None and not self._stopped:
                self._thread = threading.Thread(target=self._serve, name="sandbox-clock", daemon=True)
                self._thread.start()
            self._condition.notify_all()
        return timer

    def call_after(self, delay: timedelta, run: Callable[[], None]) -> Timer:
        """Call `run` once the clock has moved on by `delay`."""
        return self.call_at(self.now() + delay, run)

    @property
    def idle(self) -> bool:
        """Say whether no timer is due or running."""
        with self._condition:
            return self._idle()

    def _idle(self) -> bool:
        self._drop_cancelled()
        return not self._running and not (self._timers and self._timers[0].when <= self._now())

    def wait(self, timeout: float) -> bool:
        """Wait until no timer is due or running; return False when `timeout` real seconds were too few."""
        deadline = time.monotonic() + timeout
        with self._condition:
            while not self._idle():
                left = deadline - time.monotonic()
                if left <= 0:
                    return False
                self._condition.wait(left)
            return True

    def stop(self) -> None:
        """End the timer thread; timers that are left are not called."""
        with self._condition:
            self._stopped = True
            self._timers.clear()
            self._condition.notify_all()
            thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(timeout=5)

    def _drop_cancelled(self) -> None:
        while self._timers and self._timers[0].cancelled:
            heapq.heappop(self._timers)

    def _serve(self) -> None:
        while (timer := self._next_due()) is not None:
            with _Kept(self.failures):
                timer.run()
            with self._condition:
                self._running -= 1
                self._condition.notify_all()

    def _next_due(self) -> Timer | None:
        with self._condition:
            while not self._stopped:
                self._drop_cancelled()
                if self._timers and self._timers[0].when <= self._now():
                    self._running += 1
                    return heapq.heappop(self._timers)
                self._condition.wait(self._seconds_to_next())
            return None

    def _seconds_to_next(self) -> float | None:
        if not self._timers or self._frozen is not None:
            return None
        return max(0.0, (self._timers[0].when - self._now()).total_seconds())


def follow(file: Path) -> Callable[[], datetime]:
    """Tell the time of the clock that another process shares in `file`, at the cost of one small read."""
    held = os.open(file, os.O_RDONLY | os.O_CLOEXEC)

    def now() -> datetime:
        (offset,) = _OFFSET.unpack(os.pread(held, _OFFSET.size, 0))
        return datetime.now(UTC) + timedelta(microseconds=offset)

    return now
