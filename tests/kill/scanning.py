"""Walk a scan: python -m tests.kill.scanning < plan.json"""

import json

from sqlalchemy import delete, select

from bot.connections import Connections
from bot.discovery.kinds import SCAN, TELL_SCAN
from bot.discovery.scanning import ScanService
from bot.starting import open_keyring
from store import scans
from store.schema import candidate, mail_cursor, met, scan, work
from tests.kill.frame import Walk, run

LEFT = {  # what a scan leaves, but for ids, when it was noted, and strength, which fades while one walks
    "candidates": (
        candidate.c.address,
        candidate.c.name,
        candidate.c.state,
        candidate.c.reasons,
        candidate.c.conversations,
        candidate.c.received,
        candidate.c.sent,
        candidate.c.last_at,
    ),
    "met": (
        met.c.address,
        met.c.mails,
        met.c.human,
        met.c.sent,
        met.c.threads,
        met.c.marks,
        met.c.reasons,
        met.c.state,
    ),
    "scans": (scan.c.state, scan.c.looked_at, scan.c.found, scan.c.contacts, scan.c.left_out),
    "cursors": (mail_cursor.c.cursor,),
}


class Scanning(Walk):
    """Every copy scans anew. In the tables must be what an undisturbed scan leaves."""

    kinds = frozenset({SCAN})
    waits = (0, *(1,) * 60)
    pause = 60

    def build(self) -> None:
        """Make what begins a scan, too."""
        super().build()
        connections = Connections(self.database, {}, open_keyring(self.settings, self.database), self.clock)
        self.scanning = ScanService(self.database, connections, self.clock, lambda _: None)

    def begin(self) -> None:
        """Scan undisturbed, and tell what that leaves."""
        self.act(0)
        left = self._left()
        if not left["candidates"] or not left["cursors"]:
            raise SystemExit("the undisturbed scan found nobody")
        self.tell(json.dumps(left))

    def prepare(self, number: int) -> None:
        """Forget everything, so that the next scan is a first one."""
        with self.database.write() as tx:
            for table in (candidate, met, mail_cursor, scan):
                tx.execute(delete(table))
            tx.execute(delete(work).where(work.c.kind.in_((SCAN, TELL_SCAN))))

    def act(self, number: int) -> None:
        """Begin a scan and carry it."""
        self.scanning.start(self.member())
        self.carry(number)

    def ended(self, number: int) -> bool:
        """Say whether the scan is done."""
        with self.database.read() as tx:
            states = [row.state for row in tx.all(select(scan.c.state))]
        return not self.due() and states == [scans.DONE]

    def finish(self, number: int, told: str) -> None:
        """Ask again where nothing was begun, and compare."""
        with self.database.read() as tx:
            begun = tx.all(select(scan.c.id))
        if not begun:
            self.scanning.start(self.member())
        self.carry(number)
        left = self._left()
        for name, rows in json.loads(self.learned).items():
            if left[name] != rows:
                raise SystemExit(f"killed at {number}, {name} are {left[name]} and not {rows}")

    def _left(self) -> dict[str, list[list[str]]]:
        with self.database.read() as tx:
            return {
                name: sorted([str(value) for value in row] for row in tx.all(select(*columns)))
                for name, columns in LEFT.items()
            }


if __name__ == "__main__":
    run(Scanning)
