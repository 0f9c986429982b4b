"""Killed while the provider fails as well, a message still arrives once."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.kill.plans import EVERY, FAILED, LOST, NEVER_CAME, PROTOCOL, prepared
from tests.stage import Stage, standing

pytestmark = pytest.mark.kill

PRESSES = 300 if EVERY else 100  # more than lines of the protocol


@pytest.fixture
def stage(sqlite_url: str) -> Iterator[Stage]:
    """The whole product, on SQLite."""
    with standing(sqlite_url) as made:
        yield made


@pytest.mark.parametrize("fault", [LOST, FAILED, NEVER_CAME], ids=["lost", "failed", "never-came"])
def test_killed_while_the_provider_fails_too_a_message_arrives_once(
    stage: Stage, fault: dict[str, Any]
) -> None:
    walked = prepared(stage, PRESSES).walk(files=PROTOCOL, from_send=False, fault=fault)
    assert walked.deaths > 20
    walked.arrived_once()


def test_a_careless_program_would_be_caught(stage: Stage) -> None:
    walked = prepared(stage, PRESSES).walk(files=PROTOCOL, from_send=False, naive=True)
    assert walked.deaths > 20
    assert max(walked.received().values()) > 1
