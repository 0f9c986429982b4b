"""The windows of scans stay within their budgets, whatever people call themselves."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.blocks import weight
from bot.discovery import scan_views, skipped_views
from bot.discovery.progress import OTHER, InAccount, LeftOutPage, Progress, ScanState
from bot.words import Reader
from sandbox.slack.blocks.validate import check_blocks
from store.met import LeftOut
from store.scans import Scan, ScanMailbox
from tests.bot.discovery.given import NOW
from tests.stage import texts

READER = Reader(now=NOW)
HOSTILE = "😀<!channel> <https://evil.example|bank> \u202e*_`~&amp; " * 20
SCAN = Scan(
    id="s",
    member_id="m",
    kind="asked",
    state="done",
    since=NOW - timedelta(days=14),
    started_at=NOW,
    finished_at=NOW,
    view_id=None,
    told_at=None,
    looked_at=123_456,
    found=1_000,
    contacts=1,
    left_out=20_000,
)


def account(state: str, **said: Any) -> InAccount:
    """A scan in one account."""
    box = ScanMailbox("s", "a", state, None, 400, 900, 70, None, 0, None)
    return InAccount("a", f"{'long' * 20}@northwind.example", "Gmail", replace(box, **said))


def progress(*accounts: InAccount, **said: Any) -> Progress:
    """A scan as it stands."""
    return Progress(replace(SCAN, **said), accounts, waiting=12, nightly=False)


FAILURES = ("ReconnectRequired", "PermissionMissing", "Unavailable")
STATES = [
    progress(*(account("running") for _ in range(9)), state="running"),
    progress(account("running", paused_until=NOW + timedelta(minutes=5)), state="running"),
    progress(account("running", paused_until=NOW + timedelta(minutes=5), trouble=2), state="running"),
    progress(account("waiting", total=None), account("read"), state="running", kind="every_sender"),
    progress(*(account("failed", error_code=code) for code in FAILURES * 2)),
    progress(account("failed", error_code="ReconnectRequired"), state="failed"),
    progress(account("running"), state="cancelled"),
    progress(account("done")),
]


@pytest.mark.parametrize("shown", STATES)
def test_every_state_of_a_scan_stays_within_nine_blocks(shown: Progress) -> None:
    view = scan_views.scan_window(shown, READER)
    assert check_blocks(view["blocks"]) == []
    assert len(view["blocks"]) <= 9


@pytest.mark.parametrize("shown", STATES)
def test_the_message_at_the_end_names_nobody_and_says_all_in_its_text(shown: Progress) -> None:
    answer = scan_views.finished_message(shown, READER)
    assert check_blocks(list(answer.blocks)) == []
    assert len(answer.blocks) <= 3
    assert texts([answer.blocks[0]]) == answer.text


def test_home_says_something_before_the_first_scan_and_while_it_runs_and_then_nothing() -> None:
    ended = SCAN
    assert "Scan the last two weeks" in texts(scan_views.home_state(ScanState(None, None), READER))
    assert "allows more" in texts(scan_views.home_state(ScanState(STATES[1], None), READER))
    assert scan_views.home_state(ScanState(None, ended), READER) == []
    assert scan_views.home_state(ScanState(STATES[0], ended), READER) == []
    assert "today" in scan_views.home_line(ScanState(None, ended), READER)


def test_the_fullest_list_of_those_left_out_stays_within_sixty_blocks() -> None:
    codes = ("one_way", "list", "daemon", "colleague", "no_reply", "campaign", "bounce", "group", "crowd")
    reasons = (*((code, 10_000) for code in (*codes, "spam", "relay")), (OTHER, 7))
    people = tuple(
        LeftOut(f"p{number}@{'x' * 200}.example", HOSTILE, 9, 0, NOW, "one_way list crowd spam")
        for number in range(20)
    )
    page = LeftOutPage(reasons, "one_way", people, 20, True, False)
    view = skipped_views.skipped_window(page, READER)
    assert check_blocks(view["blocks"]) == []
    assert len(view["blocks"]) <= 60
    assert weight(view) < 200_000
    assert len(skipped_views.skipped_window(replace(page, reasons=()), READER)["blocks"]) <= 60
