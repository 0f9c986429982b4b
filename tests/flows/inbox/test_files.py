"""Files of messages: a page in the browser, good once, for ten minutes, in one browser."""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import requests

from sandbox.faults import Fault, Kind
from sandbox.slack.state import View
from tests.flows.inbox.reading import open_with, workspace_of
from tests.stage import Stage, connect, texts

DANA = "dana@northwind.example"
CLEO = "cleo@northwind.example"
NAVIGATES = {"Sec-Fetch-Dest": "document", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Site": "cross-site"}


def page_of(stage: Stage, window: View, name: str) -> str:
    """Press Get file and return the address of the page."""
    block = next(b for b in window.blocks if name in json.dumps(b, ensure_ascii=False) and "accessory" in b)
    stage.press(stage.ann, window, "inbox.file", block_id=block["block_id"])
    return str(stage.ann.element(window, "inbox.file_page")["url"])


def open_file(stage: Stage, name: str, address: str = DANA, subject: str = "Prices for the spring") -> str:
    """Open the message that holds a file, and get its page."""
    window = open_with(stage, stage.ann, address, subject)
    while name not in json.dumps(window.blocks, ensure_ascii=False):
        lines = [b for b in window.blocks if b.get("accessory", {}).get("action_id") == "inbox.show"]
        stage.press(stage.ann, window, "inbox.show", block_id=lines[-1]["block_id"])
    return page_of(stage, window, name)


def press(
    browser: requests.Session, url: str, page: requests.Response, how: str = "download", **headers: str
) -> requests.Response:
    """Press a button of the page."""
    word = re.search(r'name="word" value="([^"]+)"', page.text)
    form = {"word": word[1] if word else "", "how": how}
    return browser.post(url, data=form, headers=headers, timeout=30)


def planted(stage: Stage, name: str) -> bytes:
    """The bytes of a file as they lie in Ann's mailbox."""
    for filed in stage.mailbox("ann@northwind.example").messages():
        import email

        for part in email.message_from_bytes(filed.raw.bytes()).walk():
            if part.get_filename() == name:
                body = part.get_payload(decode=True)
                assert isinstance(body, bytes)
                return body
    raise LookupError(name)


def test_a_file_is_listed_and_fetched_through_a_page_of_its_own(stage: Stage) -> None:
    connect(stage)
    url = open_file(stage, "Prices spring.pdf")
    shown = texts(stage.ann.window().blocks)
    assert re.search(r"Prices spring\.pdf\nPDF file · \d", shown)
    assert "it works once and for ten minutes" in shown
    assert "Prices" not in url
    with requests.Session() as browser:
        page = browser.get(url, timeout=30)
        assert "Prices spring.pdf" in page.text
        assert "PDF file, " in page.text
        file = press(browser, url, page)
    assert file.status_code == 200
    assert file.content == planted(stage, "Prices spring.pdf")
    assert file.headers["Content-Disposition"].startswith('attachment; filename="Prices spring.pdf"')
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in file.headers["Content-Security-Policy"]
    assert file.headers["Cache-Control"] == "no-store"


def test_looking_uses_nothing_up_and_fetching_does(stage: Stage) -> None:
    connect(stage)
    url = open_file(stage, "Prices spring.pdf")
    with requests.Session() as browser:
        for _ in range(3):
            page = browser.get(url, headers=NAVIGATES, timeout=30)
            assert page.status_code == 200
        browser.head(url, timeout=30)
        assert press(browser, url, page).status_code == 200
        again = press(browser, url, page)
        assert (again.status_code, "used already" in again.text) == (410, True)
        assert browser.get(url, timeout=30).status_code == 410
        fresh = open_file(stage, "Prices spring.pdf")
        assert press(browser, fresh, browser.get(fresh, timeout=30)).status_code == 200


def test_the_browser_that_opens_the_page_first_is_the_only_one(stage: Stage) -> None:
    connect(stage)
    url = open_file(stage, "Prices spring.pdf")
    with requests.Session() as mine, requests.Session() as other, requests.Session() as scanner:
        assert scanner.get(url, timeout=30).status_code == 200, "a scanner of links must not take it away"
        page = mine.get(url, headers=NAVIGATES, timeout=30)
        refused = other.get(url, headers=NAVIGATES, timeout=30)
        assert (refused.status_code, "another browser" in refused.text) == (403, True)
        assert "Prices spring.pdf" not in refused.text
        assert press(other, url, page).status_code == 403
        assert press(mine, url, page).status_code == 200


def test_a_form_from_elsewhere_fetches_nothing(stage: Stage) -> None:
    connect(stage)
    url = open_file(stage, "Prices spring.pdf")
    with requests.Session() as browser:
        page = browser.get(url, headers=NAVIGATES, timeout=30)
        assert press(browser, url, page, Origin="https://evil.example").status_code == 403
        assert press(browser, url, page, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
        assert browser.post(url, data={"word": "guess"}, timeout=30).status_code == 403
        assert browser.post(url, timeout=30).status_code == 403
        assert requests.post(url, data={"word": "guess"}, timeout=30).status_code == 403
        assert press(browser, url, page, Origin=stage.url).status_code == 200


def test_a_page_is_good_for_ten_minutes(stage: Stage) -> None:
    connect(stage)
    url = open_file(stage, "Prices spring.pdf")
    with requests.Session() as browser:
        page = browser.get(url, headers=NAVIGATES, timeout=30)
        stage.clock.advance(timedelta(minutes=10))
        late = press(browser, url, page)
        assert (late.status_code, "too old" in late.text) == (410, True)
        assert "Get file again" in late.text


@pytest.mark.parametrize("ticket", ["x", "A" * 43, "..%2f..%2fetc", "%00"])
def test_a_made_up_address_leads_nowhere(stage: Stage, ticket: str) -> None:
    assert requests.get(f"{stage.url}/files/{ticket}", timeout=30).status_code == 404


def test_a_provider_that_fails_leaves_the_page_good(stage: Stage) -> None:
    connect(stage)
    url = open_file(stage, "Prices spring.pdf")
    with requests.Session() as browser:
        page = browser.get(url, headers=NAVIGATES, timeout=30)
        stage.faults.add(Fault("google", Kind.STATUS, "/messages/", status=503, times=None))
        failed = press(browser, url, page)
        assert (failed.status_code, "still good" in failed.text) == (502, True)
        stage.faults.clear("google")
        assert press(browser, url, page).content == planted(stage, "Prices spring.pdf")


def test_a_mailbox_that_was_disconnected_gives_no_file(stage: Stage) -> None:
    connect(stage)
    url = open_file(stage, "Prices spring.pdf")
    with stage.mailroom.database.write() as tx:
        tx.connection.exec_driver_sql("delete from account")
    assert workspace_of(stage)
    answer = requests.get(url, timeout=30)
    assert (answer.status_code, "not connected any more" in answer.text) == (410, True)


def test_a_picture_can_be_shown_and_runs_nothing(stage: Stage) -> None:
    connect(stage)
    url = open_file(stage, "label.png", subject="Photo of the new label")
    with requests.Session() as browser:
        page = browser.get(url, headers=NAVIGATES, timeout=30)
        assert "Show the picture" in page.text
        picture = press(browser, url, page, "show")
    assert picture.headers["Content-Type"] == "image/png"
    assert picture.headers["Content-Disposition"].startswith("inline;")
    assert "sandbox" in picture.headers["Content-Security-Policy"]
    assert picture.content == planted(stage, "label.png")


def test_eleven_files_are_five_and_six_more(stage: Stage) -> None:
    connect(stage)
    window = open_with(stage, stage.ann, CLEO, "Eleven files")
    assert len(files(window)) == 5
    assert "6 more files" in texts(window.blocks)
    stage.press(stage.ann, window, "inbox.more_files")
    assert len(files(window)) == 11
    url = page_of(stage, window, "Übersicht März.pdf")
    assert len(files(window)) == 10, "the files that were unfolded are folded again"
    with requests.Session() as browser:
        file = press(browser, url, browser.get(url, headers=NAVIGATES, timeout=30))
    assert "filename*=UTF-8''%C3%9Cbersicht%20M%C3%A4rz.pdf" in file.headers["Content-Disposition"]


def files(window: View) -> list[dict[str, Any]]:
    """The files that can be got."""
    return [b for b in window.blocks if b.get("accessory", {}).get("action_id") == "inbox.file"]


def test_pictures_of_the_text_are_behind_more(stage: Stage) -> None:
    connect(stage)
    window = open_with(stage, stage.ann, "ines@kilnlane.example", "Only pictures")
    assert files(window) == []
    assert "2 pictures" in texts(window.blocks)
    stage.press(stage.ann, window, "inbox.more_files")
    assert len(files(window)) == 2


def test_no_name_of_a_file_stands_in_the_database(stage: Stage, tmp_path: Path) -> None:
    connect(stage)
    open_file(stage, "Prices spring.pdf")
    stage.mailroom.stop()
    found = [path for path in tmp_path.iterdir() if b"Prices spring" in path.read_bytes()]
    stage.mailroom = stage._build()
    assert found == []
