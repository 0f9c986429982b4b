"""Journey 2 of screens.md: a work account whose organisation decides, up to an answer sent from Outlook."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from sandbox.microsoft.directory import Policy
from tests.browser.pictures import keep
from tests.browser.vendors import ANN, CLEO, DESK, GMAIL, Setting
from tests.browser.walking import (
    ask,
    choose_kind,
    close,
    enter,
    fits,
    live,
    open_app,
    open_consent,
    press,
    window,
    write,
)
from tests.stage import Stage

pytestmark = pytest.mark.browser
ADMIN, HOUSE = "admin@northwind.example", "northwind.example"
OUTLOOK = "Connect Outlook"


@pytest.fixture(scope="module", params=(DESK, Setting(GMAIL, "phone")), ids=str)
def setting(request: pytest.FixtureRequest) -> Setting:
    """Both widths; whose mail Ann's is makes no difference here."""
    chosen: Setting = request.param
    return chosen


def test_an_organisation_approves_and_outlook_works_like_gmail(
    page: Page, stage: Stage, setting: Setting
) -> None:
    stage.microsoft.tenant(HOUSE).policy = Policy.APPROVAL
    stage.microsoft.add_administrator(ADMIN)
    enter(page, stage.base, "cleo")
    tab = open_consent(choose_kind(page, OUTLOOK))
    tab.get_by_text("A work or school account?").click()
    expect(tab.locator("[data-forward]")).to_contain_text("Please approve the app Mailroom")
    keep(tab, setting, "outlook-consent")
    fits(tab)
    tab.get_by_role("button", name="Go on to Microsoft").click()
    expect(tab.get_by_role("heading", name="Approval required")).to_be_visible()
    keep(tab, setting, "outlook-approval-required")
    tab.close()

    press(window(page, OUTLOOK), "Did it not work?")
    told = window(page, OUTLOOK).get_by_text("adminconsent")
    expect(told).to_be_visible()
    keep(page, setting, "outlook-help")
    fits(page)
    found = re.search(r"http\S+adminconsent\S+", told.inner_text())
    assert found
    close(page, OUTLOOK)

    elsewhere = page.context.browser
    assert elsewhere
    with elsewhere.new_context() as another:  # the administrator's own browser, never seen here before
        admin = another.new_page()
        admin.goto(found[0])
        form = admin.locator(f"form[data-account='{ADMIN}']")
        form.get_by_role("button", name="Accept").click()
        expect(admin.locator("[data-page=approval-approved]")).to_be_visible()
        keep(admin, setting, "outlook-approved")
        fits(admin)
    stage.settle()

    open_app(page)
    page.get_by_role("tab", name="Messages").click()
    live(page)
    told = page.get_by_role("article").filter(has_text="Your organisation approved Mailroom.").last
    keep(page, setting, "outlook-told")
    press(told, OUTLOOK)
    tab = open_consent(window(page, OUTLOOK))
    tab.get_by_role("button", name="Go on to Microsoft").click()
    tab.get_by_role("button", name="Accept").click()
    expect(tab.get_by_role("heading", name=f"Connected: {CLEO}")).to_be_visible()
    keep(tab, setting, "outlook-finished")
    tab.close()
    close(page, OUTLOOK)

    enter(page, stage.base, "cleo")
    answer = ask(page, f"/inbox {ANN}")
    keep(page, setting, "outlook-conversations")
    press(answer, "Reply")
    reply = window(page, "Reply")
    write(reply, "That suits me well.")
    keep(page, setting, "outlook-write")
    press(reply, "Send")
    sending = window(page, "Your message")
    expect(sending).to_contain_text("Goes to")
    stage.later(timedelta(seconds=1))
    expect(sending).to_contain_text(re.compile(r"Sent \d\d:\d\d"))
    keep(page, setting, "outlook-sent")
