"""The page of a file: pressed twice at once, looked at by machines first, used after the mailbox is gone."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from threading import Event, Thread

import pytest
import requests

from sandbox.faults import Fault, Kind
from tests.flows.accounts.test_disconnecting import disconnect
from tests.flows.inbox.test_files import NAVIGATES, open_file, planted, press
from tests.stage import Stage, connect, standing

NAME = "Prices spring.pdf"
ROBOTS = (
    {"User-Agent": "Slackbot-LinkExpanding 1.0"},
    {**NAVIGATES, "Sec-Purpose": "prefetch;prerender"},
    {**NAVIGATES, "Purpose": "prefetch"},
    {"Sec-Fetch-Dest": "empty", "Sec-Fetch-Mode": "cors"},
)
FETCHING = "GET .*/messages/"


@pytest.fixture
def both(database_url: str) -> Iterator[Stage]:
    """The whole product with Ann's Gmail, on SQLite and on PostgreSQL."""
    with standing(database_url) as made:
        connect(made)
        yield made


def at_once(stage: Stage, url: str, browsers: list[requests.Session]) -> list[requests.Response]:
    """Press Download in each browser, so that all wait for Gmail at the same moment."""
    pages = [browser.get(url, timeout=30) for browser in browsers]
    stage.faults.forget_calls()
    stage.faults.add(Fault("google", Kind.DELAY, FETCHING, times=len(browsers), seconds=0.7))
    came: list[requests.Response] = []

    def fetch(browser: requests.Session, page: requests.Response) -> None:
        came.append(press(browser, url, page))

    pressing = [Thread(target=fetch, args=pair) for pair in zip(browsers, pages, strict=True)]
    for one in pressing:
        one.start()
    for one in pressing:
        one.join()
    return came


def test_a_page_that_is_pressed_four_times_at_once_gives_one_file(both: Stage) -> None:
    url = open_file(both, NAME)
    with requests.Session() as browser:
        browser.get(url, headers=NAVIGATES, timeout=30)
        came = at_once(both, url, [browser] * 4)
    assert sorted(one.status_code for one in came) == [200, 410, 410, 410]
    (given,) = [one for one in came if one.status_code == 200]
    assert given.content == planted(both, NAME)
    assert all("used already" in one.text for one in came if one is not given)


def test_of_two_browsers_at_once_one_gets_the_file(both: Stage) -> None:
    url = open_file(both, NAME)
    with ExitStack() as opened:
        browsers = [opened.enter_context(requests.Session()) for _ in range(2)]
        came = at_once(both, url, browsers)
    assert sorted(one.status_code for one in came) == [200, 410]


def test_whatever_looks_ahead_takes_the_page_from_nobody(stage: Stage) -> None:
    connect(stage)
    url = open_file(stage, NAME)
    with ExitStack() as opened:
        for headers in ROBOTS:
            robot = opened.enter_context(requests.Session())
            assert robot.head(url, headers=headers, timeout=30).status_code == 200
            assert robot.get(url, headers=headers, timeout=30).status_code == 200
        assert requests.head(url, headers=NAVIGATES, timeout=30).status_code == 200
        person = opened.enter_context(requests.Session())
        page = person.get(url, headers=NAVIGATES, timeout=30)
        late = robot.get(url, timeout=30)
        assert (late.status_code, NAME in late.text) == (403, False)
        assert press(robot, url, page).status_code == 403
        for method in ("PUT", "DELETE", "PATCH"):
            assert person.request(method, url, timeout=30).status_code == 405
        assert press(person, url, page).content == planted(stage, NAME)


@contextmanager
def at_the_page(stage: Stage) -> Iterator[tuple[requests.Session, str, requests.Response]]:
    """Let Ann's browser stand at the page of a file: the browser, the page's address, the page."""
    connect(stage)
    url = open_file(stage, NAME)
    stage.ann.close()
    with requests.Session() as browser:
        yield browser, url, browser.get(url, headers=NAVIGATES, timeout=30)


def test_a_page_of_a_mailbox_that_was_disconnected_gives_nothing_even_when_it_is_connected_again(
    stage: Stage,
) -> None:
    with at_the_page(stage) as (browser, url, page):
        disconnect(stage)
        stage.ann.close()
        for _ in range(2):
            for answer in (browser.get(url, timeout=30), press(browser, url, page)):
                assert (answer.status_code, "not connected any more" in answer.text) == (410, True)
                assert NAME not in answer.text
            if not stage.ann.windows():
                connect(stage)


def test_a_mailbox_that_is_disconnected_while_its_file_is_fetched_gives_it_whole_or_not_at_all(
    stage: Stage,
) -> None:
    with at_the_page(stage) as (browser, url, page):
        stage.faults.add(Fault("google", Kind.DELAY, FETCHING, times=1, seconds=1))
        came: list[requests.Response] = []
        pressing = Thread(target=lambda: came.append(press(browser, url, page)))
        pressing.start()
        while stage.faults.standing():
            Event().wait(0.01)
        disconnect(stage)
        pressing.join()
    (answer,) = came
    assert answer.status_code in (200, 410, 502)
    if answer.status_code == 200:
        assert answer.content == planted(stage, NAME)
    else:
        assert NAME not in answer.text
    stage.later(timedelta(seconds=1))
    assert requests.get(url, timeout=30).status_code in (403, 410)
