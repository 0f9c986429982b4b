"""A program that forks Mailroom and kills it, line after line: `python -m tests.kill.<driver> < plan.json`

Mailroom is built once, before the forks, with no thread and no connection. A copy does what is walked until
SIGKILL meets it at its line; a further copy finishes what the dead one left, as the next process would, and
looks at what stands there then. A driver says what is done, finished and looked at. Prints JSON.
"""

import json
import os
import signal
import sys
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from slack_sdk.signature import SignatureVerifier
from sqlalchemy import update
from werkzeug.test import Client, TestResponse

import app
from bot import logs
from bot.settings import load
from store import across, members
from store.members import Member
from store.schema import work
from tests.clock import TurnedClock
from tests.kill.copies import Lines, child, unwatched, wait

Json = dict[str, Any]

ROOT = Path(__file__).parents[2]


class Walk:
    """One plan: for whom, where lines are counted. Drivers fill in `act`, and what else they need."""

    kinds: frozenset[str]  # of the work that is carried
    waits: tuple[int, ...] = (0,)  # seconds before each look at the ledger, until what is walked has ended
    batch = 1  # deaths until the next process comes
    pause = 0  # seconds that pass after it, here and in the sandbox: Slack counts presses in a minute

    def __init__(self, plan: Json) -> None:
        self.plan = plan
        self.clock = TurnedClock(datetime.fromisoformat(plan["now"]).astimezone(UTC))
        self.learned = ""
        self._told = -1
        self.build()
        self.database.close()  # what was opened here must not be shared by the copies

    def build(self) -> None:
        """Make what the copies use."""
        self.settings = load(self.plan["values"], env_file=None)
        made = app.build(self.settings, self.clock)
        self.database, self.engine, self._web = made.database, made.engine, made.web

    def walk(self) -> int:
        """Kill at every `stride`-th line until one lives. Returns how many died."""
        self.learned = self._whole(self.begin)
        number, lived = 0, False
        while not lived:
            dead: dict[int, str] = {}
            while len(dead) < self.batch and not lived:
                lived, dead[number] = self._copy(partial(self._doomed, number))
                number += 1
            self._whole(partial(self._next_process, dead))
            if self.pause:
                self.clock.turn(timedelta(seconds=self.pause))
                self.control("POST", "clock", {"advance": self.pause})
        self._whole(self.end)
        return number - 1

    def _whole(self, act: Callable[[], None]) -> str:
        lived, told = self._copy(act)
        if not lived:
            raise SystemExit("a copy was killed that nobody wanted dead")
        return told

    def _copy(self, act: Callable[[], None]) -> tuple[bool, str]:
        """Fork. Returns whether the copy lived, and what it told."""
        read, self._told = os.pipe()
        pid = child(act)
        os.close(self._told)
        with os.fdopen(read, encoding="utf-8") as pipe:
            told = pipe.read()
        code = wait(pid)
        if code not in (0, -signal.SIGKILL):
            raise SystemExit(f"a copy failed with {code}")
        return code == 0, told

    # --- in the copies: what a driver fills in ------------------------------------------------------------

    def begin(self) -> None:
        """Come before all deaths. What this tells, every copy finds in `learned`."""

    def prepare(self, number: int) -> None:
        """Bring about what `act` needs. Nobody dies here."""

    def act(self, number: int) -> None:
        """Do what is walked: by itself, what is due."""
        self.carry(number)

    def ended(self, number: int) -> bool:
        """Say whether there is nothing left to carry."""
        return not self.due()

    def take_over(self) -> None:
        """Begin as the next process: leases have ended."""
        with self.database.write() as tx:
            long_ago = datetime(2020, 1, 1, tzinfo=UTC)
            tx.execute(update(work).where(work.c.state == "leased").values(lease_until=long_ago))

    def finish(self, number: int, told: str) -> None:
        """Do what is left of one, of which `told` was heard. Raises SystemExit when it stands wrong."""
        self.carry(number)

    def end(self) -> None:
        """Come after all deaths."""

    # --- in the copies: what a driver may use -------------------------------------------------------------

    def tell(self, text: str) -> None:
        """Say something that outlives this copy."""
        os.write(self._told, text.encode())

    def due(self) -> list[str]:
        """Look what is to be done now."""
        with unwatched(), self.database.read() as tx:
            return [row.id for row in across.due(tx, self.kinds, 1000)]

    def carry(self, number: int) -> None:
        """Run what is due until this one has ended."""
        for seconds in self.waits:
            self.clock.turn(timedelta(seconds=seconds))
            for work_id in self.due():
                self.engine.run_work(work_id)
            with unwatched():
                if self.ended(number):
                    return
        raise SystemExit(f"number {number} did not come to its end")

    def member(self) -> Member:
        """Read for whom the plan is."""
        with self.database.read() as tx:
            found = members.get(tx, self.plan["workspace"], self.plan["member"])
        if found is None:
            raise SystemExit("the member is gone")
        return found

    def press(self, payload: str) -> TestResponse:
        """Deliver a press as Slack does, through signed HTTP's entrance."""
        body = urlencode({"payload": payload}).encode()
        signed = SignatureVerifier(self.settings.slack.signing_secret)
        stamp = str(int(signed.clock.now()))
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": signed.generate_signature(timestamp=stamp, body=body) or "",
        }
        return Client(self._web).post("/slack/events", data=body, headers=headers)

    def control(self, method: str, dial: str, given: Json | None = None) -> Any:
        """Read one of the sandbox's dials, turn it or clear it. Returns how it stands."""
        place, kind = f"{self.plan['sandbox']}/_sandbox/{dial}", {"Content-Type": "application/json"}
        body = None if given is None else json.dumps(given).encode()
        request = urllib.request.Request(place, body, kind, method=method)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    # --- in the copies: the frame itself ------------------------------------------------------------------

    def _doomed(self, number: int) -> None:
        """Go on to the fatal line."""
        self.prepare(number)
        files = tuple(str(ROOT / name) for name in self.plan["files"])
        lines = Lines(1 + number * self.plan["stride"], files, every=self.plan["every"])
        with lines.watched():
            self.act(number)

    def _next_process(self, dead: dict[int, str]) -> None:
        self.take_over()
        for number, told in dead.items():
            self.finish(number, told)


def run(walk: type[Walk]) -> None:
    """Be the program: a plan on standard input, the number of deaths on standard output."""
    logs.configure("critical")
    deaths = walk(json.load(sys.stdin)).walk()
    sys.stdout.write(json.dumps({"deaths": deaths}))
