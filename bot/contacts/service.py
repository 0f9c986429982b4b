"""Adds contacts: once, whoever adds them and however often."""

from collections.abc import Callable

from bot.contacts.drafts import Draft, Refused
from bot.contacts.rules import Entry, Finding, Problem, read
from bot.errors import NotYours
from bot.payloads import PersonRef
from providers.content.addresses import normalise
from store import activity, contacts, members, own_addresses, workspaces
from store.contacts import AddressTaken, Contact
from store.database import Database, Transaction, new_id
from store.members import Member

BY_HAND = "hand"  # the source of a contact that somebody typed
NO_MEMBER = Finding("owner", Problem.NO_MEMBER)


def owner_id(tx: Transaction, workspace_id: str, slack_user_id: str) -> str | None:
    """Find the member who is to look after a contact; "" for nobody, None for somebody who cannot."""
    if not slack_user_id:
        return ""
    found = members.by_slack_user(tx, workspace_id, slack_user_id)
    return found.id if found and not found.is_deleted and not found.is_guest else None


class ContactsService:
    """What happens with contacts. `known_name` says how mail read just now names an address. Thread-safe."""

    def __init__(self, database: Database, known_name: Callable[[Member, str], str]) -> None:
        self._database, self._known_name = database, known_name

    def begin(self, member: Member, ref: PersonRef) -> Draft | Contact:
        """Prepare a form for somebody, or find the contact that is there already.

        Raises NotYours when the contact is gone or the address is none.
        """
        with self._database.read() as tx:
            found = self._found(tx, member, ref)
            first, workspace = self._telling(tx, member)
        if found:
            return found
        name = self._known_name(member, normalise(ref.address)) if ref.address else ""
        return Draft(new_id(), Entry(name=name, addresses=ref.address), workspace, first)

    def _found(self, tx: Transaction, member: Member, ref: PersonRef) -> Contact | None:
        if ref.contact:
            known = contacts.get(tx, member.workspace_id, ref.contact)
            if known is None:
                raise NotYours
            return known
        if not ref.address:
            return None
        try:
            return contacts.by_address(tx, member.workspace_id, normalise(ref.address))
        except ValueError:
            raise NotYours from None

    def _telling(self, tx: Transaction, member: Member) -> tuple[bool, str]:
        known = members.get(tx, member.workspace_id, member.id)
        workspace = workspaces.get(tx, member.workspace_id)
        return known is None or known.told_sharing_at is None, workspace.name if workspace else ""

    def add(self, member: Member, contact_id: str, entry: Entry) -> Contact | Refused:
        """Add a contact; a second click on the same form finds the first one's.

        Raises Busy, with nothing added.
        """
        with self._database.read() as tx:
            first, workspace = self._telling(tx, member)
            own = own_addresses.of_member(tx, member.workspace_id, member.id)
            owner = owner_id(tx, member.workspace_id, entry.owner)
        draft = Draft(contact_id, entry, workspace, first)
        reading = read(entry, frozenset(one.address for one in own))
        findings = (*reading.findings, *(() if owner is not None else (NO_MEMBER,)))
        if findings:
            return Refused(draft, findings)
        try:
            return self._add(member, contact_id, reading.entry, reading.addresses, owner)
        except AddressTaken as taken:
            with self._database.read() as tx:
                holder = contacts.get(tx, member.workspace_id, taken.contact_id)
        if holder is None:
            raise NotYours
        return Refused(draft, holder=holder)

    def _add(
        self,
        member: Member,
        contact_id: str,
        entry: Entry,
        addresses: tuple[str, ...],
        owner: str | None,
    ) -> Contact:
        with self._database.write(patience=1.5) as tx:
            fresh = contacts.add(
                tx,
                member.workspace_id,
                contact_id,
                name=entry.name,
                addresses=addresses,
                company=entry.company,
                title=entry.title,
                phone=entry.phone,
                notes=entry.notes,
                owner_member_id=owner or None,
                source=BY_HAND,
                added_by=member.id,
            )
            if fresh:
                members.told_sharing(tx, member.workspace_id, member.id)
                activity.note(tx, member.workspace_id, member.id, "added")
            added = contacts.get(tx, member.workspace_id, contact_id)
        if added is None:
            raise NotYours
        return added
