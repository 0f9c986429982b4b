"""The stage for tests that go in through the front door."""

from collections.abc import Iterator

import pytest

from tests.stage import Stage, standing


@pytest.fixture
def stage(sqlite_url: str) -> Iterator[Stage]:
    """The whole product, on SQLite."""
    with standing(sqlite_url) as made:
        yield made
