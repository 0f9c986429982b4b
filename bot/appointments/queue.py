"""What Calendar Sync puts into the ledger: each appointment's calendars are brought into agreement.

Work says only what to look at. What has to be done follows from the rows when it runs, so that any number of
changes, repeats and deaths end in the same calendar.
"""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from enum import StrEnum

from bot.local_time import instant, told_at
from bot.words import zone_named
from store import appointments, calendars, members, nightly, work
from store.appointments import Appointment
from store.calendars import OUT, WANTED, WRITTEN
from store.database import Transaction, new_id

AGREE, AGREE_BULK = "appointments.agree", "appointments.agree_bulk"  # one that somebody changed; many
TELL, SHOW, NIGHT = "appointments.tell_calendar", "appointments.show_sync", "appointments.night"
MOST_FOLLOWING = 200  # appointments that follow a change of their contact at once
LOOKS_AT = time(3)  # of the member's own night
MORNING = 8  # o'clock, for who chose no hour for the night's news


class Tell(StrEnum):
    """When somebody hears of what was met in their calendar."""

    NOW = "now"  # somebody has just acted
    IN_THE_MORNING = "in_the_morning"  # it was met at night
    SHOWN = "shown"  # whoever asked has it before them


class CalendarQueue:
    """Puts the work of Calendar Sync into the ledger, in the transaction that decided it."""

    def __init__(self, nudge: Callable[[str], None]) -> None:
        self.nudge = nudge

    def changed(self, tx: Transaction, one: Appointment) -> None:
        """Have a changed appointment written into the calendar of whose it is."""
        if one.owner_member_id is None:
            return
        sync = calendars.sync_of(tx, one.workspace_id, one.owner_member_id)
        if (sync and sync.is_on) or calendars.events_of(tx, one.workspace_id, one.owner_member_id, one.id):
            self.agree(tx, one.workspace_id, one.owner_member_id, one.id)

    def contact_changed(self, tx: Transaction, workspace_id: str, contact_id: str) -> None:
        """Have what is not over with a contact stand in calendars as the contact does now, or not at all."""
        for one in appointments.next_with(tx, workspace_id, contact_id, MOST_FOLLOWING):
            self.changed(tx, one)

    def reminds(self, tx: Transaction, one: Appointment) -> bool:
        """Say whether the owner's calendar reminds of it by itself: it stands there as planned."""
        return any(row.state == WRITTEN for row in self._syncing(tx, one) or ())

    def will_remind(self, tx: Transaction, one: Appointment) -> bool:
        """The same of one that was decided just now, and is being written."""
        rows = self._syncing(tx, one)
        return rows is not None and all(row.state in (WANTED, WRITTEN, OUT) for row in rows)

    def _syncing(self, tx: Transaction, one: Appointment) -> tuple[calendars.Event, ...] | None:
        """List its events in the calendar of whose it is. None: it goes to none, or without a reminder."""
        if one.owner_member_id is None or one.remind_minutes is None or one.all_day:
            return None
        sync = calendars.sync_of(tx, one.workspace_id, one.owner_member_id)
        if sync is None or not sync.is_on:
            return None
        return calendars.events_of(tx, one.workspace_id, one.owner_member_id, one.id)

    def agree(
        self, tx: Transaction, workspace_id: str, member_id: str, appointment_id: str, *, bulk: bool = False
    ) -> None:
        """Have one appointment stand in the member's calendar as it is."""
        made = work.enqueue(
            tx,
            workspace_id,
            AGREE_BULK if bulk else AGREE,
            f"{appointment_id}:{member_id}:{new_id()}",
            lane=f"agree:{appointment_id}:{member_id}",
            ref=appointment_id,
        )
        self.nudge(made.id)

    def tell(
        self, tx: Transaction, workspace_id: str, member_id: str, row_id: str, about: str, when: Tell
    ) -> None:
        """Have the member told how one event stands. `about` makes it once."""
        if when == Tell.SHOWN:
            return
        due_at = _morning(tx, workspace_id, member_id) if when == Tell.IN_THE_MORNING else tx.now
        made = work.enqueue(tx, workspace_id, TELL, f"{row_id}:{about}", due_at=due_at, ref=row_id)
        if due_at <= tx.now:
            self.nudge(made.id)

    def show(self, tx: Transaction, workspace_id: str, member_id: str) -> None:
        """Have the window of Calendar Sync and Home drawn as it stands."""
        made = work.enqueue(
            tx, workspace_id, SHOW, f"{member_id}:{new_id()}", lane=f"show_sync:{member_id}", ref=member_id
        )
        self.nudge(made.id)

    def next_night(self, tx: Transaction, workspace_id: str, member_id: str) -> None:
        """Have the calendar looked at in the member's next night, once for each date."""
        member = members.get(tx, workspace_id, member_id)
        zone = zone_named(member.zone if member else "UTC")
        day = tx.now.astimezone(zone).date()
        due_at = instant(day, LOOKS_AT, zone)
        if due_at <= tx.now:
            day += timedelta(days=1)
            due_at = instant(day, LOOKS_AT, zone)
        self._night(tx, workspace_id, member_id, due_at, day.isoformat())

    def _night(self, tx: Transaction, workspace_id: str, member_id: str, due_at: datetime, date: str) -> None:
        work.enqueue(
            tx,
            workspace_id,
            NIGHT,
            f"{member_id}:{date}",
            due_at=due_at + _spread(member_id),
            lane=f"night:{member_id}",
            ref=member_id,
        )


def _morning(tx: Transaction, workspace_id: str, member_id: str) -> datetime:
    """Say when a member hears of what was met at night: at the hour of their digest, or at eight.

    By day at once, also where the night was late.
    """
    member, wishes = members.get(tx, workspace_id, member_id), nightly.get(tx, workspace_id, member_id)
    zone = zone_named(member.zone if member else "UTC")
    today = tx.now.astimezone(zone).date()
    for hour in (*([wishes.hour] if wishes and wishes.is_on else []), MORNING):
        at = told_at(today, hour, zone)
        if at is not None and at > tx.now:
            return at
    return tx.now


def _spread(member_id: str) -> timedelta:
    """Give every member a minute of their own within the hour, so that a night does not begin at once."""
    return timedelta(seconds=int.from_bytes(member_id.encode()[-4:]) % 3600)
