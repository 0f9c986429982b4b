"""The demo as a newcomer walks through it: connect, list, open, reply, and the answer that comes back."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pictures import keep
from tests.browser.places import Demo
from tests.browser.vendors import Setting
from tests.browser.walking import (
    DANA,
    ask,
    choose_account,
    choose_kind,
    close,
    enter,
    fits,
    live,
    look_at,
    open_app,
    open_consent,
    press,
    sign_in,
    window,
    write,
)

pytestmark = pytest.mark.browser
WORDS = "Tuesday suits me well. Shall we say half past twelve?"


def test_from_the_first_command_to_the_answer_that_comes_back(
    page: Page, demo: Demo, setting: Setting
) -> None:
    vendor, who = setting.vendor, setting.vendor.newcomer
    page.goto(f"{demo.url}/")
    live(page)
    enter(page, demo.url, who.handle)
    expect(page.locator("[data-hint]")).to_contain_text(f"type /inbox below, with {DANA}")
    open_app(page)
    expect(page.get_by_text("No mailbox is connected yet.")).to_be_visible()
    keep(page, setting, "home-empty")
    enter(page, demo.url, who.handle)
    first = ask(page, f"/inbox {DANA}")
    expect(first).to_contain_text("Connect your mailbox first")
    keep(page, setting, "connect-first")
    press(first, vendor.connect)
    connecting = window(page, vendor.connect)
    keep(page, setting, "connect")
    tab = open_consent(connecting)
    keep(tab, setting, "consent")
    fits(tab)
    sign_in(tab, who.private, vendor)
    expect(tab.get_by_role("heading", name="One more step in Slack")).to_be_visible()
    keep(tab, setting, "digits-page")
    fits(tab)
    keep(page, setting, "digits-window")
    tab.get_by_role("button", name="Choose another account").click()
    keep(tab, setting, "another")
    choose_account(tab, who.address, vendor)
    keep(tab, setting, "vendor-consent")
    tab.get_by_role("button", name=vendor.allow).click()
    expect(tab.get_by_role("heading", name=f"Connected: {who.address}")).to_be_visible()
    keep(tab, setting, "finished")
    fits(tab)
    tab.close()
    expect(connecting.get_by_role("heading", name=f"Connected: {who.address}")).to_be_visible()
    keep(page, setting, "connected")
    press(connecting, "Show conversations with")
    wished = window(page, "Not in your contacts")
    expect(wished).to_contain_text(who.newest[0])
    keep(page, setting, "wish")
    close(page, "Not in your contacts")

    page.reload()
    live(page)
    answer = ask(page, f"/inbox {DANA}")
    expect(answer).to_contain_text(who.newest[0])
    keep(page, setting, "conversations", top=answer)
    fits(page)
    press(answer, f"Open the conversation about {who.other[0]}")
    thread = window(page, "Conversation")
    expect(thread).to_contain_text(who.other[1])
    keep(page, setting, "thread")
    close(page, "Conversation")
    press(answer, f"Open the conversation about {who.newest[0]}")
    expect(window(page, "Conversation")).to_contain_text(who.newest[1])
    press(thread, "Reply")
    reply = window(page, "Reply")
    write(reply, WORDS)
    keep(page, setting, "write")
    press(reply, "Send")
    sending = window(page, "Your message")
    expect(sending).to_contain_text(re.compile(r"Sent \d\d:\d\d"))
    keep(page, setting, "sent")

    turn_the_clock(page, demo)
    press(sending, "Open thread")
    opened = window(page, "Conversation")
    expect(opened).to_contain_text("From Dana Reyes")
    keep(page, setting, "answered")
    expect(opened).to_contain_text("3 messages")
    close(page, "Conversation")


def turn_the_clock(page: Page, demo: Demo, step: str = "A minute on") -> str:
    """Turn the clock by the dial on its page; gives the time that it shows then."""
    dials = page.context.new_page()
    dials.goto(f"{demo.url}/_page/sandbox")
    dials.get_by_role("button", name=step).click()
    told = dials.get_by_text("which is not the time outside")
    expect(told).to_be_visible()
    fits(dials)
    shown = told.inner_text()
    dials.close()
    return shown


def test_the_reply_lies_threaded_in_the_other_mailbox(page: Page, demo: Demo, setting: Setting) -> None:
    who = setting.vendor.newcomer
    page.goto(f"{demo.url}/people/{DANA}/")
    row = page.get_by_role("link").filter(has_text=who.newest[0])
    expect(row).to_contain_text("3 messages")
    keep(page, setting, "mailbox")
    row.click()
    expect(page.get_by_role("article", name=f"Message from {who.name}")).to_contain_text(WORDS)
    expect(page.get_by_role("article")).to_have_count(3)
    keep(page, setting, "mailbox-thread")
    fits(page)


def test_a_mailbox_with_another_address_is_connected_by_six_digits(
    page: Page, demo: Demo, setting: Setting
) -> None:
    vendor, private = setting.vendor, setting.vendor.newcomer.private
    enter(page, demo.url, "ben")
    connecting = choose_kind(page, vendor.connect)
    tab = open_consent(connecting)
    sign_in(tab, private, vendor)
    digits = tab.locator("[data-digits]").inner_text()
    look_at(connecting)
    connecting.get_by_role("textbox", name="Code from the page").fill("000 000")
    press(connecting, "Use this mailbox")
    expect(connecting.get_by_role("alert").filter(has_text=" ")).to_be_visible()
    keep(page, setting, "digits-wrong")
    connecting.get_by_role("textbox", name="Code from the page").fill(digits)
    press(connecting, "Use this mailbox")
    expect(connecting.get_by_role("heading", name=f"Connected: {private}")).to_be_visible()
    close(page, vendor.connect)
    open_app(page)
    expect(page.get_by_text(f"{private} connected")).to_be_visible()
    keep(page, setting, "home-connected")
    fits(page)


def test_the_clock_is_turned_to_the_next_morning_and_the_nights_message_comes(
    page: Page, demo: Demo, setting: Setting
) -> None:
    who = setting.vendor.newcomer
    enter(page, demo.url, who.handle)
    expect(ask(page, "/inbox digest on")).to_contain_text("The nightly scan is on.")
    shown = turn_the_clock(page, demo, "The next morning")
    assert shown.startswith(f"For {who.name} it is ")
    assert " at 07:5" in shown
    open_app(page)
    page.get_by_role("tab", name="Messages").click()
    live(page)
    digest = page.get_by_role("article").filter(has_text="people wrote to you").last
    expect(digest).to_be_visible(timeout=60_000)  # it comes at eight, ten seconds later
    expect(digest).to_contain_text("08:0")
    press(digest, "Add ")
    press(window(page, "Contacts are shared"), "Add")
    expect(digest.get_by_role("button", name="Undo: ")).to_have_count(1)
    press(digest, "Dismiss ")
    expect(digest.get_by_role("button", name="Undo: ")).to_have_count(2)
    keep(page, setting, "demo-digest")
    fits(page)
