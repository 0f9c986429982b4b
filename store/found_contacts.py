"""Contacts out of people found in mail: many made at once, taken back on Undo while nobody has used them.

Whole groups are decided by one press, so everything here is a few statements, however many people there are.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, delete, select

from store.contacts import AddressTaken, searched
from store.database import Transaction
from store.schema import appointment, candidate, contact, contact_address, outgoing, recent_contact

FOUND = "mail"  # the source of a contact that was found in mail


@dataclass(frozen=True, slots=True)
class NewContact:
    """A contact to be made, under an id made before. `address` is normalised."""

    id: str
    name: str
    company: str
    address: str


def holders(tx: Transaction, workspace_id: str, addresses: Collection[str]) -> dict[str, str]:
    """Say which of these addresses belong to a contact already, and to which one."""
    statement = select(contact_address.c.address, contact_address.c.contact_id).where(
        contact_address.c.workspace_id == workspace_id, contact_address.c.address.in_(sorted(addresses))
    )
    return {row.address: row.contact_id for row in tx.all(statement)}


def hold(tx: Transaction, workspace_id: str, addresses: Collection[str]) -> dict[str, str]:
    """Say the same, and let nobody merge, delete or take back these contacts until the transaction ends.

    Raises AddressTaken when one of them went in this moment; the transaction is then to be given up.
    """
    found = holders(tx, workspace_id, addresses)
    if not found:
        return found
    ids = sorted(set(found.values()))
    here = (contact.c.workspace_id == workspace_id, contact.c.id.in_(ids), contact.c.deleted_at.is_(None))
    held = tx.all(select(contact.c.id).where(*here).order_by(contact.c.id).with_for_update(read=True))
    if len(held) < len(ids) or holders(tx, workspace_id, addresses) != found:
        raise AddressTaken("")
    return found


def add_all(tx: Transaction, workspace_id: str, people: Sequence[NewContact], added_by: str) -> None:
    """Add contacts whose addresses belonged to nobody a moment ago.

    Raises AddressTaken when somebody was faster; the caller's transaction is then to be given up.
    """
    now = tx.now
    rows = [
        {
            "id": one.id,
            "workspace_id": workspace_id,
            "name": one.name,
            "company": one.company,
            "source": FOUND,
            "added_by": added_by,
            "created_at": now,
            "updated_at": now,
            "search": searched(one.name, one.company, (one.address,)),
        }
        for one in people
    ]
    addresses = [
        {"workspace_id": workspace_id, "address": one.address, "contact_id": one.id, "position": 0}
        for one in sorted(people, key=lambda one: one.address)  # one order for everybody: no deadlock
    ]
    tx.insert_all_new(contact, rows)
    tx.insert_all_new(contact_address, addresses)
    held = holders(tx, workspace_id, [one.address for one in people])
    for one in people:
        if held.get(one.address) != one.id:
            raise AddressTaken(held.get(one.address, ""))


def take_back(
    tx: Transaction, workspace_id: str, contact_ids: Collection[str], member_id: str
) -> frozenset[str]:
    """Delete contacts that this member has added, as far as nobody has used them. Returns those deleted."""
    if not contact_ids:
        return frozenset()
    here = (contact.c.workspace_id == workspace_id, contact.c.id.in_(sorted(contact_ids)))
    # held first: whoever uses one at this moment has either done so by now, or finds it gone
    tx.all(select(contact.c.id).where(*here).order_by(contact.c.id).with_for_update())
    gone = unused(tx, workspace_id, member_id, contact_ids)
    tx.execute(delete(contact).where(contact.c.workspace_id == workspace_id, contact.c.id.in_(sorted(gone))))
    return gone


def there(tx: Transaction, workspace_id: str, contact_ids: Collection[str]) -> frozenset[str]:
    """Say which of these contacts exist; one that went into another does, as that one."""
    statement = select(contact.c.id).where(
        contact.c.workspace_id == workspace_id,
        contact.c.id.in_(sorted(contact_ids)),
        contact.c.deleted_at.is_(None) | contact.c.merged_into.is_not(None),
    )
    return frozenset(row.id for row in tx.all(statement))


def unused(
    tx: Transaction, workspace_id: str, member_id: str, contact_ids: Collection[str]
) -> frozenset[str]:
    """Say which of these contacts could be taken back by the member who added them.

    Used: changed, merged or deleted by anybody, opened or added by another member too, written to, in an
    appointment.
    """
    ids = sorted(contact_ids)
    statement = select(contact.c.id).where(
        contact.c.workspace_id == workspace_id,
        contact.c.id.in_(ids),
        contact.c.added_by == member_id,
        contact.c.version == 1,
        contact.c.deleted_at.is_(None),
        *(contact.c.id.not_in(one) for one in _uses(workspace_id, member_id, ids)),
    )
    return frozenset(row.id for row in tx.all(statement))


def _uses(workspace_id: str, member_id: str, ids: list[str]) -> list[Select[Any]]:
    """Select the contacts in use, each table read once and not once for each contact."""
    others = (recent_contact.c.member_id != member_id, candidate.c.member_id != member_id)
    wheres = {recent_contact: others[:1], candidate: others[1:], outgoing: (), appointment: ()}
    return [
        select(table.c.contact_id).where(
            table.c.workspace_id == workspace_id, table.c.contact_id.in_(ids), *where
        )
        for table, where in wheres.items()
    ]
