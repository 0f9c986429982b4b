"""How times are said to the person who reads them."""

from datetime import timedelta

import pytest

from bot.words import Reader


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (0, "1 minute"),
        (0.5, "30 minutes"),
        (1, "1 hour"),
        (23.9, "23 hours"),
        (24, "1 day"),
        (42, "1 day"),
        (48, "2 days"),
        (96, "4 days"),
        (59 * 24, "59 days"),
        (60 * 24, "2 months"),
        (364 * 24, "12 months"),
        (365 * 24, "1 year"),
        (730 * 24, "2 years"),
    ],
)
def test_a_wait_is_said_in_its_largest_unit(hours: float, said: str) -> None:
    assert Reader().roughly(timedelta(hours=hours)) == said


def test_how_long_something_is_kept_is_said_to_the_day() -> None:
    assert Reader().span(timedelta(days=90)) == "90 days"
    assert Reader().span(timedelta(days=365)) == "365 days"
