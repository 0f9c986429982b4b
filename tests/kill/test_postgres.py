"""Killed at any line between Send and sent, no message is lost and none goes twice: on PostgreSQL."""

import pytest

from tests.kill.plans import ROUTES_AGAIN, Route, prepared
from tests.kill.vendors import GMAIL
from tests.stage import standing

pytestmark = [pytest.mark.kill, pytest.mark.postgres]


@pytest.mark.parametrize("route", ROUTES_AGAIN, ids=str)
def test_killed_at_any_line_between_send_and_sent_no_message_is_lost_or_doubled(
    postgres_url: str, route: Route
) -> None:
    with standing(postgres_url, outlook=route.vendor.outlook) as stage:
        walked = prepared(stage, route.presses, route.vendor)
        walked.walk(files=route.files, every=route.every)
        assert walked.deaths > route.least
        unsure = walked.settled()
        assert unsure == 0 if route.vendor is GMAIL else unsure > 0
