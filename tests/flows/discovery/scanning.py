"""Scans as somebody at their Slack begins and watches them, and what lies in the tables afterwards."""

import secrets
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.discovery.evidence import WINDOW
from bot.discovery.files import discover
from bot.discovery.mail_folder import read_filed
from providers.content.mail_files import Found
from sandbox.mail.mailbox import DRAFT, INBOX, SENT, SPAM, TRASH
from sandbox.slack.state import View
from store.schema import candidate, met, scan, scan_mailbox
from tests.flows.accounts.walking import member
from tests.stage import Stage, texts

ANN = "ann@northwind.example"


def begin(stage: Stage, handle: str = "ann") -> View:
    """Type `/inbox scan` and wait until nothing more happens; returns the window."""
    person = stage.person(handle)
    assert person.command("general", "/inbox scan") == ""
    stage.settle()
    return person.window()


def said(view: View | None) -> str:
    """What a window or Home says."""
    assert view is not None
    return texts(view.blocks)


def home(stage: Stage, handle: str = "ann") -> str:
    """Open Home and read it."""
    stage.person(handle).open_home()
    stage.settle()
    return said(stage.person(handle).home())


def rows(stage: Stage, *columns: Any, handle: str = "ann") -> list[tuple[Any, ...]]:
    """Read columns of one table, only the member's rows."""
    who = member(stage, handle)
    with stage.mailroom.database.read() as tx:
        return [tuple(row) for row in tx.all(select(*columns).where(columns[0].table.c.member_id == who.id))]


def suggested(stage: Stage, handle: str = "ann") -> set[str]:
    """Whoever waits to be decided about."""
    found = rows(stage, candidate.c.address, candidate.c.state, handle=handle)
    return {address for address, state in found if state == "pending"}


def left_out(stage: Stage, handle: str = "ann") -> dict[str, str]:
    """Whom the last scan met, with the reasons; "" for who is suggested."""
    return {str(row[0]): str(row[1]) for row in rows(stage, met.c.address, met.c.reasons, handle=handle)}


def counts(stage: Stage, address: str, handle: str = "ann") -> tuple[int, ...]:
    """How much a member is told of somebody: conversations, what they wrote, what the member wrote."""
    wanted = (candidate.c.address, candidate.c.conversations, candidate.c.received, candidate.c.sent)
    return next(row[1:] for row in rows(stage, *wanted, handle=handle) if row[0] == address)


def scans(stage: Stage, handle: str = "ann") -> list[str]:
    """The states of all scans."""
    return [state for (state,) in rows(stage, scan.c.state, handle=handle)]


def mailboxes(stage: Stage, handle: str = "ann") -> list[str]:
    """The states of the accounts in all scans."""
    return sorted(state for (state,) in rows(stage, scan_mailbox.c.state, handle=handle))


def expected(stage: Stage, address: str = ANN) -> set[str]:
    """Whom the rules suggest of everything that lies in a mailbox, read whole."""
    now = stage.clock.now()
    filed = []
    for one in stage.mailbox(address).messages():
        if one.labels & {DRAFT, SPAM, TRASH} or not one.labels & {INBOX, SENT}:
            continue
        folder = "Sent" if SENT in one.labels else "Inbox"
        filed.append(read_filed(Found(str(Path(folder) / f"{one.id}.eml"), one.raw.bytes()), now - WINDOW))
    return {str(person["email"]) for person in discover(filed, frozenset({address}), now)["found"]}


def letter(sender: str, to: str, at: datetime, *, subject: str = "Chairs", **headers: str) -> bytes:
    """Write a mail."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{secrets.token_hex(8)}@{sender.rpartition('@')[2].strip('>')}>"
    for name, value in headers.items():
        del mail[name.replace("_", "-")]
        mail[name.replace("_", "-")] = value
    mail.set_content("About the chairs.\n")
    return mail.as_bytes()


def trade(
    stage: Stage, stranger: str, member_address: str = ANN, *, theirs: int = 1, mine: int = 1, days: int = 2
) -> None:
    """Let a stranger and a member write to each other, in a conversation for each mail."""
    at = stage.clock.now() - timedelta(days=days)
    for number in range(theirs):
        raw = letter(stranger, member_address, at, subject=f"Order {number}")
        stage.world.send(raw, at=at, announce=False)
    for number in range(mine):
        raw = letter(member_address, stranger, at, subject=f"Offer {number}")
        stage.world.send(raw, at=at, announce=False)


def answer(stage: Stage, stranger: str, member_address: str = ANN, *, days: int = 2) -> None:
    """Let a stranger write and a member answer an hour later, in one conversation."""
    at, mark = stage.clock.now() - timedelta(days=days), f"<{secrets.token_hex(8)}@answered.example>"
    for sender, to, later, marks in (
        (stranger, member_address, timedelta(0), {"Message-ID": mark}),
        (member_address, stranger, timedelta(hours=1), {"In-Reply-To": mark, "References": mark}),
    ):
        raw = letter(sender, to, at + later, subject="Re: Wood" if later else "Wood", **marks)
        stage.world.send(raw, at=at + later, announce=False)
