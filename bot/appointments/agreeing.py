"""Brings one appointment's calendars into agreement with it, whatever happened before.

Written first, taken out elsewhere after, so that it never stands nowhere. Before each attempt the row says
that one has begun: the next one looks whether it came through. What a person changed, deleted or invited
guests to there is never overwritten. Of members who may not use Mailroom any more nothing is touched.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog

from bot.appointments import calendar_rules
from bot.appointments.queue import AGREE_BULK, CalendarQueue, Tell
from bot.connections import Connections
from bot.engine import Again, Done, Job, Outcome
from bot.words import Reader
from providers.calendar import Event, EventRef
from providers.errors import Conflict, NotFound, PermissionMissing, ReconnectRequired
from store import accounts, appointments, calendars, contacts, members, workspaces
from store.accounts import Account
from store.appointments import Appointment
from store.calendars import ASKED, GONE, GUESTS, KEPT, LEFT, LOST, OUT, WANTED, WRITTEN, Sync
from store.database import Database, Transaction
from store.members import Member

log = structlog.get_logger(__name__)

WITHOUT_ACCESS = timedelta(hours=1)  # until it is tried again after access has ended


@dataclass(frozen=True, slots=True)
class Aim:
    """What shall stand in one calendar for one appointment, and what is known to stand there."""

    row: calendars.Event
    account: Account
    one: Appointment
    event: Event

    @property
    def ref(self) -> EventRef:
        return ref_of(self.row)

    @property
    def is_reached(self) -> bool:
        """Say whether nothing is to be done: it stands there, or a person has decided otherwise."""
        if self.row.state in (ASKED, KEPT):
            return self.row.version == self.one.version
        return self.row.state == WRITTEN and self.row.written == calendar_rules.digest(self.event)


def ref_of(row: calendars.Event) -> EventRef:
    """Say where an event stands, as far as is known."""
    key = calendar_rules.key_of(row.appointment_id, row.member_id)
    return EventRef(row.calendar_id, key, row.event_id, row.etag)


class Agreeing:
    """Writes and takes out events. Thread-safe."""

    def __init__(self, database: Database, connections: Connections, queue: CalendarQueue) -> None:
        self._database, self._connections, self._queue = database, connections, queue

    def run(self, job: Job) -> Outcome:
        """Bring one appointment into one member's calendar. Called again until it is so."""
        appointment_id, member_id, _ = job.key.split(":")
        where = (job.workspace_id, member_id, appointment_id)
        with self._database.read() as tx:
            member = members.get(tx, job.workspace_id, member_id)
        if member is None or not member.is_admitted:
            return Done()  # when they are back, their next night brings it into agreement
        try:
            aim = self._aim(*where)
            if aim and not aim.is_reached:
                self.put(job, aim)
            for row, account in self._elsewhere(*where):
                self.take_out(job, row, account)
        except (ReconnectRequired, PermissionMissing) as error:
            return Again(WITHOUT_ACCESS, type(error).__name__)
        with self._database.write() as tx:
            sync = calendars.sync_of(tx, job.workspace_id, member_id)
            waits = calendars.count(tx, job.workspace_id, member_id, (WANTED,))
            if sync and sync.view_id and not waits:
                self._queue.show(tx, job.workspace_id, member_id)
            job.finish_in(tx)
        return Done()

    # --- what is to be so ---------------------------------------------------------------------------------

    def _aim(self, workspace_id: str, member_id: str, appointment_id: str) -> Aim | None:
        """Say what shall stand where; makes the row where there is none. None: nothing shall."""
        with self._database.write() as tx:
            sync = calendars.sync_of(tx, workspace_id, member_id)
            one = appointments.get(tx, workspace_id, appointment_id)
            rows = calendars.events_of(tx, workspace_id, member_id, appointment_id)
            if sync is None or one is None or not belongs(one, sync, rows, tx):
                return None
            calendars.want(tx, workspace_id, sync, appointment_id)
            rows = calendars.events_of(tx, workspace_id, member_id, appointment_id)
            row = next(row for row in rows if stands_in(row, sync))
            account = accounts.get(tx, workspace_id, sync.account_id)
            member = members.get(tx, workspace_id, member_id)
            if account is None or member is None:
                return None
            return Aim(row, account, one, wanted_event(tx, one, sync, member))

    def _elsewhere(
        self, workspace_id: str, member_id: str, appointment_id: str
    ) -> tuple[tuple[calendars.Event, Account], ...]:
        """List where it stands and shall not."""
        with self._database.write() as tx:
            sync = calendars.sync_of(tx, workspace_id, member_id)
            one = appointments.get(tx, workspace_id, appointment_id)
            rows = calendars.events_of(tx, workspace_id, member_id, appointment_id)
            stays = sync is not None and one is not None and belongs(one, sync, rows, tx)
            found = []
            for row in rows:
                if (stays and sync and stands_in(row, sync)) or row.state == OUT:
                    continue
                if sync is None and row.state == LEFT:
                    continue
                if row.state == GONE:
                    if one is None or not one.is_planned or sync is None:
                        calendars.forget(tx, workspace_id, row.id)
                    continue
                account = accounts.get(tx, workspace_id, row.account_id)
                if account:
                    found.append((row, account))
        return tuple(found)

    # --- doing it -----------------------------------------------------------------------------------------

    def put(self, job: Job, aim: Aim) -> None:
        """Write the event. What the person did there is asked about or respected. Raises providers.errors."""
        row = aim.row
        tell = Tell.IN_THE_MORNING if job.kind == AGREE_BULK else Tell.NOW
        with self._database.write() as tx:
            calendars.note(tx, row.workspace_id, row.id, begun=True, state=WANTED)
        job.guard()
        try:
            done = self._connections.use_calendar(
                aim.account, lambda calendar: calendar.put(aim.ref, aim.event, again=row.begun)
            )
        except Conflict as conflict:
            self._changed_by_hand(aim, conflict.code, tell)
        except NotFound as missing:
            self.missing(row, missing.code, tell)
        else:
            self._note(
                row,
                WRITTEN,
                event_id=done.event_id,
                etag=done.etag,
                written=calendar_rules.digest(aim.event),
                version=aim.one.version,
            )

    def _note(
        self, row: calendars.Event, state: str, about: str = "", tell: Tell = Tell.NOW, **values: Any
    ) -> None:
        """Write down how an attempt ended; one that was left behind meanwhile, for good, stays that."""
        with self._database.write() as tx:
            now = calendars.event(tx, row.workspace_id, row.id)
            if now is None:
                return
            state = LEFT if now.state == LEFT else state
            calendars.note(tx, row.workspace_id, row.id, **values, state=state, begun=False)
            if about and state != LEFT:
                self._queue.tell(tx, row.workspace_id, row.member_id, row.id, about, tell)

    def take_out(self, job: Job, row: calendars.Event, account: Account) -> None:
        """Take an event out. One with guests is the person's own by now, and stays.

        Its id is kept: a vendor may take what is made again later for the same request as before.
        """
        job.guard()
        try:
            self._connections.use_calendar(account, lambda calendar: calendar.remove(ref_of(row)))
        except NotFound:
            log.info("calendar gone", kind=job.kind)
        except Conflict as conflict:
            log.info("event left", code=conflict.code)
        with self._database.write() as tx:
            calendars.note(tx, row.workspace_id, row.id, state=OUT, begun=True, etag="", written="", asked="")

    def _changed_by_hand(self, aim: Aim, code: str, tell: Tell) -> None:
        """Ask about a change made in the calendar, once for each change. Raises providers.errors."""
        row, one = aim.row, aim.one
        if code == "guests":
            asked = f"{GUESTS}:{one.version}"
            self._note(row, KEPT, asked, tell, asked=asked, version=one.version)
            return
        try:
            theirs = self._connections.use_calendar(aim.account, lambda calendar: calendar.get(aim.ref))
        except NotFound as missing:
            self.missing(row, missing.code, tell)
            return
        self.ask(row, theirs.ref.etag, one.version, tell)

    def ask(self, row: calendars.Event, etag: str, version: int, tell: Tell) -> None:
        """Put the question about one state of the event."""
        asked = asked_of(etag, version)
        self._note(row, ASKED, asked, tell, asked=asked, version=version)

    def as_it_was(self, row: calendars.Event) -> None:
        """The person put it back themselves: nothing is left to ask, and it is written as any other."""
        with self._database.write() as tx:
            calendars.note(tx, row.workspace_id, row.id, state=WANTED, etag="", written="", begun=True)
            self._queue.agree(tx, row.workspace_id, row.member_id, row.appointment_id, bulk=True)

    def missing(self, row: calendars.Event, code: str, tell: Tell) -> None:
        """Note that the event, or the whole calendar, was deleted there. It stays so, and is said."""
        if code != "calendar":
            self._note(row, GONE, GONE, tell, event_id="", etag="")
        else:
            self.lose(row.workspace_id, row.member_id, row.calendar_id, tell)

    def lose(self, workspace_id: str, member_id: str, calendar_id: str, tell: Tell) -> None:
        """Note that a whole calendar is gone. It is said, once for each time that it was chosen."""
        with self._database.write() as tx:
            sync = calendars.sync_of(tx, workspace_id, member_id)
            if sync and calendars.lose(tx, workspace_id, member_id, calendar_id):
                about = f"{LOST}:{sync.changed_at.timestamp()}"
                self._queue.tell(tx, workspace_id, member_id, member_id, about, tell)


