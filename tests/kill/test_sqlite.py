"""Killed at any line between Send and sent, a message arrives once: on SQLite."""

import pytest

from tests.kill.plans import WALKS, prepared
from tests.stage import standing

pytestmark = pytest.mark.kill


@pytest.mark.parametrize(("files", "every"), WALKS)
def test_killed_at_any_line_between_send_and_sent_a_message_arrives_once(
    sqlite_url: str, files: tuple[str, ...], every: bool
) -> None:
    with standing(sqlite_url) as stage:
        walked = prepared(stage, 4000 if every else 2500 if len(files) < 4 else 400)
        walked.walk(files=files, every=every)
        assert walked.deaths > 150
        walked.arrived_once()
