"""The page People found drawn from data: its budget, that Slack takes it, and what a button's place says."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.blocks import home_tab, weight
from bot.discovery.people import EDGES, PeoplePage, Standing, Tab, domain_of
from bot.discovery.people_views import people_page
from bot.discovery.strength import Group, group_of
from bot.discovery.typed import Problem, read
from bot.words import Reader
from sandbox.slack.blocks.validate import check_view
from store.candidates import ADDED, DISMISSED, PENDING, Candidate
from store.deciding import Batch, Counts
from tests.bot.inbox.given import NOW

READER = Reader(now=NOW)
LONG = "Maximiliane Friederike " * 20
OWN = frozenset({"ann@northwind.example"})


def person(number: int, state: str, strength: int) -> Candidate:
    """Somebody with the longest of everything."""
    return Candidate(
        id=f"{number:026d}", member_id="m", address=f"p{number}@{'x' * 60}.example", name=LONG, company=LONG,
        state=state, reasons="two_way", shared=False, conversations=9_999, received=9_999, sent=9_999,
        strength=strength, last_at=NOW - timedelta(days=400), found_at=NOW, named_at=None, decided_at=NOW,
        decided_in="digest", batch_id="b", contact_id="c" * 26, keep_until=NOW,
    )  # fmt: skip


def full(tab: Tab) -> PeoplePage:
    """A page as full as it can be."""
    state = {Tab.ADDED: ADDED, Tab.DISMISSED: DISMISSED}.get(tab, PENDING)
    rows = tuple(person(number, state, 90 - 6 * number) for number in range(15))
    everybody = frozenset(one.id for one in rows)
    return PeoplePage(
        at=Standing(tab, 30), number=99_999, counts=Counts(9_999, 999, 9_999, 9_999),
        groups=dict.fromkeys(Group, 9_999), rows=rows, more=True, connected=True, last_scan=None,
        nightly=True, as_of=NOW, folded=rows[:2], last_name=LONG[:60],
        last_batch=Batch("b" * 26, state, "home", 1, NOW),
        contacts=everybody, undoable=everybody, adders=dict.fromkeys(everybody, LONG), blocked=9_999,
    )  # fmt: skip


@pytest.mark.parametrize("tab", Tab)
def test_the_fullest_page_is_within_what_slack_takes_and_what_we_allow(tab: Tab) -> None:
    blocks = people_page(full(tab), READER)
    view = home_tab(blocks)
    assert check_view(view) == []
    assert len(blocks) <= 50
    assert weight(view) < 100_000


def test_buttons_beside_people_name_them_and_groups_of_many_are_asked_about() -> None:
    blocks = people_page(full(Tab.PENDING), READER)
    buttons = [one for block in blocks for one in block.get("elements", ()) if one["type"] == "button"]
    beside = [one for one in buttons if one["action_id"] in ("discovery.add", "discovery.dismiss")]
    assert len(beside) == 30
    assert all("Maximiliane" in one["accessibility_label"] for one in beside)
    groups = [block["accessory"] for block in blocks if "confirm" in block.get("accessory", {})]
    assert [one["action_id"] for one in groups] == [
        "discovery.add_group",
        "discovery.group_menu",
        "discovery.dismiss_group",
    ]
    few = people_page(replace(full(Tab.PENDING), groups=dict.fromkeys(Group, 20)), READER)
    assert not [block for block in few if "confirm" in block.get("accessory", {})]


@given(st.text(max_size=40))
def test_no_place_of_a_button_breaks_the_page(place: str) -> None:
    at = Standing.read(place)
    assert at.start >= 0
    assert Standing.read(str(at)) == at


@given(st.integers(0, 100))
def test_every_strength_is_in_the_group_whose_edges_hold_it(strength: int) -> None:
    holding = [group for group, (low, high) in EDGES.items() if low <= strength <= high]
    assert holding == [group_of(strength)]


def test_only_a_domain_that_belongs_to_somebody_can_be_blocked() -> None:
    assert domain_of("tom@mail.abel.example") == "@mail.abel.example"
    assert domain_of("tom@gmail.com") == ""


@pytest.mark.parametrize(
    ("name", "address", "problems"),
    [
        ("Tom", "tom@abel.example", {}),
        ("Tom", "Tom Abel <tom@abel.example>", {}),
        ("Tom", "tom at abel", {"address": Problem.NOT_AN_ADDRESS}),
        ("Tom", "tom@abel.example, una@abel.example", {"address": Problem.NOT_AN_ADDRESS}),
        ("Tom", "", {"address": Problem.NOT_AN_ADDRESS}),
        ("\u202e \u200b", "tom@abel.example", {"name": Problem.NO_NAME}),
        ("Tom", "ANN@northwind.example", {"address": Problem.OWN}),
    ],
)
def test_what_is_typed_about_somebody_is_kept_or_said_to_be_wrong(
    name: str, address: str, problems: dict[str, Problem]
) -> None:
    assert read(name, "", address, OWN).problems == problems


def test_what_is_typed_is_brought_into_the_form_that_is_kept() -> None:
    typed = read("  Tom\n Abel ", "Abel\tLtd", "<Tom@ABEL.example>", OWN).typed
    assert (typed.name, typed.company, typed.address) == ("Tom Abel", "Abel Ltd", "tom@abel.example")
