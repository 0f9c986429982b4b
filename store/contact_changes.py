"""Changes of contacts: who changed what, and what it was before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, select, update

from store import contacts
from store.contacts import Contact
from store.database import Transaction
from store.ids import new_id
from store.schema import contact, contact_address, contact_change

FIELDS = ("name", "addresses", "company", "title", "phone", "owner", "notes")
ADDED, DELETED, RESTORED = "added", "deleted", "restored"  # what happens to a contact as a whole
MERGED, UNMERGED, IMPORTED = "merged", "unmerged", "imported"


@dataclass(frozen=True, slots=True)
class Change:
    """One field that changed, or one of the words above. `member_id` is None where nobody is known."""

    member_id: str | None
    at: datetime
    field: str
    before: str
    after: str
    version: int
    merged_id: str | None


class Outdated(Exception):
    """The contact was changed, deleted or merged after it was read. Nothing was changed by this."""


def fields_of(one: Contact) -> dict[str, str]:
    """What a person can change, each as text. The addresses stand one to a line, the owner as an id."""
    return {
        "name": one.name,
        "addresses": "\n".join(one.addresses),
        "company": one.company,
        "title": one.title,
        "phone": one.phone,
        "owner": one.owner_member_id or "",
        "notes": one.notes,
    }


def change(
    tx: Transaction,
    workspace_id: str,
    contact_id: str,
    version: int,
    fields: Mapping[str, str],
    *,
    member_id: str | None,
    merged_id: str | None = None,
) -> Contact:
    """Change the fields that differ and note each; give the contact as it is then.

    Raises Outdated unless it stands at `version`, and AddressTaken; the caller's transaction is then to be
    given up.
    """
    now = contacts.only(tx, workspace_id, contact_id)
    if now is None or now.version != version:
        raise Outdated
    before = fields_of(now)
    fresh = {name: text for name, text in fields.items() if text != before[name]}
    if not fresh:
        return now
    _write(tx, workspace_id, now, {**before, **fresh})
    if "addresses" in fresh:
        tx.execute(
            delete(contact_address).where(
                contact_address.c.workspace_id == workspace_id, contact_address.c.contact_id == contact_id
            )
        )
        contacts.give_addresses(tx, workspace_id, contact_id, fresh["addresses"].split("\n"))
    for name, text in fresh.items():
        note(
            tx,
            workspace_id,
            contact_id,
            name,
            member_id=member_id,
            before=before[name],
            after=text,
            version=version + 1,
            merged_id=merged_id,
        )
    changed = contacts.only(tx, workspace_id, contact_id)
    if changed is None:
        raise Outdated
    return changed


def _write(tx: Transaction, workspace_id: str, now: Contact, fields: Mapping[str, str]) -> None:
    addresses = fields["addresses"].split("\n")
    statement = (
        update(contact)
        .where(
            contact.c.workspace_id == workspace_id, contact.c.id == now.id, contact.c.version == now.version
        )
        .values(
            **{name: fields[name] for name in ("name", "company", "title", "phone", "notes")},
            owner_member_id=fields["owner"] or None,
            search=contacts.searched(fields["name"], fields["company"], addresses),
            version=now.version + 1,
            updated_at=tx.now,
        )
    )
    if tx.changed(statement) != 1:
        raise Outdated


def note(
    tx: Transaction,
    workspace_id: str,
    contact_id: str,
    field: str,
    *,
    member_id: str | None,
    before: str = "",
    after: str = "",
    version: int,
    merged_id: str | None = None,
) -> None:
    """Note a change that is made in the same transaction."""
    values = {
        "id": new_id(),
        "workspace_id": workspace_id,
        "contact_id": contact_id,
        "member_id": member_id,
        "at": tx.now,
        "field": field,
        "before": before,
        "after": after,
        "version": version,
        "merged_id": merged_id,
    }
    tx.execute(contact_change.insert().values(**values))


def latest(tx: Transaction, workspace_id: str, contact_id: str, limit: int) -> tuple[Change, ...]:
    """List a contact's changes, the last one first."""
    rows = tx.all(
        _of(workspace_id, contact_id)
        .order_by(contact_change.c.at.desc(), contact_change.c.version.desc(), contact_change.c.field.desc())
        .limit(limit)
    )
    return tuple(Change(*row) for row in rows)


def since(tx: Transaction, workspace_id: str, contact_id: str, version: int) -> tuple[Change, ...]:
    """List the changes of fields after `version`, the first one first."""
    rows = tx.all(
        _of(workspace_id, contact_id)
        .where(contact_change.c.version > version, contact_change.c.field.in_(FIELDS))
        .order_by(contact_change.c.version)
    )
    return tuple(Change(*row) for row in rows)


def of_merging(tx: Transaction, workspace_id: str, contact_id: str, merged_id: str) -> tuple[Change, ...]:
    """List what the last merging with `merged_id` changed."""
    rows = tx.all(
        _of(workspace_id, contact_id)
        .where(contact_change.c.merged_id == merged_id)
        .order_by(contact_change.c.version.desc())
    )
    found = [Change(*row) for row in rows]
    return tuple(one for one in found if one.version == found[0].version)


def _of(workspace_id: str, contact_id: str) -> Select[*tuple[Any, ...]]:
    columns = [contact_change.c[name] for name in Change.__dataclass_fields__]
    return select(*columns).where(
        contact_change.c.workspace_id == workspace_id, contact_change.c.contact_id == contact_id
    )
