"""A program that forks and kills itself while it imports: python -m tests.kill.importing < plan.json

Every copy looks at and imports a file of its own, until SIGKILL meets it at a chosen line. The next process
finishes it; then every line of the file must have counted once. Prints JSON.
"""

import json
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from bot import logs
from bot.contacts.doorkeeping import hashed
from bot.contacts.import_jobs import create_handlers
from bot.contacts.importing import Importing
from bot.engine import Engine
from store import contacts, imports, members
from store.database import Database
from store.schema import contact_change, import_chunk, work
from store.sealing import Keyring
from tests.kill.copies import Clock, Lines, child, wait

ROOT = Path(__file__).parents[2]
STRETCH, PEOPLE = 2, 5  # people at once, new people in a file


class Walk:
    """One plan: the database, whose file it is, where lines are counted."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.plan = plan
        self.clock = Clock(datetime.fromisoformat(plan["now"]).astimezone(UTC))
        self.files = tuple(str(ROOT / name) for name in plan["files"])

    def walk(self) -> int:
        """Kill at every `stride`-th line until one lives. Returns how many died."""
        number = 0
        while True:
            self._whole(partial(self._send, number))
            code = wait(child(partial(self._doomed, number)))
            if code not in (0, -signal.SIGKILL):
                raise SystemExit(f"the walker failed with {code}")
            self._whole(partial(self._finish, number))
            if code == 0:
                return number
            number += 1

    def _whole(self, act: Callable[[], None]) -> None:
        if code := wait(child(act)):
            raise SystemExit(f"a copy that nobody killed failed with {code}")

    # --- in the forked copies -----------------------------------------------------------------------------

    def _open(self) -> tuple[Database, Importing, Engine]:
        database = Database(self.plan["url"], self.clock)
        importing = Importing(database, Keyring.parse(self.plan["keys"]), lambda _id: None, stretch=STRETCH)
        handlers = create_handlers(database, importing, lambda _member: None)
        return database, importing, Engine(database, self.clock, handlers, lambda _place, _error: None)

    def _send(self, number: int) -> None:
        """Send a file: somebody who is there already, new ones, and one line that comes again."""
        database, importing, _ = self._open()
        rows = [f"Kept,kept@x.example,Company {number}"]
        rows += [f"Person {number}.{n},p{number}.{n}@x.example," for n in range(PEOPLE)]
        content = "\n".join(["Name,Email,Company", *rows, rows[1], ""])
        with database.read() as tx:
            member = members.get(tx, self.plan["workspace"], self.plan["member"])
        assert member is not None
        importing.receive(member, f"ticket {number}", [content.encode()])
        with database.read() as tx:
            file = imports.by_ticket(tx, self.plan["workspace"], hashed(f"ticket {number}"))
        assert file is not None
        columns = importing.layout(file, self.plan["workspace"]).columns
        importing.check(file, self.plan["workspace"], columns, "replace")

    def _doomed(self, number: int) -> None:
        lines = Lines(1 + number * self.plan["stride"], self.files, every=False)
        self._run(number, lines.watch)

    def _run(self, number: int, watch: Callable[[], None]) -> None:
        database, importing, engine = self._open()
        for _ in range(2):  # looking, then importing
            with database.read() as tx:
                file = imports.by_ticket(tx, self.plan["workspace"], hashed(f"ticket {number}"))
            assert file is not None
            if file.state == "checked":
                importing.apply(file, self.plan["workspace"])
            with database.read() as tx:
                due = tx.all(select(work.c.id).where(work.c.state.in_(("ready", "leased"))))
            for row in due:
                watch()
                engine.run_work(row.id)
                sys.settrace(None)

    def _finish(self, number: int) -> None:
        database, _, _ = self._open()
        with database.write() as tx:
            long_ago = datetime(2020, 1, 1, tzinfo=UTC)
            tx.execute(update(work).where(work.c.state == "leased").values(lease_until=long_ago))
        self._run(number, lambda: None)
        with database.read() as tx:
            file = imports.by_ticket(tx, self.plan["workspace"], hashed(f"ticket {number}"))
            found = [
                contacts.by_address(tx, self.plan["workspace"], f"p{number}.{n}@x.example")
                for n in range(PEOPLE)
            ]
            kept = contacts.by_address(tx, self.plan["workspace"], "kept@x.example")
            changes = tx.all(select(contact_change.c.after).where(contact_change.c.field == "company"))
            left = tx.all(select(import_chunk.c.id))
            total = contacts.count(tx, self.plan["workspace"])
        assert file is not None and kept is not None
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


if __name__ == "__main__":
    logs.configure("critical")
    deaths = Walk(json.load(sys.stdin)).walk()
    sys.stdout.write(json.dumps({"deaths": deaths}))
