"""The demo as a newcomer walks through it: connect, list, open, reply, and the answer that comes back."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pictures import keep
from tests.browser.places import Demo
from tests.browser.walking import (
    ANN,
    DANA,
    PRIVATE,
    ask,
    choose_account,
    choose_kind,
    close,
    enter,
    fits,
    live,
    open_app,
    open_consent,
    press,
    sign_in,
    window,
    write,
)

pytestmark = pytest.mark.browser
WORDS = "Tuesday suits me well. Shall we say half past twelve?"


def test_from_the_first_command_to_the_answer_that_comes_back(page: Page, demo: Demo, size: str) -> None:
    page.goto(f"{demo.url}/")
    live(page)
    open_app(page)
    expect(page.get_by_text("No mailbox is connected yet.")).to_be_visible()
    keep(page, size, "home-empty")
    enter(page, demo.url)
    first = ask(page, f"/inbox {DANA}")
    expect(first).to_contain_text("Connect your mailbox first")
    keep(page, size, "connect-first")
    press(first, "Connect Gmail")
    connecting = window(page, "Connect Gmail")
    keep(page, size, "connect")
    tab = open_consent(connecting)
    keep(tab, size, "consent")
    fits(tab)
    sign_in(tab, PRIVATE)
    expect(tab.get_by_role("heading", name="One more step in Slack")).to_be_visible()
    keep(tab, size, "digits-page")
    fits(tab)
    keep(page, size, "digits-window")
    tab.get_by_role("button", name="Choose another account").click()
    keep(tab, size, "another")
    choose_account(tab, ANN)
    keep(tab, size, "google-consent")
    tab.get_by_role("button", name="Allow").click()
    expect(tab.get_by_role("heading", name=f"Connected: {ANN}")).to_be_visible()
    keep(tab, size, "finished")
    fits(tab)
    tab.close()
    expect(connecting.get_by_role("heading", name=f"Connected: {ANN}")).to_be_visible()
    keep(page, size, "connected")
    press(connecting, "Show conversations with")
    wished = window(page, "Not in your contacts")
    expect(wished).to_contain_text("Lunch when you are in town?")
    keep(page, size, "wish")
    close(page, "Not in your contacts")

    page.reload()
    live(page)
    answer = ask(page, f"/inbox {DANA}")
    expect(answer).to_contain_text("Lunch when you are in town?")
    keep(page, size, "conversations")
    fits(page)
    press(answer, "Open the conversation about Photo of the new label")
    thread = window(page, "Conversation")
    expect(thread).to_contain_text("May we use it in the catalogue?")
    keep(page, size, "thread")
    close(page, "Conversation")
    press(answer, "Open the conversation about Lunch when you are in town?")
    expect(window(page, "Conversation")).to_contain_text("little place by the canal")
    press(thread, "Reply")
    reply = window(page, "Reply")
    write(reply, WORDS)
    keep(page, size, "write")
    press(reply, "Send")
    sending = window(page, "Your message")
    expect(sending).to_contain_text(re.compile(r"Sent \d\d:\d\d"))
    keep(page, size, "sent")

    turn_the_clock(page, demo)
    press(sending, "Open thread")
    opened = window(page, "Conversation")
    expect(opened).to_contain_text("From Dana Reyes")
    keep(page, size, "answered")
    expect(opened).to_contain_text("3 messages")
    close(page, "Conversation")


def turn_the_clock(page: Page, demo: Demo) -> None:
    """Let a minute pass in the sandbox, by the dial on its page."""
    dials = page.context.new_page()
    dials.goto(f"{demo.url}/_page/sandbox")
    dials.get_by_role("button", name="A minute on").click()
    expect(dials.get_by_text("which is not the time outside")).to_be_visible()
    dials.close()


def test_the_reply_lies_threaded_in_the_other_mailbox(page: Page, demo: Demo, size: str) -> None:
    page.goto(f"{demo.url}/people/{DANA}/")
    row = page.get_by_role("link").filter(has_text="Lunch when you are in town?")
    expect(row).to_contain_text("3 messages")
    keep(page, size, "mailbox")
    row.click()
    expect(page.get_by_role("article", name="Message from Ann Lee")).to_contain_text(WORDS)
    expect(page.get_by_role("article")).to_have_count(3)
    keep(page, size, "mailbox-thread")
    fits(page)


def test_a_mailbox_with_another_address_is_connected_by_six_digits(page: Page, demo: Demo, size: str) -> None:
    enter(page, demo.url, "ben")
    connecting = choose_kind(page)
    tab = open_consent(connecting)
    sign_in(tab, PRIVATE)
    digits = tab.locator("[data-digits]").inner_text()
    connecting.get_by_role("textbox", name="Code from the page").fill("000 000")
    press(connecting, "Use this mailbox")
    expect(connecting.get_by_role("alert").filter(has_text=" ")).to_be_visible()
    keep(page, size, "digits-wrong")
    connecting.get_by_role("textbox", name="Code from the page").fill(digits)
    press(connecting, "Use this mailbox")
    expect(connecting.get_by_role("heading", name=f"Connected: {PRIVATE}")).to_be_visible()
    close(page, "Connect Gmail")
    open_app(page)
    expect(page.get_by_text(f"{PRIVATE} connected")).to_be_visible()
    keep(page, size, "home-connected")
    fits(page)
