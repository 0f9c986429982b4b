"""Tickets: leave for one browser to see one page once. A browser comes by across/single_use.py."""

from datetime import datetime

from store.schema import ticket
from store.transactions import Transaction


def issue(
    tx: Transaction,
    workspace_id: str,
    member_id: str,
    ticket_hash: str,
    *,
    kind: str,
    payload_sealed: str,
    expires_at: datetime,
) -> None:
    """Keep a ticket that was just made; the ticket itself is known to its member alone."""
    values = {
        "hash": ticket_hash,
        "workspace_id": workspace_id,
        "member_id": member_id,
        "kind": kind,
        "payload_sealed": payload_sealed,
        "created_at": tx.now,
        "expires_at": expires_at,
    }
    tx.execute(ticket.insert().values(**values))
