"""Makes, moves and cancels appointments. Whoever saves over somebody else's change is told first."""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from bot.appointments.dates import ROWS, Changed, Draft, OfContact, Page, Refused, Row, Standing, Stretch
from bot.appointments.reminders import late_key, plan_reminder, reminder_key
from bot.appointments.rules import Entry, Finding, Problem, entry_of, fresh, read
from bot.errors import NotYours
from bot.payloads import AppointmentForm, PersonRef
from providers.content.addresses import normalise
from store import activity, appointments, contacts, members
from store.appointments import CANCELLED, PLANNED, Appointment, Planned
from store.contacts import Contact
from store.database import Database, Transaction, new_id
from store.members import Member

MOST_OVERLAPS, MOST_OF_CONTACT = 3, 5
MOST_CANCELLED, MOST_CANCELLED_OF_CONTACT = 8, 3
MOST_OFFERED = 50


class Calendars(Protocol):
    """What Calendar Sync must hear of."""

    def changed(self, tx: Transaction, one: Appointment) -> None:
        """Have the change written into the owner's calendar, where they sync."""

    def reminds(self, tx: Transaction, one: Appointment) -> bool:
        """Say whether the owner's calendar reminds of it, so that nobody else need."""

    def will_remind(self, tx: Transaction, one: Appointment) -> bool:
        """Say whether it will, once what was decided just now is written."""


