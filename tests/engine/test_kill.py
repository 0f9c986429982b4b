"""Work is done once, whoever dies. Real processes, real SIGKILL, on both databases.

Every test also runs the naive way and wants it to fail: a test that nothing can fail proves nothing.
"""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from store import across, work
from store.database import Database
from tests.engine.recorder import Recorder
from tests.kill.copies import stride

pytestmark = pytest.mark.kill

ROOT = Path(__file__).parents[2]
STRIDE = stride(3)


def _run(mode: str, url: str, recorder: Recorder, number: int) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.engine.killing", mode, url, str(recorder.port), str(number)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _enqueue(url: str, kind: str, count: int) -> None:
    database = Database(url, lambda: datetime.now(UTC))
    with database.write() as tx:
        place = across.install(tx, "T1", None, "A team").id
        for number in range(count):
            work.enqueue(tx, place, kind, f"{kind}-{number}")
    database.close()


def _wrong(recorder: Recorder, kind: str) -> dict[str, int]:
    return {key: times for key, times in recorder.effects.items() if key.startswith(kind) and times != 1}


def test_killed_at_any_line_it_is_done_once_by_the_next(database_url: str) -> None:
    with Recorder() as recorder:
        deaths = _run("walk", database_url, recorder, STRIDE)
    walked = [key for key in recorder.effects if key.startswith("send")]
    assert deaths["send"] > 100 / STRIDE
    assert len(walked) == deaths["send"] + 1
    assert _wrong(recorder, "send") == {}
    assert _wrong(recorder, "naive") != {}, "the naive sender doubled nothing: this test cannot fail"


def _fate(request: int) -> str:
    """Of a stretch of seventeen requests one is killed before its effect, one after, one fails."""
    return {5: "before", 9: "503", 14: "after"}.get(request % 17, "")


def test_under_random_death_and_failure_nothing_is_lost_or_doubled(database_url: str) -> None:
    with Recorder(_fate) as recorder:
        _enqueue(database_url, "send", 24)
        _enqueue(
            database_url, "naive", 60
        )  # enough that one is met after its effect, however they take turns
        processes = 1 if database_url.startswith("sqlite") else 2
        found = _run("chaos", database_url, recorder, processes)
    assert found["deaths"] == recorder.kills > 10
    assert len([key for key in recorder.effects if key.startswith("send")]) == 24
    assert _wrong(recorder, "send") == {}
    assert _wrong(recorder, "naive") != {}, "the naive sender doubled nothing: this test cannot fail"


def test_a_worker_paused_beyond_its_lease_wakes_up_and_does_nothing_more(database_url: str) -> None:
    with Recorder() as recorder:
        _run("zombie", database_url, recorder, 0)
    assert recorder.effects == {"send": 1, "post": 1, "unguarded": 2}
