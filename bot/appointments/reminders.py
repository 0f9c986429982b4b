"""Reminders: one for one moment, in the ledger from the day that the appointment is made."""

from collections.abc import Callable

from bot.appointments.rules import reminder_at
from store import work
from store.appointments import Appointment
from store.database import Transaction

REMIND = "appointments.remind"  # the ledger's kind; bot/appointments/jobs.py does it


def reminder_key(one: Appointment) -> str:
    """Name a reminder: of one appointment at one moment there is one, however often other things change."""
    due_at = reminder_at(one)
    return f"{one.id}:{int(due_at.timestamp())}" if due_at else ""


def late_key(one: Appointment) -> str:
    """Name the reminder of somebody to whom it was handed when the moment had passed."""
    return f"{reminder_key(one)}:{one.owner_member_id}"


def plan_reminder(
    tx: Transaction, one: Appointment, nudge: Callable[[str], None], *, handed: bool = False
) -> None:
    """Put the reminder into the ledger, unless its moment has passed.

    `handed`: somebody else has just given it to its owner, who may know nothing of it yet and is told at
    once where it begins sooner than the reminder wanted.
    """
    due_at = reminder_at(one)
    if not one.is_planned or due_at is None:
        return
    if due_at >= tx.now:
        made = work.enqueue(tx, one.workspace_id, REMIND, reminder_key(one), due_at=due_at, ref=one.id)
    elif handed and one.starts_at > tx.now:
        made = work.enqueue(tx, one.workspace_id, REMIND, late_key(one), ref=one.id)
    else:
        return
    nudge(made.id)
