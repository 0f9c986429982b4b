"""Outlook's calendar does what every calendar must do."""

import pytest

from tests.providers.by_hand import ByHandContract
from tests.providers.microsoft.calendar_stage import OutlookCalendars
from tests.providers.microsoft.stage import MicrosoftStage
from tests.providers.putting import PuttingContract


@pytest.fixture
def calendars(stage: MicrosoftStage) -> OutlookCalendars:
    return OutlookCalendars(stage)


class TestOutlookPutsEvents(PuttingContract):
    pass


class TestOutlookLeavesWhatIsDoneByHand(ByHandContract):
    pass
