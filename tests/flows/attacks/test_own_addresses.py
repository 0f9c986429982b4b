"""Addresses of the member's own where somebody else's are expected."""

from collections.abc import Iterator

import pytest

from tests.flows.inbox.reading import add_contact, ask, gmail_calls, subjects
from tests.flows.writing.post import ANN, connect, open_new, screen
from tests.stage import Stage, standing

GRACE = "grace.olsen@freemail.example"


@pytest.fixture
def many(sqlite_url: str) -> Iterator[Stage]:
    """A stage whose mailbox is full of somebody else's conversations."""
    with standing(sqlite_url, orders=130) as made:
        yield made


def test_a_contact_that_holds_an_address_of_mine_is_read_like_any_other(many: Stage) -> None:
    connect(many)
    before = gmail_calls(many)
    expected = subjects(ask(many, many.ann, f"/inbox {GRACE}"))
    spent = gmail_calls(many) - before
    add_contact(many, "Grace Olsen", GRACE, ANN)
    answer = ask(many, many.ann, "/inbox grace")
    assert subjects(answer) == expected
    assert gmail_calls(many) - before == 2 * spent


@pytest.mark.parametrize("own", [ANN, "ann.lee@northwind.example"])
def test_writing_to_myself_is_said_in_its_own_words(stage: Stage, own: str) -> None:
    connect(stage)
    assert f"{own} is your own address" in screen(open_new(stage, own))
