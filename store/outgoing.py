"""Messages being sent: what was decided in a window, how far it got, and the text until it has gone.

Subject and body are sealed by the caller. Every change of state names the state it comes from, so that of
two presses, or of a press and a worker, one wins.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_, select, update

from store.database import Transaction
from store.schema import outgoing

KEPT = timedelta(days=7)  # the text of a message that did not go out, or may not have
SHOWN = timedelta(days=1)  # the subject of one that did


@dataclass(frozen=True, slots=True, repr=False)
class Outgoing:
    """One message to one person. `key` is our header, by which the provider's copy is found again."""

    id: str
    workspace_id: str
    member_id: str
    account_id: str
    window_nonce: str
    contact_id: str | None
    from_address: str
    to_address: str
    person_address: str
    kind: str
    thread_id: str | None
    reply_message_id: str | None
    subject_sealed: str | None
    body_sealed: str | None
    state: str
    key: str
    prepared_ref: str | None
    error_code: str | None
    error_kind: str | None
    sent_message_id: str | None
    created_at: datetime
    due_at: datetime
    sent_at: datetime | None
    keep_until: datetime | None
    view_id: str | None
    told_at: datetime | None
    told_ts: str | None
    attempt: int


COLUMNS = tuple(outgoing.c[name] for name in Outgoing.__dataclass_fields__)


@dataclass(frozen=True, slots=True, repr=False)
class New:
    """A message as it was decided."""

    id: str
    member_id: str
    account_id: str
    window_nonce: str
    contact_id: str | None
    from_address: str
    to_address: str
    person_address: str
    thread_id: str | None
    reply_message_id: str | None
    subject_sealed: str | None
    body_sealed: str
    key: str
    due_at: datetime
    view_id: str | None


def add(tx: Transaction, workspace_id: str, new: New) -> bool:
    """Keep a message that is to be sent. False: its window was submitted before, nothing changed."""
    values: dict[str, Any] = {name: getattr(new, name) for name in New.__dataclass_fields__}
    values |= {
        "workspace_id": workspace_id,
        "kind": "reply" if new.thread_id else "new",
        "state": "queued",
        "created_at": tx.now,
    }
    return tx.insert_new(outgoing, values)


def get(tx: Transaction, workspace_id: str, outgoing_id: str) -> Outgoing | None:
    """Read one message, whoever's it is: for work behind."""
    return _one(tx, _is(workspace_id, outgoing_id))


def find(tx: Transaction, workspace_id: str, member_id: str, outgoing_id: str) -> Outgoing | None:
    """Read one message, only if it is this member's."""
    return _one(tx, _is(workspace_id, outgoing_id), outgoing.c.member_id == member_id)


def of_window(tx: Transaction, workspace_id: str, member_id: str, nonce: str) -> Outgoing | None:
    """Read the message that a window was submitted for."""
    return _one(
        tx,
        outgoing.c.workspace_id == workspace_id,
        outgoing.c.window_nonce == nonce,
        outgoing.c.member_id == member_id,
    )


def in_trouble(tx: Transaction, workspace_id: str, member_id: str, limit: int) -> tuple[Outgoing, ...]:
    """List what was not sent or is not certain and still has its text, the latest first."""
    return _list(
        tx,
        limit,
        outgoing.c.workspace_id == workspace_id,
        outgoing.c.member_id == member_id,
        outgoing.c.state.in_(("failed", "uncertain")),
        or_(outgoing.c.keep_until.is_(None), outgoing.c.keep_until > tx.now),
    )


def under_way(tx: Transaction, workspace_id: str, member_id: str, limit: int) -> tuple[Outgoing, ...]:
    """List what is being sent, and what was sent within a day, the latest first."""
    return _list(
        tx,
        limit,
        outgoing.c.workspace_id == workspace_id,
        outgoing.c.member_id == member_id,
        or_(
            outgoing.c.state.in_(("queued", "drafting", "sending")),
            (outgoing.c.state == "sent") & (outgoing.c.sent_at > tx.now - SHOWN),
        ),
    )


def move(
    tx: Transaction,
    workspace_id: str,
    outgoing_id: str,
    state: str,
    *,
    come_from: Sequence[str],
    **values: Any,
) -> bool:
    """Bring a message into another state. False: it is in none of `come_from`, and nothing changed."""
    statement = (
        update(outgoing)
        .where(_is(workspace_id, outgoing_id), outgoing.c.state.in_(come_from))
        .values(state=state, **values)
    )
    return tx.changed(statement) == 1


def sent(
    tx: Transaction, workspace_id: str, outgoing_id: str, *, message_id: str | None, at: datetime
) -> bool:
    """Note that it went out: the text goes at once, the subject in a day."""
    return move(
        tx,
        workspace_id,
        outgoing_id,
        "sent",
        come_from=("queued", "drafting", "sending", "uncertain"),
        sent_message_id=message_id,
        sent_at=at,
        body_sealed=None,
        error_kind=None,
        error_code=None,
        keep_until=tx.now + SHOWN,
    )


def drop(tx: Transaction, workspace_id: str, outgoing_id: str, come_from: Sequence[str]) -> bool:
    """Forget a message that is not to be sent any more. False: it is in another state."""
    return move(
        tx,
        workspace_id,
        outgoing_id,
        "dropped",
        come_from=come_from,
        subject_sealed=None,
        body_sealed=None,
        keep_until=None,
    )


def note(tx: Transaction, workspace_id: str, outgoing_id: str, **values: Any) -> None:
    """Write down what changes nothing of the state: the window, the trouble, the message that told."""
    tx.execute(update(outgoing).where(_is(workspace_id, outgoing_id)).values(**values))


def forget_prepared(tx: Transaction, workspace_id: str, outgoing_id: str, prepared_ref: str) -> None:
    """Note that what was prepared is not there any more; something prepared since stays."""
    tx.execute(
        update(outgoing)
        .where(_is(workspace_id, outgoing_id), outgoing.c.prepared_ref == prepared_ref)
        .values(prepared_ref=None)
    )


def forget_window(tx: Transaction, workspace_id: str, outgoing_id: str, view_id: str) -> None:
    """Note that this window is closed; another one that was opened meanwhile stays."""
    tx.execute(
        update(outgoing)
        .where(_is(workspace_id, outgoing_id), outgoing.c.view_id == view_id)
        .values(view_id=None)
    )


def _is(workspace_id: str, outgoing_id: str) -> ColumnElement[bool]:
    return (outgoing.c.workspace_id == workspace_id) & (outgoing.c.id == outgoing_id)


def _list(tx: Transaction, limit: int, *where: ColumnElement[bool]) -> tuple[Outgoing, ...]:
    statement = select(*COLUMNS).where(*where).order_by(outgoing.c.created_at.desc(), outgoing.c.id)
    return tuple(Outgoing(*row) for row in tx.all(statement.limit(limit)))


def _one(tx: Transaction, *where: ColumnElement[bool]) -> Outgoing | None:
    row = tx.first(select(*COLUMNS).where(*where))
    return None if row is None else Outgoing(*row)
