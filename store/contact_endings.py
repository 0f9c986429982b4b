"""Contacts that are deleted, for a day in which they can come back. Their addresses are free at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, delete, select, update

from store import contact_changes, contacts
from store.contact_changes import DELETED, RESTORED, Outdated
from store.contacts import THERE, Contact
from store.database import Transaction
from store.schema import contact, contact_address, freed_address

UNDO = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Gone:
    """A contact that can still come back. `merged_into` is the contact that took its place."""

    id: str
    name: str
    company: str
    deleted_at: datetime
    merged_into: str | None
    version: int


@dataclass(frozen=True, slots=True)
class Back:
    """A contact that came back; None where nothing could. `taken`: addresses that somebody else has now."""

    contact: Contact | None
    taken: tuple[str, ...] = ()


def gone(tx: Transaction, workspace_id: str, limit: int) -> tuple[Gone, ...]:
    """List who can come back, the last one first."""
    rows = tx.all(
        _gone(workspace_id, tx.now).order_by(contact.c.deleted_at.desc(), contact.c.id).limit(limit)
    )
    return tuple(Gone(*row) for row in rows)


def one_gone(tx: Transaction, workspace_id: str, contact_id: str) -> Gone | None:
    """Read a contact that can still come back."""
    row = tx.first(_gone(workspace_id, tx.now).where(contact.c.id == contact_id))
    return None if row is None else Gone(*row)


def hold(tx: Transaction, workspace_id: str, *contact_ids: str) -> None:
    """Lock contacts in one order, so that what ends is as it was read until the transaction ends."""
    these = (contact.c.workspace_id == workspace_id, contact.c.id.in_(contact_ids))
    tx.all(select(contact.c.id).where(*these).order_by(contact.c.id).with_for_update(key_share=True))


def end(tx: Transaction, workspace_id: str, contact_id: str, *, member_id: str | None) -> bool:
    """Delete a contact for a day. False: it is gone already."""
    now = contacts.only(tx, workspace_id, contact_id)
    if now is None:
        return False
    put_away(tx, workspace_id, now, None)
    contact_changes.note(tx, workspace_id, contact_id, DELETED, member_id=member_id, version=now.version + 1)
    return True


def come_back(tx: Transaction, workspace_id: str, contact_id: str, *, member_id: str | None) -> Back:
    """Take back that a contact was deleted, with the addresses that nobody else has taken.

    Without any address left it stays deleted. Raises Outdated where there is nothing to take back.
    """
    was = one_gone(tx, workspace_id, contact_id)
    if was is None or was.merged_into:
        raise Outdated
    free, taken = freed(tx, workspace_id, contact_id)
    if not free:
        return Back(None, taken)
    return Back(revive(tx, workspace_id, was, free, RESTORED, member_id=member_id), taken)


def put_away(tx: Transaction, workspace_id: str, now: Contact, merged_into: str | None) -> None:
    """Take a contact out of every list and free its addresses. Raises Outdated."""
    statement = (
        update(contact)
        .where(
            contact.c.workspace_id == workspace_id,
            contact.c.id == now.id,
            contact.c.version == now.version,
            THERE,
        )
        .values(deleted_at=tx.now, merged_into=merged_into, version=now.version + 1)
    )
    if tx.changed(statement) != 1:
        raise Outdated
    tx.execute(
        delete(contact_address).where(
            contact_address.c.workspace_id == workspace_id, contact_address.c.contact_id == now.id
        )
    )
    for position, address in enumerate(now.addresses):
        tx.execute(
            freed_address.insert().values(
                workspace_id=workspace_id, contact_id=now.id, address=address, position=position
            )
        )


def freed(
    tx: Transaction, workspace_id: str, contact_id: str, lent_to: str = ""
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a contact had as addresses: those it can have again, and those that somebody else has now.

    `lent_to` is the contact that has them until then.
    """
    free: list[str] = []
    taken: list[str] = []
    for row in tx.all(
        select(freed_address.c.address)
        .where(freed_address.c.workspace_id == workspace_id, freed_address.c.contact_id == contact_id)
        .order_by(freed_address.c.position)
    ):
        holder = contacts.by_address(tx, workspace_id, row.address)
        (taken if holder and holder.id != lent_to else free).append(str(row.address))
    return tuple(free), tuple(taken)


def revive(
    tx: Transaction,
    workspace_id: str,
    was: Gone,
    addresses: Sequence[str],
    word: str,
    *,
    member_id: str | None,
) -> Contact:
    """Bring a contact back with these addresses, and note it under `word`. Raises Outdated, AddressTaken."""
    statement = (
        update(contact)
        .where(
            contact.c.workspace_id == workspace_id,
            contact.c.id == was.id,
            contact.c.version == was.version,
            contact.c.deleted_at.is_not(None),
        )
        .values(
            deleted_at=None,
            merged_into=None,
            search=contacts.searched(was.name, was.company, addresses),
            version=was.version + 1,
            updated_at=tx.now,
        )
    )
    if tx.changed(statement) != 1:
        raise Outdated
    contacts.give_addresses(tx, workspace_id, was.id, addresses)
    tx.execute(
        delete(freed_address).where(
            freed_address.c.workspace_id == workspace_id, freed_address.c.contact_id == was.id
        )
    )
    contact_changes.note(tx, workspace_id, was.id, word, member_id=member_id, version=was.version + 1)
    back = contacts.only(tx, workspace_id, was.id)
    if back is None:
        raise Outdated
    return back


def _gone(workspace_id: str, now: datetime) -> Select[*tuple[Any, ...]]:
    columns = [contact.c[name] for name in Gone.__dataclass_fields__]
    return select(*columns).where(contact.c.workspace_id == workspace_id, contact.c.deleted_at > now - UNDO)
