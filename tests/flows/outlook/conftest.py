from collections.abc import Iterator

import pytest

from tests.flows.outlook.given import OutlookStage


@pytest.fixture
def outlook(sqlite_url: str) -> Iterator[OutlookStage]:
    """The whole product with both vendors, on SQLite."""
    made = OutlookStage(sqlite_url)
    try:
        yield made
    finally:
        made.stop()
