"""A program that forks Mailroom and kills it while it decides: python -m tests.kill.reviewing < plan.json

Every copy takes a press on somebody of its own through signed HTTP's entrance, until SIGKILL meets it at a
chosen line. After each, contacts, dismissals, blocks and the person's row must agree; then the person presses
again what Slack called failed. Prints JSON.
"""

import hashlib
import hmac
import json
import os
import signal
import sys
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import func, select
from werkzeug.test import Client

import app
from bot import logs
from bot.settings import load
from store.database import Transaction
from store.schema import block, candidate, contact_address, dismissal
from tests.kill.copies import Clock, Lines, child, wait

Json = dict[str, Any]

ROOT = Path(__file__).parents[2]


class Walk:
    """One plan: what is pressed beside whom, where lines are counted."""

    def __init__(self, plan: Json) -> None:
        self.plan = plan
        self.clock = Clock(datetime.fromisoformat(plan["now"]).astimezone(UTC))
        self.mailroom = app.build(load(plan["values"], env_file=None), self.clock)
        self.mailroom.database.close()  # what was opened here must not be shared by the forked copies
        self.files = tuple(str(ROOT / name) for name in plan["files"])

    def walk(self) -> int:
        """Kill at every `stride`-th line until one lives. Returns how many died."""
        for number in range(len(self.plan["people"])):
            read, write = os.pipe()
            code = wait(child(partial(self._doomed, number, write)))
            os.close(write)
            with os.fdopen(read) as told:
                answered = told.read() == "answered"
            if code not in (0, -signal.SIGKILL):
                raise SystemExit(f"the walker failed with {code}")
            if left := wait(child(partial(self._finish, number, answered))):
                raise SystemExit(f"the next process failed with {left}")
            if code == 0:
                return number
        raise SystemExit("there are more lines than people")

    # --- in the forked copies -----------------------------------------------------------------------------

    def _doomed(self, number: int, told: int) -> None:
        for payload in self.plan["before"]:
            self._press(payload, number)
        lines = Lines(1 + number * self.plan["stride"], self.files, every=False)
        lines.watch()
        self._press(self.plan["payload"], number)
        sys.settrace(None)
        os.write(told, b"answered")

    def _finish(self, number: int, answered: bool) -> None:
        with self.mailroom.database.read() as tx:
            known = self._standing(tx, number)
        if known not in (self.plan["began"], self.plan["wanted"]):
            raise SystemExit(f"killed at {number}, it stands half done: {known}")
        if answered and known != self.plan["wanted"]:
            raise SystemExit(f"it was answered and is not done: {known}")
        for _ in range(2):  # once where Slack said that it failed, and once more for nothing
            self._press(self.plan["payload"], number)
        with self.mailroom.database.read() as tx:
            known = self._standing(tx, number)
        if known != self.plan["wanted"]:
            raise SystemExit(f"pressed again, it stands at {known}")

    def _standing(self, tx: Transaction, number: int) -> list[object]:
        """How somebody stands: state, contacts with the address, whether the row names one; all hashes."""
        person = tx.first(
            select(candidate.c.address, candidate.c.state, candidate.c.contact_id).where(
                candidate.c.id == self.plan["people"][number]
            )
        )
        assert person is not None
        holders = tx.all(
            select(contact_address.c.contact_id).where(contact_address.c.address == person.address)
        )
        linked = [row.contact_id for row in holders] == [person.contact_id]
        hashes = [tx.scalar(select(func.count()).select_from(table)) for table in (dismissal, block)]
        earlier = [number * of_one for of_one in self.plan["wanted"][3:]]  # for the people before
        made = [int(one or 0) - others for one, others in zip(hashes, earlier, strict=True)]
        return [person.state, len(holders), linked, *made]

    def _press(self, payload: Json, number: int) -> None:
        """Deliver a press as Slack does, beside another person than it was made for."""
        text = json.dumps(payload).replace(self.plan["people"][0], self.plan["people"][number])
        body = urlencode({"payload": text}).encode()
        stamp = str(int(time.time()))
        secret = self.plan["values"]["SLACK_SIGNING_SECRET"].encode()
        signed = hmac.new(secret, b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={signed}",
        }
        answer = Client(self.mailroom.web).post("/slack/events", data=body, headers=headers)
        if answer.status_code != 200:
            raise SystemExit(f"the press was answered with {answer.status}")


if __name__ == "__main__":
    logs.configure("critical")
    deaths = Walk(json.load(sys.stdin)).walk()
    sys.stdout.write(json.dumps({"deaths": deaths}))
