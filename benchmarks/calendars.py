"""How many requests a changed appointment costs at the calendar's provider: at Google and at Microsoft.

A hundred appointments that stand in a synced calendar are moved one after the other, carried by the ledger
as always; every request to the calendar is counted. The baseline looks before it writes, which
a program does that does not remember the state of what it wrote.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.measures import Measure
from bot.appointments.calendar_rules import value_of
from bot.appointments.rules import Entry
from bot.payloads import AppointmentForm
from providers import Provider
from sandbox.google.calendar.resources import calendar_id
from store.ids import new_id
from store.migrations import migrate
from tests.bot.appointments.desk import Desk, desk
from tests.providers.calendars import CalendarStage
from tests.providers.google.calendar_stage import GoogleCalendars
from tests.providers.google.stage import GoogleStage
from tests.providers.microsoft.calendar_stage import OutlookCalendars
from tests.providers.microsoft.stage import standing as standing_microsoft
from tests.sandbox.google.stand import standing as standing_google

APPOINTMENTS = 100
LOOKING_FIRST = 2.0  # requests: one to look, one to write


def measure() -> list[Measure]:
    """Count at both vendors; the worse one counts."""
    worst = max(_calls(vendor) for vendor in ("google", "microsoft"))
    return [
        Measure("calendar_calls_per_change", round(worst, 3), "requests", 1.0, "lower", LOOKING_FIRST),
    ]


def _calls(vendor: str) -> float:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        migrate(url)
        with _stage(vendor) as (stage, provider), desk(stage, provider, url) as made:
            return _count(made, _id_of(stage, made))


@contextmanager
def _stage(vendor: str) -> Iterator[tuple[CalendarStage, Provider]]:
    if vendor == "google":
        with standing_google() as stand:
            made = GoogleStage(stand)
            yield GoogleCalendars(stand, made.provider), made.provider
            made.provider.close()
    else:
        with standing_microsoft() as there:
            yield OutlookCalendars(there), there.provider


def _id_of(stage: CalendarStage, made: Desk) -> str:
    shelf = made.shelves[0]
    return stage.graph_id(shelf) if isinstance(stage, OutlookCalendars) else calendar_id(shelf)


def _count(made: Desk, calendar: str) -> float:
    made.sync.switch_on(made.member, made.account, value_of(calendar), "full", "A1", "V1")
    made.rest()
    known = [new_id() for _ in range(APPOINTMENTS)]
    day = made.stage.clock.now().replace(year=made.stage.clock.now().year + 1).date().isoformat()
    for number, one in enumerate(known):
        entry = Entry(made.contact, f"Call {number}", day, "09:00")
        made.dates.save(made.member, AppointmentForm(one), entry)
        made.stage.forgive_quota()
    made.rest()
    made.stage.faults.forget_calls()
    for number, one in enumerate(known):
        moved = Entry(made.contact, f"Call {number}", day, "10:00")
        made.dates.save(made.member, AppointmentForm(one, 1), moved)
        made.engine.settle()
        made.stage.forgive_quota()
    return len(made.stage.faults.calls(made.stage.service)) / APPOINTMENTS
