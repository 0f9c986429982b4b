"""What becomes of a grant, and the digits: pure decisions."""

from dataclasses import replace
from typing import Any

import pytest

from bot.accounts.attempts import Outcome
from bot.accounts.rules import Found, decide, digits_of, hashed_digits, typed_digits
from bot.forms import form_word
from providers.oauth import Capability

BOTH = frozenset({Capability.READ, Capability.SEND})
OWN = Found("ann@a.example", "s1", BOTH, "ann@a.example", None, is_connected=False, is_used_here=False)


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({}, Outcome.CONNECTED),
        ({"address": "ann.lee@a.example"}, Outcome.CODE),
        ({"address": "ann@a.example.evil.example"}, Outcome.CODE),
        ({"member_address": None}, Outcome.CODE),
        ({"address": "x@gmail.example", "is_connected": True}, Outcome.CONNECTED),
        ({"granted": frozenset({Capability.READ})}, Outcome.CONNECTED),
        ({"granted": frozenset({Capability.SEND})}, Outcome.CONNECTED),
        ({"granted": frozenset()}, Outcome.NOTHING_ALLOWED),
        ({"granted": frozenset({Capability.CALENDAR})}, Outcome.NOTHING_ALLOWED),
        ({"reconnects": "s1"}, Outcome.CONNECTED),
        ({"reconnects": "s2"}, Outcome.OTHER_ACCOUNT),
        ({"reconnects": "s2", "is_connected": True}, Outcome.OTHER_ACCOUNT),
        ({"is_used_here": True}, Outcome.USED_HERE),
        ({"is_used_here": True, "address": "x@gmail.example"}, Outcome.USED_HERE),
    ],
)
def test_a_grant_counts_only_for_whom_it_belongs_to(change: dict[str, Any], outcome: Outcome) -> None:
    assert decide(replace(OWN, **change)) is outcome


def test_digits_belong_to_a_browser_and_an_attempt() -> None:
    digits = digits_of("cookie", "one")
    assert len(digits) == 6
    assert digits.isdigit()
    assert digits == digits_of("cookie", "one")
    assert digits != digits_of("another cookie", "one")
    assert digits != digits_of("cookie", "two")


def test_digits_are_spread_over_all_there_are() -> None:
    made = {digits_of("cookie", str(number)) for number in range(2000)}
    assert len(made) > 1900
    assert any(one.startswith("0") for one in made)


def test_the_hash_of_digits_holds_for_its_row_alone() -> None:
    assert hashed_digits("482913", "row") == hashed_digits("482913", "row")
    assert hashed_digits("482913", "row") != hashed_digits("482913", "other row")
    assert "482913" not in hashed_digits("482913", "row")


@pytest.mark.parametrize("typed", ["482913", "482 913", " 482-913 ", "482\u00a0913", "Code: 482 913."])
def test_digits_are_read_however_they_are_typed(typed: str) -> None:
    assert typed_digits(typed) == "482913"


def test_the_word_of_a_form_needs_the_cookie() -> None:
    assert form_word("cookie", "page") != form_word("another", "page")
    assert form_word("cookie", "page") != form_word("cookie", "another page")
