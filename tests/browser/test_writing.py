"""Journey 4 of screens.md: a long thread, an answer that crosses another, one whose fate is unknown."""

from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from sandbox.faults import Fault, Kind
from tests.browser.pictures import keep
from tests.browser.walking import ANN, ask, close, enter, fits, open_app, press, window, write
from tests.flows.writing.post import SOON, arrived, filed_sent, write_back
from tests.stage import Stage, connect

pytestmark = pytest.mark.browser
PRIYA, TOPIC = "priya@nairstudio.example", "The new website"
FIRST, CHANGED = "The map can wait until spring.", " Or until summer."
SECOND = "And please keep the old photos."


@pytest.fixture(scope="module")
def connected(stage: Stage) -> Stage:
    """Ann's mailbox is connected."""
    connect(stage, address=ANN)
    return stage


@pytest.fixture
def slack(page: Page, connected: Stage) -> Page:
    """Ann in #general."""
    enter(page, connected.base)
    return page


def open_topic(slack: Page) -> Locator:
    """Open the long thread from the list."""
    press(ask(slack, f"/inbox {PRIYA}"), f"Open the conversation about {TOPIC}")
    shown = window(slack, "Conversation")
    expect(shown.get_by_role("heading", name=TOPIC)).to_be_visible()
    return shown


def send(form: Locator, stage: Stage) -> None:
    """Press Send, and let the moment come when it goes."""
    press(form, "Send")
    expect(window(form.page, "Your message")).to_contain_text(f"Goes to {PRIYA} now.")
    stage.later(SOON)


def test_an_answer_that_crosses_a_newer_message_waits_for_the_person(
    slack: Page, connected: Stage, size: str
) -> None:
    thread = open_topic(slack)
    expect(thread).to_contain_text("60 messages")
    expect(thread).to_contain_text("2 messages are with other people too")
    expect(thread).to_contain_text("Messages 51 to 60 of 60")
    keep(slack, size, "thread-long")
    fits(slack)
    press(thread, "Older")
    expect(thread).to_contain_text("Messages 41 to 50 of 60")
    press(thread, "Show the message of")
    expect(thread).to_contain_text("From ")
    keep(slack, size, "thread-older")
    press(thread, "Reply")
    reply = window(slack, "Reply")
    write(reply, FIRST)
    keep(slack, size, "reply-long")
    fits(slack)
    write_back(connected, "One more thing: which map do you want?", sender=PRIYA)
    send(reply, connected)
    again = window(slack, "Reply")
    expect(again).to_contain_text("wrote again before your message went, so it was not sent.")
    keep(slack, size, "newer")
    expect(again).to_contain_text("which map do you want?")
    expect(again.get_by_role("textbox", name="Your message")).to_have_text(FIRST)
    assert arrived(connected, PRIYA) == []
    write(again, CHANGED)
    send(again, connected)
    expect(window(slack, "Your message")).to_contain_text("Sent ")
    keep(slack, size, "newer-sent")
    assert len(arrived(connected, PRIYA)) == 1
    close(slack, "Your message")


def test_an_answer_that_is_lost_is_not_certain_until_it_is_checked_again(
    slack: Page, connected: Stage, size: str
) -> None:
    before = len(arrived(connected, PRIYA))
    press(open_topic(slack), "Reply")
    reply = window(slack, "Reply")
    write(reply, SECOND)
    connected.faults.add(Fault("google", Kind.RESET_AFTER, "POST .*/drafts/send"))
    send(reply, connected)
    sending = window(slack, "Your message")
    expect(sending).to_contain_text("did not say whether this went out")
    keep(slack, size, "looking")
    connected.faults.add(Fault("google", Kind.STATUS, "/messages|/drafts", times=None))
    for _ in range(12):
        connected.later(timedelta(minutes=5))
    expect(sending).to_contain_text("Not certain.")
    keep(slack, size, "not-certain")
    fits(slack)
    connected.faults.clear("google")
    open_app_and_back(slack, connected, size)
    press(window(slack, "Your message"), "Check again")
    expect(slack.get_by_role("button", name="Check again")).to_have_count(0)
    connected.later(SOON)
    expect(window(slack, "Your message")).to_contain_text("Sent ")
    keep(slack, size, "checked")
    assert len(arrived(connected, PRIYA)) == before + 1
    assert len(filed_sent(connected)) == before + 1


def open_app_and_back(slack: Page, stage: Stage, size: str) -> None:
    """Close the window, and find the same matter on Home."""
    close(slack, "Your message")
    close(slack, "Conversation")
    open_app(slack)
    expect(slack.get_by_role("heading", name="Needs you")).to_be_visible()
    keep(slack, size, "home-needs-you")
    fits(slack)
    slack.get_by_role("button", name="Open: To").first.click()
