"""Contacts that came out of people found in mail: taken back on Undo, as long as nobody has used them."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, delete, exists, select

from store.database import Transaction
from store.schema import appointment, candidate, contact, contact_address, outgoing, recent_contact


def holders(tx: Transaction, workspace_id: str, addresses: Collection[str]) -> dict[str, str]:
    """Say which of these addresses belong to a contact already, and to which one."""
    statement = select(contact_address.c.address, contact_address.c.contact_id).where(
        contact_address.c.workspace_id == workspace_id, contact_address.c.address.in_(sorted(addresses))
    )
    return {row.address: row.contact_id for row in tx.all(statement)}


def take_back(tx: Transaction, workspace_id: str, contact_id: str, member_id: str) -> bool:
    """Delete a contact that this member has added, unless it was used. False: it stays, or is gone already.

    Used: changed, deleted or merged by anybody, opened or added by another member too, written to, in an
    appointment.
    """
    here = (contact.c.workspace_id == workspace_id, contact.c.id == contact_id)
    # held first: whoever uses it at this moment has either done so by now, or finds it gone
    tx.first(select(contact.c.id).where(*here).with_for_update())
    return tx.changed(delete(contact).where(*here, *_unused(member_id))) == 1


def unused(
    tx: Transaction, workspace_id: str, member_id: str, contact_ids: Collection[str]
) -> frozenset[str]:
    """Say which of these contacts could be taken back by the member who added them."""
    statement = select(contact.c.id).where(
        contact.c.workspace_id == workspace_id, contact.c.id.in_(sorted(contact_ids)), *_unused(member_id)
    )
    return frozenset(row.id for row in tx.all(statement))


def _unused(member_id: str) -> tuple[ColumnElement[bool], ...]:
    merged = contact.alias("merged")
    in_it: tuple[Select[tuple[str]], ...] = (
        select(recent_contact.c.contact_id).where(
            recent_contact.c.workspace_id == contact.c.workspace_id,
            recent_contact.c.contact_id == contact.c.id,
            recent_contact.c.member_id != member_id,
        ),
        select(candidate.c.contact_id).where(
            candidate.c.workspace_id == contact.c.workspace_id,
            candidate.c.contact_id == contact.c.id,
            candidate.c.member_id != member_id,
        ),
        select(outgoing.c.contact_id).where(
            outgoing.c.workspace_id == contact.c.workspace_id, outgoing.c.contact_id == contact.c.id
        ),
        select(appointment.c.contact_id).where(
            appointment.c.workspace_id == contact.c.workspace_id, appointment.c.contact_id == contact.c.id
        ),
        select(merged.c.id).where(
            merged.c.workspace_id == contact.c.workspace_id, merged.c.merged_into == contact.c.id
        ),
    )
    return (
        contact.c.added_by == member_id,
        contact.c.version == 1,
        contact.c.deleted_at.is_(None),
        *(~exists(one) for one in in_it),
    )
