"""Calendar Sync: which calendar a member's appointments are written to, and the events that stand there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, or_, select, update

from store.database import Transaction
from store.ids import new_id
from store.schema import appointment, calendar_event, calendar_sync

ON, LOST = "on", "lost"
# of an event: to be written · stands there · changed by hand, and the person is asked · that is left so ·
# deleted there · left behind when syncing was switched off · taken out by Mailroom
WANTED, WRITTEN, ASKED, KEPT, GONE, LEFT = "wanted", "written", "asked", "kept", "gone", "left"
OUT = "out"
GUESTS = "guests"  # begins `asked` of one that is left because the person invited somebody


@dataclass(frozen=True, slots=True)
class Sync:
    """Where one member's appointments go. `titles` is full, name or busy."""

    workspace_id: str
    member_id: str
    account_id: str
    calendar_id: str
    calendar_name: str
    titles: str
    state: str
    app_id: str
    view_id: str | None
    changed_at: datetime

    @property
    def is_on(self) -> bool:
        return self.state == ON


@dataclass(frozen=True, slots=True)
class Event:
    """One appointment in one calendar, as far as Mailroom knows."""

    id: str
    workspace_id: str
    member_id: str
    account_id: str
    calendar_id: str
    appointment_id: str
    event_id: str
    etag: str
    written: str
    state: str
    begun: bool
    asked: str
    version: int
    changed_at: datetime


_SYNC = tuple(calendar_sync.c[name] for name in Sync.__dataclass_fields__)
_EVENT = tuple(calendar_event.c[name] for name in Event.__dataclass_fields__)


# --- which calendar ---------------------------------------------------------------------------------------


def sync_of(tx: Transaction, workspace_id: str, member_id: str) -> Sync | None:
    """Read where a member's appointments go. None: Calendar Sync is off."""
    row = tx.first(select(*_SYNC).where(_of_member(workspace_id, member_id)))
    return None if row is None else Sync(*row)


def switch_on(
    tx: Transaction,
    workspace_id: str,
    member_id: str,
    *,
    account_id: str,
    calendar_id: str,
    calendar_name: str,
    titles: str,
    app_id: str,
    view_id: str | None,
) -> None:
    """Write a member's appointments into this calendar from now on, whichever it was before."""
    values = {
        "workspace_id": workspace_id,
        "member_id": member_id,
        "account_id": account_id,
        "calendar_id": calendar_id,
        "calendar_name": calendar_name,
        "titles": titles,
        "state": ON,
        "app_id": app_id,
        "view_id": view_id,
        "changed_at": tx.now,
    }
    tx.upsert(calendar_sync, ("workspace_id", "member_id"), values)


def switch_off(tx: Transaction, workspace_id: str, member_id: str) -> bool:
    """Write nothing any more. False: it was off."""
    return tx.changed(delete(calendar_sync).where(_of_member(workspace_id, member_id))) == 1


def lose(tx: Transaction, workspace_id: str, member_id: str, calendar_id: str) -> bool:
    """Note that the calendar is gone, with what stood in it. False: it was known, or another one is used."""
    statement = (
        update(calendar_sync)
        .where(
            _of_member(workspace_id, member_id),
            calendar_sync.c.calendar_id == calendar_id,
            calendar_sync.c.state == ON,
        )
        .values(state=LOST, changed_at=tx.now)
    )
    tx.execute(
        delete(calendar_event).where(
            _events_of(workspace_id, member_id), calendar_event.c.calendar_id == calendar_id
        )
    )
    return tx.changed(statement) == 1


def show_in(tx: Transaction, workspace_id: str, member_id: str, view_id: str | None) -> None:
    """Remember which window shows how it stands."""
    tx.execute(update(calendar_sync).where(_of_member(workspace_id, member_id)).values(view_id=view_id))


# --- events -----------------------------------------------------------------------------------------------


def want(tx: Transaction, workspace_id: str, sync: Sync, appointment_id: str, *, begun: bool = False) -> None:
    """Have an appointment written into the calendar. One that is known there keeps what is known.

    `begun`: an earlier program may have written it, so it is looked for first.
    """
    values = {
        "id": new_id(),
        "workspace_id": workspace_id,
        "member_id": sync.member_id,
        "account_id": sync.account_id,
        "calendar_id": sync.calendar_id,
        "appointment_id": appointment_id,
        "begun": begun,
        "changed_at": tx.now,
    }
    tx.insert_new(calendar_event, values)


def event(tx: Transaction, workspace_id: str, row_id: str) -> Event | None:
    """Read one event."""
    where = (calendar_event.c.workspace_id == workspace_id, calendar_event.c.id == row_id)
    row = tx.first(select(*_EVENT).where(*where))
    return None if row is None else Event(*row)


def events_of(tx: Transaction, workspace_id: str, member_id: str, appointment_id: str) -> tuple[Event, ...]:
    """List where one appointment stands in a member's calendars."""
    return _events(
        tx,
        workspace_id,
        _events_of(workspace_id, member_id) & (calendar_event.c.appointment_id == appointment_id),
    )


