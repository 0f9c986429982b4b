"""A program that forks Mailroom and kills it while it scans: python -m tests.kill.scanning < plan.json

Each copy begins a scan and carries the work until SIGKILL meets it at a chosen line. The next copy finishes
what the dead one left, as the next process would, and what lies in the tables then must be what an
undisturbed scan leaves. Prints JSON.
"""

import json
import signal
import sys
import urllib.request
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select, update

import app
from bot import logs
from bot.connections import Connections
from bot.discovery.kinds import SCAN, TELL_SCAN
from bot.discovery.scanning import ScanService
from bot.settings import load
from bot.starting import open_keyring
from store import across, members, scans
from store.schema import candidate, mail_cursor, met, scan, work
from tests.kill.copies import Clock, Lines, child, wait

Json = dict[str, Any]

ROOT = Path(__file__).parents[2]
TURNS = 60  # times that the ledger is looked through
LEFT = {  # what a scan leaves, but for ids and times
    "candidates": (
        candidate.c.address,
        candidate.c.name,
        candidate.c.state,
        candidate.c.reasons,
        candidate.c.conversations,
        candidate.c.received,
        candidate.c.sent,
        candidate.c.strength,
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


class Walk:
    """One plan: whose scan, where lines are counted."""

    def __init__(self, plan: Json) -> None:
        self.plan = plan
        self.clock = Clock(datetime.fromisoformat(plan["now"]).astimezone(UTC))
        settings = load(plan["values"], env_file=None)
        self.mailroom = app.build(settings, self.clock)
        database = self.mailroom.database
        self.connections = Connections(database, {}, open_keyring(settings, database), self.clock)
        self.mailroom.database.close()  # what was opened here must not be shared by the forked copies
        self.files = tuple(str(ROOT / name) for name in plan["files"])

    def walk(self) -> int:
        """Kill at every `stride`-th line until one lives. Returns how many died."""
        self._in_copy(self._finish)
        kept = self._in_copy(partial(self._keep, Path(self.plan["folder"]) / "wanted.json"))
        number = 0
        while kept == 0:
            self._in_copy(self._clear)
            code = wait(child(partial(self._doomed, number)))
            if code not in (0, -signal.SIGKILL):
                raise SystemExit(f"the walker failed with {code}")
            self._in_copy(self._finish)
            self._in_copy(partial(self._compare, number))
            if code == 0:
                return number
            number += 1
        raise SystemExit("nothing to compare with")

    def _in_copy(self, act: Any) -> int:
        if code := wait(child(act)):
            raise SystemExit(f"a copy failed with {code}")
        return 0

    # --- in the forked copies -----------------------------------------------------------------------------

    def _doomed(self, number: int) -> None:
        """Begin a scan and carry it, until the fatal line."""
        lines = Lines(1 + number * self.plan["stride"], self.files, every=self.plan["every"])
        lines.watch()
        self._begin()
        self._carry()
        sys.settrace(None)

    def _finish(self) -> None:
        """Be the next process: leases have ended, the person asks again where nothing was begun."""
        with self.mailroom.database.write() as tx:
            long_ago = datetime(2020, 1, 1, tzinfo=UTC)
            tx.execute(update(work).where(work.c.state == "leased").values(lease_until=long_ago))
            begun = tx.all(select(scan.c.id))
        if not begun:
            self._begin()
        self._carry()

    def _begin(self) -> None:
        scanning = ScanService(self.mailroom.database, self.connections, self.clock, lambda _: None)
        scanning.start(self._member())

    def _member(self) -> members.Member:
        with self.mailroom.database.read() as tx:
            found = members.by_slack_user(tx, self.plan["workspace"], self.plan["user"])
        assert found is not None
        return found

    def _carry(self) -> None:
        for _ in range(TURNS):
            with self.mailroom.database.read() as tx:
                due = [row.id for row in across.due(tx, frozenset({SCAN}), 100)]
                ended = [row.state for row in tx.all(select(scan.c.state))]
            if not due and ended == [scans.DONE]:
                return
            for work_id in due:
                self.mailroom.engine.run_work(work_id)
            self.clock.turn(1)
            self._pass_time()
        raise SystemExit(f"it ended as {ended}")

    def _pass_time(self) -> None:
        """Let the sandbox's clock go on too: Slack counts what it is asked in a minute."""
        kind = {"Content-Type": "application/json"}
        place = f"{self.plan['sandbox']}/_sandbox/clock"
        request = urllib.request.Request(place, b'{"advance": 10}', kind, method="POST")
        with urllib.request.urlopen(request, timeout=10) as answer:
            answer.read()

    def _clear(self) -> None:
        """Forget everything, so that the next scan is a first one."""
        with self.mailroom.database.write() as tx:
            for table in (candidate, met, mail_cursor, scan):
                tx.execute(delete(table))
            tx.execute(delete(work).where(work.c.kind.in_((SCAN, TELL_SCAN))))

    def _left(self) -> Json:
        with self.mailroom.database.read() as tx:
            return {
                name: sorted([list(row) for row in tx.all(select(*columns))], key=str)
                for name, columns in LEFT.items()
            }

    def _keep(self, place: Path) -> None:
        left = self._left()
        if not left["candidates"] or not left["cursors"]:
            raise SystemExit("the undisturbed scan found nobody")
        place.write_text(json.dumps(left), encoding="utf-8")

    def _compare(self, number: int) -> None:
        wanted = json.loads((Path(self.plan["folder"]) / "wanted.json").read_text(encoding="utf-8"))
        left = self._left()
        for name, rows in wanted.items():
            if left[name] != rows:
                raise SystemExit(f"killed at {number}, {name} are {left[name]} and not {rows}")


if __name__ == "__main__":
    logs.configure("critical")
    deaths = Walk(json.load(sys.stdin)).walk()
    sys.stdout.write(json.dumps({"deaths": deaths}))
