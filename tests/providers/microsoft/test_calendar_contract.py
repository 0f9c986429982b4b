"""Outlook's calendar does what every calendar must do."""

import pytest
from hypothesis.stateful import run_state_machine_as_test

from sandbox.calendars.calendar import Calendar
from tests.providers.by_hand import ByHandContract
from tests.providers.calendar_machine import BOUNDS, Machine
from tests.providers.microsoft.calendar_stage import OutlookCalendars
from tests.providers.microsoft.stage import MicrosoftStage
from tests.providers.putting import PuttingContract


@pytest.fixture(params=[False, True], ids=["deleted", "in the bin"])
def calendars(request: pytest.FixtureRequest, stage: MicrosoftStage) -> OutlookCalendars:
    """Whether or not an id still leads to what was deleted: Graph says neither."""
    stage.microsoft.graph.state.deleted_is_readable = request.param
    return OutlookCalendars(stage)


class TestOutlookPutsEvents(PuttingContract):
    pass


class TestOutlookLeavesWhatIsDoneByHand(ByHandContract):
    pass


@pytest.mark.parametrize("refuses", [False, True])
def test_whatever_happens_at_outlook_leaves_one_event_and_what_was_done_by_hand(
    calendars: OutlookCalendars, refuses: bool
) -> None:
    calendars.stage.microsoft.graph.state.refuse_repeated = refuses

    def shelf_id(shelf: Calendar) -> str:
        return calendars.graph_id(shelf)

    class AtOutlook(Machine):
        stage = calendars
        id_of = staticmethod(shelf_id)

    run_state_machine_as_test(AtOutlook, settings=BOUNDS)
