"""The nightly look into a member's calendar: one listing, and what differs is asked or mended."""

from contextlib import suppress
from datetime import timedelta

from bot.appointments.agreeing import WITHOUT_ACCESS, Agreeing, asked_of, ref_of, stands_in
from bot.appointments.calendar_rules import appointment_of, key_of
from bot.appointments.queue import CalendarQueue, Tell
from bot.connections import Connections
from bot.engine import Again, Done, Job, Outcome
from providers.calendar import EventRef, ExternalEvent
from providers.errors import Conflict, NotFound, PermissionMissing, ReconnectRequired
from store import accounts, appointments, calendars, members
from store.accounts import Account
from store.calendars import ASKED, GONE, KEPT, OUT, WRITTEN, Sync
from store.database import Database

BACK, AHEAD = timedelta(days=1), timedelta(days=366)


class Nights:
    """Compares rows with a calendar. Thread-safe."""

    def __init__(
        self, database: Database, connections: Connections, queue: CalendarQueue, agreeing: Agreeing
    ) -> None:
        self._database, self._connections = database, connections
        self._queue, self._agreeing = queue, agreeing

    def run(self, job: Job) -> Outcome:
        """Look once; the next night is in the ledger before anything is asked."""
        member_id = job.ref or ""
        with self._database.write() as tx:
            sync = calendars.sync_of(tx, job.workspace_id, member_id)
            if sync is None or not sync.is_on:
                return Done()
            self._queue.next_night(tx, job.workspace_id, member_id)
            account = accounts.get(tx, job.workspace_id, sync.account_id)
            since, until = tx.now - BACK, tx.now + AHEAD
            rows = calendars.all_events(tx, job.workspace_id, member_id)
            member = members.get(tx, job.workspace_id, member_id)
        if account is None or member is None or not member.is_admitted:
            return Done()
        try:
            found = self._connections.use_calendar(
                account, lambda calendar: calendar.events(sync.calendar_id, since, until)
            )
            self._compare(sync, account, rows, {one.ref.key: one for one in found})
            self._clear_strangers(job, account, sync, found)
        except NotFound as missing:
            if missing.code == "calendar":
                self._agreeing.lose(sync.workspace_id, sync.member_id, sync.calendar_id, Tell.IN_THE_MORNING)
        except (ReconnectRequired, PermissionMissing) as error:
            return Again(WITHOUT_ACCESS, type(error).__name__)
        with self._database.write() as tx:
            where = (job.workspace_id, member_id)
            for appointment_id in (*calendars.to_write(tx, *where), *calendars.orphans(tx, *where)):
                self._queue.agree(tx, *where, appointment_id, bulk=True)
            job.finish_in(tx)
        return Done()

    def _compare(
        self,
        sync: Sync,
        account: Account,
        rows: tuple[calendars.Event, ...],
        found: dict[str, ExternalEvent],
    ) -> None:
        """Ask about what a person moved or renamed; note what they deleted."""
        for row in rows:
            if not stands_in(row, sync) or row.state not in (WRITTEN, ASKED, KEPT):
                continue
            theirs = found.get(key_of(row.appointment_id, row.member_id))
            if theirs is None and self._is_over(row):
                continue
            if theirs is None:
                theirs = self._elsewhere_in_time(row, account)
            if theirs is None:
                self._agreeing.missing(row, "deleted", Tell.IN_THE_MORNING)
            elif theirs.by_hand and row.asked != asked_of(theirs.ref.etag, row.version):
                self._agreeing.ask(row, theirs.ref.etag, row.version, Tell.IN_THE_MORNING)
            elif not theirs.by_hand and row.state in (ASKED, KEPT):
                self._agreeing.as_it_was(row)

    def _is_over(self, row: calendars.Event) -> bool:
        with self._database.read() as tx:
            one = appointments.get(tx, row.workspace_id, row.appointment_id)
            return one is None or one.ends_at < tx.now - BACK

    def _elsewhere_in_time(self, row: calendars.Event, account: Account) -> ExternalEvent | None:
        """Look for an event that was moved out of the time that was listed. None: it was deleted."""
        try:
            return self._connections.use_calendar(account, lambda calendar: calendar.get(ref_of(row)))
        except NotFound as missing:
            if missing.code == "calendar":
                raise
            return None

    def _clear_strangers(
        self, job: Job, account: Account, sync: Sync, found: tuple[ExternalEvent, ...]
    ) -> None:
        """Take out events of ours that no appointment knows: left by a restored backup, say."""
        for theirs in found:
            appointment_id = appointment_of(theirs.ref.key, sync.member_id)
            if not appointment_id:
                continue
            with self._database.read() as tx:
                where = (sync.workspace_id, sync.member_id, appointment_id)
                rows = [row for row in calendars.events_of(tx, *where) if stands_in(row, sync)]
                one = appointments.get(tx, sync.workspace_id, appointment_id)
            known = [row for row in rows if row.state not in (GONE, OUT)]
            if known or (not rows and one is not None and one.is_planned and _owns(one, sync)):
                continue  # the agreement that follows adopts or takes out what is known
            job.guard()
            with suppress(Conflict):  # it has guests, so it is the person's own
                self._remove(account, theirs.ref)

    def _remove(self, account: Account, ref: EventRef) -> None:
        self._connections.use_calendar(account, lambda calendar: calendar.remove(ref))


def _owns(one: appointments.Appointment, sync: Sync) -> bool:
    return one.owner_member_id == sync.member_id
