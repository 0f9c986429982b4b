"""A program that forks Mailroom and kills it while it writes a calendar: python -m tests.kill.planning < …

Each copy carries one appointment that was made, moved or cancelled into the calendar until SIGKILL meets it
at a chosen line; the next copy finishes what the dead one left, as the next process would. Prints JSON.
"""

import json
import signal
import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import update

import app
from bot import logs
from bot.appointments.queue import AGREE, SHOW, TELL, CalendarQueue
from bot.appointments.rules import Entry
from bot.appointments.service import AppointmentsService
from bot.payloads import AppointmentForm
from bot.settings import load
from store import across, members
from store.members import Member
from store.schema import work
from tests.kill.copies import Clock, Lines, child, wait

Json = dict[str, Any]

ROOT = Path(__file__).parents[2]
KINDS = frozenset({AGREE, SHOW, TELL})
LOOKS = 6  # at the ledger, a minute apart
AFTER = 600  # seconds; every copy begins at the same time, and comes after the one before


class Walk:
    """One plan: what is done to each appointment, where lines are counted."""

    def __init__(self, plan: Json) -> None:
        self.plan = plan
        self.clock = Clock(datetime.fromisoformat(plan["now"]).astimezone(UTC))
        self.mailroom = app.build(load(plan["values"], env_file=None), self.clock)
        self.dates = AppointmentsService(
            self.mailroom.database, lambda _: None, CalendarQueue(lambda _: None)
        )
        self.mailroom.database.close()  # what was opened here must not be shared by the forked copies
        self.files = tuple(str(ROOT / name) for name in plan["files"])

    def walk(self) -> int:
        """Kill at every `stride`-th line until one lives. Returns how many died."""
        number, lived = 0, False
        while not lived:
            self._in_copy(partial(self._decide, number))
            code = wait(child(partial(self._doomed, number)))
            if code not in (0, -signal.SIGKILL):
                raise SystemExit(f"the walker failed with {code}")
            lived = code == 0
            self._in_copy(self._finish)
            number += 1
        return number - 1

    def _in_copy(self, act: Any) -> None:
        if code := wait(child(act)):
            raise SystemExit(f"a copy failed with {code}")

    # --- in the forked copies -----------------------------------------------------------------------------

    def _decide(self, number: int) -> None:
        """Make the appointment, and move or cancel it once it stands in the calendar."""
        who, form = self._member(), AppointmentForm(f"appointment{number:015}")
        self.dates.save(who, form, self._entry(number, "10:00"))
        if self.plan["act"] == "make":
            return
        self._carry()
        form = AppointmentForm(form.appointment, 1)
        if self.plan["act"] == "move":
            self.dates.save(who, form, self._entry(number, "11:00"))
        else:
            self.dates.cancel(who, form)

    def _entry(self, number: int, clock: str) -> Entry:
        return Entry(self.plan["contact"], f"Number {number}", "2026-12-24", clock)

    def _member(self) -> Member:
        with self.mailroom.database.read() as tx:
            found = members.get(tx, self.plan["workspace"], self.plan["member"])
        if found is None:
            raise SystemExit("the member is gone")
        return found

    def _doomed(self, number: int) -> None:
        """Carry it into the calendar, until the fatal line."""
        self.clock.turn(AFTER)
        lines = Lines(1 + number * self.plan["stride"], self.files, every=False)
        lines.watch()
        self._carry()
        sys.settrace(None)

    def _finish(self) -> None:
        """Be the next process: leases have ended, and what is due is done."""
        self.clock.turn(3 * AFTER)
        with self.mailroom.database.write() as tx:
            long_ago = datetime(2020, 1, 1, tzinfo=UTC)
            tx.execute(update(work).where(work.c.state == "leased").values(lease_until=long_ago))
        self._carry()

    def _carry(self) -> None:
        for _ in range(LOOKS):
            with self.mailroom.database.read() as tx:
                due = [row.id for row in across.due(tx, KINDS, 100)]
            if not due:
                return
            for work_id in due:
                self.mailroom.engine.run_work(work_id)
            self.clock.turn(60)
        raise SystemExit("the calendar was not written")


if __name__ == "__main__":
    logs.configure("critical")
    deaths = Walk(json.load(sys.stdin)).walk()
    sys.stdout.write(json.dumps({"deaths": deaths}))
