"""Killed at any line of a morning, no date has two digests and nobody is left out of all of them."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from tests.flows.discovery.nights import digests, next_morning, people, states
from tests.kill.running import deaths
from tests.stage import connect, standing

pytestmark = pytest.mark.kill

FILES = (
    "bot/discovery/night_jobs.py",
    "bot/discovery/nightly.py",
    "bot/discovery/digesting.py",
    "store/nightly.py",
    "store/digests.py",
)


def test_killed_at_any_line_of_a_morning_no_date_is_told_twice_and_nobody_is_lost(
    sqlite_url: str,
) -> None:
    with standing(sqlite_url) as stage:
        connect(stage)
        stage.type(stage.ann, "/inbox digest on")
        for _ in range(3):
            next_morning(stage)  # the people of the mailbox itself have been named
        before = len(digests(stage))
        died = deaths("telling", stage, files=FILES)
        assert died > 9
        stage.restart()
        told = digests(stage)[before:]
        dates = Counter(datetime.fromtimestamp(float(one.ts), UTC).date() for one in told)
        assert set(dates.values()) == {1}, "every date at most once"
        everybody = people(stage)
        for number in range(died + 1):
            assert everybody[f"person{number}@night.example"].named_at is not None
            assert any(f"Person {number}" in one.text for one in told)
        assert "unsure" in states(stage), "some died when it could have been posted"
