"""Killed at any line of a scan, nobody is lost and nothing counts twice."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.flows.accounts.walking import PRIVATE, member
from tests.flows.discovery.scanning import trade
from tests.stage import Stage, connect, standing

pytestmark = pytest.mark.kill

ROOT = Path(__file__).parents[2]
EVERY = os.environ.get("MAILROOM_PROOF") == "every"
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
    connect(stage, "ann", PRIVATE)
    stage.google.limits.units_per_user_minute = 10**9


def _walk(stage: Stage, folder: Path) -> int:
    who = member(stage)
    stage.settle()
    stage.mailroom.stop()
    plan = {
        "values": stage.environment(),
        "sandbox": stage.base,
        "now": stage.clock.now().isoformat(),
        "workspace": who.workspace_id,
        "user": who.slack_user_id,
        "folder": str(folder),
        "stride": 1 if EVERY else 11,
        "every": False,
        "files": SCANNING,
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.kill.scanning"],
        input=json.dumps(plan),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=3600,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return int(json.loads(done.stdout)["deaths"])


def test_killed_at_any_line_a_scan_ends_as_if_nothing_had_happened(sqlite_url: str, tmp_path: Path) -> None:
    with standing(sqlite_url) as stage:
        _mailbox(stage)
        assert _walk(stage, tmp_path) > 15
