"""Contacts: the people of the CRM, shared by the workspace."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy import text as sql

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
    version: int = 1
    addresses: tuple[str, ...] = ()


COLUMNS = tuple(contact.c[name] for name in Contact.__dataclass_fields__ if name != "addresses")
THERE = sql("contact.deleted_at IS NULL")  # as the indexes say it: SQLite uses a partial one only then
_THEIRS = and_(
    contact_address.c.workspace_id == contact.c.workspace_id, contact_address.c.contact_id == contact.c.id
)

MOST_SEARCHED = 2_000  # bytes; PostgreSQL indexes no more than 2,704 of a row

# above every letter: what begins with a text lies between it and it with this one behind
_LAST = "\U0010ffff"


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


def searched(name: str, company: str, addresses: Sequence[str]) -> str:
    """Make what searches compare with. Of hundreds of long addresses the last ones are left out."""
    folded = fold(" ".join((name, company, *addresses)))
    return folded.encode()[:MOST_SEARCHED].decode(errors="ignore")


def get(tx: Transaction, workspace_id: str, contact_id: str) -> Contact | None:
    """Read a contact; of one that was merged into another, the other."""
    found = only(tx, workspace_id, contact_id)
    if found:
        return found
    heir = tx.scalar(
        select(contact.c.merged_into).where(
            contact.c.workspace_id == workspace_id, contact.c.id == contact_id
        )
    )
    return get(tx, workspace_id, str(heir)) if heir else None


def hold(tx: Transaction, workspace_id: str, contact_id: str) -> Contact | None:
    """Read a contact as `get` does, and let nobody merge or delete it until the transaction ends."""
    found = get(tx, workspace_id, contact_id)
    while found:
        tx.all(
            select(contact.c.id)
            .where(contact.c.workspace_id == workspace_id, contact.c.id == found.id)
            .with_for_update(read=True)
        )
        now = get(tx, workspace_id, found.id)
        if now is None or now.id == found.id:
            return now
        found = now  # merged while we waited: it is with the other one
    return None


def only(tx: Transaction, workspace_id: str, contact_id: str) -> Contact | None:
    """Read this very contact. None: it is gone, even where another one took its place."""
    found = _read(tx, workspace_id, contact.c.id == contact_id)
    return found[0] if found else None


def by_ids(tx: Transaction, workspace_id: str, contact_ids: Sequence[str]) -> tuple[Contact, ...]:
    """Read those that are there, in the order asked for."""
    if not contact_ids:
        return ()
    found = {c.id: c for c in _read(tx, workspace_id, contact.c.id.in_(contact_ids))}
    return tuple(found[one] for one in contact_ids if one in found)


def by_address(tx: Transaction, workspace_id: str, address: str) -> Contact | None:
    """Find whose address this is."""
    owner = select(contact_address.c.contact_id).where(
        contact_address.c.workspace_id == workspace_id, contact_address.c.address == address
    )
    found = _read(tx, workspace_id, contact.c.id.in_(owner))
    return found[0] if found else None


def search(tx: Transaction, workspace_id: str, words: str, limit: int) -> tuple[Contact, ...]:
    """Find contacts whose name, company or addresses hold every word; names that begin so come first.

    What begins so is a stretch of the index. Only where that is too little, parts of words are looked for: on
    SQLite the index is read through, PostgreSQL has one of three letters at a time.
    """
    folded = fold(words)
    terms = folded.split()
    if not terms:
        return latest(tx, workspace_id, limit)
    begins = and_(contact.c.search >= folded, contact.c.search < folded + _LAST)
    found = _ids(tx, workspace_id, limit, begins)
    if len(found) < limit:
        holds = [_holds(term, is_postgres=tx.dialect == "postgresql") for term in terms]
        found += _ids(tx, workspace_id, limit, *holds)  # with those again, which is cheaper than without
    return by_ids(tx, workspace_id, list(dict.fromkeys(found))[:limit])


def _holds(term: str, *, is_postgres: bool) -> ColumnElement[bool]:
    if is_postgres:  # its index knows LIKE alone
        return contact.c.search.contains(term, autoescape=True)
    return func.instr(contact.c.search, term) > 0


def _ids(
    tx: Transaction,
    workspace_id: str,
    limit: int,
    *where: ColumnElement[bool],
    order: Sequence[ColumnElement[Any]] = (contact.c.search, contact.c.id),
    start: int = 0,
) -> list[str]:
    # ids alone: an index answers it without touching the rows
    rows = tx.all(
        select(contact.c.id)
        .where(contact.c.workspace_id == workspace_id, THERE, *where)
        .order_by(*order)
        .limit(limit)
        .offset(start)
    )
    return [row.id for row in rows]


def latest(tx: Transaction, workspace_id: str, limit: int, start: int = 0) -> tuple[Contact, ...]:
    """List contacts, the newest first."""
    newest = (contact.c.created_at.desc(), contact.c.id.desc())
    return by_ids(tx, workspace_id, _ids(tx, workspace_id, limit, order=newest, start=start))


def count(tx: Transaction, workspace_id: str) -> int:
    """Count the workspace's contacts."""
    where = (contact.c.workspace_id == workspace_id, THERE)
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
    return by_ids(tx, workspace_id, ids)


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
    owner_member_id: str | None = None,
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
        "owner_member_id": owner_member_id,
        "source": source,
        "added_by": added_by,
        "created_at": tx.now,
        "updated_at": tx.now,
        "search": searched(name, company, addresses),
    }
    if not tx.insert_new(contact, values):
        return False
    give_addresses(tx, workspace_id, contact_id, addresses)
    return True


def give_addresses(tx: Transaction, workspace_id: str, contact_id: str, addresses: Sequence[str]) -> None:
    """Give a contact that has none its addresses. Raises AddressTaken."""
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


def _read(tx: Transaction, workspace_id: str, *where: ColumnElement[bool]) -> tuple[Contact, ...]:
    """Read contacts and their addresses in one statement: one row for each address."""
    rows = tx.all(
        select(*COLUMNS, contact_address.c.address)
        .join_from(contact, contact_address, _THEIRS, isouter=True)
        .where(contact.c.workspace_id == workspace_id, THERE, *where)
        .order_by(contact_address.c.position)
    )
    addresses: dict[str, list[str]] = {}
    about: dict[str, Sequence[Any]] = {}
    for *values, address in rows:
        about[values[0]] = values
        if address is not None:
            addresses.setdefault(values[0], []).append(address)
    return tuple(Contact(*(*values, tuple(addresses.get(one, ())))) for one, values in about.items())
