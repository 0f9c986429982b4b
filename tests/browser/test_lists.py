"""Journey 3 of screens.md: whatever `/inbox` is asked for, there is an answer and a way on."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.pictures import keep
from tests.browser.vendors import ANN, OUTLOOK, PRIVATE, Setting, Vendor
from tests.browser.walking import (
    ask,
    close,
    enter,
    fits,
    open_consent,
    press,
    sign_in,
    window,
)
from tests.stage import Stage

pytestmark = pytest.mark.browser
MIRA = ("mira@kowalska.example", "m.kowalska@harbourworks.example", "mira.kow@gmail.example")
IVO, NADIA, SVEN = "ivo@petrovparts.example", "nadia@haddad-foods.example", "sven@aalto.example"
SALES = "sales@northwind.example"


def rows(answer: Locator) -> Locator:
    """The conversations of a list."""
    return answer.get_by_role("button", name="Open the conversation about")


def test_a_stranger_is_shown_and_can_be_added(slack: Page, setting: Setting) -> None:
    answer = ask(slack, f"/inbox {SVEN}")
    expect(answer).to_contain_text(f"{SVEN} is not in your contacts.")
    expect(answer).to_contain_text("Bags for the marathon")
    expect(answer.get_by_role("button", name="Add to contacts")).to_be_visible()
    keep(slack, setting, "list-stranger")
    fits(slack)


def test_a_contact_with_three_addresses_is_read_in_both_mailboxes(slack: Page, setting: Setting) -> None:
    press(ask(slack, f"/inbox {MIRA[0]}"), "Add to contacts")
    form = window(slack, "Add to contacts")
    form.get_by_role("textbox", name="Name").fill("Mira Kowalska")
    form.get_by_role("textbox", name="Email addresses").fill("\n".join(MIRA))
    form.get_by_role("textbox", name="Company").fill("Harbour Works")
    keep(slack, setting, "contact-form")
    fits(slack)
    press(form, "Add")
    expect(form).to_have_count(0)
    keep(slack, setting, "contact-added")
    enter(slack, slack.url.split("/client")[0])
    answer = ask(slack, "/inbox Mira")
    for subject in ("Roast profile", "Contract for next year", "Sunday hike"):
        expect(answer).to_contain_text(subject)
    expect(answer).to_contain_text(ANN)
    expect(answer).to_contain_text(PRIVATE)
    keep(slack, setting, "list-mira")
    press(answer, "Record")
    expect(window(slack, "Record")).to_contain_text("Sunday hike")
    keep(slack, setting, "record")
    press(window(slack, "Record"), "Details")
    expect(window(slack, "Record")).to_contain_text(MIRA[2])
    keep(slack, setting, "record-details")
    fits(slack)
    close(slack, "Record")


def test_nobody_by_that_name_and_no_mail_with_an_address_are_two_answers(
    slack: Page, setting: Setting
) -> None:
    nobody = ask(slack, "/inbox Zebedee")
    expect(nobody).to_contain_text('Nobody in your contacts is called "Zebedee".')
    nothing = ask(slack, "/inbox zebedee@nowhere.example")
    expect(nothing).to_contain_text("No one-to-one mail with zebedee@nowhere.example yet.")
    expect(nothing).to_contain_text(f"{ANN} and {PRIVATE}")
    keep(slack, setting, "list-nobody")
    press(nobody, "Find")
    finding = window(slack, "Find a conversation")
    finding.get_by_role("combobox", name="Whose conversations?").fill(SVEN)
    finding.get_by_role("option", name=f"Show mail with {SVEN}").click()
    keep(slack, setting, "find")
    fits(slack)
    press(finding, "Show")
    expect(window(slack, "Not in your contacts")).to_contain_text("Bags for the marathon")
    close(slack, "Not in your contacts")


def test_four_hundred_conversations_are_searched_and_turned(slack: Page, setting: Setting) -> None:
    found = ask(slack, f"/inbox {IVO} pressure valve")
    expect(rows(found).first).to_be_visible()
    subjects = [row.get_attribute("aria-label") or "" for row in rows(found).all()]
    assert subjects
    assert all("pressure valve" in subject for subject in subjects)
    keep(slack, setting, "list-words")
    everything = ask(slack, f"/inbox {IVO}")
    expect(rows(everything)).to_have_count(5)
    newest = [row.get_attribute("aria-label") for row in rows(everything).all()]
    press(everything, "Older")
    expect(everything.get_by_role("button", name="Newer")).to_be_visible()
    older = [row.get_attribute("aria-label") for row in rows(everything).all()]
    assert len(older) == 5
    assert not set(newest) & set(older)
    keep(slack, setting, "list-older")
    fits(slack)


def test_mail_with_an_address_always_in_copy_is_shown_once_that_is_said(
    slack: Page, setting: Setting
) -> None:
    answer = ask(slack, f"/inbox {NADIA}")
    if setting.vendor is OUTLOOK:  # it names all addresses of the mailbox, Gmail only those that may send
        expect(rows(answer)).to_have_count(5)
        return
    expect(answer).to_contain_text(f"include {SALES}")
    keep(slack, setting, "list-sales")
    press(answer, "That address is mine")
    expect(rows(answer)).to_have_count(5)
    expect(answer).to_contain_text(f"{SALES} now counts as yours.")
    keep(slack, setting, "list-claimed")
    press(answer, "Undo")
    expect(rows(answer)).to_have_count(0)
    expect(answer).to_contain_text(f"include {SALES}")


def end_access(stage: Stage, vendor: Vendor) -> None:
    """Take back what Mailroom was given for Ann's private mailbox, at the vendor."""
    if vendor is OUTLOOK:
        stage.microsoft.withdraw(PRIVATE)
        stage.microsoft.expire_access(PRIVATE)
    else:
        stage.google.revoke(PRIVATE)


def test_an_account_that_ended_is_one_line_and_is_reconnected_from_there(
    slack: Page, connected: Stage, setting: Setting
) -> None:
    mira, vendor = MIRA[2], setting.vendor
    end_access(connected, vendor)
    answer = ask(slack, f"/inbox {mira}")
    expect(answer).to_contain_text(f"{PRIVATE} could not be read.")
    keep(slack, setting, "list-ended")
    fits(slack)
    press(answer, "Reconnect")
    connecting = window(slack, vendor.connect)
    keep(slack, setting, "reconnect")
    tab = open_consent(connecting)
    sign_in(tab, PRIVATE, vendor)
    expect(tab.get_by_role("heading", name=f"Connected: {PRIVATE}")).to_be_visible()
    keep(tab, setting, "reconnected-page")
    fits(tab)
    tab.close()
    expect(connecting.get_by_role("heading", name=f"Connected: {PRIVATE}")).to_be_visible()
    keep(slack, setting, "reconnected")
    close(slack, vendor.connect)
    expect(ask(slack, f"/inbox {mira}")).to_contain_text("Sunday hike")
