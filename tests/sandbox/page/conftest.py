"""The page with a real Bolt app behind it, and a browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import SIZES, screen_of
from tests.sandbox.page.stage import stage as open_stage
from tests.sandbox.slack.town import Town


@pytest.fixture
def stage() -> Iterator[Town]:
    """A workspace whose app answers everything of the gallery, with its page."""
    with open_stage() as opened:
        yield opened


@pytest.fixture(params=SIZES)
def screen(request: pytest.FixtureRequest, browser: Browser, stage: Town) -> Iterator[Page]:
    """Ann's screen, in #general; whatever the page's scripts complain about fails the test."""
    with screen_of(browser, request.param) as page:
        page.goto(f"{stage.sandbox.base_url}/client/ann/{stage.ann.channel('general').id}")
        expect(page.locator("body[data-live]")).to_be_attached()
        yield page
