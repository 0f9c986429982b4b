"""Journey 5 of screens.md: a scan, the people it found, and the morning after, all decided in Slack."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.pictures import keep
from tests.browser.vendors import Setting
from tests.browser.walking import close, command, fits, live, open_app, press, window
from tests.flows.discovery.nights import next_morning, suggest
from tests.stage import Stage

pytestmark = pytest.mark.browser
CROWD = [f"kim.{word}@{word}.example" for word in ("alder", "birch", "cedar", "elm", "fir", "hazel", "maple")]


def home(page: Page) -> Locator:
    """The app's Home."""
    return page.get_by_role("main")


def people_found(page: Page, stage: Stage) -> None:
    """Open People found on the app's Home, and wait until it stands as it was drawn last."""
    open_app(page)
    stage.settle()
    home(page).get_by_role("button", name=re.compile("^People found")).first.click()
    expect(home(page).get_by_role("button", name=re.compile("^Pending"))).to_be_visible()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    stage.settle()
    drawn = stage.ann.home()
    assert drawn is not None
    newest = next(
        str(one["block_id"]) for one in drawn.blocks if str(one["block_id"]).startswith("selected:")
    )
    expect(page.locator(f"[data-block-id='{newest}']")).to_be_attached()


def number(page: Page, tab: str) -> int:
    """The number on a tab."""
    shown = home(page).get_by_role("button", name=re.compile(f"^{tab} [0-9]")).first
    return int("".join(c for c in shown.inner_text() if c.isdecimal()))


def test_a_scan_leads_to_people_who_are_added_and_dismissed_together(
    slack: Page, connected: Stage, setting: Setting
) -> None:
    command(slack, "/inbox scan")
    scan = window(slack, "Scan")
    expect(scan).to_contain_text("is scanned", timeout=30_000)
    keep(slack, setting, "scan")
    fits(slack)
    press(scan, "Review")
    close(slack, "Scan")

    people_found(slack, connected)
    keep(slack, setting, "people-found")
    fits(slack)
    waiting = number(slack, "Pending")
    assert waiting >= 5
    boxes = home(slack).get_by_role("checkbox", name=re.compile("^Select "))
    for place in range(3):
        boxes.nth(place).check()
    press(home(slack), "Add selected on this page")
    told = window(slack, "Contacts are shared")
    expect(told).to_contain_text("Your mail stays yours.")
    keep(slack, setting, "contacts-are-shared")
    press(told, "Add")
    expect(told).to_have_count(0)
    expect(home(slack)).to_contain_text("3 people were added")
    assert number(slack, "Added") == 3
    assert number(slack, "Pending") == waiting - 3

    connected.later(timedelta(minutes=1))
    first = home(slack).get_by_role("button", name=re.compile("^Dismiss ")).nth(0)
    first.click()
    expect(home(slack)).to_contain_text(re.compile("was dismissed, today"))
    assert number(slack, "Dismissed") == 1
    press(home(slack), "Undo")
    expect(home(slack)).to_contain_text("is waiting again")
    assert number(slack, "Dismissed") == 0
    keep(slack, setting, "people-decided")
    fits(slack)


def test_a_person_is_looked_at_before_being_added(slack: Page, connected: Stage, setting: Setting) -> None:
    people_found(slack, connected)
    add = home(slack).get_by_role("button", name=re.compile("^Add .* to contacts$")).first
    add.locator("xpath=..").get_by_role("button", name="More actions").click()
    slack.get_by_role("menuitem", name="Edit before adding").click()
    person = window(slack, "Person")
    expect(person.get_by_role("textbox", name="Name")).to_be_visible()
    person.get_by_role("textbox", name="Company").fill("Harbour Works")
    keep(slack, setting, "person")
    fits(slack)
    person.get_by_role("button", name="Add", exact=True).click()
    expect(person).to_contain_text(re.compile("Added today"))
    press(person, "Open record")
    expect(window(slack, "Record")).to_contain_text("Harbour Works")
    close(slack, "Record")


def test_why_somebody_was_left_out_is_said_and_can_be_overruled(
    slack: Page, connected: Stage, setting: Setting
) -> None:
    people_found(slack, connected)
    waiting = number(slack, "Pending")
    press(home(slack), "Why left out")
    left_out = window(slack, "Why left out")
    left_out.get_by_role("button", name=re.compile("^Show: ")).first.click()
    suggest_anyway = left_out.get_by_role("button", name=re.compile("^Suggest .* anyway$")).first
    expect(suggest_anyway).to_be_visible()
    keep(slack, setting, "why-left-out")
    fits(slack)
    suggest_anyway.click()
    expect(left_out.get_by_role("button", name=re.compile("^Suggest"))).not_to_have_count(0)
    close(slack, "Why left out")
    people_found(slack, connected)
    assert number(slack, "Pending") == waiting + 1


def test_the_morning_after_names_new_people_who_are_decided_in_the_message(
    slack: Page, connected: Stage, setting: Setting
) -> None:
    connected.type(connected.ann, "/inbox digest on")
    suggest(connected, *CROWD, company="Trees Ltd", strength=80)
    next_morning(connected)
    slack.reload()
    open_app(slack)
    slack.get_by_role("tab", name="Messages").click()
    live(slack)
    digest = slack.get_by_role("article").filter(has_text="wrote to you").last
    expect(digest).to_contain_text("Kim Alder")
    keep(slack, setting, "digest", top=digest)
    fits(slack)
    digest.get_by_role("button", name="Add Kim Alder").click()
    expect(digest.get_by_role("button", name="Undo: Kim Alder")).to_be_visible()
    digest.get_by_role("button", name="Dismiss Kim Birch").click()
    expect(digest.get_by_role("button", name="Undo: Kim Birch")).to_be_visible()
    keep(slack, setting, "digest-decided")
    digest.get_by_role("button", name="Undo: Kim Birch").click()
    expect(digest.get_by_role("button", name="Dismiss Kim Birch")).to_be_visible()
    press(digest, "Choose several")
    several = window(slack, "Choose several")
    press(several, "Choose all")
    expect(several.get_by_role("checkbox", checked=True)).to_have_count(9)
    several.get_by_role("checkbox", name=re.compile("Kim Birch")).uncheck()
    keep(slack, setting, "choose-several")
    fits(slack)
    press(several, "Dismiss chosen")
    expect(several).to_contain_text(re.compile("people were dismissed"))
    close(slack, "Choose several")
    expect(digest.get_by_role("button", name="Add Kim Birch")).to_be_visible()
