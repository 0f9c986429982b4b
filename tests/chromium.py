"""A real browser for tests: Chromium without a window, at a desk's and a phone's width."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
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


# one for each module and not for the session: what it runs on has a thread, and other tests fork
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; without it, tests fail and say what to install."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    assert found, "These tests need Chromium. As root: apt-get install chromium"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, headless=True, args=FLAGS)
        yield chromium
        chromium.close()


@contextmanager
def screen_of(browser: Browser, size: str) -> Iterator[Page]:
    """A browser of one person, without a past. What its pages' scripts complain about fails the test."""
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height})
    context.set_default_timeout(20_000)
    expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong
    complaints: list[str] = []
    context.on("weberror", lambda told: complaints.append(str(told.error)))
    yield context.new_page()
    context.close()
    assert complaints == []
