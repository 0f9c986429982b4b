"""A record drawn from data: its budgets, and that Slack takes it."""

from dataclasses import replace
from typing import Any

from bot.blocks import weight
from bot.inbox.listing import Stretch
from bot.inbox.people import Person
from bot.inbox.rules import Row
from bot.inbox.threads import ThreadList
from bot.payloads import DETAILS, ListRef, PersonRef, RecordPlace, ThreadPlace
from bot.record.records import Record, begin, thread_behind
from bot.record.views import record_window, typed_words
from bot.words import Reader
from providers.errors import Unavailable
from providers.mail import EmailAddress
from sandbox.slack.blocks.validate import check_view
from store.contacts import Contact
from store.members import Member
from tests.bot.inbox.given import DANA, NOW, account

READER = Reader(now=NOW)
LONG = "Maximiliane Friederike " * 20
BACK = ThreadPlace("a", "t" * 200, contact="c1", open="1,2,3", page=2, oldest_first=True)


def member() -> Member:
    values: dict[str, Any] = dict.fromkeys(Member.__dataclass_fields__, None)
    return Member(**values | {"id": "m", "workspace_id": "w", "preview_lines": True})


def contact() -> Contact:
    values: dict[str, Any] = dict.fromkeys(("name", "company", "title", "phone", "source"), LONG)
    values |= {"notes": "n" * 3000, "owner_member_id": None, "added_by": None}
    addresses = tuple(f"{'d' * 60}{n}@{'x' * 60}.example" for n in range(20))
    return Contact(id="c1", created_at=NOW, updated_at=NOW, addresses=addresses, **values)


def found(rows: int, person: Person, **changes: Any) -> ThreadList:
    row = Row("a", "t", LONG, "https://mail.example/t", EmailAddress(DANA, LONG), NOW, False, 3, 2, LONG)
    mine = (account(), account("b", "ann@home.example"))
    broken = account("c", "ann@old.example")
    values: dict[str, Any] = {
        "rows": (row,) * rows,
        "start": 10,
        "more": True,
        "hidden": 3,
        "hidden_in": frozenset({"a"}),
        "always": "",
        "failed": ((broken, Unavailable("503")),),
        "searched": mine,
        "as_of": NOW,
    }
    return ThreadList(
        person,
        ListRef(person.ref.contact, person.ref.address, "words"),
        Stretch(**values | changes),
        (*mine, broken),
        {"a": "https://mail.example/all"},
    )


def known() -> Record:
    person = Person(contact().addresses, contact())
    place = replace(begin(person.ref, "w" * 200, BACK), start=10)
    return Record(person, place, found(10, person), added_by=LONG, owner=LONG)


def test_a_full_record_stays_within_its_budget_and_slack_takes_it() -> None:
    view = record_window(known(), member(), READER)
    assert check_view(view) == []
    assert len(view["blocks"]) <= 5 + 10 * 2 + 3 + 1  # screens.md 4, and a line for the account that failed
    assert weight(view) <= 200_000
    assert len(view["private_metadata"]) <= 3000


def test_full_details_are_taken_by_slack_and_cannot_be_searched() -> None:
    record = known()
    view = record_window(
        replace(record, found=None, place=replace(record.place, tab=DETAILS)), member(), READER
    )
    assert check_view(view) == []
    assert len(view["blocks"]) <= 20
    assert "submit" not in view


def test_a_stranger_is_shown_with_an_address_and_a_way_to_add() -> None:
    person = Person((DANA,))
    record = Record(person, RecordPlace(address=DANA), found(5, person, start=0))
    view = record_window(record, member(), READER)
    assert check_view(view) == []
    assert len(view["blocks"]) <= 20
    assert "contacts.add" in str(view)


def test_what_cannot_be_shown_names_the_next_step() -> None:
    record = known()
    for changed, way in (
        (replace(record, found=None, connected=False), "accounts.connect_google"),
        (replace(record, found=None, own=True), "inbox.find"),
        (replace(record, found=found(0, record.person, always="x@n.example", failed=())), "that_is_mine"),
    ):
        view = record_window(changed, member(), READER)
        assert check_view(view) == []
        assert way in str(view)


def test_a_field_that_holds_other_words_is_another_field() -> None:
    record = known()

    def block_id(words: str) -> str:
        view = record_window(replace(record, place=replace(record.place, words=words)), member(), READER)
        return str(next(b["block_id"] for b in view["blocks"] if b["type"] == "input"))

    assert block_id("one") != block_id("two")
    assert block_id("one") == block_id("one")


def test_words_are_read_in_one_line_and_at_most_so_many() -> None:
    typed = {"words00000000": {"record.words": {"value": "  spring \n order " + "x" * 300}}}
    assert typed_words(typed).startswith("spring order xx")
    assert len(typed_words(typed)) == 200
    assert typed_words({"words00000000": {"record.words": {"value": None}}}) == ""
    assert typed_words({}) == ""


def test_the_way_back_to_a_thread_is_kept_as_it_stood() -> None:
    assert thread_behind(begin(PersonRef(contact="c1"), back=BACK)) == BACK
    assert thread_behind(begin(PersonRef(contact="c1"))) is None
