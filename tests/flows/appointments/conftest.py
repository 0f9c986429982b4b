"""Members with calendars, at each vendor."""

from collections.abc import Iterator

import pytest

from tests.flows.appointments.dates import add_contact
from tests.flows.appointments.syncing import Syncing
from tests.stage import Stage, standing

WHO = {"google": ("ann", "ann@northwind.example"), "microsoft": ("cleo", "cleo@northwind.example")}


@pytest.fixture
def stage(sqlite_url: str) -> Iterator[Stage]:
    """The whole product, on SQLite."""
    with standing(sqlite_url) as made:
        yield made


@pytest.fixture(params=["google", "microsoft"])
def syncing(request: pytest.FixtureRequest, stage: Stage) -> Syncing:
    """A member with a connected mailbox and a contact."""
    made = Syncing(stage, *WHO[request.param])
    made.connect()
    add_contact(stage, handle=made.handle)
    return made
