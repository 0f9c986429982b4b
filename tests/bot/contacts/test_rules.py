"""What a contact may hold, whatever somebody types."""

import pytest

from bot.contacts.rules import MOST_ADDRESSES, Entry, Finding, Problem, read, read_addresses


@pytest.mark.parametrize(
    ("typed", "addresses"),
    [
        ("dana@northwind.example", ("dana@northwind.example",)),
        ("Dana <D@N.example>\n<mailto:e@n.example|e@n.example>", ("d@n.example", "e@n.example")),
        ("a@n.example, b@n.example; c@n.example", ("a@n.example", "b@n.example", "c@n.example")),
        ("a@n.example b@n.example", ("a@n.example", "b@n.example")),
        ("b@n.example\nA@n.example\nb@N.example", ("b@n.example", "a@n.example")),
        ("work: a@n.example", ("a@n.example",)),
        ("\n \n\u200b\n", ()),
    ],
)
def test_addresses_are_read_in_their_order_and_each_once(typed: str, addresses: tuple[str, ...]) -> None:
    assert read_addresses(typed) == (addresses, "")


@pytest.mark.parametrize("typed", ["dana", "dana@northwind", "a@n.example b@", "@n.example", "<@U012ABC>"])
def test_a_line_that_is_no_address_is_named(typed: str) -> None:
    found, unread = read_addresses(f"good@n.example\n{typed}")
    assert found == ("good@n.example",)
    assert unread == typed


def test_names_are_kept_without_what_hides_or_turns_them() -> None:
    reading = read(Entry(name="\u202eDana \t Reyes\n", addresses="d@n.example", notes=" a\nb "), frozenset())
    assert reading.entry.name == "Dana Reyes"
    assert reading.entry.notes == "a\nb"
    assert reading.findings == ()


def test_every_problem_of_an_entry_is_found_at_once() -> None:
    reading = read(Entry(name=" ", addresses=""), frozenset())
    assert reading.findings == (
        Finding("name", Problem.NO_NAME),
        Finding("addresses", Problem.NO_ADDRESS),
    )


def test_ones_own_address_and_too_many_are_refused() -> None:
    own = frozenset({"me@n.example"})
    assert read(Entry("Me", "a@n.example, ME@n.example"), own).findings == (
        Finding("addresses", Problem.OWN, "me@n.example"),
    )
    many = "\n".join(f"a{n}@n.example" for n in range(MOST_ADDRESSES))
    assert read(Entry("A", many), own).findings == ()
    assert read(Entry("A", f"{many}\none-more@n.example"), own).findings == (
        Finding("addresses", Problem.TOO_MANY),
    )
