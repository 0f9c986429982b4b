"""Bounded threads that end with the process, whatever hangs in them."""

import queue
import threading
import time
from collections.abc import Callable
from types import TracebackType

Task = Callable[[], None]


class Caught:
    """Keep the exception of a block instead of raising it: a thread has nobody above it to raise to."""

    def __init__(self) -> None:
        self.error: Exception | None = None

    def __enter__(self) -> "Caught":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if isinstance(error, Exception):
            self.error = error
            return True
        return False


class Load:
    """Counts tasks that are queued or running, over several pools, and lets one wait for none."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._open = 0
        self.begun = 0  # how many tasks there were ever

    def begin(self) -> None:
        with self._changed:
            self._open += 1
            self.begun += 1

    def end(self) -> None:
        with self._changed:
            self._open -= 1
            self._changed.notify_all()

    def wait_until_idle(self, timeout: float) -> bool:
        """Wait until nothing is queued or running. False: something still is."""
        with self._changed:
            return self._changed.wait_for(lambda: self._open == 0, timeout)


class Pool:
    """Threads with a queue that can be full. Daemon threads: a hanging connection holds no process back."""

    def __init__(self, name: str, threads: int, queue_size: int, load: Load) -> None:
        self._queue: queue.Queue[Task | None] = queue.Queue(queue_size)
        self._load = load
        self._threads = [
            threading.Thread(target=self._work, name=f"{name}-{number}", daemon=True)
            for number in range(1, threads + 1)
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    @property
    def room(self) -> int:
        """How many tasks the queue would take now."""
        return self._queue.maxsize - self._queue.qsize()

    def submit(self, task: Task) -> bool:
        """Queue a task that never raises. False: the queue is full."""
        self._load.begin()
        try:
            self._queue.put_nowait(task)
        except queue.Full:
            self._load.end()
            return False
        return True

    def close(self, timeout: float) -> None:
        """End the threads, each after what it is doing; wait at most `timeout` for all of them."""
        end = time.monotonic() + timeout
        for _ in self._threads:
            try:
                self._queue.put_nowait(None)
            except queue.Full:
                break  # all of them hang: they end with the process
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))

    def _work(self) -> None:
        while (task := self._queue.get()) is not None:
            try:
                task()
            finally:
                self._load.end()
