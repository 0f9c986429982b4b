"""Contacts: the people of the CRM, shared by the workspace."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from store.database import Transaction
from store.schema import contact, contact_address, recent_contact


@dataclass(frozen=True, slots=True)
class Contact:
    """A person in the CRM. `addresses` are normalised, the primary one first."""

    id: str
    name: str
    company: str
    title: str
    phone: str
    notes: str
    owner_member_id: str | None
    source: str
    added_by: str | None
    created_at: datetime
    updated_at: datetime
    addresses: tuple[str, ...] = ()


COLUMNS = tuple(contact.c[name] for name in Contact.__dataclass_fields__ if name != "addresses")


class AddressTaken(Exception):
    """Another contact has this address."""

    def __init__(self, contact_id: str) -> None:
        super().__init__("address taken")
        self.contact_id = contact_id


# letters with a stroke or grown together: Unicode takes no accent off them, a person typing does
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)


def fold(text: str) -> str:
    """Bring text into the form that searches compare: no accents, no case, single spaces."""
    written = "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in text)
    bare = "".join(c for c in unicodedata.normalize("NFKD", written) if not unicodedata.combining(c))
    return " ".join(bare.casefold().translate(_PLAIN).split())


def get(tx: Transaction, workspace_id: str, contact_id: str) -> Contact | None:
    """Read a contact."""
    found = _read(tx, workspace_id, contact.c.id == contact_id)
    return found[0] if found else None


def by_address(tx: Transaction, workspace_id: str, address: str) -> Contact | None:
    """Find whose address this is."""
    owner = select(contact_address.c.contact_id).where(
        contact_address.c.workspace_id == workspace_id, contact_address.c.address == address
    )
    found = _read(tx, workspace_id, contact.c.id.in_(owner))
    return found[0] if found else None


def search(tx: Transaction, workspace_id: str, words: str, limit: int) -> tuple[Contact, ...]:
    """Find contacts whose name, company or addresses hold every word; names that begin so come first."""
    folded = fold(words)
    terms = folded.split()
    if not terms:
        return latest(tx, workspace_id, limit)
    holds = [contact.c.search.contains(term, autoescape=True) for term in terms]
    begins = case((contact.c.search.startswith(folded, autoescape=True), 0), else_=1)
    return _read(tx, workspace_id, *holds, limit=limit, order=(begins, contact.c.search, contact.c.id))


def latest(tx: Transaction, workspace_id: str, limit: int, start: int = 0) -> tuple[Contact, ...]:
    """List contacts, the newest first."""
    return _read(tx, workspace_id, limit=limit, start=start)


def count(tx: Transaction, workspace_id: str) -> int:
    """Count the workspace's contacts."""
    where = (contact.c.workspace_id == workspace_id, contact.c.deleted_at.is_(None))
    return int(tx.scalar(select(func.count()).select_from(contact).where(*where)) or 0)


def recent(tx: Transaction, workspace_id: str, member_id: str, limit: int) -> tuple[Contact, ...]:
    """List the contacts that this member looked at, the last one first."""
    ids = [
        row.contact_id
        for row in tx.all(
            select(recent_contact.c.contact_id)
            .where(recent_contact.c.workspace_id == workspace_id, recent_contact.c.member_id == member_id)
            .order_by(recent_contact.c.at.desc())
            .limit(limit)
        )
    ]
    found = {c.id: c for c in _read(tx, workspace_id, contact.c.id.in_(ids))} if ids else {}
    return tuple(found[i] for i in ids if i in found)


def note_looked_at(tx: Transaction, workspace_id: str, member_id: str, contact_id: str) -> None:
    """Note that the member looked at a contact just now."""
    values = {"workspace_id": workspace_id, "member_id": member_id, "contact_id": contact_id, "at": tx.now}
    tx.upsert(recent_contact, ("workspace_id", "member_id", "contact_id"), values, keep=())


def add(
    tx: Transaction,
    workspace_id: str,
    contact_id: str,
    *,
    name: str,
    addresses: Sequence[str],
    company: str = "",
    title: str = "",
    phone: str = "",
    notes: str = "",
    source: str,
    added_by: str | None,
) -> bool:
    """Add a contact under an id made before. False: this very one is there already, and nothing changed.

    Raises AddressTaken; the caller's transaction is then to be given up.
    """
    for address in addresses:
        holder = by_address(tx, workspace_id, address)
        if holder and holder.id != contact_id:
            raise AddressTaken(holder.id)
    values: dict[str, Any] = {
        "id": contact_id,
        "workspace_id": workspace_id,
        "name": name,
        "company": company,
        "title": title,
        "phone": phone,
        "notes": notes,
        "source": source,
        "added_by": added_by,
        "created_at": tx.now,
        "updated_at": tx.now,
        "search": fold(" ".join((name, company, *addresses))),
    }
    if not tx.insert_new(contact, values):
        return False
    for position, address in sorted(enumerate(addresses), key=lambda pair: pair[1]):
        # in one order for everybody: two people adding the same two addresses do not wait for each other
        row = {
            "workspace_id": workspace_id,
            "address": address,
            "contact_id": contact_id,
            "position": position,
        }
        if not tx.insert_new(contact_address, row):
            holder = by_address(tx, workspace_id, address)
            raise AddressTaken(holder.id if holder else "")
    return True


def _read(
    tx: Transaction,
    workspace_id: str,
    *where: ColumnElement[bool],
    limit: int = 100,
    start: int = 0,
    order: Sequence[ColumnElement[Any]] = (),
) -> tuple[Contact, ...]:
    rows = tx.all(
        select(*COLUMNS)
        .where(contact.c.workspace_id == workspace_id, contact.c.deleted_at.is_(None), *where)
        .order_by(*(order or (contact.c.created_at.desc(), contact.c.id)))
        .limit(limit)
        .offset(start)
    )
    addresses = _addresses(tx, workspace_id, [row.id for row in rows])
    return tuple(Contact(**row._mapping, addresses=tuple(addresses.get(row.id, ()))) for row in rows)


def _addresses(tx: Transaction, workspace_id: str, contact_ids: Sequence[str]) -> dict[str, list[str]]:
    if not contact_ids:
        return {}
    rows = tx.all(
        select(contact_address.c.contact_id, contact_address.c.address)
        .where(contact_address.c.workspace_id == workspace_id, contact_address.c.contact_id.in_(contact_ids))
        .order_by(contact_address.c.position)
    )
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row.contact_id, []).append(row.address)
    return found
