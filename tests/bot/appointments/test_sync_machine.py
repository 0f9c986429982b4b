"""Calendar Sync under everything that can happen, in random order, at both vendors."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis.stateful import run_state_machine_as_test

from sandbox.calendars.calendar import Calendar as Shelf
from sandbox.google.calendar.resources import calendar_id
from tests.bot.appointments.sync_machine import BOUNDS, SyncMachine
from tests.providers.google.calendar_stage import GoogleCalendars
from tests.providers.google.stage import GoogleStage
from tests.providers.microsoft.calendar_stage import OutlookCalendars
from tests.providers.microsoft.stage import MicrosoftStage
from tests.providers.microsoft.stage import standing as standing_microsoft
from tests.sandbox.google.stand import standing as standing_google


@pytest.mark.parametrize("vendor", ["google", "microsoft"])
def test_at_rest_calendar_and_crm_agree_and_nothing_stands_there_twice(
    vendor: str, migrated_sqlite: Path
) -> None:
    if vendor == "google":
        with standing_google() as stand:
            made = GoogleStage(stand)
            at_google = GoogleCalendars(stand, made.provider)
            _run(type("AtGoogle", (SyncMachine,), _of(at_google, made, calendar_id, migrated_sqlite)))
            made.provider.close()
    else:
        with standing_microsoft() as there:
            at_microsoft = OutlookCalendars(there)
            values = _of(at_microsoft, there, at_microsoft.graph_id, migrated_sqlite)
            _run(type("AtMicrosoft", (SyncMachine,), values))


def _of(
    stage: GoogleCalendars | OutlookCalendars,
    owner: GoogleStage | MicrosoftStage,
    id_of: Callable[[Shelf], str],
    empty: Path,
) -> dict[str, object]:
    return {"stage": stage, "provider": owner.provider, "id_of": staticmethod(id_of), "empty": empty}


def _run(machine: type) -> None:
    run_state_machine_as_test(machine, settings=BOUNDS)
