"""What members did, by kind and time. Holds no contact, no address, no text."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from store.database import Transaction
from store.ids import new_id
from store.schema import activity


@dataclass(frozen=True, slots=True)
class Activity:
    """One thing a member did."""

    id: str
    member_id: str
    kind: str
    at: datetime


COLUMNS = tuple(activity.c[name] for name in Activity.__dataclass_fields__)


def note(tx: Transaction, workspace_id: str, member_id: str, kind: str) -> None:
    """Write down that a member did something, e.g. "sent"."""
    values = {
        "id": new_id(),
        "workspace_id": workspace_id,
        "member_id": member_id,
        "kind": kind,
        "at": tx.now,
    }
    tx.execute(activity.insert().values(**values))


def recent(tx: Transaction, workspace_id: str, member_id: str, limit: int) -> tuple[Activity, ...]:
    """List what a member did, newest first."""
    statement = (
        select(*COLUMNS)
        .where(activity.c.workspace_id == workspace_id, activity.c.member_id == member_id)
        .order_by(activity.c.at.desc(), activity.c.id)
        .limit(limit)
    )
    return tuple(Activity(*row) for row in tx.all(statement))
