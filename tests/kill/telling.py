"""A program that forks Mailroom and kills it while it tells: python -m tests.kill.telling < plan.json

Every night has one person who was not named before. A copy carries the work of the morning until SIGKILL
meets it at a chosen line; the next copy finishes what the dead one left, as the next process would. Prints
JSON.
"""

import json
import signal
import sys
import urllib.request
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

import app
from bot import logs
from bot.discovery.kinds import SCAN
from bot.discovery.nightly import DIGEST, NIGHT
from bot.settings import load
from store import across, candidates
from store.candidates import Found
from store.schema import nightly, work
from tests.kill.copies import Clock, Lines, child, wait

Json = dict[str, Any]

ROOT = Path(__file__).parents[2]
KINDS = frozenset({NIGHT, DIGEST, SCAN})
LOOKS = 8  # at the ledger, a minute apart


class Walk:
    """One plan: whose nights, where lines are counted."""

    def __init__(self, plan: Json) -> None:
        self.plan = plan
        self.clock = Clock(datetime.fromisoformat(plan["now"]).astimezone(UTC))
        self.mailroom = app.build(load(plan["values"], env_file=None), self.clock)
        self.mailroom.database.close()  # what was opened here must not be shared by the forked copies
        self.files = tuple(str(ROOT / name) for name in plan["files"])

    def walk(self) -> int:
        """Kill at every `stride`-th line until one lives. Returns how many died."""
        number, lived = 0, False
        while not lived:
            self._in_copy(partial(self._night, number))
            self._turn_to_morning()
            code = wait(child(partial(self._doomed, number)))
            if code not in (0, -signal.SIGKILL):
                raise SystemExit(f"the walker failed with {code}")
            lived = code == 0
            self._in_copy(self._finish)
            number += 1
        self._turn_to_morning()  # whoever was not named for certain comes again
        self._in_copy(self._finish)
        return number - 1

    def _in_copy(self, act: Any) -> None:
        if code := wait(child(act)):
            raise SystemExit(f"a copy failed with {code}")

    def _turn_to_morning(self) -> None:
        """Let it be the hour of the next digest, here and in the sandbox."""
        told = Path(self.plan["folder"]) / "tell_at"
        self._in_copy(partial(self._write_hour, told))
        self.clock.now = datetime.fromisoformat(told.read_text(encoding="utf-8"))
        body = json.dumps({"set": self.clock.now.isoformat()}).encode()
        kind = {"Content-Type": "application/json"}
        place = f"{self.plan['sandbox']}/_sandbox/clock"
        with urllib.request.urlopen(
            urllib.request.Request(place, body, kind, method="POST"), timeout=10
        ) as one:
            one.read()

    # --- in the forked copies -----------------------------------------------------------------------------

    def _write_hour(self, told: Path) -> None:
        with self.mailroom.database.read() as tx:
            tell_at = tx.scalar(select(nightly.c.tell_at))
        if tell_at is None:
            raise SystemExit("no night is planned")
        told.write_text(tell_at.isoformat(), encoding="utf-8")

    def _night(self, number: int) -> None:
        """Find somebody new."""
        found = Found(
            address=f"person{number}@night.example", name=f"Person {number}", company="", reasons="two_way",
            shared=False, conversations=1, received=1, sent=1, strength=20, last_at=self.clock(),
        )  # fmt: skip
        with self.mailroom.database.write() as tx:
            candidates.suggest(tx, self.plan["workspace"], self.plan["member"], found)

    def _doomed(self, number: int) -> None:
        """Carry the morning's work, until the fatal line."""
        lines = Lines(1 + number * self.plan["stride"], self.files, every=False)
        lines.watch()
        self._carry()
        sys.settrace(None)

    def _finish(self) -> None:
        """Be the next process: leases have ended, and what is due is done."""
        with self.mailroom.database.write() as tx:
            long_ago = datetime(2020, 1, 1, tzinfo=UTC)
            tx.execute(update(work).where(work.c.state == "leased").values(lease_until=long_ago))
        self._carry()

    def _carry(self) -> None:
        for _ in range(LOOKS):
            with self.mailroom.database.read() as tx:
                due = [row.id for row in across.due(tx, KINDS, 100)]
                told = tx.scalar(select(nightly.c.tell_at).where(nightly.c.tell_at > self.clock()))
            if not due and told is not None:
                return
            for work_id in due:
                self.mailroom.engine.run_work(work_id)
            self.clock.turn(60)
        raise SystemExit("the night did not end")


if __name__ == "__main__":
    logs.configure("critical")
    deaths = Walk(json.load(sys.stdin)).walk()
    sys.stdout.write(json.dumps({"deaths": deaths}))
