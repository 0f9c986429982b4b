"""A stage with a supplier of many conversations."""

from collections.abc import Iterator

import pytest

from tests.stage import Stage, standing


@pytest.fixture
def many(sqlite_url: str) -> Iterator[Stage]:
    """The whole product, where Ivo has written a hundred and twenty times."""
    with standing(sqlite_url, orders=120) as made:
        yield made
