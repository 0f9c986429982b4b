"""Edits contacts: two people at once lose nothing of each other's, and every change is noted."""

from collections.abc import Mapping
from dataclasses import replace

from bot.contacts.drafts import Crossing, Draft, Refused
from bot.contacts.pairs import Follow
from bot.contacts.rules import Entry, Weighed, read, weigh
from bot.contacts.service import NO_MEMBER, owner_id
from bot.errors import NotYours
from bot.payloads import EditContactRef
from store import activity, contact_changes, contacts, members, own_addresses, workspaces
from store.contact_changes import Outdated, fields_of
from store.contacts import AddressTaken, Contact
from store.database import Busy, Database, Transaction
from store.members import Member

ROUNDS = 3  # savings in a row that others may overtake between reading and writing


class Editing:
    """What happens when a contact is edited. Thread-safe."""

    def __init__(self, database: Database, follow: Follow) -> None:
        self._database, self._follow = database, follow

    def begin(self, member: Member, contact_id: str) -> Draft:
        """Prepare the form. Raises NotYours when the contact is gone."""
        with self._database.read() as tx:
            now = contacts.get(tx, member.workspace_id, contact_id)
            if now is None:
                raise NotYours
            return _draft(tx, member, now, fields_of(now))

    def save(self, member: Member, ref: EditContactRef, entry: Entry) -> Contact | Refused:
        """Save what was typed; fields that were left alone stay as others have made them meanwhile.

        Raises NotYours when the contact is gone, and Busy, with nothing saved.
        """
        for _ in range(ROUNDS):
            with self._database.read() as tx:
                prepared = _prepare(tx, member, ref, entry)
            if isinstance(prepared, Refused):
                return prepared
            now, weighed = prepared
            try:
                return self._write(member, now, weighed.fields)
            except Outdated:
                continue
            except AddressTaken as taken:
                with self._database.read() as tx:
                    holder = contacts.get(tx, member.workspace_id, taken.contact_id)
                    if holder:
                        return replace(_refused(tx, member, ref, entry), holder=holder)
        raise Busy("overtaken")

    def _write(self, member: Member, now: Contact, fields: Mapping[str, str]) -> Contact:
        with self._database.write(patience=1.5) as tx:
            changed = contact_changes.change(
                tx, member.workspace_id, now.id, now.version, fields, member_id=member.id
            )
            if changed.version != now.version:
                activity.note(tx, member.workspace_id, member.id, "changed")
            if changed.name != now.name:
                self._follow(tx, member.workspace_id, now.id)
        return changed


def _prepare(
    tx: Transaction, member: Member, ref: EditContactRef, entry: Entry
) -> tuple[Contact, Weighed] | Refused:
    now = contacts.only(tx, member.workspace_id, ref.contact)
    if now is None:
        raise NotYours
    shown = fields_of(now)
    changes = contact_changes.since(tx, member.workspace_id, now.id, ref.version)
    for change in reversed(changes):
        shown[change.field] = change.before
    own = own_addresses.of_member(tx, member.workspace_id, member.id)
    reading = read(entry, frozenset(one.address for one in own) - set(shown["addresses"].split("\n")))
    owner = _owner(tx, member.workspace_id, entry.owner, shown["owner"])
    found = (*reading.findings, *(() if owner is not None else (NO_MEMBER,)))
    if found or owner is None:
        return replace(_refused(tx, member, ref, entry), findings=found)
    typed = {name: getattr(reading.entry, name) for name in ("name", "company", "title", "phone", "notes")}
    typed |= {"addresses": "\n".join(reading.addresses), "owner": owner}
    weighed = weigh(typed, shown, fields_of(now))
    if not weighed.crossed:
        return now, weighed
    crossed = []
    for name in weighed.crossed:
        last = next(change for change in reversed(changes) if change.field == name)
        by = _name(tx, member.workspace_id, last.member_id)
        text = _name(tx, member.workspace_id, last.after) if name == "owner" else last.after
        crossed.append(Crossing(name, by, last.at, text))
    draft = replace(_draft(tx, member, now, weighed.fields), record=ref.record, on_top=ref.on_top, again=True)
    return Refused(draft, crossed=tuple(crossed))


def _draft(tx: Transaction, member: Member, now: Contact, fields: Mapping[str, str]) -> Draft:
    owner = members.get(tx, member.workspace_id, fields["owner"]) if fields["owner"] else None
    entry = Entry(**{**fields, "owner": owner.slack_user_id if owner else ""})
    return Draft(now.id, entry, _workspace(tx, member), version=now.version)


def _refused(tx: Transaction, member: Member, ref: EditContactRef, entry: Entry) -> Refused:
    """The form as it stands: what was typed stays in it by itself."""
    draft = Draft(
        ref.contact,
        entry,
        _workspace(tx, member),
        on_top=ref.on_top,
        version=ref.version,
        record=ref.record,
        again=ref.again,
    )
    return Refused(draft)


def _owner(tx: Transaction, workspace_id: str, slack_user_id: str, shown: str) -> str | None:
    was = members.get(tx, workspace_id, shown) if shown else None
    if was and was.slack_user_id == slack_user_id:
        return shown  # who has left meanwhile stays until somebody else is chosen
    return owner_id(tx, workspace_id, slack_user_id)


def _name(tx: Transaction, workspace_id: str, member_id: str | None) -> str:
    found = members.get(tx, workspace_id, member_id) if member_id else None
    return found.name if found else ""


def _workspace(tx: Transaction, member: Member) -> str:
    found = workspaces.get(tx, member.workspace_id)
    return found.name if found else ""
