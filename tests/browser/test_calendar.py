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
from tests.flows.appointments.dates import add_contact, make
from tests.flows.appointments.syncing import Syncing
from tests.stage import Stage, connect

pytestmark = pytest.mark.browser
SYNC = "Calendar Sync"


@pytest.fixture(scope="module", params=(DESK, Setting(GMAIL, "phone")), ids=str)
def setting(request: pytest.FixtureRequest) -> Setting:
    """Both widths; the flows of appointments walk both vendors."""
    chosen: Setting = request.param
    return chosen


def pick(shown: Locator, label: str | re.Pattern[str], words: str | re.Pattern[str]) -> None:
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
    stage.settle()


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
    pick(window(page, SYNC), "What can be read there", "Only that you are busy")
    expect(window(page, SYNC)).to_contain_text("14:30 · Busy")
    keep(page, setting, "calendar-sync-busy")
    pick(window(page, SYNC), "What can be read there", "Title, contact, place and notes")
    expect(window(page, SYNC)).to_contain_text("Prices for spring · Dana Reyes")
    press(window(page, SYNC), "Switch on")
    expect(window(page, SYNC)).to_contain_text("1 appointment stands in your calendar")
    expect(window(page, SYNC)).to_contain_text("Calendar: Projects")
    close(page, SYNC)  # nothing lies below it that still asks for what is allowed by now

    tab = calendars(page, stage)
    tab.get_by_role("link", name=re.compile("Prices for spring")).click()
    keep(tab, setting, "calendar-event")
    tab.get_by_label("From").fill("15:00")
    tab.get_by_label("To", exact=True).fill("15:30")
    tab.get_by_role("button", name="Save").click()
    tab.close()
    stage.later(timedelta(hours=18))  # at night it is found
    stage.later(timedelta(hours=5))  # in the morning it is told

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
    tab.goto(tab.url)
    expect(tab.locator("[data-by-app]")).to_have_count(0)


def test_an_appointment_is_handed_over_and_cancelled_and_disconnecting_asks(
    page: Page, stage: Stage, setting: Setting
) -> None:
    syncing = Syncing(stage, "ann", ANN)
    syncing.connect()
    add_contact(stage)
    syncing.switch_on()
    for title in ("Quotes", "Samples"):
        make(stage, title=title, day="2026-11-24")
        stage.ann.close()
    enter(page, stage.base)

    appointments_page(page, stage)
    press(page.locator("main"), "Open the appointment Quotes")
    form = window(page, "Appointment")
    pick(form, "Looked after by", re.compile("Ben"))
    keep(page, setting, "appointment-hand-over")
    fits(page)
    press(form, "Save")
    expect(window(page, "Saved")).to_contain_text("looked after by Ben")
    keep(page, setting, "appointment-handed-over")
    close(page, "Saved")
    expect(page.locator("main")).not_to_contain_text("Quotes")
    tab = calendars(page, stage)
    events = tab.locator("[data-by-app]").filter(has_text=re.compile("Quotes|Samples"))
    expect(events).to_have_count(1)

    press(page.locator("main"), "Open the appointment Samples")
    press(window(page, "Appointment"), "Cancel the appointment")
    expect(window(page, "Cancelled")).to_contain_text("Undo plans it again")
    stage.settle()
    tab.goto(tab.url)
    expect(events).to_have_count(0)
    press(window(page, "Cancelled"), "Undo")
    expect(window(page, "Saved")).to_contain_text("Samples")
    close(page, "Saved")
    stage.settle()
    tab.goto(tab.url)
    expect(events).to_have_count(1)

    press(page.locator("main"), "Gmail & Outlook")
    press(page.locator("main"), f"Disconnect {ANN}")
    parting = window(page, "Disconnect")
    expect(parting).to_contain_text(re.compile("appointments? stands? in its calendar"))
    keep(page, setting, "disconnect-events")
    fits(page)
    pick(parting, re.compile("in its calendar"), "Take them out")
    press(parting, "Disconnect")
    expect(parting).to_contain_text("Disconnecting")
    stage.later(timedelta(seconds=1))
    expect(window(page, "Disconnect")).to_contain_text("taken out of your calendar")
    keep(page, setting, "disconnected-events")
    stage.settle()
    tab.goto(tab.url)
    expect(events).to_have_count(0)
