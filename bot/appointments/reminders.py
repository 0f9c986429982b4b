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


def plan_reminder(tx: Transaction, one: Appointment, nudge: Callable[[str], None]) -> None:
    """Put the reminder into the ledger, unless its moment has passed."""
    due_at = reminder_at(one)
    if not one.is_planned or due_at is None or due_at < tx.now:
        return
    made = work.enqueue(tx, one.workspace_id, REMIND, reminder_key(one), due_at=due_at, ref=one.id)
    nudge(made.id)
