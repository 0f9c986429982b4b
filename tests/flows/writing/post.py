"""What tests of writing need: a Write window opened by a person, and what arrived at the other end."""

from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from sandbox.mail.mailbox import DRAFT, INBOX, SENT, FiledMessage
from sandbox.slack.person import Person, Submission
from sandbox.slack.state import View
from tests.flows.inbox.reading import ask, row_of
from tests.stage import Stage, connect, texts

ANN, DANA = "ann@northwind.example", "dana@northwind.example"
SOON = timedelta(seconds=1)  # until a message leaves


def open_reply(stage: Stage, address: str = DANA, subject: str = "", person: Person | None = None) -> View:
    """Press Reply in the list of somebody's conversations: the newest, or the one with this subject."""
    person = person or stage.ann
    answer = ask(stage, person, f"/inbox {address}")
    if subject:
        block_id = row_of(answer, subject)
    else:
        block_id = next(
            b["block_id"]
            for b in answer.blocks
            if any(e.get("action_id") == "inbox.reply" for e in b.get("elements", []))
        )
    stage.press(person, answer, "inbox.reply", block_id=block_id)
    return person.window()


def open_new(stage: Stage, who: str, person: Person | None = None) -> View:
    """Type `/inbox write …`."""
    person = person or stage.ann
    person.command("general", f"/inbox write {who}")
    stage.settle()
    return person.window()


def submit(stage: Stage, text: Any, person: Person | None = None) -> Submission:
    """Write a text into the window on top and press Send."""
    person = person or stage.ann
    person.fill(person.window(), "text", text)
    submission = person.submit()
    stage.settle()
    return submission


def send(stage: Stage, text: Any, person: Person | None = None) -> View:
    """The same, and wait until it left."""
    submission = submit(stage, text, person)
    assert submission.accepted, submission
    stage.later(SOON)
    return (person or stage.ann).window()


def screen(view: View) -> str:
    """What a person reads in a window."""
    return texts(view.blocks)


def arrived(stage: Stage, address: str, subject: str) -> list[EmailMessage]:
    """What the members sent to somebody under a subject, oldest first."""
    return [
        letter
        for filed in reversed(stage.mailbox(address).messages())
        if INBOX in filed.labels and (letter := read(filed))["X-Mailroom-Key"]
        if letter["Subject"] == subject
    ]


def all_arrived(stage: Stage, address: str) -> list[EmailMessage]:
    """Whatever Mailroom delivered to somebody."""
    letters = [read(one) for one in stage.mailbox(address).messages() if INBOX in one.labels]
    return [one for one in letters if one["X-Mailroom-Key"]]


def filed_sent(stage: Stage, address: str = ANN) -> list[EmailMessage]:
    """What Mailroom's key marks under somebody's Sent."""
    letters = [read(one) for one in stage.mailbox(address).messages() if SENT in one.labels]
    return [one for one in letters if one["X-Mailroom-Key"]]


def drafts(stage: Stage, address: str = ANN) -> list[EmailMessage]:
    """What lies among somebody's drafts."""
    return [read(one) for one in stage.mailbox(address).messages() if DRAFT in one.labels]


def read(filed: FiledMessage) -> EmailMessage:
    """Read a message as its reader's program does."""
    message = message_from_bytes(filed.raw.bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def part(letter: EmailMessage, kind: str) -> str:
    """The text of a message: "plain" or "html"."""
    body = letter.get_body((kind,))
    assert body is not None
    return str(body.get_content())


__all__ = ["ANN", "DANA", "SOON", "connect"]
