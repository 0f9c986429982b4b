"""The nightly scan is off until it is switched on; every way to change it says how it stands."""

from datetime import date, timedelta

import pytest

from tests.flows.discovery.nights import night, planned
from tests.stage import Stage, connect, texts


def test_nothing_happens_at_night_until_it_is_switched_on(stage: Stage) -> None:
    connect(stage)
    stage.later(timedelta(days=3))
    assert planned(stage) == []
    assert stage.ann.dm() == []
