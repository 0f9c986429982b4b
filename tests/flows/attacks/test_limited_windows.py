"""Slack lets no window be drawn just now: a short wait is waited for, a longer one is told."""

from datetime import timedelta

import pytest

from sandbox.faults import Fault, Kind
from sandbox.slack.limits import TIERS, RateLimitedError
from sandbox.slack.state import View
from tests.flows.inbox.reading import ask, open_thread, open_with
from tests.flows.writing.post import DANA, screen
from tests.stage import Stage, connect

PRICES = "Prices for the spring order"
WAIT = "Slack asks Mailroom to wait a moment"


def limit(stage: Stage, method: str, seconds: int, times: int | None = None) -> None:
    stage.faults.add(
        Fault("slack", Kind.STATUS, f"views.{method}", times=times, status=429, retry_after=seconds)
    )


def show(stage: Stage, window: View) -> None:
    """Press Show at the first folded message."""
    line = next(b for b in window.blocks if b.get("accessory", {}).get("action_id") == "inbox.show")
    stage.press(stage.ann, window, "inbox.show", block_id=line["block_id"])


def test_a_press_that_slack_asks_to_wait_a_moment_with_is_drawn_after_it(stage: Stage) -> None:
    connect(stage)
    window = open_with(stage, stage.ann, DANA, PRICES)
    before = window.blocks
    limit(stage, "update", 1, times=1)
    show(stage, window)
    assert stage.ann.windows() == [window]
    assert window.blocks != before


def test_a_press_beyond_what_slack_draws_in_a_minute_says_so_and_works_a_minute_later(stage: Stage) -> None:
    connect(stage)
    window = open_with(stage, stage.ann, DANA, PRICES)
    before = window.blocks
    with pytest.raises(RateLimitedError):
        for _ in range(TIERS[4] + 1):
            stage.slack.limits.count("views.update", stage.workspace.id, 4)
    show(stage, window)
    assert WAIT in screen(stage.ann.window())
    assert window.blocks == before
    stage.ann.close()
    stage.clock.advance(timedelta(minutes=1))
    show(stage, window)
    assert stage.ann.windows() == [window]
    assert window.blocks != before


@pytest.mark.parametrize("status", [429, 500])
def test_where_no_window_can_be_opened_either_a_direct_message_says_it(stage: Stage, status: int) -> None:
    connect(stage)
    window = open_with(stage, stage.ann, DANA, PRICES)
    limit(stage, "update", 30)
    stage.faults.add(Fault("slack", Kind.STATUS, "views.push", times=None, status=status, retry_after=30))
    show(stage, window)
    assert WAIT in stage.ann.dm()[-1].text
    assert stage.ann.windows() == [window]


def test_a_window_that_stays_empty_is_told_of(stage: Stage) -> None:
    connect(stage)
    answer = ask(stage, stage.ann, f"/inbox {DANA}")
    limit(stage, "update", 30)
    window = open_thread(stage, stage.ann, answer, PRICES)
    assert "Opening the conversation" in screen(window)
    assert WAIT in stage.ann.dm()[-1].text


def test_home_that_cannot_be_drawn_again_says_so_in_a_window(stage: Stage) -> None:
    connect(stage)
    home = stage.ann.open_home()
    stage.settle()
    assert home is not None
    limit(stage, "publish", 30)
    stage.press(stage.ann, home, "home.accounts")
    assert WAIT in screen(stage.ann.window())
