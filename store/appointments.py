"""Appointments with contacts, shared by the workspace. A change names the version that it was made from."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, select, update

from store.contacts import THERE
from store.database import Transaction
from store.schema import appointment, contact

PLANNED, CANCELLED = "planned", "cancelled"


@dataclass(frozen=True, slots=True)
class Planned:
    """What somebody decides about an appointment.

    `day` and `clock` ("14:05", "" for all day) are the truth, on the wall of `zone`; the instants follow.
    """

    contact_id: str
    title: str
    place: str
    notes: str
    zone: str
    day: date
    clock: str
    minutes: int
    all_day: bool
    starts_at: datetime
    ends_at: datetime
    remind_minutes: int | None


@dataclass(frozen=True, slots=True)
class Appointment(Planned):
    """An appointment as it stands: what was decided, by whom. `version` counts its changes."""

    id: str
    workspace_id: str
    owner_member_id: str | None
    state: str
    version: int
    changed_by: str | None
    created_at: datetime
    changed_at: datetime

    @property
    def is_planned(self) -> bool:
        return self.state == PLANNED


COLUMNS = tuple(appointment.c[name] for name in Appointment.__dataclass_fields__)


def add(
    tx: Transaction,
    workspace_id: str,
    appointment_id: str,
    planned: Planned,
    member_id: str,
    owner_id: str | None = None,
) -> bool:
    """Add an appointment under an id made before. False: this very one is there already.

    `owner_id`: who looks after it, where that is not who makes it.
    """
    values = _values(planned) | {
        "id": appointment_id,
        "workspace_id": workspace_id,
        "owner_member_id": owner_id or member_id,
        "changed_by": member_id,
        "created_at": tx.now,
        "changed_at": tx.now,
    }
    return tx.insert_new(appointment, values)


def change(
    tx: Transaction,
    workspace_id: str,
    appointment_id: str,
    version: int,
    planned: Planned,
    member_id: str,
    owner_id: str | None = None,
) -> bool:
    """Put other decisions in place of those of `version`. False: somebody was faster, nothing changed.

    `owner_id`: who looks after it from now on; None leaves that as it is.
    """
    owner = {"owner_member_id": owner_id} if owner_id else {}
    return _move(tx, workspace_id, appointment_id, version, member_id, **_values(planned), **owner)


def set_state(
    tx: Transaction, workspace_id: str, appointment_id: str, version: int, state: str, member_id: str
) -> bool:
    """Cancel an appointment, or plan it again. False: somebody was faster, nothing changed."""
    return _move(tx, workspace_id, appointment_id, version, member_id, state=state)


def _move(
    tx: Transaction, workspace_id: str, appointment_id: str, version: int, member_id: str, **values: Any
) -> bool:
    statement = (
        update(appointment)
        .where(_is(workspace_id, appointment_id), appointment.c.version == version)
        .values(**values, version=version + 1, changed_by=member_id, changed_at=tx.now)
    )
    return tx.changed(statement) == 1


def get(tx: Transaction, workspace_id: str, appointment_id: str) -> Appointment | None:
    """Read one appointment, cancelled or not."""
    row = tx.first(select(*COLUMNS).where(_is(workspace_id, appointment_id)))
    return None if row is None else Appointment(*row)


def upcoming(
    tx: Transaction, workspace_id: str, member_id: str, limit: int, start: int = 0
) -> tuple[Appointment, ...]:
    """List what is not over of one member's appointments, the next one first."""
    return _list(
        tx,
        limit,
        start,
        appointment.c.workspace_id == workspace_id,
        appointment.c.owner_member_id == member_id,
        appointment.c.ends_at > tx.now,
    )


def earlier(
    tx: Transaction, workspace_id: str, member_id: str, limit: int, start: int = 0
) -> tuple[Appointment, ...]:
    """List what is over of one member's appointments, the latest first."""
    return _list(
        tx,
        limit,
        start,
        appointment.c.workspace_id == workspace_id,
        appointment.c.owner_member_id == member_id,
        appointment.c.ends_at <= tx.now,
        latest_first=True,
    )


def cancelled(
    tx: Transaction, workspace_id: str, member_id: str, limit: int, contact_id: str = ""
) -> tuple[Appointment, ...]:
    """List what was cancelled before it was over, the latest decision first: a member's, or a contact's."""
    whose = (
        appointment.c.contact_id == contact_id if contact_id else appointment.c.owner_member_id == member_id
    )
    statement = (
        select(*COLUMNS)
        .where(
            appointment.c.workspace_id == workspace_id,
            appointment.c.state == CANCELLED,
            appointment.c.ends_at > tx.now,
            whose,
            _there(),
        )
        .order_by(appointment.c.changed_at.desc(), appointment.c.id)
        .limit(limit)
    )
    return tuple(Appointment(*row) for row in tx.all(statement))


def next_with(tx: Transaction, workspace_id: str, contact_id: str, limit: int) -> tuple[Appointment, ...]:
    """List what is not over with one contact, whoever's it is, the next one first."""
    return _list(
        tx,
        limit,
        0,
        appointment.c.workspace_id == workspace_id,
        appointment.c.contact_id == contact_id,
        appointment.c.ends_at > tx.now,
    )


def past_with(tx: Transaction, workspace_id: str, contact_id: str, limit: int) -> tuple[Appointment, ...]:
    """List what is over with one contact, the latest first."""
    return _list(
        tx,
        limit,
        0,
        appointment.c.workspace_id == workspace_id,
        appointment.c.contact_id == contact_id,
        appointment.c.ends_at <= tx.now,
        latest_first=True,
    )


def overlapping(
    tx: Transaction, workspace_id: str, member_id: str, one: Appointment, limit: int
) -> tuple[Appointment, ...]:
    """List a member's other appointments at the same time. Those for whole days stand in nobody's way."""
    if one.all_day:
        return ()
    return _list(
        tx,
        limit,
        0,
        appointment.c.workspace_id == workspace_id,
        appointment.c.owner_member_id == member_id,
        appointment.c.id != one.id,
        appointment.c.all_day.is_(False),
        appointment.c.starts_at < one.ends_at,
        appointment.c.ends_at > one.starts_at,
    )


def _values(planned: Planned) -> dict[str, Any]:
    return {name: getattr(planned, name) for name in Planned.__dataclass_fields__}


def _is(workspace_id: str, appointment_id: str) -> ColumnElement[bool]:
    return (appointment.c.workspace_id == workspace_id) & (appointment.c.id == appointment_id)


def _there() -> ColumnElement[bool]:
    # one with a contact that was deleted goes and comes back with it
    there = select(contact.c.id).where(
        contact.c.workspace_id == appointment.c.workspace_id, contact.c.id == appointment.c.contact_id, THERE
    )
    return there.exists()


def _list(
    tx: Transaction, limit: int, start: int, *where: ColumnElement[bool], latest_first: bool = False
) -> tuple[Appointment, ...]:
    at = appointment.c.starts_at
    statement = (
        select(*COLUMNS)
        .where(appointment.c.state == PLANNED, _there(), *where)
        .order_by(at.desc() if latest_first else at, appointment.c.id)
        .limit(limit)
        .offset(start)
    )
    return tuple(Appointment(*row) for row in tx.all(statement))
