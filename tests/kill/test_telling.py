"""Killed at any line of a morning, no date has two digests and nobody is left out of all of them."""

import json
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.flows.accounts.walking import member
from tests.flows.discovery.nights import digests, next_morning, people, states
from tests.kill.plans import EVERY, ROOT
from tests.stage import Stage, connect, standing

pytestmark = pytest.mark.kill
FILES = (
    "bot/discovery/night_jobs.py",
    "bot/discovery/nightly.py",
    "bot/discovery/digesting.py",
    "store/nightly.py",
    "store/digests.py",
)


def walked(stage: Stage, folder: Path) -> int:
    """Run the program; how many processes died."""
    who = member(stage)
    stage.mailroom.stop()
    plan = {
        "values": stage.environment(),
        "sandbox": stage.base,
        "now": stage.clock.now().isoformat(),
        "workspace": who.workspace_id,
        "member": who.id,
        "folder": str(folder),
        "files": FILES,
        "stride": 1 if EVERY else 11,
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.kill.telling"],
        input=json.dumps(plan),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=3600,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return int(json.loads(done.stdout)["deaths"])


def test_killed_at_any_line_of_a_morning_no_date_is_told_twice_and_nobody_is_lost(
    sqlite_url: str, tmp_path: Path
) -> None:
    with standing(sqlite_url) as stage:
        connect(stage)
        stage.type(stage.ann, "/inbox digest on")
        for _ in range(3):
            next_morning(stage)  # the people of the mailbox itself have been named
        before = len(digests(stage))
        deaths = walked(stage, tmp_path)
        assert deaths > 9
        stage.restart()
        told = digests(stage)[before:]
        dates = Counter(datetime.fromtimestamp(float(one.ts), UTC).date() for one in told)
        assert set(dates.values()) == {1}, "every date at most once"
        everybody = people(stage)
        for number in range(deaths + 1):
            assert everybody[f"person{number}@night.example"].named_at is not None
            assert any(f"Person {number}" in one.text for one in told)
        assert "unsure" in states(stage), "some died when it could have been posted"