def asked_of(etag: str, version: int) -> str:
    """Name what a question is about: one state of the event and one version of the appointment."""
    return calendar_rules.short(f"{etag}|{version}")


def belongs(one: Appointment, sync: Sync, rows: tuple[calendars.Event, ...], tx: Transaction) -> bool:
    """Say whether an appointment is to stand in the member's calendar. What they deleted there is not."""
    if not sync.is_on or not one.is_planned or one.owner_member_id != sync.member_id:
        return False
    if any(row.state == GONE for row in rows) or contacts.get(tx, one.workspace_id, one.contact_id) is None:
        return False
    return one.ends_at > tx.now or any(row.state != OUT for row in rows)


def stands_in(row: calendars.Event, sync: Sync) -> bool:
    """Say whether an event stands in the calendar that is synced to."""
    return (row.account_id, row.calendar_id) == (sync.account_id, sync.calendar_id)


def wanted_event(tx: Transaction, one: Appointment, sync: Sync, member: Member) -> Event:
    """Say what shall stand in the calendar."""
    contact = contacts.get(tx, one.workspace_id, one.contact_id)
    workspace = workspaces.get(tx, one.workspace_id)
    link = ""
    if sync.app_id and workspace:
        link = f"https://slack.com/app_redirect?app={sync.app_id}&team={workspace.team_id}"
    say, name = Reader(locale=member.locale).say, contact.name if contact else ""
    words = say("Open Mailroom in Slack:")
    return calendar_rules.event_of(one, name, sync.titles, say("Busy"), link, words)
