"""Google Calendar does what every calendar must do."""

import pytest

from tests.providers.by_hand import ByHandContract
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
