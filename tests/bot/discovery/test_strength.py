"""How much went back and forth."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discovery.strength import Group, group_of, strength_of
from tests.bot.discovery.given import NOW

COUNT = st.integers(0, 500)
DAYS = st.integers(0, 400)


def strength(received: int, sent: int, conversations: int = 1, days: float = 0) -> int:
    return strength_of(received, sent, conversations, NOW - timedelta(days=days), NOW)


@pytest.mark.parametrize(
    ("received", "sent", "conversations", "days", "figure", "group"),
    [
        (1, 1, 1, 0, 20, Group.ONCE),
        (1, 1, 1, 14, 14, Group.ONCE),
        (2, 2, 1, 0, 33, Group.NOW_AND_THEN),
        (2, 2, 2, 7, 31, Group.NOW_AND_THEN),
        (3, 3, 2, 1, 45, Group.OFTEN),
        (7, 5, 6, 3, 60, Group.OFTEN),
        (30, 40, 20, 0, 91, Group.OFTEN),
    ],
)
def test_the_figures_that_are_written_down(
    received: int, sent: int, conversations: int, days: int, figure: int, group: Group
) -> None:
    assert strength(received, sent, conversations, days) == figure
    assert group_of(figure) is group


def test_one_direction_alone_is_no_strength() -> None:
    assert strength(50, 0) == strength(0, 50) == 0
    assert strength_of(3, 3, 1, None, NOW) == 0


@given(COUNT, COUNT, st.integers(0, 50), DAYS)
def test_it_stays_within_its_bounds(received: int, sent: int, conversations: int, days: int) -> None:
    figure = strength(received, sent, conversations, days)
    assert 0 <= figure <= 100
    assert (figure > 0) == (min(received, sent) > 0)


@given(st.integers(1, 40), st.integers(1, 20), DAYS)
def test_more_turns_or_a_fresher_one_never_weaken(turns: int, conversations: int, days: int) -> None:
    figure = strength(turns, turns, conversations, days)
    assert strength(turns + 1, turns + 1, conversations, days) >= figure
    assert strength(turns, turns, conversations + 1, days) >= figure
    assert strength(turns, turns, conversations, max(0, days - 1)) >= figure
