"""What the flows of nights share: time that goes on to the next morning, and people who are suggested."""

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from sqlalchemy import select, update

from sandbox.slack.person import Person
from sandbox.slack.state import Message
from store import candidates
from store.candidates import Candidate, Found
from store.schema import candidate, digest, nightly, work
from tests.flows.accounts.walking import member
from tests.stage import Stage, texts


def suggest(stage: Stage, *addresses: str, handle: str = "ann", **said: Any) -> None:
    """Suggest people as a scan does that ran meanwhile."""
    who = member(stage, handle)
    for number, address in enumerate(addresses):
        values: dict[str, Any] = {
            "name": address.partition("@")[0].replace(".", " ").title(),
            "company": "",
            "reasons": "two_way",
            "shared": False,
            "conversations": 2,
            "received": 3,
            "sent": 2,
            "strength": 60 - number,
            "last_at": stage.clock.now() - timedelta(days=1),
        }
        with stage.mailroom.database.write() as tx:
            candidates.suggest(tx, who.workspace_id, who.id, Found(address, **{**values, **said}))


def people(stage: Stage, handle: str = "ann") -> Mapping[str, Candidate]:
    """Everybody found for a member, by address."""
    who = member(stage, handle)
    with stage.mailroom.database.read() as tx:
        rows = tx.all(select(*candidates.COLUMNS).where(candidate.c.member_id == who.id))
    return {row.address: Candidate(*row) for row in rows}


def rows(stage: Stage, table: Any, handle: str = "ann") -> list[dict[str, Any]]:
    """The member's rows of a table."""
    who = member(stage, handle)
    with stage.mailroom.database.read() as tx:
        found = tx.all(select(table).where(table.c.member_id == who.id))
    return [dict(row._mapping) for row in found]


def night(stage: Stage, handle: str = "ann") -> dict[str, Any]:
    """The member's night, as it is planned."""
    (row,) = rows(stage, nightly, handle)
    return row


def planned(stage: Stage) -> list[str]:
    """The kinds of work of nights that wait, in the order in which they are due."""
    with stage.mailroom.database.read() as tx:
        found = tx.all(
            select(work.c.kind)
            .where(work.c.kind.in_(("discovery.night", "discovery.digest")), work.c.state == "ready")
            .order_by(work.c.due_at)
        )
    return [str(row.kind) for row in found]


def until(stage: Stage, moment: datetime) -> None:
    """Turn the clock to a moment and let what became due happen."""
    stage.clock.set(moment)
    stage.settle()


def next_morning(stage: Stage, handle: str = "ann") -> None:
    """Let a night pass: its scan, and then the hour at which it is told."""
    row = night(stage, handle)
    assert row["scan_at"] is not None and row["tell_at"] is not None, "nothing is planned"
    until(stage, row["scan_at"].astimezone(UTC))
    until(stage, row["tell_at"].astimezone(UTC))


def digests(stage: Stage, handle: str = "ann") -> list[Message]:
    """The digests in a member's direct message, oldest first."""
    return [m for m in stage.person(handle).dm() if m.blocks and _is_digest(m)]


def _is_digest(message: Message) -> bool:
    first = message.blocks[0]
    return bool(first["type"] == "header" and " wrote to you" in first["text"]["text"])


def states(stage: Stage, handle: str = "ann") -> list[str]:
    """How the member's digests stand, by their dates."""
    return [row["state"] for row in sorted(rows(stage, digest, handle), key=lambda row: row["local_date"])]


def press_person(stage: Stage, message: Message, act: str, address: str, handle: str = "ann") -> None:
    """Press a person's button in a digest."""
    row = people(stage, handle)[address]
    person: Person = stage.person(handle)
    stage.press(person, message, f"discovery.digest_{act}", block_id=f"person:{row.id}")


def shown(message: Message) -> str:
    """Every text of a message."""
    return texts(message.blocks)


def write_to_each_other(stage: Stage, name: str, address: str, mine: str = "ann@northwind.example") -> None:
    """Let somebody new write to a member's mailbox, and the member answer."""
    first = f"<{uuid.uuid4().hex}@new.example>"
    for number, (sender, to) in enumerate(((f"{name} <{address}>", mine), (mine, address))):
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = sender, to, "Re: Samples" if number else "Samples"
        mail["Message-ID"] = f"<{uuid.uuid4().hex}@new.example>" if number else first
        if number:
            mail["In-Reply-To"] = mail["References"] = first
        mail["Date"] = format_datetime(stage.clock.now())
        mail.set_content("Yes, gladly." if number else "Could you send us two of them?")
        stage.world.send(mail.as_bytes(), announce=False)


def quiet(stage: Stage, handle: str = "ann") -> None:
    """Let everybody found so far count as named, so that only what is new is news."""
    who = member(stage, handle)
    with stage.mailroom.database.write() as tx:
        tx.execute(update(candidate).where(candidate.c.member_id == who.id).values(named_at=tx.now))


def told(stage: Stage, *addresses: str, handle: str = "ann", **said: Any) -> Message:
    """Let a night pass that finds exactly these people; the digest that tells of them."""
    row = night(stage, handle)
    until(stage, row["scan_at"])
    quiet(stage, handle)
    suggest(stage, *addresses, handle=handle, **said)
    until(stage, row["tell_at"])
    return digests(stage, handle)[-1]


def agree(stage: Stage, handle: str = "ann") -> None:
    """Read who sees contacts, and press Add there."""
    person = stage.person(handle)
    window = person.window()
    assert window.title is not None and window.title["text"] == "Contacts are shared"
    assert person.submit().accepted
    stage.settle()
