"""The demo as a newcomer starts it, and the same product on a clock that tests turn, each with a browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.places import Demo, running_demo, standing_with_pages
from tests.chromium import SIZES, screen_of
from tests.stage import Stage


@pytest.fixture(scope="module", params=SIZES)
def size(request: pytest.FixtureRequest) -> str:
    """A desk's width, then a phone's: each begins with a workspace that has seen nothing yet."""
    return str(request.param)


@pytest.fixture(scope="module")
def demo(size: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """`make demo`, two processes; it must stop cleanly and leave nothing behind."""
    with running_demo(tmp_path_factory.mktemp("demo")) as opened:
        yield opened


@pytest.fixture(scope="module")
def stage(size: str, migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Everything in one process on a clock that stands still, with the pages that a browser needs."""
    path = tmp_path_factory.mktemp("stage") / "mailroom.db"
    path.write_bytes(migrated_sqlite.read_bytes())
    with standing_with_pages(f"sqlite:///{path}") as opened:
        yield opened


@pytest.fixture
def page(browser: Browser, size: str) -> Iterator[Page]:
    """A browser of one person, without a past."""
    with screen_of(browser, size) as opened:
        yield opened
