"""Answers to what a person changed in the calendar: take it, put it back, or leave both as they are."""

from contextlib import suppress
from dataclasses import replace

from bot.appointments import calendar_rules
from bot.appointments.agreeing import Agreeing, asked_of, ref_of, wanted_event
from bot.appointments.dates import Row
from bot.appointments.queue import CalendarQueue, Tell
from bot.appointments.reminders import plan_reminder
from bot.appointments.syncs import LEAVE, TAKE, Question
from bot.connections import Connections
from bot.errors import NotYours
from providers.calendar import ExternalEvent
from providers.errors import NotFound
from store import accounts, appointments, calendars, contacts, members
from store.accounts import Account
from store.calendars import ASKED, KEPT, WANTED
from store.database import Database, Transaction
from store.members import Member


class Asking:
    """Reads questions and carries out answers. Thread-safe. Both ask the provider what stands there now."""

    def __init__(
        self, database: Database, connections: Connections, queue: CalendarQueue, agreeing: Agreeing
    ) -> None:
        self._database, self._connections = database, connections
        self._queue, self._agreeing = queue, agreeing

    def question(self, member: Member, row_id: str, tell: Tell = Tell.SHOWN) -> Question:
        """Read both versions as they are now, and note what has come of the question meanwhile.

        `tell` is for what differs from what was asked. Raises: NotYours, providers.errors.
        """
        account, question = self._now(member, row_id)
        row = question.row
        if row.state != ASKED:
            return question
        try:
            theirs = self._theirs(row, account)
        except NotFound:  # the calendar with all that stood in it, and no event that the person deleted
            self._agreeing.lose(row.workspace_id, row.member_id, row.calendar_id, Tell.NOW)
            raise NotYours from None
        if theirs is None:
            self._agreeing.missing(row, "deleted", tell)
        elif not theirs.by_hand:
            self._agreeing.as_it_was(row)
        elif row.asked != asked_of(theirs.ref.etag, row.version):
            self._agreeing.ask(row, theirs.ref.etag, row.version, tell)
        else:
            return replace(question, theirs=theirs)
        return replace(self._now(member, row_id)[1], theirs=theirs)

    def _now(self, member: Member, row_id: str) -> tuple[Account, Question]:
        with self._database.read() as tx:
            return self._found(tx, member, row_id)

    def open_ones(self, member: Member, limit: int) -> tuple[Question, ...]:
        """List questions that wait for an answer, without asking the provider."""
        with self._database.read() as tx:
            rows = calendars.all_events(tx, member.workspace_id, member.id, (ASKED,))
            found = []
            for row in rows:
                with suppress(NotYours):  # its appointment or account has gone: the next night takes it out
                    found.append(self._found(tx, member, row.id)[1])
        return tuple(found[:limit])

    def answer(self, member: Member, row_id: str, act: str, asked: str) -> Question:
        """Carry out an answer. One that was given to another question is shown the present one instead.

        Raises: NotYours, providers.errors, Busy.
        """
        question = self.question(member, row_id)
        if question.theirs is None or not question.is_open or question.row.asked != asked:
            return question
        with self._database.write() as tx:
            now = self._found(tx, member, row_id)[1]
            if not now.is_open or now.row.asked != asked:
                return now
            if act == LEAVE:
                calendars.note(tx, member.workspace_id, row_id, state=KEPT)
                return self._found(tx, member, row_id)[1]
            if act == TAKE and not self._take(tx, member, question):
                return replace(question, refused=True)
            # knowing their state of the event is what lets the next write go over it
            etag = question.theirs.ref.etag
            event_id = question.theirs.ref.event_id
            calendars.note(
                tx,
                member.workspace_id,
                row_id,
                state=WANTED,
                written="",
                etag=etag,
                event_id=event_id,
                begun=False,
            )
            self._queue.agree(tx, member.workspace_id, member.id, question.row.appointment_id)
            return self._found(tx, member, row_id)[1]

    def _take(self, tx: Transaction, member: Member, question: Question) -> bool:
        """Bring the appointment to where the calendar has it. False: it cannot stand so."""
        one, theirs = question.shown.appointment, question.theirs
        if theirs is None:
            return False
        planned = calendar_rules.taken(one, theirs, question.mine, question.shown.contact, question.titles)
        if planned is None:
            return False
        if not appointments.change(tx, member.workspace_id, one.id, one.version, planned, member.id):
            return False
        fresh = appointments.get(tx, member.workspace_id, one.id)
        if fresh:
            plan_reminder(tx, fresh, self._queue.nudge)
        return True

    def _theirs(self, row: calendars.Event, account: Account) -> ExternalEvent | None:
        try:
            return self._connections.use_calendar(account, lambda calendar: calendar.get(ref_of(row)))
        except NotFound as missing:
            if missing.code == "calendar":
                raise
            return None

    def _found(self, tx: Transaction, member: Member, row_id: str) -> tuple[Account, Question]:
        row = calendars.event(tx, member.workspace_id, row_id)
        if row is None or row.member_id != member.id:
            raise NotYours
        one = appointments.get(tx, member.workspace_id, row.appointment_id)
        account = accounts.get(tx, member.workspace_id, row.account_id)
        sync = calendars.sync_of(tx, member.workspace_id, member.id)
        owner = members.get(tx, member.workspace_id, member.id)
        if one is None or account is None or sync is None or owner is None or one.owner_member_id != owner.id:
            raise NotYours
        contact = contacts.get(tx, member.workspace_id, one.contact_id)
        shown = Row(one, contact.name if contact else "")
        mine = wanted_event(tx, one, sync, owner)
        return account, Question(row, shown, mine, None, sync.titles)
