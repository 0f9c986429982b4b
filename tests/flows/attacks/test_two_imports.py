"""A second tab, and a second import, while the first one runs."""

from concurrent.futures import ThreadPoolExecutor

from tests.browser_walk import Browser
from tests.flows.contacts.moving import chosen, link, press, send
from tests.stage import Stage

MANY = 1200
FILE = ("Name,Email\n" + "".join(f"Person {n},p{n}@x.example\n" for n in range(MANY))).encode()


def count(stage: Stage) -> int:
    """How many contacts there are."""
    with stage.mailroom.database.read() as tx:
        return int(tx.connection.exec_driver_sql("select count(*) from contact").scalar() or 0)


def test_import_pressed_in_two_tabs_and_cancelled_in_a_third_brings_everybody_once_or_nobody(
    stage: Stage,
) -> None:
    browser = Browser()
    shown = send(browser, browser.open(link(stage, "import")), "x.csv", FILE)
    shown = press(stage, browser, shown, "check", **chosen(shown))
    assert shown.name == "contacts_checked", shown.text
    with ThreadPoolExecutor(3) as pool:
        acts = ["import", "import", "cancel"]
        list(pool.map(lambda act: browser.press(shown, decision=act, take="fill"), acts))
    stage.settle()
    assert count(stage) in (0, MANY)
    assert browser.open(shown.address).status < 500


def test_the_same_file_imported_over_two_links_at_once_brings_everybody_once(stage: Stage) -> None:
    pages = []
    for _ in range(2):
        browser = Browser()
        shown = send(browser, browser.open(link(stage, "import")), "x.csv", FILE)
        stage.settle()
        shown = browser.open(shown.address)
        pages.append((browser, press(stage, browser, shown, "check", **chosen(shown))))
    assert {shown.name for _, shown in pages} == {"contacts_checked"}
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda one: one[0].press(one[1], decision="import", take="fill"), pages))
    stage.settle()
    assert count(stage) == MANY
    ends = [browser.open(shown.address) for browser, shown in pages]
    assert {one.name for one in ends} == {"contacts_done"}
