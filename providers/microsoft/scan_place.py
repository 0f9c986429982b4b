"""How far a scan of Outlook is: Graph's own links and short hashes of ids, so that a cursor names nobody."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from providers.cursors import read_cursor, write_cursor
from providers.errors import CursorExpired

FOLDERS = ("sentitems", "inbox")  # in this order: what was sent says which arrivals come first

_VERSION = 1
_MOST = 10_000  # hashes in one round
_KEPT = 400  # of them for the next one


@dataclass(frozen=True, slots=True)
class Round:
    """How far the changes of a folder were read. `link`: where to go on, with the next round if not open."""

    link: str
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """Where a scan stands. Hashes: `talks` of conversations the member wrote in, `seen` of mails met."""

    rounds: tuple[Round, ...]  # in the order of FOLDERS
    talks: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    total: int | None = None

    @property
    def is_done(self) -> bool:
        """Say whether every folder was read to its end."""
        return not any(one.is_open for one in self.rounds)

    def reopened(self) -> "Place":
        """Begin the next round of both folders."""
        return replace(self, rounds=tuple(replace(one, is_open=True) for one in self.rounds))

    def at(self, number: int, link: str, is_open: bool) -> "Place":
        """Go on in one folder."""
        rounds = list(self.rounds)
        rounds[number] = Round(link, is_open)
        return replace(self, rounds=tuple(rounds))

    def having(self, talks: Iterable[str], seen: Iterable[str]) -> "Place":
        """Remember more hashes."""
        return replace(
            self,
            talks=tuple(dict.fromkeys((*self.talks, *talks)))[-_MOST:],
            seen=tuple(dict.fromkeys((*self.seen, *seen)))[-_MOST:],
        )

    def written(self) -> str:
        """Write the cursor; at the end of a scan only what the next one needs."""
        rounds = [(one.link, one.is_open) for one in self.rounds]
        most = _KEPT if self.is_done else _MOST
        seen, talks = self.seen[-most:], self.talks[-most:]
        total = None if self.is_done else self.total
        return write_cursor([_VERSION, rounds, "".join(talks), "".join(seen), total])


def read_place(cursor: str) -> Place:
    """Read a cursor. Raises CursorExpired for what is none of ours."""
    try:
        version, rounds, talks, seen, total = read_cursor(cursor)
        read = tuple(Round(str(link), is_open is True) for link, is_open in rounds)
        if version == _VERSION and len(read) == len(FOLDERS) and all(one.link[:1] == "/" for one in read):
            return Place(read, _cut(talks), _cut(seen), total if isinstance(total, int) else None)
    except (ValueError, TypeError):
        pass
    raise CursorExpired("cursor")


_SIGN = 10  # letters of a hash: a million mails share none


def sign_of(key: str) -> str:
    """Hash an id."""
    return hashlib.sha256(key.encode()).hexdigest()[:_SIGN]


def _cut(joined: str) -> tuple[str, ...]:
    return tuple(joined[at : at + _SIGN] for at in range(0, len(joined), _SIGN))
