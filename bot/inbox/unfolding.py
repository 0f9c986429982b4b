"""Which messages of a thread stand open in its window, and how: carried in buttons, so it is short text.

A message is named by its place in the thread, counted from the oldest: a new message does not shift it.
"57q,59+40" is: the one at 57 with its quoted text, the one at 59 from unit 40 of its text on.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

AT_ONCE = 3  # open messages: each gets a fair share of what a window may hold

_NOTHING = "-"  # "" is how a thread opens: with its newest message
_ENTRY = re.compile(r"(\d{1,5})(q?)(f?)(?:\+(\d{1,6}))?")


@dataclass(frozen=True, slots=True)
class Unfolded:
    """How one message stands open."""

    quoted: bool = False  # with quoted text and signature
    files: bool = False  # with all its files, not only the first few
    start: int = 0  # the unit of its text where the page shown begins


def read(text: str, newest: int) -> dict[int, Unfolded]:
    """Read what is open, the one opened last at the end. Text that is not ours opens the newest."""
    if text == _NOTHING:
        return {}
    entries = [_ENTRY.fullmatch(part) for part in text.split(",")]
    found = {int(m[1]): Unfolded(bool(m[2]), bool(m[3]), int(m[4] or 0)) for m in entries if m}
    return found or {newest: Unfolded()}


def write(open_: Mapping[int, Unfolded]) -> str:
    """Write what is open; beyond AT_ONCE, those opened first are folded again."""
    kept = list(open_.items())[-AT_ONCE:]
    return ",".join(_entry(place, how) for place, how in kept) or _NOTHING


def _entry(place: int, how: Unfolded) -> str:
    marks = ("q" if how.quoted else "") + ("f" if how.files else "")
    return f"{place}{marks}" + (f"+{how.start}" if how.start else "")


def with_open(open_: Mapping[int, Unfolded], place: int, how: Unfolded) -> dict[int, Unfolded]:
    """Open a message, or change how it stands open."""
    return {**open_, place: how}


def without(open_: Mapping[int, Unfolded], place: int) -> dict[int, Unfolded]:
    """Fold a message again."""
    return {at: how for at, how in open_.items() if at != place}
