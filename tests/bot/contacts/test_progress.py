"""How far an import is stands on its page and on Home."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.contacts.columns import Finding, Reason
from bot.contacts.importing import Layout
from bot.contacts.page import Page
from bot.contacts.page_views import contacts_page
from bot.contacts.planning import Report
from bot.contacts.transfer_words import file_page
from bot.words import Reader
from store.imports import Import
from tests.stage import texts

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
FILE = Import(
    "i",
    "m",
    "h",
    "csv",
    "applying",
    "fill",
    200,
    100_000,
    50,
    20_000,
    3_000,
    1_000,
    1_000,
    "",
    None,
    NOON,
    None,
)


@pytest.mark.parametrize("state", ["checking", "applying"])
def test_the_page_says_how_far_it_is_and_looks_again_by_itself(state: str) -> None:
    shown = file_page(replace(FILE, state=state), Layout(), Report(), Reader())
    assert "25 % of 100,000" in shown.said
    assert shown.refresh


def test_home_says_how_far_it_is_to_whoever_imports() -> None:
    drawn = contacts_page(Page((), 0, 0, file=FILE, may_move=True), 1, Reader())
    assert "Importing your file: 25 % of 100,000." in texts(drawn)
    assert drawn[0]["type"] == "header" and drawn[0]["text"]["text"] == "Contacts"


def test_an_import_that_broke_off_says_what_stays_and_what_to_do() -> None:
    shown = file_page(replace(FILE, state="refused"), Layout(), Report(), Reader())
    assert "What was imported stays." in shown.said
    assert "import the file again" in shown.said
    assert not shown.refresh


def test_of_very_many_lines_the_rest_is_counted() -> None:
    report = Report([Finding(2, Reason.NO_ADDRESS)])
    shown = file_page(replace(FILE, state="checked"), Layout(), report, Reader())
    assert shown.findings == ["Line 2: no email address.", "and 999 more lines"]
