"""What tests of writing need: a Write window opened by a person, and what arrived at the other end."""

from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from sandbox.mail.mailbox import DRAFT, INBOX, SENT, FiledMessage
from sandbox.mail.raw import RawMessage
from sandbox.slack.deliver import Answer
from sandbox.slack.payloads import Sender, submission_payload
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


def twice(stage: Stage, text: Any) -> list[Answer]:
    """Write a text and let Slack deliver the same press on Send two times."""
    person = stage.ann
    window = person.window()
    person.fill(window, "text", text)
    sender = Sender(stage.slack.app, stage.workspace, person.user)
    trigger = stage.slack.triggers.issue(stage.workspace.id, person.id, window.id)
    payload = submission_payload(sender, window, trigger)
    answers = [stage.slack.delivery.interaction(payload) for _ in range(2)]
    stage.settle()
    return answers


def write_back(stage: Stage, text: str, sender: str = DANA, to: str = ANN) -> None:
    """Let the other person answer the newest message of theirs, from their own program."""
    newest = next(m for m in stage.mailbox(to).messages() if f"<{sender}>" in m.raw.first("From"))
    letter = EmailMessage(policy=policy.SMTP.clone(max_line_length=998))
    letter["From"], letter["To"] = sender, to
    letter["Subject"] = f"Re: {newest.raw.base_subject}"
    letter["Message-ID"] = f"<{len(text)}.again@{sender.split('@')[1]}>"
    letter["In-Reply-To"] = letter["References"] = newest.raw.message_id
    letter.set_content(text)
    stage.world.send(letter.as_bytes(), at=stage.clock.now(), announce=False)


def screen(view: View) -> str:
    """What a person reads in a window."""
    return texts(view.blocks)


def arrived(stage: Stage, address: str) -> list[EmailMessage]:
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


def prepared(stage: Stage, address: str = ANN) -> FiledMessage:
    """The draft that Mailroom put down for sending."""
    return next(
        one
        for one in stage.mailbox(address).messages()
        if DRAFT in one.labels and read(one)["X-Mailroom-Key"]
    )


def rewrite_draft(stage: Stage, change: Callable[[bytes], bytes]) -> None:
    """Change the prepared draft, as its owner can in Gmail."""
    filed, mailbox = prepared(stage), stage.mailbox(ANN)
    mailbox.remove(filed.id)
    changed = RawMessage(change(filed.raw.bytes()))
    made = mailbox.file(changed, {DRAFT}, filed.at, thread_id=filed.thread_id)
    known = stage.google.gmail.state.drafts(mailbox.person)
    known.update({draft: made.id for draft, message in known.items() if message == filed.id})


def discard_draft(stage: Stage) -> None:
    """Delete the prepared draft, as its owner can in Gmail."""
    filed, mailbox = prepared(stage), stage.mailbox(ANN)
    known = stage.google.gmail.state.drafts(mailbox.person)
    for draft in [draft for draft, message in known.items() if message == filed.id]:
        del known[draft]
    mailbox.remove(filed.id)


def withdraw_aliases(stage: Stage, address: str = ANN) -> None:
    """Let Gmail know no address of the account but the one it logs in with."""
    object.__setattr__(stage.mailbox(address).person, "send_as", ())  # people of the world are frozen


def read(filed: FiledMessage) -> EmailMessage:
    """Read a message as its reader's program does."""
    message = message_from_bytes(filed.raw.bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def part(letter: EmailMessage, kind: str) -> str:
    """The text of a message: "plain" or "html"."""
    body = letter.get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


__all__ = ["ANN", "DANA", "SOON", "connect"]
