from collections.abc import Iterator

import pytest

from tests.providers.microsoft.stage import MicrosoftStage, standing


@pytest.fixture
def stage() -> Iterator[MicrosoftStage]:
    """Microsoft on loopback; no connection may be left open by its provider."""
    with standing() as made:
        yield made
