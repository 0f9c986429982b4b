from collections.abc import Iterator

import pytest

from tests.sandbox.slack.town import Town
from tests.sandbox.slack.town import town as open_town


@pytest.fixture
def town() -> Iterator[Town]:
    """A workspace with a real Bolt app, both on loopback."""
    with open_town() as opened:
        yield opened
