"""Gathers what the page Contacts of Home shows."""

from dataclasses import dataclass

from bot.contacts.endings import Endings
from bot.contacts.pairs import Ended
from store import contacts
from store.contacts import Contact
from store.database import Database
from store.members import Member

ROWS, LATELY = 15, 3  # contacts at once; deleted and merged ones above them


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of the workspace's contacts, the newest first. `ended`: who can still come back."""

    rows: tuple[Contact, ...]
    start: int
    total: int
    ended: tuple[Ended, ...] = ()

    @property
    def more(self) -> bool:
        return self.start + len(self.rows) < self.total


class ContactsPage:
    """What happens on the page Contacts. Thread-safe."""

    def __init__(self, database: Database, endings: Endings) -> None:
        self._database, self._endings = database, endings

    def read(self, member: Member, place: str) -> Page:
        """Read the stretch that `place` names; the last one where there are fewer by now."""
        start = int(place) if place.isascii() and place.isdigit() and len(place) < 9 else 0
        with self._database.read() as tx:
            total = contacts.count(tx, member.workspace_id)
            start = min(start, max(0, total - 1)) // ROWS * ROWS
            rows = contacts.latest(tx, member.workspace_id, ROWS, start)
        return Page(rows, start, total, self._endings.lately(member, LATELY))

    def found(self, member: Member, words: str, limit: int) -> tuple[Contact, ...]:
        """Find contacts while somebody types; without words, the newest."""
        with self._database.read() as tx:
            return contacts.search(tx, member.workspace_id, words, limit)
