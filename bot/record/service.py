"""Reads what a record shows. The viewer's own mail only: nobody sees another member's through a contact."""

from dataclasses import replace

from bot.appointments.service import AppointmentsService
from bot.inbox.people import resolve
from bot.inbox.service import InboxService, IsOwn, NothingConnected
from bot.payloads import APPOINTMENTS, DETAILS, MineRef, PersonRef, RecordPlace
from bot.record.records import CHANGES, Made, Record, list_of
from store import contact_changes, contacts, members
from store.database import Database, Transaction
from store.members import Member


class RecordService:
    """What happens in a record. Thread-safe."""

    def __init__(self, database: Database, inbox: InboxService, dates: AppointmentsService) -> None:
        self._database, self._inbox, self._dates = database, inbox, dates

    def read(self, member: Member, place: RecordPlace, *, fresh: bool) -> Record:
        """Read a record as it stands. `fresh` asks the mailboxes anew.

        Raises: NotYours when the contact is gone.
        """
        record = self._somebody(member, place)
        if place.tab == DETAILS and record.person.contact:
            return record
        if place.tab == APPOINTMENTS and record.person.contact:
            return replace(record, dates=self._dates.of_contact(member, record.person.contact.id))
        try:
            found = self._inbox.list_threads(member, list_of(record.place), record.rows, fresh=fresh)
        except NothingConnected as nothing:
            return replace(record, connected=False, offers=nothing.offers)
        except IsOwn:
            return replace(record, own=True)
        if not found.stretch.rows and record.place.start:  # the list has become shorter: from its beginning
            found = self._inbox.list_threads(member, replace(found.ref, start=0), record.rows, fresh=False)
        return replace(record, found=found, place=replace(record.place, start=found.stretch.start))

    def _somebody(self, member: Member, place: RecordPlace) -> Record:
        with self._database.read() as tx:
            person = resolve(tx, member.workspace_id, PersonRef(place.contact, place.address))
            contact = person.contact
            added_by = _name(tx, member.workspace_id, contact.added_by) if contact else ""
            owner = _name(tx, member.workspace_id, contact.owner_member_id) if contact else ""
            shows = contact is not None and place.tab == DETAILS
            changes = _changes(tx, member.workspace_id, contact.id) if contact and shows else ()
        if contact:  # somebody may have added the stranger in the meantime
            place = replace(place, contact=contact.id, address="")
            self._note_looked_at(member, contact.id)
        return Record(person, place, added_by=added_by, owner=owner, changes=changes)

    def _note_looked_at(self, member: Member, contact_id: str) -> None:
        # at once, not behind: Home is drawn right after, and whom one looked at last stands there
        with self._database.write() as tx:
            contacts.note_looked_at(tx, member.workspace_id, member.id, contact_id)

    def take_as_mine(self, member: Member, ref: MineRef) -> None:
        """Note that an address is the viewer's own: conversations that include it count as one-to-one."""
        self._inbox.add_own_address(member, ref)

    def give_back(self, member: Member, ref: MineRef) -> None:
        """Take back what take_as_mine noted."""
        self._inbox.drop_own_address(member, ref)


def _name(tx: Transaction, workspace_id: str, member_id: str | None) -> str:
    found = members.get(tx, workspace_id, member_id) if member_id else None
    return found.name if found else ""


def _changes(tx: Transaction, workspace_id: str, contact_id: str) -> tuple[Made, ...]:
    made = []
    for change in contact_changes.latest(tx, workspace_id, contact_id, CHANGES):
        texts = change.before, change.after
        if change.field == "owner":
            texts = _name(tx, workspace_id, change.before), _name(tx, workspace_id, change.after)
        made.append(Made(change, _name(tx, workspace_id, change.member_id), *texts))
    return tuple(made)
