"""Walk an import: python -m tests.kill.importing < plan.json"""

from sqlalchemy import select

from bot.contacts.doorkeeping import hashed
from bot.contacts.import_jobs import create_handlers
from bot.contacts.importing import APPLY, CHECK, Importing
from bot.engine import Engine
from bot.starting import open_keyring
from store import contacts, imports
from store.imports import Import
from store.schema import contact_change, import_chunk
from tests.kill.copies import unwatched
from tests.kill.frame import Walk, run

STRETCH, PEOPLE = 2, 5  # people at once, new people in a file


class Reading(Walk):
    """Every copy looks at and imports a file of its own. Every line of it must count once."""

    kinds = frozenset({CHECK, APPLY})

    def build(self) -> None:
        """Take so few lines at once that the file has several stretches."""
        super().build()
        keyring = open_keyring(self.settings, self.database)
        self.importing = Importing(self.database, keyring, lambda _id: None, stretch=STRETCH)
        handlers = create_handlers(self.database, self.importing, lambda _member: None)
        self.engine = Engine(self.database, self.clock, handlers, lambda _place, _error: None)

    def prepare(self, number: int) -> None:
        """Send a file: somebody who is there already, new ones, and one line that comes again."""
        rows = [f"Kept,kept@x.example,Company {number}"]
        rows += [f"Person {number}.{n},p{number}.{n}@x.example," for n in range(PEOPLE)]
        content = "\n".join(["Name,Email,Company", *rows, rows[1], ""])
        self.importing.receive(self.member(), f"ticket {number}", [content.encode()])
        file, workspace = self._file(number), self.plan["workspace"]
        self.importing.check(file, workspace, self.importing.layout(file, workspace).columns, "replace")

    def act(self, number: int) -> None:
        """Look at the file, and import it when it was looked at."""
        for _ in range(2):
            with unwatched():
                file = self._file(number)
                if file.state == "checked":
                    self.importing.apply(file, self.plan["workspace"])
            self.carry(number)

    def finish(self, number: int, told: str) -> None:
        """Import the rest, and look what came of it."""
        self.act(number)
        with self.database.read() as tx:
            found = [
                contacts.by_address(tx, self.plan["workspace"], f"p{number}.{n}@x.example")
                for n in range(PEOPLE)
            ]
            changes = tx.all(select(contact_change.c.after).where(contact_change.c.field == "company"))
            left = tx.all(select(import_chunk.c.id))
            total = contacts.count(tx, self.plan["workspace"])
        file = self._file(number)
        standing = (
            file.state,
            [one.name for one in found if one],
            total,
            [row.after for row in changes].count(f"Company {number}"),
            len(left),
            (file.fresh, file.changed, file.refused),
        )
        names = [f"Person {number}.{n}" for n in range(PEOPLE)]
        wanted = ("done", names, 1 + PEOPLE * (number + 1), 1, 0, (PEOPLE, 1, 1))
        if standing != wanted:
            raise SystemExit(f"killed at {number}, it stands at {standing}")

    def _file(self, number: int) -> Import:
        with self.database.read() as tx:
            file = imports.by_ticket(tx, self.plan["workspace"], hashed(f"ticket {number}"))
        if file is None:
            raise SystemExit("the file is gone")
        return file


if __name__ == "__main__":
    run(Reading)
