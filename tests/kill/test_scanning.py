"""Killed at any line of a scan, nobody is lost and nothing counts twice."""

import pytest

from tests.flows.accounts.walking import PRIVATE
from tests.flows.discovery.scanning import answer, trade
from tests.kill.running import deaths
from tests.stage import Stage, connect, standing

pytestmark = pytest.mark.kill

SCANNING = [
    *(f"bot/discovery/{name}.py" for name in ("scanner", "scan_steps", "settling", "rows", "knowledge")),
    *(f"store/{name}.py" for name in ("scans", "met", "candidates", "known", "work")),
]


def _mailbox(stage: Stage) -> None:
    """A small mailbox with somebody of each kind."""
    trade(stage, "Kim Noor <kim@noor.example>", PRIVATE, theirs=2, mine=2)
    trade(stage, "Lee Park <lee@park.example>", PRIVATE, theirs=1, mine=1)
    trade(stage, "Silent <silent@park.example>", PRIVATE, theirs=2, mine=0)
    trade(stage, "Info <info@park.example>", PRIVATE, theirs=1, mine=1)
    answer(stage, "Pat Hill <pat@hill.example>", PRIVATE, days=9)  # an older mail is read, a newer one dated
    trade(stage, "Pat Hill <pat@hill.example>", PRIVATE, theirs=1, mine=0, days=1)
    connect(stage, "ann", PRIVATE)
    stage.google.limits.units_per_user_minute = 10**9


def test_killed_at_any_line_a_scan_ends_as_if_nothing_had_happened(database_url: str) -> None:
    with standing(database_url) as stage:
        _mailbox(stage)
        assert deaths("scanning", stage, files=SCANNING) > 15
