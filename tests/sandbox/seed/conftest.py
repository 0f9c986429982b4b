from collections.abc import Iterator

import pytest

from tests.sandbox.seed.place import Place, a_place


@pytest.fixture
def place() -> Iterator[Place]:
    """A world of the test's own."""
    with a_place() as made:
        yield made


@pytest.fixture(scope="module")
def shared_place() -> Iterator[Place]:
    """A whole world that tests only read."""
    with a_place(orders=400) as made:
        yield made
