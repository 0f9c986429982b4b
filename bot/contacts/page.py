"""Gathers what the page Contacts of Home shows."""

from dataclasses import dataclass
from datetime import timedelta

from bot.contacts.endings import Endings
from bot.contacts.pairs import Ended
from store import contacts, imports
from store.contacts import Contact
from store.database import Database
from store.imports import Import
from store.members import Member

TOLD = timedelta(hours=1)  # for so long Home says that an import is done
ROWS, LATELY = 15, 3  # contacts at once; deleted and merged ones above them


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of the workspace's contacts, the newest first. `ended`: who can still come back.

    `file` is what the viewer imports or has imported a while ago; `may_move`: they may import and export.
    """

    rows: tuple[Contact, ...]
    start: int
    total: int
    ended: tuple[Ended, ...] = ()
    file: Import | None = None
    may_move: bool = False

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
            file = imports.latest(tx, member.workspace_id, member.id)
            told = file and (file.finished_at is None or file.finished_at > tx.now - TOLD)
        ended = self._endings.lately(member, LATELY)
        return Page(rows, start, total, ended, file if told else None, member.is_admin)

    def found(self, member: Member, words: str, limit: int) -> tuple[Contact, ...]:
        """Find contacts while somebody types; without words, the newest."""
        with self._database.read() as tx:
            return contacts.search(tx, member.workspace_id, words, limit)