class AppointmentsService:
    """What happens with appointments. Thread-safe."""

    def __init__(
        self, database: Database, nudge: Callable[[str], None], calendars: Calendars | None = None
    ) -> None:
        self._database, self._nudge, self._calendars = database, nudge, calendars

    # --- the form -----------------------------------------------------------------------------------------

    def begin(self, member: Member, ref: PersonRef) -> Draft:
        """Prepare a form for a new appointment. Raises NotYours when the contact is gone or is none."""
        with self._database.read() as tx:
            contact = _contact(tx, member, ref)
        entry = fresh(self._database.clock(), member.zone, contact.id if contact else "")
        return Draft(new_id(), 0, replace(entry, owner=member.slack_user_id), contact)

    def open(self, member: Member, appointment_id: str) -> Draft | Standing:
        """Prepare a form for one that is there; a cancelled one is shown as it stands. Raises NotYours."""
        with self._database.read() as tx:
            one = _get(tx, member, appointment_id)
            return self._draft(tx, member, one) if one.is_planned else self._standing(tx, member, one)

    def _draft(self, tx: Transaction, member: Member, one: Appointment) -> Draft:
        contact = contacts.get(tx, member.workspace_id, one.contact_id)
        owner = members.get(tx, member.workspace_id, one.owner_member_id or "")
        entry = replace(entry_of(one), owner=owner.slack_user_id if owner else "")
        return Draft(one.id, one.version, entry, contact, calendar_reminds=self._will_remind(tx, one))

    def save(self, member: Member, form: AppointmentForm, entry: Entry) -> Standing | Refused | Draft:
        """Save a form. A Draft: somebody else was faster; what was typed stands in it, nothing was saved.

        Raises: NotYours when the appointment or the contact is gone, Busy.
        """
        planned = read(entry)
        if not isinstance(planned, Planned):
            return Refused(planned)
        with self._database.write(patience=1.5) as tx:
            contact = contacts.hold(tx, member.workspace_id, planned.contact_id)
            if contact is None:
                raise NotYours
            planned = replace(planned, contact_id=contact.id)  # merged meanwhile: it is with the other one
            before = appointments.get(tx, member.workspace_id, form.appointment)
            owner_id = _owner(tx, member, entry.owner, before)
            if owner_id is None:
                return Refused((Finding("owner", Problem.NO_MEMBER),))
            if before and _says(before, planned) and before.owner_member_id == owner_id:
                return self._standing(tx, member, before)
            where = (tx, member.workspace_id, form.appointment)
            if form.version:
                saved = appointments.change(*where, form.version, planned, member.id, owner_id)
            else:
                saved = appointments.add(*where, planned, member.id, owner_id)
                if saved:
                    activity.note(tx, member.workspace_id, member.id, "appointment")
            one = _get(tx, member, form.appointment)
            if not saved:
                return self._overtaken(tx, member, one, entry)
            moves = before is not None and before.owner_member_id != owner_id
            self._follow(tx, one, handed=moves and owner_id != member.id)
            if before and self._calendars and moves:
                self._calendars.changed(tx, before)  # it leaves the calendar of whose it was
            return self._standing(tx, member, one)

    def _overtaken(self, tx: Transaction, member: Member, one: Appointment, entry: Entry) -> Draft:
        by = _name(tx, member, one.changed_by)
        contact = contacts.get(tx, member.workspace_id, one.contact_id)
        typed = contacts.get(tx, member.workspace_id, entry.contact) if entry.contact else None
        draft = self._draft(tx, member, one)
        owner = _name(tx, member, one.owner_member_id) if draft.entry.owner != entry.owner else ""
        changed = Changed(by, one, contact.name if contact else "", owner)
        return replace(draft, entry=entry, contact=typed, changed=changed)

    def cancel(self, member: Member, form: AppointmentForm) -> Standing:
        """Cancel an appointment, whatever was typed. Raises: NotYours, Busy."""
        return self._set_state(member, form.appointment, CANCELLED)

    def plan_again(self, member: Member, appointment_id: str) -> Standing:
        """Take a cancellation back. Raises: NotYours, Busy."""
        return self._set_state(member, appointment_id, PLANNED)

    def _set_state(self, member: Member, appointment_id: str, state: str) -> Standing:
        with self._database.write(patience=1.5) as tx:
            one = _get(tx, member, appointment_id)
            if one.state != state and appointments.set_state(
                tx, member.workspace_id, one.id, one.version, state, member.id
            ):
                one = _get(tx, member, appointment_id)
                self._follow(tx, one)
            return self._standing(tx, member, one)

    def _follow(self, tx: Transaction, one: Appointment, *, handed: bool = False) -> None:
        """Have done what follows from a change: the reminder, the calendar."""
        plan_reminder(tx, one, self._nudge, handed=handed)
        if self._calendars:
            self._calendars.changed(tx, one)

    def _will_remind(self, tx: Transaction, one: Appointment) -> bool:
        return self._calendars is not None and self._calendars.will_remind(tx, one)

    def _standing(self, tx: Transaction, member: Member, one: Appointment) -> Standing:
        owner_id = one.owner_member_id
        overlaps: tuple[Appointment, ...] = ()
        if owner_id and one.is_planned:
            overlaps = appointments.overlapping(tx, one.workspace_id, owner_id, one, MOST_OVERLAPS)
        rows = _rows(tx, member, (one, *overlaps))
        return Standing(rows[0], rows[1:], self._will_remind(tx, one))

    # --- lists --------------------------------------------------------------------------------------------

    def page(self, member: Member, start: int) -> Page:
        """Read what Home shows: the member's own to come."""
        with self._database.read() as tx:
            stretch = self._stretch(tx, member, start, past=False)
            where = (member.workspace_id, member.id)
            has_earlier = bool(appointments.earlier(tx, *where, 1) or appointments.cancelled(tx, *where, 1))
        return Page(stretch, has_earlier)

    def earlier(self, member: Member, start: int) -> Stretch:
        """Read the member's own that are over, the latest first, and the cancelled ones still to come."""
        with self._database.read() as tx:
            found = self._stretch(tx, member, start, past=True)
            off = appointments.cancelled(tx, member.workspace_id, member.id, MOST_CANCELLED)
            return replace(found, cancelled=_rows(tx, member, off))

    def _stretch(self, tx: Transaction, member: Member, start: int, *, past: bool) -> Stretch:
        read_rows = appointments.earlier if past else appointments.upcoming
        found = read_rows(tx, member.workspace_id, member.id, ROWS + 1, start)
        if not found and start:
            return self._stretch(tx, member, 0, past=past)
        return Stretch(_rows(tx, member, found[:ROWS]), start, len(found) > ROWS)

    def coming(self, member: Member, limit: int) -> tuple[Row, ...]:
        """Read the next few of the member's own."""
        with self._database.read() as tx:
            return _rows(tx, member, appointments.upcoming(tx, member.workspace_id, member.id, limit))

    def of_contact(self, member: Member, contact_id: str) -> OfContact:
        """Read a contact's, whoever's they are."""
        with self._database.read() as tx:
            coming = appointments.next_with(tx, member.workspace_id, contact_id, MOST_OF_CONTACT)
            past = appointments.past_with(tx, member.workspace_id, contact_id, MOST_OF_CONTACT)
            off = appointments.cancelled(
                tx, member.workspace_id, member.id, MOST_CANCELLED_OF_CONTACT, contact_id
            )
            return OfContact(*(_rows(tx, member, some) for some in (coming, past, off)))

    # --- people -------------------------------------------------------------------------------------------

    def named(self, member: Member, words: str, addresses: list[str], limit: int) -> tuple[Contact, ...]:
        """Find the contacts that go by an address or a name."""
        with self._database.read() as tx:
            if addresses:
                found = [contacts.by_address(tx, member.workspace_id, one) for one in addresses]
                return tuple({one.id: one for one in found if one}.values())
            return contacts.search(tx, member.workspace_id, words, limit)

    def offered(self, member: Member, words: str) -> tuple[Contact, ...]:
        """List contacts to choose from; without words those looked at last come first."""
        with self._database.read() as tx:
            if words.strip():
                return contacts.search(tx, member.workspace_id, words, MOST_OFFERED)
            recent = contacts.recent(tx, member.workspace_id, member.id, MOST_OFFERED)
            known = (*recent, *contacts.latest(tx, member.workspace_id, MOST_OFFERED))
        return tuple({one.id: one for one in known}.values())[:MOST_OFFERED]

    # --- reminders ----------------------------------------------------------------------------------------

    def reminding(self, workspace_id: str, appointment_id: str, key: str) -> tuple[Standing, Member] | None:
        """Read what a reminder is about. None: moved, cancelled, over, or the calendar reminds."""
        with self._database.read() as tx:
            one = appointments.get(tx, workspace_id, appointment_id)
            if one is None or not one.is_planned or one.ends_at <= tx.now:
                return None
            if key not in (reminder_key(one), late_key(one)):
                return None
            if contacts.get(tx, workspace_id, one.contact_id) is None:
                return None
            owner = members.get(tx, workspace_id, one.owner_member_id or "")
            if owner is None or not owner.is_admitted:
                return None
            # what comes into a calendar after its moment is not reminded of there
            if key != late_key(one) and self._calendars and self._calendars.reminds(tx, one):
                return None
            return self._standing(tx, owner, one), owner


