"""Keep what the browser shows: the pictures of the README, and every step for somebody who looks.

`MAILROOM_PICTURES=docs/pictures` renews the README's; `MAILROOM_SCREENS=folder` keeps every screen.
"""

import os
from pathlib import Path

from playwright.sync_api import Locator, Page

from tests.browser.vendors import DESK, Setting

OF_THE_README = (
    "conversations", "thread", "write", "people-found", "digest", "calendar-event", "calendar-question",
)  # fmt: skip


def keep(page: Page, setting: Setting, name: str, top: Locator | None = None) -> None:
    """Keep the screen under a name, where a folder for it is named; `top`: what it begins with."""
    pictures, screens = os.environ.get("MAILROOM_PICTURES"), os.environ.get("MAILROOM_SCREENS")
    if top and (pictures or screens):
        top.evaluate("shown => shown.scrollIntoView({block: 'start', behavior: 'instant'})")
    if screens:
        page.screenshot(path=Path(screens) / f"{name}-{setting}.png")
    if pictures and setting == DESK and name in OF_THE_README:
        page.screenshot(path=Path(pictures) / f"{name}.png")