def all_events(
    tx: Transaction, workspace_id: str, member_id: str, states: Sequence[str] = ()
) -> tuple[Event, ...]:
    """List all events of a member, or those in some states."""
    where = _events_of(workspace_id, member_id)
    return _events(tx, workspace_id, where & calendar_event.c.state.in_(states) if states else where)


def in_account(tx: Transaction, workspace_id: str, account_id: str) -> tuple[Event, ...]:
    """List the events that stand in the calendars of one account."""
    return _events(
        tx,
        workspace_id,
        (calendar_event.c.workspace_id == workspace_id)
        & (calendar_event.c.account_id == account_id)
        & calendar_event.c.state.not_in((GONE, OUT)),
    )


def count(tx: Transaction, workspace_id: str, member_id: str, states: Sequence[str]) -> int:
    """Count a member's events in some states."""
    statement = (
        select(func.count())
        .select_from(calendar_event)
        .where(_events_of(workspace_id, member_id), calendar_event.c.state.in_(states))
    )
    return int(tx.scalar(statement) or 0)


def note(tx: Transaction, workspace_id: str, row_id: str, **values: Any) -> bool:
    """Write down how one event stands. False: its row has gone meanwhile."""
    statement = (
        update(calendar_event)
        .where(calendar_event.c.workspace_id == workspace_id, calendar_event.c.id == row_id)
        .values(**values, changed_at=tx.now)
    )
    return tx.changed(statement) == 1


def forget(tx: Transaction, workspace_id: str, row_id: str) -> None:
    """Forget an event that stands nowhere any more."""
    tx.execute(
        delete(calendar_event).where(
            calendar_event.c.workspace_id == workspace_id, calendar_event.c.id == row_id
        )
    )


def leave(tx: Transaction, workspace_id: str, member_id: str) -> int:
    """Leave all that stands in calendars as it is, for the member to keep."""
    where = _events_of(workspace_id, member_id)
    tx.execute(
        delete(calendar_event).where(
            where, calendar_event.c.state == WANTED, calendar_event.c.begun.is_(False)
        )
    )
    statement = update(calendar_event).where(where, calendar_event.c.state.not_in((GONE, OUT)))
    return tx.changed(statement.values(state=LEFT, changed_at=tx.now))


def take_up(tx: Transaction, workspace_id: str, member_id: str) -> None:
    """Care again for what was left behind: it is looked for, and brought up to date or taken out."""
    statement = update(calendar_event).where(
        _events_of(workspace_id, member_id), calendar_event.c.state == LEFT
    )
    tx.execute(statement.values(state=WANTED, begun=True, written="", etag="", changed_at=tx.now))


def give_up(tx: Transaction, workspace_id: str, member_id: str) -> None:
    """Care again for what was left behind, so that it is taken out with the rest."""
    statement = update(calendar_event).where(
        _events_of(workspace_id, member_id), calendar_event.c.state == LEFT
    )
    tx.execute(statement.values(state=WRITTEN, changed_at=tx.now))


def to_write(tx: Transaction, workspace_id: str, member_id: str) -> tuple[str, ...]:
    """List the ids of what belongs into a member's calendar, or stands there: not over, or written once."""
    known = select(calendar_event.c.appointment_id).where(_events_of(workspace_id, member_id))
    statement = (
        select(appointment.c.id)
        .where(
            appointment.c.workspace_id == workspace_id,
            or_(
                appointment.c.id.in_(known),
                (appointment.c.owner_member_id == member_id)
                & (appointment.c.state == "planned")
                & (appointment.c.ends_at > tx.now),
            ),
        )
        .order_by(appointment.c.starts_at, appointment.c.id)
    )
    return tuple(row.id for row in tx.all(statement))


def orphans(tx: Transaction, workspace_id: str, member_id: str) -> tuple[str, ...]:
    """List appointments that are gone from here and still stand in a calendar."""
    there = select(appointment.c.id).where(appointment.c.workspace_id == workspace_id)
    statement = select(calendar_event.c.appointment_id).where(
        _events_of(workspace_id, member_id),
        calendar_event.c.state.not_in((LEFT, OUT)),
        calendar_event.c.appointment_id.not_in(there),
    )
    return tuple(row.appointment_id for row in tx.all(statement))


def _of_member(workspace_id: str, member_id: str) -> ColumnElement[bool]:
    return (calendar_sync.c.workspace_id == workspace_id) & (calendar_sync.c.member_id == member_id)


def _events_of(workspace_id: str, member_id: str) -> ColumnElement[bool]:
    return (calendar_event.c.workspace_id == workspace_id) & (calendar_event.c.member_id == member_id)


def _events(tx: Transaction, workspace_id: str, where: ColumnElement[bool]) -> tuple[Event, ...]:
    statement = select(*_EVENT).where(calendar_event.c.workspace_id == workspace_id, where)
    rows = tx.all(statement.order_by(calendar_event.c.changed_at, calendar_event.c.id))
    return tuple(Event(*row) for row in rows)
