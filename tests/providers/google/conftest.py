from collections.abc import Iterator

import pytest

from tests.providers.google.stage import GoogleStage
from tests.sandbox.google.stand import standing


@pytest.fixture
def stage() -> Iterator[GoogleStage]:
    """Google on loopback; no connection may be left open by its provider."""
    with standing() as stand:
        made = GoogleStage(stand)
        yield made
        made.provider.close()
