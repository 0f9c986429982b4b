"""What a person does in front of the browser, in the words of the journeys."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.vendors import ANN, GMAIL, Vendor
from tests.sandbox.page.driving import to_list

DANA = "dana@northwind.example"
ONLY_YOU = "Only visible to you"
STILL_READING = "Mailroom is still reading."  # a line that stays, above the answer


def enter(page: Page, url: str, member: str = "ann", channel: str = "general") -> None:
    """Come to Slack as somebody and open a channel, with no window left from before."""
    page.goto(f"{url}/client/{member}/")
    live(page)
    if page.get_by_role("dialog").count():
        page.reload()
        live(page)
    page.get_by_role("link", name=channel, exact=True).click()
    expect(page.get_by_role("textbox", name=f"Message #{channel}")).to_be_visible()


def look_at(where: Locator) -> None:
    """Turn to the tab where something is to be done: one in the background draws a frame a second."""
    where.page.bring_to_front()


def live(page: Page) -> None:
    """Wait until the page follows what happens: presses before that are not heard."""
    expect(page.locator("body[data-live]")).to_be_attached()


def ask(page: Page, words: str) -> Locator:
    """Type a command and wait for the answer that only this member sees, however slow the machine is."""
    answers = page.get_by_role("article").filter(has_text=ONLY_YOU).filter(has_not_text=STILL_READING)
    before = answers.count()
    command(page, words)
    expect(answers).to_have_count(before + 1)
    return answers.nth(before)


def command(page: Page, words: str) -> None:
    """Type a command into the channel that is open."""
    page.get_by_role("textbox", name="Message #").fill(words)
    page.keyboard.press("Enter")


def window(page: Page, title: str) -> Locator:
    """The window with this title, once it is there."""
    shown = page.get_by_role("dialog", name=title, exact=True)
    expect(shown).to_be_visible()
    return shown


def close(page: Page, title: str) -> None:
    """Close a window by its button."""
    shown = window(page, title)
    shown.get_by_role("button", name=re.compile("^(Close|Cancel)$")).last.click()
    expect(shown).to_have_count(0)


def press(where: Locator, name: str) -> None:
    """Press a button by the name that a screen reader reads."""
    look_at(where)
    where.get_by_role("button", name=name).first.click()


def open_consent(shown: Locator) -> Page:
    """Follow the link of the Connect window into a tab of its own."""
    with shown.page.context.expect_page() as opened:
        shown.get_by_role("link", name="Open the page").click()
    expect(opened.value.locator("[data-page=connect-confirm]")).to_be_visible()
    return opened.value


def sign_in(tab: Page, address: str, vendor: Vendor = GMAIL) -> None:
    """Go on to the vendor, choose an account, and allow everything that is asked for."""
    tab.get_by_role("button", name=f"Go on to {vendor.company}").click()
    choose_account(tab, address, vendor)
    allow = tab.get_by_role("button", name=vendor.allow)
    expect(allow.or_(tab.locator("[data-page^=connect]"))).to_be_visible()
    if allow.is_visible():  # Microsoft asks nobody twice
        allow.click()


def choose_account(tab: Page, address: str, vendor: Vendor = GMAIL) -> None:
    """Make sure that the vendor's page is about this account."""
    expect(tab.locator(f"[data-page^={vendor.key}]")).to_be_visible()
    proposed = tab.locator("[data-action=other-account]")
    if proposed.is_visible():
        if address in proposed.inner_text():
            return
        proposed.click()
    tab.locator(f"[data-account='{address}']").click()


def choose_kind(page: Page, kind: str = "Connect Gmail") -> Locator:
    """Type the command and choose the kind of account; returns the window with the link."""
    command(page, "/inbox connect")
    press(window(page, "Connect a mailbox"), kind)
    return window(page, kind)


def connect(page: Page, address: str = ANN) -> None:
    """Connect a mailbox that is the member's own Slack address, from the command to the closed window."""
    tab = open_consent(choose_kind(page))
    sign_in(tab, address)
    expect(tab.get_by_role("heading", name=f"Connected: {address}")).to_be_visible()
    tab.close()
    expect(window(page, "Connect Gmail").get_by_role("heading", name=f"Connected: {address}")).to_be_visible()
    close(page, "Connect Gmail")


def write(shown: Locator, words: str) -> None:
    """Type into the message of a Write window."""
    look_at(shown)
    shown.get_by_role("textbox", name="Your message").click()
    shown.page.keyboard.type(words)


def open_app(page: Page) -> None:
    """Open the app's Home."""
    to_list(page)
    page.get_by_role("link", name="Mailroom").first.click()
    live(page)


def fits(page: Page) -> None:
    """Nothing may be wider than the screen, or the page scrolls sideways."""
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0, f"{page.url} is {wider} pixels too wide"
