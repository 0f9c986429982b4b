"""Journey 7 of screens.md: an appointment into the calendar, moved there by hand, to another one, and out."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.pictures import keep
from tests.browser.vendors import ANN, DESK, GMAIL, Setting
from tests.browser.walking import (
    ask,
    close,
    enter,
    fits,
    live,
    open_app,
    open_consent,
    press,
    sign_in,
    window,
)
from tests.flows.appointments.dates import add_contact
from tests.stage import Stage, connect

pytestmark = pytest.mark.browser
SYNC = "Calendar Sync"


@pytest.fixture(scope="module", params=(DESK, Setting(GMAIL, "phone")), ids=str)
def setting(request: pytest.FixtureRequest) -> Setting:
    """Both widths; the flows of appointments walk both vendors."""
    chosen: Setting = request.param
    return chosen


def pick(shown: Locator, label: str, words: str | re.Pattern[str]) -> None:
    """Choose in a menu."""
    shown.get_by_role("combobox", name=label).click()
    shown.get_by_role("option", name=words).first.click()


def appointments_page(page: Page, stage: Stage) -> None:
    """Open Home's page Appointments."""
    open_app(page)
    page.get_by_role("tab", name="Home").click()
    live(page)
    stage.settle()  # drawn anew when it is opened: a press on what is gone would not be heard
    press(page.locator("main"), "Appointments")
    expect(page.get_by_role("button", name="New appointment")).to_be_visible()


def calendars(page: Page, stage: Stage) -> Page:
    """Open the calendars of the person in a tab of its own."""
    tab = page.context.new_page()
    tab.goto(f"{stage.base}/people/{ANN}/calendar/")
    return tab


def test_an_appointment_goes_into_the_calendar_and_comes_back_changed(
    page: Page, stage: Stage, setting: Setting
) -> None:
    connect(stage)
    add_contact(stage)
    enter(page, stage.base)
    press(ask(page, "/inbox dana"), "Record")
    press(window(page, "Record"), "Appointments")
    press(window(page, "Record"), "New appointment")
    form = window(page, "New appointment")
    form.get_by_role("textbox", name="Title").fill("Prices for spring")
    form.get_by_label(re.compile("^Time(?! zone)")).fill("14:00")
    keep(page, setting, "appointment")
    fits(page)
    press(form, "Save")
    expect(window(page, "Saved")).to_contain_text("14:00 to 14:30")
    close(page, "Saved")
    close(page, "Record")

    appointments_page(page, stage)
    keep(page, setting, "appointments")
    fits(page)
    press(page.locator("main"), "Set up")
    press(window(page, SYNC), "Allow")
    tab = open_consent(window(page, "Allow the calendar"))
    sign_in(tab, ANN)
    expect(tab.locator("[data-page=connect-finished]")).to_be_visible()
    tab.close()
    press(window(page, "Allow the calendar"), "Go on in Calendar Sync")
    expect(window(page, SYNC)).to_contain_text("1 appointment will appear")
    pick(window(page, SYNC), "Calendar", "Projects")
    keep(page, setting, "calendar-sync")
    fits(page)
    press(window(page, SYNC), "Switch on")
    expect(window(page, SYNC)).to_contain_text("1 appointment stands in your calendar")
    window(page, SYNC).get_by_role("button", name="Close").click()
    expect(window(page, SYNC)).to_contain_text("Calendar: Projects")  # also where it was not allowed yet
    close(page, SYNC)

    tab = calendars(page, stage)
    tab.get_by_role("link", name=re.compile("Prices for spring")).click()
    keep(tab, setting, "calendar-event")
    tab.get_by_label("From").fill("15:00")
    tab.get_by_label("To", exact=True).fill("15:30")
    tab.get_by_role("button", name="Save").click()
    tab.close()
    stage.later(timedelta(hours=18))

    open_app(page)
    page.get_by_role("tab", name="Messages").click()
    live(page)
    told = page.get_by_role("article").filter(has_text="was moved to").last
    keep(page, setting, "calendar-question")
    fits(page)
    press(told, "Take 15:00")
    expect(page.get_by_text("and your calendar agree")).to_be_visible()

    appointments_page(page, stage)
    expect(page.locator("main")).to_contain_text("15:00 to 15:30")
    press(page.locator("main"), "Change")
    press(window(page, SYNC), "Change")
    pick(window(page, SYNC), "Calendar", re.compile(re.escape(ANN)))
    press(window(page, SYNC), "Save")
    expect(window(page, SYNC)).to_contain_text(f"Calendar: {ANN}")
    expect(window(page, SYNC)).to_contain_text("1 appointment stands in your calendar")
    tab = calendars(page, stage)
    expect(tab.locator("[data-calendar=Projects] [data-by-app]")).to_have_count(0)
    expect(tab.locator("[data-by-app]")).to_have_count(1)
    press(window(page, SYNC), "Switch off")
    pick(window(page, SYNC), "In the calendar", "Take them out")
    press(window(page, SYNC), "Switch off")
    expect(window(page, SYNC)).to_contain_text("taken out of your calendar")
    stage.settle()
    tab.reload()
    expect(tab.locator("[data-by-app]")).to_have_count(0)
