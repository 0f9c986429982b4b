"""The demo on a mailbox of one's own: three thousand messages from a file, and anybody can be asked for."""

import mailbox
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from email.utils import getaddresses
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.pictures import keep
from tests.browser.places import Demo, running_demo
from tests.browser.vendors import ANN, DESK
from tests.browser.walking import ask, close, connect, enter, fits, window
from tests.chromium import screen_of
from tests.house.test_commands import APP

pytestmark = pytest.mark.browser
MESSAGES, ASKED = 3_000, 8


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `make mbox N=3000` writes."""
    written = tmp_path_factory.mktemp("mbox") / "my mail.mbox"
    with written.open("wb") as out:
        subprocess.run([sys.executable, str(APP), "mbox", str(MESSAGES)], stdout=out, check=True)
    return written


@pytest.fixture(scope="module")
def demo(file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """`make demo MAILBOX=file`."""
    with running_demo(tmp_path_factory.mktemp("demo"), "--mailbox", str(file)) as opened:
        yield opened


def correspondents(file: Path, own: str) -> list[str]:
    """Whoever wrote to this address alone, spam aside, most often first."""
    wrote: Counter[str] = Counter()
    with closing(mailbox.mbox(file, create=False)) as messages:
        for message in messages:
            named = [getaddresses([str(message[name] or "")]) for name in ("From", "To", "Cc")]
            (sender,), to, cc = [[address.lower() for _, address in one if address] for one in named]
            if to + cc == [own] and "Spam" not in str(message["X-Gmail-Labels"]):
                wrote[sender] += 1
    return [address for address, _ in wrote.most_common()]


def test_anybody_in_a_mailbox_of_ones_own_can_be_asked_for(browser: Browser, demo: Demo, file: Path) -> None:
    with screen_of(browser, DESK.size) as page:
        enter(page, demo.url)
        connect(page)
        everybody = correspondents(file, ANN)
        assert len(everybody) > ASKED
        for address in everybody[:: len(everybody) // ASKED][:ASKED]:
            answer = ask(page, f"/inbox {address}")
            first = answer.get_by_role("button", name="Open the conversation about").first
            expect(first, address).to_be_visible()
            first.click()
            opened = window(page, "Conversation")
            expect(opened, address).to_contain_text("From ")
            close(page, "Conversation")
        keep(page, DESK, "own-mail")
        fits(page)
