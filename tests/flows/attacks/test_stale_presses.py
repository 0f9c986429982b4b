"""Buttons of a conversation that is not what it was: they never open a neighbour of the message they name."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
import requests

from sandbox.mail.mailbox import INBOX, TRASH, FiledMessage
from sandbox.slack.state import View
from tests.flows.inbox.reading import open_with
from tests.flows.inbox.test_files import NAVIGATES, press
from tests.flows.writing.post import screen
from tests.stage import Stage, connect, standing

ANN, DANA = "ann@northwind.example", "dana@northwind.example"
NAMES = ("cobalt", "umber", "ochre", "sienna")  # the messages, oldest first
GONE = "A message that stood open is no longer here"


@pytest.fixture(params=["gmail", "outlook"])
def kilns(sqlite_url: str, request: pytest.FixtureRequest) -> Iterator[Stage]:
    """Ann with a conversation of four long messages, each with words, history and a file of its own."""
    with standing(sqlite_url, outlook=(ANN,) if request.param == "outlook" else ()) as made:
        connect(made)
        for name in NAMES:
            write(made, name)
        yield made


def write(stage: Stage, name: str) -> None:
    mail = EmailMessage()
    stage.clock.advance(timedelta(minutes=1))
    mail["From"], mail["To"] = f"Dana Reyes <{DANA}>", ANN
    mail["Subject"] = "Kilns" if name == NAMES[0] else "Re: Kilns"
    mail["Message-ID"] = f"<{name}@kilns.example>"
    if name != NAMES[0]:
        mail["In-Reply-To"] = mail["References"] = f"<{NAMES[0]}@kilns.example>"
    lines = "".join(f"<p>The {name} glaze, line {n}. {name.upper() * 20}</p>" for n in range(700))
    said = '<div class="gmail_attr">On Mon, 2 Nov 2026, Ann Lee wrote:</div>'
    quote = f'<div class="gmail_quote">{said}<blockquote>What of the {name} history?</blockquote></div>'
    mail.set_content(f"<html><body>{lines}{quote}</body></html>", subtype="html")
    mail.add_attachment(name.encode(), maintype="application", subtype="pdf", filename=f"{name}.pdf")
    stage.world.send(mail.as_bytes(), announce=False)


def filed(stage: Stage, name: str) -> FiledMessage:
    return next(m for m in stage.mailbox(ANN).messages() if m.raw.message_id == f"<{name}@kilns.example>")


def delete(stage: Stage, name: str) -> None:
    stage.mailbox(ANN).remove(filed(stage, name).id)


def move_to_trash(stage: Stage, name: str) -> None:
    stage.mailbox(ANN).relabel(filed(stage, name).id, add=[TRASH], remove=[INBOX])


def a_newer_one(stage: Stage, _name: str) -> None:
    write(stage, "viridian")


CHANGES = [delete, move_to_trash, a_newer_one]
PRESSES = [("inbox.quoted", "Hide quoted text"), ("inbox.more", "umber glaze"), ("inbox.beginning", "umber")]


def open_second(stage: Stage) -> View:
    """Open the conversation with its second message, and no other, standing open."""
    window = open_with(stage, stage.ann, DANA, "Kilns")
    stage.press(stage.ann, window, "inbox.hide")
    line = next(b for b in window.blocks if "umber" in str(b) and b.get("accessory"))
    stage.press(stage.ann, window, "inbox.show", block_id=line["block_id"])
    assert "umber glaze, line 0." in screen(window)
    return window


def opened(window: View) -> str:
    """What stands open: everything but the line of each folded message."""
    folded = [b for b in window.blocks if (b.get("accessory") or {}).get("action_id") == "inbox.show"]
    return screen(View(**{**vars_of(window), "blocks": [b for b in window.blocks if b not in folded]}))


def vars_of(window: View) -> dict[str, Any]:
    return {name: getattr(window, name) for name in window.__dataclass_fields__}


@pytest.mark.parametrize(("action", "words"), PRESSES)
@pytest.mark.parametrize("change", CHANGES)
def test_a_press_in_a_message_opens_that_message_whatever_became_of_those_around_it(
    kilns: Stage, change: Callable[[Stage, str], None], action: str, words: str
) -> None:
    window = open_second(kilns)
    if action == "inbox.beginning":
        kilns.press(kilns.ann, window, "inbox.more")
    change(kilns, "cobalt")
    kilns.restart()
    kilns.press(kilns.ann, window, action)
    assert words in opened(window) and "umber glaze" in opened(window)
    for other in ("cobalt", "ochre", "sienna", "viridian"):
        assert other not in opened(window).replace(f"{other}.pdf", "")
    assert GONE not in screen(window)


@pytest.mark.parametrize("action", ["inbox.quoted", "inbox.more"])
@pytest.mark.parametrize("change", [delete, move_to_trash])
def test_a_press_in_a_message_that_is_gone_opens_nothing_and_says_so(
    kilns: Stage, change: Callable[[Stage, str], None], action: str
) -> None:
    window = open_second(kilns)
    change(kilns, "umber")
    kilns.restart()
    kilns.press(kilns.ann, window, action)
    assert GONE in screen(window)
    assert "3 messages" in screen(window)
    assert "glaze" not in opened(window)
    kilns.press(kilns.ann, window, "inbox.order")
    assert GONE not in screen(window)


def test_a_file_button_gets_the_file_of_its_own_message(kilns: Stage) -> None:
    window = open_second(kilns)
    delete(kilns, "cobalt")
    write(kilns, "viridian")
    kilns.restart()
    line = next(b for b in window.blocks if "umber.pdf" in str(b))
    kilns.press(kilns.ann, window, "inbox.file", block_id=line["block_id"])
    url = str(kilns.ann.element(window, "inbox.file_page")["url"])
    with requests.Session() as browser:
        assert press(browser, url, browser.get(url, headers=NAVIGATES, timeout=30)).content == b"umber"


@pytest.mark.parametrize("when", ["before the press", "after the page was made"])
def test_a_file_of_a_message_that_is_gone_is_not_that_of_another(kilns: Stage, when: str) -> None:
    window = open_second(kilns)
    line = next(b for b in window.blocks if "umber.pdf" in str(b))
    if when == "before the press":
        delete(kilns, "umber")
        kilns.restart()
        kilns.press(kilns.ann, window, "inbox.file", block_id=line["block_id"])
        assert "inbox.file_page" not in str(window.blocks)
        assert "Try again" in screen(window)
        return
    kilns.press(kilns.ann, window, "inbox.file", block_id=line["block_id"])
    url = str(kilns.ann.element(window, "inbox.file_page")["url"])
    delete(kilns, "umber")
    with requests.Session() as browser:
        answer = press(browser, url, browser.get(url, headers=NAVIGATES, timeout=30))
    assert answer.status_code == 502
    assert "glaze" not in answer.text
