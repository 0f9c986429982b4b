"""What a walk needs of the stage: many answers, each in a conversation of its own, ready to be sent."""

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from sandbox.mail.mailbox import INBOX
from sandbox.slack.payloads import Sender, submission_payload
from tests.flows.writing.post import ANN, DANA, drafts, open_reply, part, read
from tests.stage import Stage, connect

Json = dict[str, Any]

ROOT = Path(__file__).parents[2]
EVERY = os.environ.get("MAILROOM_PROOF") == "every"
# what has effects; in `make proof` the pure computing between them is walked too
ACTING = (
    "bot/inbox/addressing.py", "bot/inbox/jobs.py", "bot/inbox/outbox.py", "bot/inbox/sending.py",
    "bot/inbox/write_forms.py", "bot/inbox/write_listeners.py", "bot/inbox/writing.py", "bot/connections.py",
    "bot/engine", "bot/visits.py", "store", "providers/google/api.py", "providers/google/batch.py",
    "providers/google/client.py", "providers/google/gmail.py", "providers/google/sending.py",
    "providers/google/transport.py",
)  # fmt: skip
ALL = ("bot", "providers", "store")
PROTOCOL = ("bot/inbox/sending.py", "providers/google/sending.py")
# which lines, and whether each execution of one counts
WALKS: list[tuple[tuple[str, ...], bool]] = [(ALL, False), (ACTING, True)] if EVERY else [(ACTING, False)]
LOST = {"service": "google", "kind": "reset_after", "path": "POST .*/drafts/send", "times": None}
FAILED = {"service": "google", "kind": "status", "path": "POST .*/drafts/send", "status": 500}
NEVER_CAME = {"service": "google", "kind": "reset_before", "path": "POST .*/drafts/send"}


def prepared(stage: Stage, count: int) -> "Walked":
    """Connect, open Reply once, and make `count` presses of Send out of it, each of another window."""
    connect(stage)
    window = open_reply(stage)
    stage.ann.fill(window, "boxes", [])
    stage.ann.fill(window, "text", "Number 0.")
    sender = Sender(stage.slack.app, stage.workspace, stage.ann.user)
    first = submission_payload(sender, window, stage.slack.triggers.issue(stage.workspace.id, stage.ann.id))
    stage.google.limits.units_per_user_minute = stage.google.limits.recipients_a_day = 10**9
    for number in range(count):
        stage.world.send(_letter(number), at=stage.clock.now() - timedelta(days=1), announce=False)
    places = {m.raw.subject: (m.thread_id, m.id) for m in stage.mailbox(ANN).messages() if INBOX in m.labels}
    made = [_press(first, number, *places[f"Kettle {number}"]) for number in range(count)]
    stage.settle()
    stage.mailroom.stop()
    return Walked(stage, made)


def _letter(number: int) -> bytes:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = DANA, ANN, f"Kettle {number}"
    letter["Message-ID"] = f"<kettle-{number}@northwind.example>"
    letter.set_content("Is it there?")
    return letter.as_bytes()


def _press(first: Json, number: int, thread: str, message: str) -> Json:
    ref = json.loads(first["view"]["private_metadata"])
    nonce = f"{ref['nonce']}-{number}"
    text = json.dumps(first).replace(ref["nonce"], nonce).replace("Number 0.", f"Number {number}.")
    made: Json = json.loads(text)
    ref |= {"nonce": nonce, "thread": thread, "message": message}
    made["view"]["private_metadata"] = json.dumps(ref)
    return made


@dataclass(slots=True)
class Walked:
    """A stage with its presses, and how many processes died on the way."""

    stage: Stage
    payloads: list[Json]
    deaths: int = 0

    def walk(self, **how: Any) -> "Walked":
        """Run the program."""
        plan = {
            "values": self.stage.environment(),
            "sandbox": self.stage.base,
            "now": self.stage.clock.now().isoformat(),
            "payloads": self.payloads,
            "fault": None,
            "from_send": True,
            "naive": False,
            "stride": 1 if EVERY else 3,
            "every": False,
            "files": ACTING,
            **how,
        }
        done = subprocess.run(
            [sys.executable, "-m", "tests.kill.walking"],
            input=json.dumps(plan),
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=3600,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        self.deaths = int(json.loads(done.stdout)["deaths"])
        return self

    def received(self) -> dict[str, int]:
        """How often each text reached Dana."""
        letters = [read(one) for one in self.stage.mailbox(DANA).messages() if INBOX in one.labels]
        return dict(Counter(part(one, "plain").strip() for one in letters if one["X-Mailroom-Key"]))

    def arrived_once(self) -> None:
        """Hold that every message arrived, and once, and that nothing lies about at the provider."""
        assert self.received() == {f"Number {number}.": 1 for number in range(self.deaths + 1)}
        assert not any(one["X-Mailroom-Key"] for one in drafts(self.stage))
