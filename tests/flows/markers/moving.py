"""Contacts that come from a file, are changed and deleted, marked wherever something stands."""

from collections.abc import Callable

from tests.browser_walk import Browser
from tests.flows.contacts.moving import chosen, link, press, send, taken
from tests.flows.contacts.people import fill, submit
from tests.flows.contacts.test_edit import choose, record_of
from tests.flows.markers.marks import Marks
from tests.stage import Stage


def move_contacts(stage: Stage, marks: Marks, look: Callable[[str], None]) -> None:
    """Send a file, look at it, import it, export everything, edit whom it brought and delete them."""
    name = marks.name("imported")
    content = (
        f"Name,Email,Notes\n{name},{marks.address('imported')},{marks.name('lines')}\n,{marks.name('bad')},\n"
    )
    browser = Browser()
    shown = send(browser, browser.open(link(stage, "import")), "x.csv", content.encode())
    look("a file of contacts was sent")
    shown = press(stage, browser, shown, "check", **chosen(shown))
    assert marks.name("bad") in shown.text
    look("it was looked at")
    press(stage, browser, shown, "import")
    assert marks.name("lines").encode() in taken(stage, "csv")
    look("it was imported, and everything exported")
    record_of(stage, "ben", name)
    ben = stage.person("ben")
    fill(ben, choose(stage, ben, "edit"), company=marks.name("fresh"), notes="")
    assert submit(stage, ben).accepted
    choose(stage, ben, "delete")
    ben.close()
    look("an imported contact was changed and deleted")
