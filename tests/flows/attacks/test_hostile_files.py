"""Files of contacts that want to hurt: character sets that are none, lines without end, two at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.browser_walk import Browser
from tests.flows.contacts.moving import bring, link, press, send
from tests.flows.contacts.people import everybody
from tests.stage import Stage


def card(*lines: str) -> bytes:
    """A card of these lines."""
    return "\r\n".join(["BEGIN:VCARD", "VERSION:2.1", *lines, "END:VCARD", ""]).encode()


@pytest.mark.parametrize("charset", ["idna", "undefined", "utf-8\0", "unicode_escape", "x" * 5000])
def test_a_card_in_no_character_set_of_mail_is_read_all_the_same(stage: Stage, charset: str) -> None:
    quoted = f"ENCODING=QUOTED-PRINTABLE;CHARSET={charset}"
    shown = bring(
        stage,
        "x.vcf",
        card(
            f"FN;{quoted}:D=41na\\ud800", f"X-MAILROOM-OWNER;{quoted}:\\ud800@x.example", "EMAIL:d@x.example"
        ),
    )
    assert shown.name == "contacts_done", shown.text
    (one,) = everybody(stage)
    assert one.name.startswith("DAna")


def test_a_line_that_goes_on_a_million_times_is_read_in_the_time_of_its_length(stage: Stage) -> None:
    note = "NOTE;QUOTED-PRINTABLE:" + "x" * 900_000 + "=\r\n" + "=\r\n" * 1_000_000
    shown = bring(stage, "x.vcf", card("FN:Dana", "EMAIL:d@x.example", note + "end"))
    assert "too long: notes" in shown.text or shown.name == "contacts_done", shown.text


def test_two_files_sent_at_once_on_one_page_come_to_one(stage: Stage) -> None:
    browser = Browser()
    first = browser.open(link(stage, "import"))
    files = ["".join(f"{who}{n},{who}{n}@x.example\n" for n in range(3000)) for who in "abcd"]
    with ThreadPoolExecutor(4) as pool:
        answers = list(
            pool.map(lambda rows: send(browser, first, "x.csv", f"Name,Email\n{rows}".encode()), files)
        )
    assert all(one.status < 500 for one in answers), [one.text for one in answers]
    shown = press(stage, browser, browser.open(first.address), "check", column0="name", column1="addresses")
    assert "3,000 people are in the file" in shown.text
