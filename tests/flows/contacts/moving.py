"""Moving contacts in and out as an administrator does: Home, link, page, file."""

import re

from tests.browser_walk import Browser, Page
from tests.flows.contacts.test_page import page
from tests.stage import Stage

ADMIN = "oskar"


def link(stage: Stage, kind: str, handle: str = ADMIN) -> str:
    """Choose Import or Export in the menu of Contacts and read the window's link."""
    person = stage.person(handle)
    stage.press(person, page(stage, handle), "contacts.move", value=kind)
    url = str(person.element(person.window(), "contacts.open_page")["url"])
    person.close()
    return url


def send(browser: Browser, shown: Page, name: str, content: bytes, **changes: str) -> Page:
    """Choose a file on the page and send it."""
    fields = {**shown.hidden(), **changes}
    answer = browser.session.post(
        f"{shown.address}/file", data=fields, files={"file": (name, content)}, timeout=60
    )
    return browser.open(answer.url) if answer.history else browser._page(answer)


def press(stage: Stage, browser: Browser, shown: Page, decision: str, **fields: str) -> Page:
    """Press a button of the page, wait for the work behind it, and look again."""
    after = browser.press(shown, **{"decision": decision, "take": "fill", **fields})
    assert isinstance(after, Page)
    stage.settle()
    return browser.open(after.address)


def bring(stage: Stage, name: str, content: bytes, **fields: str) -> Page:
    """Go the whole way: send a file, take the columns as guessed, import."""
    browser = Browser()
    shown = send(browser, browser.open(link(stage, "import")), name, content)
    stage.settle()
    shown = browser.open(shown.address)
    if shown.name == "contacts_uploaded":
        shown = press(stage, browser, shown, "check", **chosen(shown), **fields)
    assert shown.name == "contacts_checked", shown.text
    return press(stage, browser, shown, "import")


def chosen(shown: Page) -> dict[str, str]:
    """What is chosen for the columns as the page is drawn."""
    found = {}
    for name, body in re.findall(r'<select id="\w+" name="(\w+)">(.*?)</select>', shown.html, re.DOTALL):
        picked = re.search(r'<option value="(\w*)" selected', body)
        found[name] = picked[1] if picked else ""
    return found


def taken(stage: Stage, kind: str) -> bytes:
    """Export everything."""
    browser = Browser()
    shown = browser.open(link(stage, "export"))
    answer = browser.session.post(shown.address, data={**shown.hidden(), "kind": kind}, timeout=60)
    assert answer.status_code == 200
    return answer.content
