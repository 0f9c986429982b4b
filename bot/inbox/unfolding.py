"""Which messages of a thread stand open in its window, and how: carried in buttons, so it is short text.

A message is named by a few letters made of its id: whatever else comes or goes, another is never meant.
".1f0c9a27d3q,.77e0b1c2a4+40" is: one with its quoted text, another from unit 40 of its text on.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b

AT_ONCE = 3  # open messages: each gets a fair share of what a window may hold

_NOTHING = "-"  # "" is how a thread opens: with its newest message
_ENTRY = re.compile(r"\.([0-9a-f]{10})(q?)(f?)(?:\+([0-9]{1,6}))?")


@dataclass(frozen=True, slots=True)
class Unfolded:
    """How one message stands open."""

    quoted: bool = False  # with quoted text and signature
    files: bool = False  # with all its files, not only the first few
    start: int = 0  # the unit of its text where the page shown begins


def name_of(message_id: str) -> str:
    """Name a message in its window."""
    return blake2b(message_id.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()


def read(text: str, newest: str) -> dict[str, Unfolded]:
    """Read what is open, the one opened last at the end. Text that is not ours opens the newest."""
    if text == _NOTHING:
        return {}
    entries = [_ENTRY.fullmatch(part) for part in text.split(",")]
    found = {m[1]: Unfolded(bool(m[2]), bool(m[3]), int(m[4] or 0)) for m in entries if m}
    return found or {newest: Unfolded()}


def write(open_: Mapping[str, Unfolded]) -> str:
    """Write what is open; beyond AT_ONCE, those opened first are folded again."""
    kept = list(open_.items())[-AT_ONCE:]
    return ",".join(_entry(name, how) for name, how in kept) or _NOTHING


def _entry(name: str, how: Unfolded) -> str:
    marks = ("q" if how.quoted else "") + ("f" if how.files else "")
    return f".{name}{marks}" + (f"+{how.start}" if how.start else "")


def with_open(open_: Mapping[str, Unfolded], name: str, how: Unfolded) -> dict[str, Unfolded]:
    """Open a message, or change how it stands open."""
    return {**open_, name: how}


def without(open_: Mapping[str, Unfolded], name: str) -> dict[str, Unfolded]:
    """Fold a message again."""
    return {at: how for at, how in open_.items() if at != name}
