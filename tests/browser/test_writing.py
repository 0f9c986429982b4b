"""Journey 4 of screens.md: a long thread, an answer that crosses another, one whose fate is unknown."""

from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from sandbox.faults import Fault, Kind
from sandbox.mail.mailbox import INBOX, SENT
from tests.browser.pictures import keep
from tests.browser.vendors import ANN, Setting
from tests.browser.walking import ask, close, fits, open_app, press, window, write
from tests.flows.writing.post import SOON, part, read, write_back
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


def open_topic(slack: Page) -> Locator:
    """Open the long thread from the list."""
    press(ask(slack, f"/inbox {PRIYA}"), f"Open the conversation about {TOPIC}")
    shown = window(slack, "Conversation")
    expect(shown.get_by_role("heading", name=TOPIC)).to_be_visible()
    return shown


def lie(stage: Stage, address: str, label: str, words: str) -> int:
    """Count the messages with these words that lie in a place of somebody's mailbox."""
    filed = [read(one) for one in stage.mailbox(address).messages() if label in one.labels]
    return sum(words in part(one, "plain") for one in filed)


def send(form: Locator, stage: Stage) -> None:
    """Press Send, and let the moment come when it goes."""
    press(form, "Send")
    expect(window(form.page, "Your message")).to_contain_text(f"Goes to {PRIYA} now.")
    stage.later(SOON)


def test_an_answer_that_crosses_a_newer_message_waits_for_the_person(
    slack: Page, connected: Stage, setting: Setting
) -> None:
    thread = open_topic(slack)
    expect(thread).to_contain_text("60 messages")
    expect(thread).to_contain_text("2 messages are with other people too")
    expect(thread).to_contain_text("Messages 51 to 60 of 60")
    keep(slack, setting, "thread-long")
    fits(slack)
    press(thread, "Older")
    expect(thread).to_contain_text("Messages 41 to 50 of 60")
    press(thread, "Show the message of")
    expect(thread).to_contain_text("From ")
    keep(slack, setting, "thread-older")
    press(thread, "Reply")
    reply = window(slack, "Reply")
    write(reply, FIRST)
    keep(slack, setting, "reply-long")
    fits(slack)
    write_back(connected, "One more thing: which map do you want?", sender=PRIYA)
    send(reply, connected)
    again = window(slack, "Reply")
    expect(again).to_contain_text("wrote again before your message went, so it was not sent.")
    keep(slack, setting, "newer")
    expect(again).to_contain_text("which map do you want?")
    expect(again.get_by_role("textbox", name="Your message")).to_have_text(FIRST)
    assert lie(connected, PRIYA, INBOX, FIRST) == 0
    write(again, CHANGED)
    send(again, connected)
    expect(window(slack, "Your message")).to_contain_text("Sent ")
    keep(slack, setting, "newer-sent")
    assert lie(connected, PRIYA, INBOX, FIRST + CHANGED) == 1
    close(slack, "Your message")


def test_an_answer_that_is_lost_is_not_certain_until_it_is_checked_again(
    slack: Page, connected: Stage, setting: Setting
) -> None:
    press(open_topic(slack), "Reply")
    reply = window(slack, "Reply")
    write(reply, SECOND)
    vendor = setting.vendor
    connected.faults.add(Fault(vendor.service, Kind.RESET_AFTER, vendor.sending))
    send(reply, connected)
    sending = window(slack, "Your message")
    expect(sending).to_contain_text("did not say whether this went out")
    keep(slack, setting, "looking")
    connected.faults.add(Fault(vendor.service, Kind.STATUS, vendor.looking, times=None))
    for _ in range(12):
        connected.later(timedelta(minutes=5))
    expect(sending).to_contain_text("Not certain.")
    keep(slack, setting, "not-certain")
    fits(slack)
    connected.faults.clear(vendor.service)
    open_app_and_back(slack, connected, setting)
    press(window(slack, "Your message"), "Check again")
    expect(slack.get_by_role("button", name="Check again")).to_have_count(0)
    connected.later(SOON)
    expect(window(slack, "Your message")).to_contain_text("Sent ")
    keep(slack, setting, "checked")
    assert lie(connected, PRIYA, INBOX, SECOND) == 1
    assert lie(connected, ANN, SENT, SECOND) == 1


def open_app_and_back(slack: Page, stage: Stage, setting: Setting) -> None:
    """Close the window, and find the same matter on Home."""
    close(slack, "Your message")
    close(slack, "Conversation")
    open_app(slack)
    stage.settle()  # Home is drawn anew when it is opened: a press on what is gone would not be heard
    expect(slack.get_by_role("heading", name="Needs you")).to_be_visible()
    keep(slack, setting, "home-needs-you")
    fits(slack)
    slack.get_by_role("button", name="Open: To").first.click()
