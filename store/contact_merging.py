"""Two contacts that are one person: put together, and for a day taken apart again.

Rows that name the merged contact name the other one from then on, and Undo gives them back: every table with
an `id` and a `contact_id`, whoever made it.
"""

from collections.abc import Iterator, Mapping

from sqlalchemy import Table, delete, select, update

from store import contact_changes, contacts
from store.contact_changes import MERGED, UNMERGED, Outdated
from store.contact_endings import Back, freed, hold, one_gone, put_away, revive
from store.contacts import Contact
from store.database import Transaction
from store.schema import contact_change, metadata, moved_row, recent_contact


def followers() -> Iterator[Table]:
    """Every table whose rows go along with a contact, one by one."""
    for table in metadata.sorted_tables:
        if "id" in table.c and "contact_id" in table.c:
            yield table


def merge(
    tx: Transaction,
    workspace_id: str,
    going: Contact,
    kept: Contact,
    fields: Mapping[str, str],
    *,
    member_id: str | None,
) -> Contact:
    """Put one contact into another, which gets `fields`; both as they were read.

    Raises Outdated and AddressTaken; the caller's transaction is then to be given up.
    """
    if going.id == kept.id:
        raise Outdated
    hold(tx, workspace_id, going.id, kept.id)  # each may go into the other at the same moment
    put_away(tx, workspace_id, going, kept.id)
    now = contact_changes.change(
        tx, workspace_id, kept.id, kept.version, fields, member_id=member_id, merged_id=going.id
    )
    _move(tx, workspace_id, going.id, kept.id)
    contact_changes.note(
        tx,
        workspace_id,
        kept.id,
        MERGED,
        member_id=member_id,
        after=going.name,
        version=now.version,
        merged_id=going.id,
    )
    return now


def unmerge(tx: Transaction, workspace_id: str, gone_id: str, *, member_id: str | None) -> Back:
    """Take a merging back: both are there again, each with what was its own.

    What was changed since stays as it is. Nothing comes back where one of them would have no address left.
    Raises Outdated where there is nothing to take back.
    """
    was = one_gone(tx, workspace_id, gone_id)
    if was is None or not was.merged_into:
        raise Outdated
    hold(tx, workspace_id, gone_id, was.merged_into)
    kept = contacts.only(tx, workspace_id, was.merged_into)
    if kept is None:
        raise Outdated
    free, taken = freed(tx, workspace_id, gone_id, lent_to=kept.id)
    fields = _before(tx, workspace_id, kept, gone_id, free)
    if not free or not fields["addresses"]:
        return Back(None, taken)
    now = contact_changes.change(tx, workspace_id, kept.id, kept.version, fields, member_id=member_id)
    _move_back(tx, workspace_id, gone_id, kept.id)
    contact_changes.note(
        tx, workspace_id, kept.id, UNMERGED, member_id=member_id, after=was.name, version=now.version
    )
    return Back(revive(tx, workspace_id, was, free, UNMERGED, member_id=member_id), taken)


def _before(
    tx: Transaction, workspace_id: str, kept: Contact, gone_id: str, theirs: tuple[str, ...]
) -> dict[str, str]:
    """What the kept contact goes back to: each field that nobody changed since, as it was."""
    fields = contact_changes.fields_of(kept)
    for change in contact_changes.of_merging(tx, workspace_id, kept.id, gone_id):
        if fields.get(change.field) == change.after:
            fields[change.field] = change.before
    own = [one for one in fields["addresses"].split("\n") if one not in theirs]
    return {**fields, "addresses": "\n".join(own)}


def _move(tx: Transaction, workspace_id: str, gone_id: str, kept_id: str) -> None:
    for table in followers():
        mine = (table.c.workspace_id == workspace_id, table.c.contact_id == gone_id)
        for row in tx.all(select(table.c.id).where(*mine)):
            _remember(tx, workspace_id, gone_id, table.name, row.id)
        tx.execute(update(table).where(*mine).values(contact_id=kept_id, **_turned(table)))
    looked = recent_contact.c
    for row in tx.all(
        select(looked.member_id, looked.at).where(
            looked.workspace_id == workspace_id, looked.contact_id == gone_id
        )
    ):
        values = {"workspace_id": workspace_id, "member_id": row.member_id, "contact_id": kept_id}
        if tx.insert_new(recent_contact, {**values, "at": row.at}):
            _remember(tx, workspace_id, gone_id, recent_contact.name, row.member_id)


def _move_back(tx: Transaction, workspace_id: str, gone_id: str, kept_id: str) -> None:
    mine = (moved_row.c.workspace_id == workspace_id, moved_row.c.contact_id == gone_id)
    for table in followers():
        ids = select(moved_row.c.row_id).where(*mine, moved_row.c.kind == table.name)
        theirs = (
            table.c.workspace_id == workspace_id,
            table.c.contact_id == kept_id,
            table.c.id.in_(ids),
        )
        tx.execute(update(table).where(*theirs).values(contact_id=gone_id, **_turned(table)))
    members = select(moved_row.c.row_id).where(*mine, moved_row.c.kind == recent_contact.name)
    tx.execute(
        delete(recent_contact).where(
            recent_contact.c.workspace_id == workspace_id,
            recent_contact.c.contact_id == kept_id,
            recent_contact.c.member_id.in_(members),
        )
    )
    tx.execute(delete(moved_row).where(*mine))


def _turned(table: Table) -> dict[str, object]:
    # the versions of two contacts must not mix: those that came along count below zero
    return {"version": -contact_change.c.version} if table is contact_change else {}


def _remember(tx: Transaction, workspace_id: str, gone_id: str, kind: str, row_id: str) -> None:
    values = {"workspace_id": workspace_id, "contact_id": gone_id, "kind": kind, "row_id": row_id}
    tx.insert_new(moved_row, values)
