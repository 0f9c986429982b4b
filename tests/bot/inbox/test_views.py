"""Whatever mail holds: an answer in a channel stays within what Slack takes."""

from dataclasses import replace
from typing import Any

import pytest

from bot.inbox import answer_views, views
from bot.inbox.listing import Stretch
from bot.inbox.people import Person
from bot.inbox.rules import Row
from bot.inbox.threads import ThreadList
from bot.payloads import ListRef, MineRef
from bot.places import Answer
from bot.words import Reader
from providers.errors import ReconnectRequired, Unavailable
from providers.mail import EmailAddress
from sandbox.slack.blocks.rules import text_characters
from sandbox.slack.blocks.validate import check_blocks
from store.contacts import Contact
from store.members import Member
from tests.bot.inbox.given import DANA, ME, NOW, account
from tests.stage import texts

READER = Reader(now=NOW)
EVIL = "\U0001f600<!channel> <https://evil.example|bank> \u202e*_`~&amp; " * 30
CONTACT = Contact(
    "c", EVIL, EVIL, "", "", "", None, "form", None, NOW, NOW, 1,
    tuple(f"{n}@x.example" for n in range(40)),
)  # fmt: skip


def member(**changes: Any) -> Member:
    values: dict[str, Any] = dict.fromkeys(Member.__dataclass_fields__) | {"preview_lines": True} | changes
    return Member(**values)


def row(number: int, account_id: str = "a") -> Row:
    return Row(
        account_id,
        f"t{number}",
        EVIL,
        "https://mail.example/" + "x" * 900,
        EmailAddress(DANA, EVIL),
        NOW,
        number % 2 == 0,
        9_999,
        999,
        EVIL,
    )


def found(person: Person, **changes: Any) -> ThreadList:
    accounts = tuple(account(name, f"{name}@northwind.example") for name in "abcd")
    broken = ReconnectRequired()
    broken.label, broken.account_id = "Gmail", "b"
    stretch = Stretch(
        rows=tuple(map(row, range(5))),
        start=5,
        more=True,
        hidden=12,
        hidden_in=frozenset({"a"}),
        always="",
        failed=((accounts[1], broken), (accounts[2], Unavailable())),
        searched=(accounts[0], accounts[3]),
        as_of=NOW,
    )
    ref = ListRef(person.ref.contact, person.ref.address, "words")
    links = {one.id: "https://mail.example/" + "y" * 900 for one in accounts}
    return ThreadList(person, ref, replace(stretch, **changes), accounts, links)


def holds(answer: Answer, most: int) -> None:
    blocks = list(answer.blocks)
    assert check_blocks(blocks) == []
    assert len(blocks) <= most
    assert text_characters(blocks) <= 10_000
    assert 0 < len(answer.text) <= 4_000
    assert "<!channel>" not in answer.text
    for block in blocks:
        assert not [e for e in block.get("elements", []) if e.get("type") == "mrkdwn"]


@pytest.mark.parametrize("person", [Person((DANA,)), Person(CONTACT.addresses, CONTACT)])
def test_the_worst_list_stays_within_its_budget(person: Person) -> None:
    holds(views.thread_list(found(person), member(), READER, MineRef(DANA)), 16 + 2)
    holds(views.thread_list(found(person, rows=(), start=0), member(), READER), 8)
    holds(views.thread_list(found(person, rows=(), start=5), member(), READER), 8)
    holds(views.thread_list(found(person, rows=(), start=0, failed=(), always=ME), member(), READER), 6)
    holds(views.thread_list(found(person, rows=(), start=0, failed=()), member(), READER), 6)


def test_an_account_that_ended_leads_to_reconnect_and_one_that_rests_to_another_try() -> None:
    drawn = views.unreadable(found(Person((DANA,))), READER)
    assert [block["accessory"]["action_id"] for block in drawn] == [
        "accounts.reconnect",
        "inbox.show_threads",
    ]


def test_the_other_answers_stay_within_their_budgets() -> None:
    holds(answer_views.which_one([CONTACT] * 9, "", READER), 11)
    holds(answer_views.several_people([Person((DANA,))] * 20, "w" * 200, READER), 11)
    holds(answer_views.nobody_by_that_name(EVIL * 3, "/inbox", READER), 3)
    holds(answer_views.own_address(MineRef(ME), True, READER), 3)
    holds(answer_views.unknown_colleague(READER), 3)
    holds(answer_views.connect_first(ListRef(address=DANA), ("google", "microsoft"), READER), 3)


def test_help_names_every_command_by_the_name_it_has_here() -> None:
    answer = answer_views.help_answer("/mail", "slack://app?team=T&id=A&tab=home", READER)
    holds(answer, 8)
    assert "/mail write Dana" in texts(list(answer.blocks))
    assert "/inbox" not in texts(list(answer.blocks))


def test_preview_lines_are_shown_to_those_who_want_them() -> None:
    rows = (replace(row(1), preview="The first words"),)
    for wanted in (True, False):
        drawn = views.thread_list(found(Person((DANA,)), rows=rows), member(preview_lines=wanted), READER)
        assert ("The first words" in texts(list(drawn.blocks))) is wanted


def test_names_from_the_right_turn_no_figure_in_a_list_and_bring_no_other_turning_sign() -> None:
    theirs = replace(row(1), by=EmailAddress(DANA, "\u202eليلى"), subject="x", preview="")
    mine = replace(row(2), called="\u202eليلى", subject="x", preview="")
    drawn = views.thread_list(found(Person((DANA,)), rows=(theirs, mine)), member(), READER)
    shown = texts(list(drawn.blocks))
    assert "\u2068ليلى\u2069, " in shown
    assert "Waiting for \u2068ليلى\u2069, 1 minute" in shown
    assert "\u202e" not in shown


def test_who_waits_for_whom_is_said_by_name_where_one_is_known() -> None:
    theirs, mine = row(1), row(2)
    dana = Person((DANA,), replace(CONTACT, name="Dana Reyes", addresses=(DANA,)))
    assert views.waiting(theirs, dana, READER) == "Waiting for you, 1 minute"
    assert views.waiting(replace(theirs, awaited=False), dana, READER) == ""
    assert views.waiting(mine, dana, READER) == "Waiting for Dana, 1 minute"
    assert views.waiting(mine, Person((DANA,)), READER) == f"Waiting for {DANA}, 1 minute"
    named = replace(mine, called="Dana Reyes")
    assert views.waiting(named, Person((DANA,)), READER) == "Waiting for Dana Reyes, 1 minute"
    assert views.waiting(named, dana, READER) == "Waiting for Dana, 1 minute"
    from_the_right = replace(named, called="ليلى")  # else "4 days" would change places with the name
    assert views.waiting(from_the_right, Person((DANA,)), READER) == "Waiting for \u2068ليلى\u2069, 1 minute"


def test_a_page_that_could_not_be_read_is_not_called_the_end() -> None:
    failed = texts(list(views.thread_list(found(Person((DANA,)), rows=()), member(), READER).blocks))
    assert "could not be read" in failed
    assert "There is nothing older." not in failed
    ended = texts(
        list(views.thread_list(found(Person((DANA,)), rows=(), failed=()), member(), READER).blocks)
    )
    assert "There is nothing older." in ended
