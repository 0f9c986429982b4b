"""How far a scan of Gmail is: ids only, so that a cursor names nobody."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from providers.cursors import read_cursor, write_cursor
from providers.errors import CursorExpired

Entry = tuple[str, str]  # ids of a message and of its thread

_VERSION = 1


@dataclass(frozen=True, slots=True)
class Place:
    """Where a scan stands. `history` is what the next night begins with.

    `answered` are mails in conversations in which the member wrote, `sent` are the member's own, `others` the
    rest: all of them still to be looked at, in this order. `more`: history goes on behind `history`.
    """

    history: str
    answered: tuple[Entry, ...] = ()
    sent: tuple[Entry, ...] = ()
    others: tuple[Entry, ...] = ()
    total: int | None = None
    more: bool = False

    @property
    def arrived(self) -> tuple[Entry, ...]:
        """What others wrote and is still to be looked at."""
        return (*self.answered, *self.others)

    @property
    def waiting(self) -> tuple[Entry, ...]:
        """Everything still to be looked at."""
        return (*self.answered, *self.sent, *self.others)

    def without(self, ids: Iterable[str]) -> "Place":
        """Strike out what was accounted for."""
        gone = frozenset(ids)
        kept = [
            tuple(one for one in group if one[0] not in gone)
            for group in (self.answered, self.sent, self.others)
        ]
        return replace(self, answered=kept[0], sent=kept[1], others=kept[2])

    def written(self) -> str:
        """Write the cursor."""
        return write_cursor(
            [_VERSION, self.history, self.answered, self.sent, self.others, self.total, self.more]
        )


def read_place(cursor: str) -> Place:
    """Read a cursor. Raises CursorExpired for what is none of ours."""
    try:
        version, history, answered, sent, others, total, more = read_cursor(cursor)
        if version == _VERSION and isinstance(history, str) and history.isdecimal():
            known = total if isinstance(total, int) else None
            return Place(history, _entries(answered), _entries(sent), _entries(others), known, more is True)
    except (ValueError, TypeError):
        pass
    raise CursorExpired("cursor")


def _entries(found: Any) -> tuple[Entry, ...]:
    return tuple((str(one), str(thread)) for one, thread in found)
