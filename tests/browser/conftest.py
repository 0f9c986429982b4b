"""The demo as a newcomer starts it, and the same product on a clock that tests turn, each with a browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.places import Demo, running_demo, standing_with_pages
from tests.browser.vendors import ANN, GMAIL, PRIVATE, SETTINGS, Setting
from tests.browser.walking import enter
from tests.chromium import screen_of
from tests.stage import Stage, connect


@pytest.fixture(scope="module", params=SETTINGS, ids=str)
def setting(request: pytest.FixtureRequest) -> Setting:
    """A vendor and a width of the screen: each begins with a workspace that has seen nothing yet."""
    chosen: Setting = request.param
    return chosen


@pytest.fixture(scope="module")
def demo(setting: Setting, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """`make demo`, two processes; it must stop cleanly and leave nothing behind."""
    with running_demo(tmp_path_factory.mktemp("demo")) as opened:
        yield opened


@pytest.fixture(scope="module")
def stage(
    setting: Setting, migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    """Everything in one process on a clock that stands still, with the pages that a browser needs.

    Both of Ann's mailboxes are the vendor's.
    """
    path = tmp_path_factory.mktemp("stage") / "mailroom.db"
    path.write_bytes(migrated_sqlite.read_bytes())
    outlook = () if setting.vendor is GMAIL else (ANN, PRIVATE)
    with standing_with_pages(f"sqlite:///{path}", outlook) as opened:
        yield opened


@pytest.fixture
def page(browser: Browser, setting: Setting) -> Iterator[Page]:
    """A browser of one person, without a past."""
    with screen_of(browser, setting.size) as opened:
        yield opened


@pytest.fixture(scope="module")
def connected(stage: Stage) -> Stage:
    """Ann's two mailboxes are connected."""
    connect(stage, address=ANN)
    connect(stage, address=PRIVATE)
    return stage


@pytest.fixture
def slack(page: Page, connected: Stage) -> Page:
    """Ann in #general."""
    enter(page, connected.base)
    return page
