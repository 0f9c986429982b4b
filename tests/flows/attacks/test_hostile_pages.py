"""The page of a file in wrong hands: two tabs, robots, cut lines, somebody who may not any more."""

import re
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage

import pytest
import requests

from sandbox.faults import Fault, Kind
from sandbox.slack.standing import change_user
from sandbox.slack.state import View
from tests.flows.inbox.reading import open_with
from tests.flows.inbox.test_files import DANA, NAVIGATES, open_file, page_of, planted, press
from tests.stage import Stage, connect

PRICES = "Prices spring.pdf"
SLACKBOT = {"User-Agent": "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)", "Range": "bytes=0-4"}


def word_of(page: requests.Response) -> str:
    found = re.search(r'name="word" value="([^"]+)"', page.text)
    assert found
    return found[1]


def file_of(stage: Stage, name: str, kind: str, body: bytes) -> str:
    """Let Dana send one file, and get its page."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = DANA, "ann@northwind.example", "A file of mine"
    mail["Message-ID"] = "<file@test.example>"
    mail.set_content("Here.")
    main, _, sub = kind.partition("/")
    mail.add_attachment(body, maintype=main, subtype=sub, filename=name)
    stage.world.send(mail.as_bytes(), announce=False)
    window: View = open_with(stage, stage.ann, DANA, "A file of mine")
    return page_of(stage, window, name)


def test_two_tabs_that_fetch_at_once_get_the_file_once(stage: Stage) -> None:
    connect(stage)
    url = open_file(stage, PRICES)
    with requests.Session() as browser:
        page = browser.get(url, headers=NAVIGATES, timeout=30)
        second = browser.get(url, headers=NAVIGATES, timeout=30)
        with ThreadPoolExecutor(4) as pool:
            tabs = [page, second, page, second]
            answers = list(pool.map(lambda tab: press(browser, url, tab).status_code, tabs))
    assert sorted(answers) == [200, 410, 410, 410]


def test_robots_that_look_at_links_take_nothing_away_and_get_no_bytes(stage: Stage) -> None:
    connect(stage)
    url = open_file(stage, PRICES)
    seen = requests.get(url, headers=SLACKBOT, timeout=30)
    assert seen.headers["Content-Type"].startswith("text/html")
    requests.head(url, headers=NAVIGATES, timeout=30)
    requests.options(url, headers=NAVIGATES, timeout=30)
    robot = requests.post(url, data={"word": word_of(seen), "how": "download"}, timeout=30)
    assert robot.status_code == 403
    with requests.Session() as browser:
        page = browser.get(url, headers=NAVIGATES, timeout=30)
        assert press(browser, url, page).content == planted(stage, PRICES)


def test_a_part_of_a_file_is_answered_with_all_of_it(stage: Stage) -> None:
    connect(stage)
    url = open_file(stage, PRICES)
    with requests.Session() as browser:
        page = browser.get(url, headers=NAVIGATES, timeout=30)
        answer = press(browser, url, page, Range="bytes=5-9")
    assert (answer.status_code, answer.content) == (200, planted(stage, PRICES))


def test_a_file_that_breaks_off_in_the_middle_is_never_taken_for_whole(stage: Stage) -> None:
    connect(stage)
    url = file_of(stage, "big.bin", "application/octet-stream", bytes(range(256)) * 20_000)
    with requests.Session() as browser:
        page = browser.get(url, headers=NAVIGATES, timeout=30)
        stage.faults.add(Fault("google", Kind.RESET_AFTER, "/attachments/"))
        try:
            answer = press(browser, url, page)
        except requests.RequestException:
            return
        assert answer.status_code == 502


def test_a_download_that_the_browser_gives_up_leaves_a_way_to_another(stage: Stage) -> None:
    connect(stage)
    body = bytes(range(256)) * 40_000
    url = file_of(stage, "big.bin", "application/octet-stream", body)
    with requests.Session() as browser:
        page = browser.get(url, headers=NAVIGATES, timeout=30)
        form = {"word": word_of(page), "how": "download"}
        with browser.post(url, data=form, timeout=30, stream=True) as answer:
            assert next(answer.iter_content(10))
        again = browser.get(url, headers=NAVIGATES, timeout=30)
        assert (again.status_code, "Get file again" in again.text) == (410, True)
        stage.settle()
        fresh = page_of_same(stage)
        page = browser.get(fresh, headers=NAVIGATES, timeout=30)
        assert press(browser, fresh, page).content == body


def page_of_same(stage: Stage) -> str:
    window = open_with(stage, stage.ann, DANA, "A file of mine")
    return page_of(stage, window, "big.bin")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("x.svg", "image/svg+xml"),
        ("x.html", "text/html"),
        ("x.xhtml", "application/xhtml+xml"),
        ("x.png", "text/html"),
    ],
)
@pytest.mark.parametrize("how", ["show", "download", "nonsense"])
def test_what_could_run_in_a_browser_is_only_ever_saved(stage: Stage, name: str, kind: str, how: str) -> None:
    connect(stage)
    url = file_of(stage, name, kind, b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")
    with requests.Session() as browser:
        page = browser.get(url, headers=NAVIGATES, timeout=30)
        assert "Show the picture" not in page.text
        answer = press(browser, url, page, how)
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_page_of_somebody_who_is_no_member_any_more_gives_nothing(stage: Stage) -> None:
    connect(stage)
    url = open_file(stage, PRICES)
    with requests.Session() as browser:
        page = browser.get(url, headers=NAVIGATES, timeout=30)
        change_user(stage.slack, stage.workspace, stage.ann.id, is_restricted=True)
        stage.settle()
        assert press(browser, url, page).status_code == 410
        assert PRICES not in browser.get(url, headers=NAVIGATES, timeout=30).text


def test_the_cookie_of_one_page_opens_no_other(stage: Stage) -> None:
    connect(stage)
    connect(stage, "ben", "ben@northwind.example")
    url = open_file(stage, PRICES)
    other = open_file(stage, PRICES)
    with requests.Session() as mine, requests.Session() as theirs:
        page = mine.get(url, headers=NAVIGATES, timeout=30)
        theirs.get(other, headers=NAVIGATES, timeout=30)
        assert press(theirs, url, page).status_code == 403
        assert press(mine, other, page).status_code == 403
        assert press(mine, url, page).status_code == 200
