"""What a probe hears: ready while the database answers and work is taken on."""

import requests

from tests.stage import Stage


def test_a_process_that_takes_no_more_work_is_not_ready_and_says_which_part(stage: Stage) -> None:
    ready = requests.get(f"{stage.url}/readyz", timeout=30)
    assert (ready.status_code, ready.json()["checks"]) == (200, {"database": True, "engine": True})
    stage.mailroom.engine.stop()
    tired = requests.get(f"{stage.url}/readyz", timeout=30)
    assert (tired.status_code, tired.json()["checks"]) == (503, {"database": True, "engine": False})
    assert requests.get(f"{stage.url}/healthz", timeout=30).status_code == 200
