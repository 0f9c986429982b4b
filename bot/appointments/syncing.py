"""Switches Calendar Sync on and off, and moves it to another calendar. Writing itself is agreeing.py's."""

from bot.appointments import calendar_rules
from bot.appointments.agreeing import Agreeing
from bot.appointments.queue import CalendarQueue
from bot.appointments.syncs import Choice, Choosing, Preview, SyncState
from bot.connections import Connections
from bot.engine import Job
from bot.errors import NotYours
from bot.words import Reader
from providers.calendar import CalendarInfo
from providers.errors import PermissionMissing
from providers.oauth import Capability
from store import accounts, activity, appointments, calendars, contacts, members
from store.accounts import Account
from store.calendars import ASKED, GONE, KEPT, LEFT, WANTED, WRITTEN
from store.database import Database, Transaction
from store.members import Member

SHOWN = 10  # of a preview
STANDING = (WRITTEN, ASKED, KEPT)


class CalendarSync:
    """What a member does with Calendar Sync. Thread-safe."""

    def __init__(
        self, database: Database, connections: Connections, queue: CalendarQueue, agreeing: Agreeing
    ) -> None:
        self._database, self._connections, self._queue = database, connections, queue
        self._agreeing = agreeing

    # --- reading ------------------------------------------------------------------------------------------

    def state(self, member: Member) -> SyncState:
        """Say how it stands."""
        with self._database.read() as tx:
            where = (member.workspace_id, member.id)
            mine = accounts.of_member(tx, *where)
            return SyncState(
                sync=calendars.sync_of(tx, *where),
                choices=tuple(self._choice(one) for one in mine),
                offers=tuple(self._connections.providers),
                waiting=calendars.count(tx, *where, (WANTED,)),
                written=calendars.count(tx, *where, STANDING),
                left=calendars.count(tx, *where, (LEFT,)),
            )

    def _choice(self, account: Account) -> Choice:
        provider = self._connections.provider(account.provider)
        allowed = Capability.CALENDAR in account.granted and account.state == "active"
        return Choice(account, provider.label, provider.company, allowed)

    def choosing(self, member: Member, account_id: str, titles: str = "") -> Choosing:
        """Ask the provider which calendars can be written. Raises: NotYours, providers.errors."""
        account = self._mine(member, account_id)
        found = self._calendars(account)
        with self._database.read() as tx:
            sync = calendars.sync_of(tx, member.workspace_id, member.id)
            moves = calendars.count(tx, member.workspace_id, member.id, (*STANDING, LEFT))
        titles = titles or (sync.titles if sync else calendar_rules.FULL)
        chosen = calendar_rules.value_of(sync.calendar_id) if sync and sync.account_id == account.id else ""
        preview = self.preview(member, titles)
        return Choosing(self._choice(account), found, preview, titles, chosen, moves)

    def preview(self, member: Member, titles: str) -> Preview:
        """Say what will stand in the calendar, with as much to be read there as `titles` says."""
        busy = Reader(locale=member.locale).say("Busy")
        with self._database.read() as tx:
            coming = appointments.upcoming(tx, member.workspace_id, member.id, 1000)
            refused = calendars.all_events(tx, member.workspace_id, member.id, (GONE,))
            gone = {one.appointment_id for one in refused}
            coming = tuple(one for one in coming if one.id not in gone)
            events = []
            for one in coming[:SHOWN]:
                contact = contacts.get(tx, member.workspace_id, one.contact_id)
                events.append(calendar_rules.event_of(one, contact.name if contact else "", titles, busy, ""))
        return Preview(tuple(events), len(coming))

    def _calendars(self, account: Account) -> tuple[CalendarInfo, ...]:
        if Capability.CALENDAR not in account.granted:
            error = PermissionMissing(Capability.CALENDAR)
            error.account_id = account.id
            raise error
        return self._connections.use_calendar(account, lambda calendar: calendar.calendars())

    def _mine(self, member: Member, account_id: str) -> Account:
        with self._database.read() as tx:
            found = accounts.find(tx, member.workspace_id, member.id, account_id)
        if found is None:
            raise NotYours
        return found

    def shown(self, workspace_id: str, member_id: str) -> tuple[Member, SyncState] | None:
        """Read how it stands, for work behind. None: the member is gone."""
        with self._database.read() as tx:
            member = members.get(tx, workspace_id, member_id)
        return (member, self.state(member)) if member else None

    def forget_window(self, member: Member) -> None:
        """Note that no window waits for news any more."""
        with self._database.write() as tx:
            calendars.show_in(tx, member.workspace_id, member.id, None)

    def owner_of(self, workspace_id: str, row_id: str) -> Member | None:
        """Say whose event it is."""
        with self._database.read() as tx:
            row = calendars.event(tx, workspace_id, row_id)
            return members.get(tx, workspace_id, row.member_id) if row else None

    def lost(self, workspace_id: str, member_id: str) -> tuple[Member, str] | None:
        """Read whose calendar is gone, and its name. None: another one is used by now, or nobody asks."""
        with self._database.read() as tx:
            sync = calendars.sync_of(tx, workspace_id, member_id)
            member = members.get(tx, workspace_id, member_id)
        if sync is None or sync.is_on or member is None or not member.is_admitted:
            return None
        return member, sync.calendar_name

    # --- deciding -----------------------------------------------------------------------------------------

    def switch_on(
        self, member: Member, account_id: str, value: str, titles: str, app_id: str, view_id: str
    ) -> SyncState:
        """Write into this calendar from now on; what stands in another one moves.

        Asks the provider once more, so that only a calendar of the member's own can be named.
        Raises: NotYours, providers.errors.
        """
        account = self._mine(member, account_id)
        chosen = next(
            (one for one in self._calendars(account) if calendar_rules.value_of(one.id) == value), None
        )
        if chosen is None:
            raise NotYours
        with self._database.write() as tx:
            if accounts.find(tx, member.workspace_id, member.id, account_id) is None:
                raise NotYours
            calendars.switch_on(
                tx,
                member.workspace_id,
                member.id,
                account_id=account.id,
                calendar_id=chosen.id,
                calendar_name=chosen.name,
                titles=titles if titles in calendar_rules.TITLES else calendar_rules.FULL,
                app_id=app_id,
                view_id=view_id,
            )
            self._fill(tx, member)
            activity.note(tx, member.workspace_id, member.id, "calendar_on")
        return self.state(member)

    def _fill(self, tx: Transaction, member: Member) -> None:
        """Have everything that is to come written, also what an earlier program may have written already."""
        where = (member.workspace_id, member.id)
        sync = calendars.sync_of(tx, *where)
        if sync is None:
            return
        calendars.take_up(tx, *where)
        for one in appointments.upcoming(tx, *where, 100_000):
            if not any(row.state == GONE for row in calendars.events_of(tx, *where, one.id)):
                calendars.want(tx, member.workspace_id, sync, one.id, begun=True)
        for appointment_id in (*calendars.to_write(tx, *where), *calendars.orphans(tx, *where)):
            self._queue.agree(tx, *where, appointment_id, bulk=True)
        self._queue.next_night(tx, *where)
        self._queue.show(tx, *where)

    def switch_off(self, member: Member, *, keep: bool) -> int:
        """Write nothing any more. Returns how many events are left there, or are taken out. Raises: Busy."""
        where = (member.workspace_id, member.id)
        with self._database.write(patience=1.5) as tx:
            calendars.switch_off(tx, *where)
            if keep:
                number = calendars.leave(tx, *where)
            else:
                number = calendars.count(tx, *where, (WANTED, *STANDING, LEFT))
                calendars.give_up(tx, *where)
                for one in calendars.all_events(tx, *where):
                    self._queue.agree(tx, *where, one.appointment_id, bulk=True)
            activity.note(tx, *where, "calendar_off")
        return number

    # --- disconnecting ------------------------------------------------------------------------------------

    def in_account(self, member: Member, account_id: str) -> int:
        """Count the events that stand in one account's calendars."""
        with self._database.read() as tx:
            found = calendars.in_account(tx, member.workspace_id, account_id)
        return sum(1 for one in found if one.member_id == member.id)

    def clear(self, job: Job, account: Account) -> None:
        """Take all events out of one account, before it goes. Raises: providers.errors."""
        with self._database.write() as tx:
            sync = calendars.sync_of(tx, account.workspace_id, account.member_id)
            if sync and sync.account_id == account.id:
                calendars.switch_off(tx, account.workspace_id, account.member_id)
            found = calendars.in_account(tx, account.workspace_id, account.id)
        for one in found:
            self._agreeing.take_out(job, one, account)