def _says(one: Appointment, planned: Planned) -> bool:
    """Say whether an appointment is as it was to be saved: the second click on the same form."""
    return all(getattr(one, name) == getattr(planned, name) for name in Planned.__dataclass_fields__)


def _get(tx: Transaction, member: Member, appointment_id: str) -> Appointment:
    found = appointments.get(tx, member.workspace_id, appointment_id)
    if found is None:
        raise NotYours
    return found


def _contact(tx: Transaction, member: Member, ref: PersonRef) -> Contact | None:
    if not ref.contact and not ref.address:
        return None
    if ref.contact:
        found = contacts.get(tx, member.workspace_id, ref.contact)
    else:
        try:
            found = contacts.by_address(tx, member.workspace_id, normalise(ref.address))
        except ValueError:
            raise NotYours from None
    if found is None:
        raise NotYours
    return found


def _owner(tx: Transaction, member: Member, slack_user_id: str, before: Appointment | None) -> str | None:
    """Find the member who is to look after an appointment. None: somebody who cannot."""
    was = before.owner_member_id if before else member.id
    found = members.by_slack_user(tx, member.workspace_id, slack_user_id) if slack_user_id else None
    if not slack_user_id or (found and found.id == was):
        return was or member.id  # who has left meanwhile stays until somebody else is chosen
    return found.id if found and found.is_admitted else None


def _name(tx: Transaction, member: Member, member_id: str | None) -> str:
    found = members.get(tx, member.workspace_id, member_id) if member_id else None
    return found.name if found else ""


def _rows(tx: Transaction, member: Member, found: tuple[Appointment, ...]) -> tuple[Row, ...]:
    people = {one.contact_id: contacts.get(tx, member.workspace_id, one.contact_id) for one in found}
    names = {key: contact.name if contact else "" for key, contact in people.items()}
    owners = {one.owner_member_id for one in found} - {member.id}
    called = {owner: _name(tx, member, owner) for owner in owners}
    return tuple(Row(one, names[one.contact_id], called.get(one.owner_member_id, "")) for one in found)
