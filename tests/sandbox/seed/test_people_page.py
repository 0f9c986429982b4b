import re
from urllib.parse import quote

import pytest
from werkzeug.test import Client

from sandbox.people import create_people
from tests.sandbox.seed.place import ANN, Place


@pytest.fixture
def browser(place: Place) -> Client:
    return Client(create_people(place.world))


def page(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return answer.get_data(as_text=True)


def thread_path(place: Place, address: str, subject: str) -> str:
    mailbox = place.world.mailbox(address)
    found = next(one for one in mailbox.messages() if one.raw.subject == subject)
    return f"/{quote(address)}/{found.thread_id}/"


def test_the_list_leads_to_everybodys_mailbox(browser: Client, place: Place) -> None:
    html = page(browser, "/")
    for person in place.world.people:
        assert f'data-address="{person.address}"' in html
        assert browser.get(f"/{person.address}/").status_code == 200


def test_the_list_can_be_narrowed_and_says_when_nobody_fits(browser: Client) -> None:
    html = page(browser, "/?find=Dana")
    assert re.findall(r'data-address="([^"]+)"', html) == ["dana@northwind.example"]
    assert "Show everybody" in page(browser, "/?find=zzz")


def test_what_ann_sends_stands_unread_on_top_of_danas_inbox(browser: Client, place: Place) -> None:
    place.write("dana@northwind.example", "A word for you", subject="Fresh from Slack")
    html = page(browser, "/dana@northwind.example/")
    top = html[html.index("<li data-thread") :][:600]
    assert "Fresh from Slack" in top
    assert "data-unread" in top
    assert "A word for you" in page(browser, thread_path(place, "dana@northwind.example", "Fresh from Slack"))


def test_reading_changes_nothing(browser: Client, place: Place) -> None:
    before = place.ann.history_id
    for message in place.ann.messages()[:20]:
        page(browser, f"/{ANN}/{message.thread_id}/?show=html")
    assert place.ann.history_id == before


@pytest.mark.parametrize("show", ["text", "html", "headers"])
def test_hostile_mail_is_shown_without_doing_anything(browser: Client, place: Place, show: str) -> None:
    subject = next(one.raw.subject for one in place.ann.messages() if "\u202e" in one.raw.subject)
    html = page(browser, thread_path(place, ANN, subject) + f"?show={show}")
    assert "<script" not in html
    assert "javascript:" not in html
    assert "<form" not in html
    assert "<img" not in html
    assert "onerror" not in html


def test_every_page_of_every_message_can_be_drawn(browser: Client, place: Place) -> None:
    for thread in dict.fromkeys(message.thread_id for message in place.ann.messages()):
        for show in ("text", "html", "headers"):
            page(browser, f"/{ANN}/{thread}/?show={show}")


def test_an_attachment_is_handed_out_as_a_file_only(browser: Client, place: Place) -> None:
    html = page(browser, thread_path(place, ANN, "Kettles for the hotel"))
    found = re.search(r'href="([^"]+/file/[^"]+)"', html)
    assert found is not None
    answer = browser.get(found[1])
    assert answer.data.startswith(b"PK")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize(
    "path",
    [
        "/nobody@nowhere.example/",
        f"/{ANN}/none/",
        f"/{ANN}/?folder=x",
        f"/{ANN}/file/none/0",
        f"/{ANN}/source/none",
    ],
)
def test_what_does_not_exist_says_what_to_do(browser: Client, path: str) -> None:
    answer = browser.get(path)
    assert answer.status_code == 404
    assert "Show everybody" in answer.get_data(as_text=True)


def test_nothing_can_be_posted(browser: Client) -> None:
    assert browser.post(f"/{ANN}/").status_code == 405


def test_pages_forbid_everything_but_their_own_style(browser: Client) -> None:
    policy = browser.get("/").headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'")


def test_long_folders_are_paged(browser: Client, place: Place) -> None:
    first = page(browser, f"/{ANN}/?folder=all")
    second = page(browser, f"/{ANN}/?folder=all&start=50")
    ids = r'<li data-thread="([0-9a-f]+)"'
    assert len(re.findall(ids, first)) == 50
    assert set(re.findall(ids, first)).isdisjoint(re.findall(ids, second))
    assert "Older" in first
    assert "Newer" in second
