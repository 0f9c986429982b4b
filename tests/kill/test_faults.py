"""Killed while the provider fails as well, a message still arrives once, or waits for the person's word."""

from collections.abc import Iterator

import pytest

from tests.kill.copies import EVERY
from tests.kill.plans import prepared
from tests.kill.vendors import GMAIL, OUTLOOK, Vendor
from tests.stage import Stage, standing

pytestmark = pytest.mark.kill

PRESSES = 300 if EVERY else 100  # more than lines of the protocol
LOST, FAILED, NEVER_CAME = ("reset_after", None), ("status", 1), ("reset_before", 1)


@pytest.fixture(params=[GMAIL, OUTLOOK], ids=str)
def vendor(request: pytest.FixtureRequest) -> Vendor:
    """Whose mailbox the messages leave from."""
    chosen: Vendor = request.param
    return chosen


@pytest.fixture
def stage(sqlite_url: str, vendor: Vendor) -> Iterator[Stage]:
    """The whole product, on SQLite."""
    with standing(sqlite_url, outlook=vendor.outlook) as made:
        yield made


@pytest.mark.parametrize(("kind", "times"), [LOST, FAILED, NEVER_CAME], ids=["lost", "failed", "never-came"])
def test_killed_while_the_provider_fails_too_a_message_never_goes_twice(
    stage: Stage, vendor: Vendor, kind: str, times: int | None
) -> None:
    fault = vendor.fault(kind, times=times, status=500)
    walked = prepared(stage, PRESSES, vendor).walk(files=vendor.protocol, from_send=False, fault=fault)
    assert walked.deaths > 20
    unsure = walked.settled()
    assert unsure == 0 if vendor is GMAIL else unsure > 0


def test_a_careless_program_would_be_caught(stage: Stage, vendor: Vendor) -> None:
    walked = prepared(stage, PRESSES, vendor).walk(files=vendor.protocol, from_send=False, naive=True)
    assert walked.deaths > 20
    assert max(walked.received().values()) > 1
