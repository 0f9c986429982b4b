"""Files of contacts on their way in: what was read of one, sealed, and how far it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from store.database import Transaction
from store.schema import contact, contact_address, contact_import, import_chunk

READING = "reading"  # the state of a file that has not come to its end
KEPT = timedelta(days=1)  # from the upload; what was not imported by then is forgotten


@dataclass(frozen=True, slots=True, repr=False)
class Import:
    """A file of contacts. The four figures are of the state it is in."""

    id: str
    member_id: str
    ticket_hash: str
    kind: str
    state: str
    take: str
    chunks: int
    lines: int
    done: int
    fresh: int
    changed: int
    same: int
    refused: int
    layout_sealed: str
    findings_sealed: str | None
    created_at: datetime
    finished_at: datetime | None


COLUMNS = tuple(contact_import.c[name] for name in Import.__dataclass_fields__)


def begin(
    tx: Transaction,
    workspace_id: str,
    import_id: str,
    *,
    member_id: str,
    ticket_hash: str,
    kind: str,
    layout_sealed: str,
) -> bool:
    """Begin with an empty file; what was left of an upload that broke off on the same page goes.

    False: there is a whole file on this page by now.
    """
    tx.execute(
        delete(contact_import).where(
            contact_import.c.workspace_id == workspace_id,
            contact_import.c.ticket_hash == ticket_hash,
            contact_import.c.state == READING,
        )
    )
    values = {
        "id": import_id,
        "workspace_id": workspace_id,
        "member_id": member_id,
        "ticket_hash": ticket_hash,
        "kind": kind,
        "layout_sealed": layout_sealed,
        "created_at": tx.now,
        "keep_until": tx.now + KEPT,
    }
    return tx.insert_new(contact_import, values)


def add_chunk(
    tx: Transaction, workspace_id: str, import_id: str, chunk_id: str, position: int, rows_sealed: str
) -> bool:
    """Keep the next people of the file. False: it is not being read any more."""
    if not change(tx, workspace_id, import_id, READING, state=READING):  # held until the people are kept
        return False
    values = {"id": chunk_id, "workspace_id": workspace_id, "import_id": import_id}
    tx.execute(import_chunk.insert().values(**values, position=position, rows_sealed=rows_sealed))
    return True


def get(tx: Transaction, workspace_id: str, import_id: str) -> Import | None:
    """Read one."""
    return _one(tx, contact_import.c.workspace_id == workspace_id, contact_import.c.id == import_id)


def by_ticket(tx: Transaction, workspace_id: str, ticket_hash: str) -> Import | None:
    """Find the file that was sent on a page."""
    return _one(
        tx, contact_import.c.workspace_id == workspace_id, contact_import.c.ticket_hash == ticket_hash
    )


def latest(tx: Transaction, workspace_id: str, member_id: str) -> Import | None:
    """Read the last one that a member began."""
    statement = (
        select(*COLUMNS)
        .where(contact_import.c.workspace_id == workspace_id, contact_import.c.member_id == member_id)
        .order_by(contact_import.c.created_at.desc())
        .limit(1)
    )
    row = tx.first(statement)
    return None if row is None else Import(*row)


def chunk(tx: Transaction, workspace_id: str, import_id: str, position: int) -> tuple[str, str] | None:
    """Read a stretch of the file: its id and what is sealed in it."""
    row = tx.first(
        select(import_chunk.c.id, import_chunk.c.rows_sealed).where(
            import_chunk.c.workspace_id == workspace_id,
            import_chunk.c.import_id == import_id,
            import_chunk.c.position == position,
        )
    )
    return None if row is None else (row.id, row.rows_sealed)


def change(tx: Transaction, workspace_id: str, import_id: str, was: str, **values: Any) -> bool:
    """Change one that is in the state `was`. False: it is not any more, and nothing changed."""
    statement = (
        update(contact_import)
        .where(
            contact_import.c.workspace_id == workspace_id,
            contact_import.c.id == import_id,
            contact_import.c.state == was,
        )
        .values(**values)
    )
    return tx.changed(statement) == 1


def forget_rows(tx: Transaction, workspace_id: str, import_id: str) -> None:
    """Delete what was read of the file; that it was there stays."""
    tx.execute(
        delete(import_chunk).where(
            import_chunk.c.workspace_id == workspace_id, import_chunk.c.import_id == import_id
        )
    )


def drop(tx: Transaction, workspace_id: str, import_id: str) -> None:
    """Delete the file altogether."""
    tx.execute(
        delete(contact_import).where(
            contact_import.c.workspace_id == workspace_id, contact_import.c.id == import_id
        )
    )


def holders(tx: Transaction, workspace_id: str, addresses: Sequence[str]) -> dict[str, str]:
    """Find which of these addresses belong to whom: address → contact id."""
    if not addresses:
        return {}
    rows = tx.all(
        select(contact_address.c.address, contact_address.c.contact_id).where(
            contact_address.c.workspace_id == workspace_id, contact_address.c.address.in_(addresses)
        )
    )
    return {row.address: row.contact_id for row in rows}


def add_all(
    tx: Transaction, workspace_id: str, people: Sequence[dict[str, Any]], addresses: Sequence[dict[str, Any]]
) -> None:
    """Add many contacts at once, whose addresses nobody has."""
    if people:
        common = {"workspace_id": workspace_id, "created_at": tx.now, "updated_at": tx.now}
        tx.connection.execute(contact.insert(), [{**one, **common} for one in people])
        owned = [{**one, "workspace_id": workspace_id} for one in addresses]
        tx.connection.execute(contact_address.insert(), sorted(owned, key=lambda one: one["address"]))


def after(tx: Transaction, workspace_id: str, contact_id: str, limit: int) -> list[str]:
    """List ids of contacts behind one, "" for the first: for walking through all of them."""
    rows = tx.all(
        select(contact.c.id)
        .where(
            contact.c.workspace_id == workspace_id, contact.c.id > contact_id, contact.c.deleted_at.is_(None)
        )
        .order_by(contact.c.id)
        .limit(limit)
    )
    return [row.id for row in rows]


def _one(tx: Transaction, *where: Any) -> Import | None:
    row = tx.first(select(*COLUMNS).where(*where))
    return None if row is None else Import(*row)
