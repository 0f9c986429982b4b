"""Copies of a process that are killed at a chosen line, and how many lines are left out between two."""

import gc
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

EVERY = os.environ.get("MAILROOM_PROOF") == "every"


def stride(usual: int) -> int:
    """From how many executed lines one is fatal: of every single one in `make proof`."""
    return int(os.environ.get("MAILROOM_KILL_STRIDE") or (1 if EVERY else usual))


class Lines:
    """Counts the lines that a process executes of our own code, and kills it at one of them.

    With `every` each execution counts, else each line once: a loop over the words of a mail is one place.
    """

    def __init__(self, fatal: int, files: tuple[str, ...], *, every: bool) -> None:
        self._left, self._files, self._every = fatal, files, every
        self._seen: set[tuple[int, int]] = set()
        self._ours: dict[str, bool] = {}

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Count in here."""
        sys.settrace(self._call)
        yield
        sys.settrace(None)

    def _call(self, frame: FrameType, _event: str, _arg: Any) -> Any:
        name = frame.f_code.co_filename
        if name not in self._ours:
            self._ours[name] = name.startswith(self._files)
        return self._line if self._ours[name] else None

    def _line(self, frame: FrameType, event: str, _arg: Any) -> Any:
        if event == "line":
            place = (id(frame.f_code), frame.f_lineno)
            if self._every or place not in self._seen:
                self._seen.add(place)
                self._left -= 1
                if self._left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
        return self._line


@contextmanager
def unwatched() -> Iterator[None]:
    """Count nothing in here: the walk itself looks how far it came."""
    watching = sys.gettrace()
    sys.settrace(None)
    yield
    sys.settrace(watching)


def child(act: Callable[[], None]) -> int:
    """Fork, run `act` in the copy, give its pid."""
    gc.freeze()  # or the copy's collector would touch, and so copy, everything that was made before
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        act()
        code = 0
    finally:
        if code:
            traceback.print_exc()
        sys.stderr.flush()
        os._exit(code)


def wait(pid: int) -> int:
    """Wait for a copy; its exit code, or minus the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
