"""A program that forks Mailroom and kills it while it sends: python -m tests.kill.walking < plan.json

It is built once, before the forks, with no thread and no connection; every copy takes the person's press on
Send over signed HTTP's entrance and carries the message to the provider, until SIGKILL meets it at a chosen
line. A last copy finishes what the dead left, as the next process would. Prints JSON.
"""

import hashlib
import hmac
import json
import os
import signal
import sys
import time
import urllib.request
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import select, update
from werkzeug.test import Client

import app
from bot import logs
from bot.inbox.outbox import SEND
from bot.settings import load
from store import across
from store.ids import new_id
from store.schema import outgoing
from store.schema import work as work_table
from tests.kill.copies import Clock, Lines, child, wait

Json = dict[str, Any]

ROOT = Path(__file__).parents[2]
BATCH = 25  # deaths until the next process cleans up
WAITS = (0, 2, 15, 60, 130, 200)  # seconds, until whatever waits is due


class Walk:
    """One plan: what is pressed, where lines are counted, what goes wrong besides."""

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
            read, write = os.pipe()
            pressed: list[int] = []
            while len(pressed) < BATCH and not lived:
                pressed.append(number)
                lived = not self._dies(number, write)
                number += 1
            os.close(write)
            with os.fdopen(read) as told:
                answered = {int(line) for line in told}
            if code := wait(child(partial(self._finish, pressed, answered))):
                raise SystemExit(f"the next process failed with {code}")
            self._pass_time()
        return number - 1

    def _dies(self, number: int, told: int) -> bool:
        code = wait(child(partial(self._doomed, number, told)))
        if code not in (0, -signal.SIGKILL):
            raise SystemExit(f"the walker failed with {code}")
        return code != 0

    def _pass_time(self) -> None:
        """Let a minute go by, here and in the sandbox: so many presses in one minute Slack would refuse."""
        self.clock.turn(60)
        self._control("clock", {"advance": 60})

    # --- in the forked copies -----------------------------------------------------------------------------

    def _doomed(self, number: int, told: int) -> None:
        """Press Send and carry the message, until the fatal line."""
        lines = Lines(1 + number * self.plan["stride"], self.files, every=self.plan["every"])
        if self.plan["fault"]:
            self._dial(self.plan["fault"])
        if self.plan["from_send"]:
            lines.watch()
        self._press(number)
        sys.settrace(None)
        os.write(told, f"{number}\n".encode())
        for seconds in WAITS:
            self.clock.turn(seconds)
            for work_id in self._due():
                lines.watch()
                self.mailroom.engine.run_work(work_id)
                sys.settrace(None)
            if self._state(number) in self.plan["ends"]:
                return
        raise SystemExit(f"it ended as {self._state(number)}")

    def _finish(self, pressed: list[int], answered: set[int]) -> None:
        """Be the next process: the person presses again what Slack called failed, the rest is finished."""
        self._dial(None)
        with self.mailroom.database.write() as tx:
            long_ago = datetime(2020, 1, 1, tzinfo=UTC)
            tx.execute(update(work_table).where(work_table.c.state == "leased").values(lease_until=long_ago))
        if self.plan["naive"]:
            self._begin_anew()
        for number in pressed:
            if number not in answered:
                self._press(number)
        for seconds in WAITS:
            self.clock.turn(seconds)
            for work_id in self._due():
                self.mailroom.engine.run_work(work_id)
        states = {self._state(number) for number in pressed}
        if not states <= set(self.plan["ends"]):
            raise SystemExit(f"the next process ended with {states}")

    def _begin_anew(self) -> None:
        """Do what a careless program would: send whatever is not known to be sent, from the beginning."""
        with self.mailroom.database.write() as tx:
            for row in tx.all(select(outgoing.c.id).where(outgoing.c.state == "sending")):
                fresh = {"state": "queued", "prepared_ref": None, "key": new_id()}
                tx.execute(update(outgoing).where(outgoing.c.id == row.id).values(**fresh))

    def _press(self, number: int) -> None:
        """Deliver the press on Send as Slack does."""
        body = urlencode({"payload": json.dumps(self.plan["payloads"][number])}).encode()
        stamp = str(int(time.time()))
        secret = self.plan["values"]["SLACK_SIGNING_SECRET"].encode()
        signed = hmac.new(secret, b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={signed}",
        }
        answer = Client(self.mailroom.web).post("/slack/events", data=body, headers=headers)
        if b'"update"' not in answer.get_data():
            raise SystemExit(f"Send was answered with {answer.status}: {answer.get_data()[:300]!r}")

    def _due(self) -> list[str]:
        with self.mailroom.database.read() as tx:
            return [row.id for row in across.due(tx, frozenset({SEND}), 1000)]

    def _state(self, number: int) -> str:
        view = self.plan["payloads"][number]["view"]
        nonce = json.loads(view["private_metadata"])["nonce"]
        with self.mailroom.database.read() as tx:
            found = tx.scalar(select(outgoing.c.state).where(outgoing.c.window_nonce == nonce))
        return str(found)

    def _dial(self, fault: Json | None) -> None:
        """Dial out what goes wrong, and this fault in."""
        self._control("faults")
        if fault:
            self._control("faults", fault)

    def _control(self, dial: str, given: Json | None = None) -> None:
        """Clear one of the sandbox's dials, or turn it."""
        place = f"{self.plan['sandbox']}/_sandbox/{dial}"
        request = urllib.request.Request(place, method="DELETE")
        if given is not None:
            kind = {"Content-Type": "application/json"}
            request = urllib.request.Request(place, json.dumps(given).encode(), kind, method="POST")
        with urllib.request.urlopen(request, timeout=10) as answer:
            answer.read()


if __name__ == "__main__":
    logs.configure("critical")
    deaths = Walk(json.load(sys.stdin)).walk()
    sys.stdout.write(json.dumps({"deaths": deaths}))
