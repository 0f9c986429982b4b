"""The page with a real Bolt app behind it, and a browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.sandbox.page.stage import stage as open_stage
from tests.sandbox.slack.town import Town

CHROMIUM = "/usr/bin/chromium"
SIZES = {"desk": (1280, 860), "phone": (390, 844)}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture
def stage() -> Iterator[Town]:
    """A workspace whose app answers everything of the gallery, with its page."""
    with open_stage() as opened:
        yield opened


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(params=SIZES)
def screen(request: pytest.FixtureRequest, browser: Browser, stage: Town) -> Iterator[Page]:
    """Ann's screen, in #general; whatever the page's scripts complain about fails the test."""
    width, height = SIZES[request.param]
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{stage.sandbox.base_url}/client/ann/{stage.ann.channel('general').id}")
    expect(page.locator("body[data-live]")).to_be_attached()
    yield page
    context.close()
    assert complaints == []
