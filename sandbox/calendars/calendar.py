"""A calendar and the entries in it. Deleted ones keep their ids, as at both vendors."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from sandbox.calendars.entries import Entry

Role = Literal["owner", "writer", "reader"]


class GoneError(LookupError):
    """There is no such entry, or none any more."""


@dataclass(slots=True, eq=False)
class Calendar:
    """One calendar of one person. `role`: what they may do with it; `holder`: whose it is. Thread-safe."""

    id: str
    name: str
    holder: str  # an address
    role: Role
    zone: str
    now: Callable[[], datetime]
    is_primary: bool = False
    lock: threading.RLock = field(default_factory=threading.RLock, repr=False)
    _entries: dict[str, Entry] = field(default_factory=dict, repr=False)
    _version: int = 0

    def entry(self, entry_id: str) -> Entry | None:
        """Find an entry, also a deleted one."""
        return self._entries.get(entry_id)

    def entries(self) -> tuple[Entry, ...]:
        """List what stands in it, in the order of time."""
        with self.lock:
            standing = [one for one in self._entries.values() if not one.deleted]
        return tuple(sorted(standing, key=lambda one: (one.span(self.zone), one.id)))

    def known(self) -> tuple[Entry, ...]:
        """List every entry there ever was, deleted ones too."""
        with self.lock:
            return tuple(self._entries.values())

    def write(self, entry_id: str, **values: Any) -> Entry:
        """Make an entry. Raises ValueError when the id is taken, also by one that was deleted."""
        with self.lock:
            if entry_id in self._entries:
                raise ValueError("this id is taken")
            at = self.now()
            return self._keep(Entry(id=entry_id, created=at, changed=at, version=self._next(), **values))

    def change(self, entry_id: str, **values: Any) -> Entry:
        """Change an entry, or let a deleted one stand again (deleted=False). Raises GoneError."""
        with self.lock:
            held = self._entries.get(entry_id)
            if held is None or (held.deleted and values.get("deleted") is not False):
                raise GoneError(entry_id)
            return self._keep(replace(held, changed=self.now(), version=self._next(), **values))

    def delete(self, entry_id: str) -> Entry:
        """Delete an entry; its id stays known. Raises GoneError."""
        with self.lock:
            held = self._entries.get(entry_id)
            if held is None or held.deleted:
                raise GoneError(entry_id)
            return self._keep(replace(held, changed=self.now(), version=self._next(), deleted=True))

    def forget(self, entry_id: str) -> None:
        """Let a deleted entry be unknown, as some weeks later."""
        with self.lock:
            self._entries.pop(entry_id, None)

    def _keep(self, entry: Entry) -> Entry:
        self._entries[entry.id] = entry
        return entry

    def _next(self) -> int:
        self._version += 1
        return self._version
