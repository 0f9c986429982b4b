from collections.abc import Iterator

import pytest

from tests.sandbox.microsoft.stand import Stand, standing


@pytest.fixture
def stand() -> Iterator[Stand]:
    with standing() as made:
        yield made
