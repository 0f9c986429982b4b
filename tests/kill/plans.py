"""What a walk needs of the stage: many answers, each in a conversation of its own, ready to be sent."""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

from sqlalchemy import select

from sandbox.mail.mailbox import INBOX, FiledMessage
from sandbox.slack.payloads import Sender, submission_payload
from store.database import Database
from store.schema import outgoing
from tests.flows.writing.post import ANN, DANA, drafts, open_reply, part, read
from tests.kill.copies import EVERY
from tests.kill.running import deaths
from tests.kill.vendors import GMAIL, OUTLOOK, Vendor
from tests.stage import Stage, connect

Json = dict[str, Any]

SUBJECT = "Kettle"


@dataclass(frozen=True, slots=True)
class Route:
    """Which lines of which vendor's way are walked, and whether each execution of one counts."""

    vendor: Vendor
    files: tuple[str, ...]
    every: bool
    least: int = 150  # deaths, or the walk went nowhere

    def __str__(self) -> str:
        return f"{self.vendor}-{'every' if self.every else 'each'}"

    @property
    def presses(self) -> int:
        """How many messages there must be: at least as many as there are lines."""
        return 4000 if self.every else 2500 if len(self.files) < 4 else 400


def _routes(vendor: Vendor) -> list[Route]:
    if not EVERY:
        return [Route(vendor, vendor.acting, False)]
    return [Route(vendor, ("bot", "providers", "store"), False), Route(vendor, vendor.acting, True)]


ROUTES = [*_routes(GMAIL), *_routes(OUTLOOK)]
# for a second database: what both vendors' ways have in common is walked once
ROUTES_AGAIN = ROUTES if EVERY else [*_routes(GMAIL), Route(OUTLOOK, OUTLOOK.own, False, 50)]


def prepared(stage: Stage, count: int, vendor: Vendor = GMAIL) -> "Walked":
    """Connect, open Reply once, and make `count` presses of Send out of it, each of another window."""
    connect(stage)
    window = open_reply(stage)
    stage.ann.fill(window, "boxes", [])
    stage.ann.fill(window, "text", "Number 0.")
    sender = Sender(stage.slack.app, stage.workspace, stage.ann.user)
    first = submission_payload(sender, window, stage.slack.triggers.issue(stage.workspace.id, stage.ann.id))
    stage.google.limits.units_per_user_minute = stage.google.limits.recipients_a_day = 10**9
    stage.microsoft.limits.requests = 10**9
    for number in range(count):
        stage.world.send(_letter(number), at=stage.clock.now() - timedelta(days=1), announce=False)
    places = {m.raw.subject: _place(stage, m) for m in stage.mailbox(ANN).messages() if INBOX in m.labels}
    made = [_press(first, number, *places[f"{SUBJECT} {number}"]) for number in range(count)]
    return Walked(stage, vendor, made)


def _letter(number: int) -> bytes:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = DANA, ANN, f"{SUBJECT} {number}"
    letter["Message-ID"] = f"<kettle-{number}@northwind.example>"
    letter.set_content("Is it there?")
    return letter.as_bytes()


def _place(stage: Stage, filed: FiledMessage) -> tuple[str, str]:
    """Name a conversation and its message as the vendor does."""
    account = stage.microsoft.realm.account(ANN)
    if account is None:
        return filed.thread_id, filed.id
    ids = stage.microsoft.graph.state.ids
    thread = ids.make("conversation", account.key, filed.thread_id)
    return thread, ids.make("immutable", account.key, filed.id)


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
    vendor: Vendor
    payloads: list[Json]
    deaths: int = 0

    def walk(self, **how: Any) -> "Walked":
        """Run the program."""
        told = {
            "payloads": self.payloads,
            "ends": self.vendor.ends,
            "fault": None,
            "from_send": True,
            "naive": False,
            "files": self.vendor.acting,
        }
        self.deaths = deaths("walking", self.stage, usual=3, **(told | how))
        return self

    def received(self) -> dict[str, int]:
        """How often each text reached Dana."""
        letters = [read(one) for one in self.stage.mailbox(DANA).messages() if INBOX in one.labels]
        ours = [one for one in letters if str(one["Subject"]).startswith(f"Re: {SUBJECT} ")]
        return dict(Counter(part(one, "plain").strip() for one in ours))

    def ended(self) -> dict[str, tuple[str, bool]]:
        """In which state each message ended, and whether its text is still kept."""
        database = Database(self.stage.settings().database_url, self.stage.clock.now)
        try:
            with database.read() as tx:
                rows = tx.all(select(outgoing.c.window_nonce, outgoing.c.state, outgoing.c.body_sealed))
        finally:
            database.close()
        return {f"Number {row.window_nonce.rpartition('-')[2]}.": (row.state, bool(row[2])) for row in rows}

    def settled(self) -> int:
        """Hold that no message was lost or doubled. Returns for how many the person has to decide.

        Gmail: every one arrived, once, and nothing lies about. Outlook: what counts as sent arrived, once;
        what is not certain did not, was not sent a second time, and its text is still there.
        """
        everything = {f"Number {number}." for number in range(self.deaths + 1)}
        received, ended = self.received(), self.ended()
        sent = {text for text, (state, _) in ended.items() if state == "sent"}
        assert received == dict.fromkeys(sent, 1)
        assert not any(one["X-Mailroom-Key"] for one in drafts(self.stage))
        unsure = {text for text, outcome in ended.items() if outcome == ("uncertain", True)}
        assert sent | unsure == set(ended) == everything
        return len(unsure)
