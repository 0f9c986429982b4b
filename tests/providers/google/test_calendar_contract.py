"""Google Calendar does what every calendar must do."""

import pytest
from hypothesis.stateful import run_state_machine_as_test

from sandbox.google.calendar.resources import calendar_id
from tests.providers.by_hand import ByHandContract
from tests.providers.calendar_machine import BOUNDS, Machine
from tests.providers.google.calendar_stage import GoogleCalendars
from tests.providers.google.stage import GoogleStage
from tests.providers.putting import PuttingContract


@pytest.fixture
def calendars(stage: GoogleStage) -> GoogleCalendars:
    return GoogleCalendars(stage.stand, stage.provider)


class TestGooglePutsEvents(PuttingContract):
    pass


class TestGoogleLeavesWhatIsDoneByHand(ByHandContract):
    pass


def test_whatever_happens_at_google_leaves_one_event_and_what_was_done_by_hand(
    calendars: GoogleCalendars,
) -> None:
    class AtGoogle(Machine):
        stage = calendars
        id_of = staticmethod(calendar_id)

    run_state_machine_as_test(AtGoogle, settings=BOUNDS)
