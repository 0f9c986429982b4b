"""Several accounts in one order, read only as far as somebody looks."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.inbox.listing import MOST_PAGES, READ, Listing, Stretch
from providers.errors import ReconnectRequired
from providers.mail import Page, Thread
from store.accounts import Account
from tests.bot.inbox.given import BEN, DANA, ME, NOW, account, message, people, thread


@pytest.fixture(scope="module")
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as made:
        yield made


class Boxes:
    """Mailboxes as lists of ages in hours, newest first; every page is counted."""

    def __init__(self, page: int = READ, **ages: list[int]) -> None:
        self.page, self.ages, self.reads = page, ages, 0
        self.failing: set[str] = set()
        self.company: tuple[str, ...] = ()

    def fetch(self, one: Account, cursor: str | None) -> Page[Thread]:
        self.reads += 1
        if one.id in self.failing:
            raise ReconnectRequired
        start = int(cursor or 0)
        ages = self.ages[one.id]
        found = [self.thread(one.id, age) for age in ages[start : start + self.page]]
        end = start + self.page
        return Page(tuple(found), str(end) if end < len(ages) else None)

    def thread(self, box: str, age: int) -> Thread:
        mail = message(age, DANA, (ME,), cc=people(*self.company))
        return thread(mail, id_=f"{box}{age}")

    def listing(self) -> Listing:
        accounts = [account(name, f"{name}@northwind.example") for name in self.ages]
        return Listing(accounts, frozenset({ME}), frozenset({DANA}), self.fetch, NOW)


def ages(stretch: Stretch) -> list[int]:
    return [int((NOW - row.at) / timedelta(hours=1)) for row in stretch.rows]


@settings(deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 500), unique=True, max_size=30), min_size=1, max_size=4),
    st.integers(1, 7),
)
def test_pages_of_any_mailboxes_follow_each_other_in_one_order(boxes: list[list[int]], page: int) -> None:
    world = Boxes(page, **{f"b{n}": sorted(box) for n, box in enumerate(boxes)})
    seen: list[int] = []
    with ThreadPoolExecutor(2) as pool:
        listing = world.listing()
        while True:
            stretch = listing.stretch(len(seen), 5, pool)
            seen += ages(stretch)
            if not stretch.more:
                break
    assert seen == sorted(age for box in boxes for age in box)


def test_one_press_reads_no_further_than_it_must(pool: ThreadPoolExecutor) -> None:
    world = Boxes(a=list(range(100)), b=list(range(100, 200)))
    listing = world.listing()
    listing.stretch(0, 5, pool)
    listing.stretch(5, 5, pool)
    listing.stretch(0, 5, pool)
    assert world.reads == 2


def test_an_account_that_fails_hides_nothing_of_the_others(pool: ThreadPoolExecutor) -> None:
    world = Boxes(a=[1, 2], b=[3])
    world.failing = {"b"}
    stretch = world.listing().stretch(0, 5, pool)
    assert ages(stretch) == [1, 2]
    assert [one.id for one, _ in stretch.failed] == ["b"]
    assert [one.id for one in stretch.searched] == ["a"]


def test_what_failed_far_down_is_read_from_there_when_it_is_asked_for_again(pool: ThreadPoolExecutor) -> None:
    world = Boxes(2, a=[1, 2, 3, 4])
    listing = world.listing()
    listing.stretch(0, 2, pool)
    world.failing = {"a"}
    assert [one.id for one, _ in listing.stretch(2, 2, pool).failed] == ["a"]
    world.failing = set()
    again = listing.stretch(2, 2, pool)
    assert (ages(again), again.failed) == ([3, 4], ())
    assert world.reads == 3


def test_group_mail_alone_ends_somewhere_and_can_be_read_further(pool: ThreadPoolExecutor) -> None:
    world = Boxes(a=list(range(400)))
    world.company = (BEN,)
    listing = world.listing()
    stretch = listing.stretch(0, 5, pool)
    assert (stretch.rows, stretch.more, stretch.hidden, stretch.always) == ((), True, MOST_PAGES * READ, BEN)
    assert stretch.hidden_in == {"a"}
    assert listing.stretch(0, 5, pool).hidden == 2 * MOST_PAGES * READ


def test_a_page_far_down_is_reached_at_once_when_the_listing_is_new(pool: ThreadPoolExecutor) -> None:
    world = Boxes(a=list(range(400)))
    assert ages(world.listing().stretch(300, 5, pool)) == [300, 301, 302, 303, 304]
