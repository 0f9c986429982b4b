"""Nights that nobody carries any more: what was to end them was given up while the database was away."""

from datetime import datetime

from sqlalchemy import select

from store.database import Transaction
from store.schema import nightly, work


def stray_nights(tx: Transaction, kind: str, now: datetime) -> tuple[tuple[str, str], ...]:
    """List the workspaces and members whose night is past, is wished, and has no work of this kind left."""
    carried = select(work.c.id).where(
        work.c.workspace_id == nightly.c.workspace_id,
        work.c.kind == kind,
        work.c.ref == nightly.c.member_id,
        work.c.state.in_(("ready", "leased")),
    )
    statement = select(nightly.c.workspace_id, nightly.c.member_id).where(
        nightly.c.is_on, nightly.c.tell_at <= now, ~carried.exists()
    )
    return tuple((row.workspace_id, row.member_id) for row in tx.all(statement))
