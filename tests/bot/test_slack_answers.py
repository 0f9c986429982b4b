"""What Slack says where it does not do what was asked: read without believing it blindly."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.slack import SlackBusy, SlackError, SlackUnreachable, ask


class _Response(dict[str, Any]):
    """An answer as slack_sdk hands it on."""

    def __init__(self, status: int, error: str, **headers: str) -> None:
        super().__init__(ok=False, error=error)
        self.status_code = status
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


def meet(response: _Response) -> SlackError:
    refusal: Callable[..., Exception] = SlackApiError

    def refuse() -> None:
        raise refusal("refused", response)

    with pytest.raises(SlackError) as met:
        ask(refuse)
    return met.value


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7),
        ("0", 0),
        ("-1", 30),
        ("", 30),
        ("soon", 30),
        ("²", 30),
        ("1.5", 30),
        ("Fri, 20 Nov 2026 10:00:00 GMT", 30),
        ("1000000000", 3600),
        ("9" * 400, 30),
    ],
)
def test_slack_can_ask_for_patience_and_not_for_years(header: str, seconds: int) -> None:
    busy = meet(_Response(429, "ratelimited", Retry_After=header))
    assert isinstance(busy, SlackBusy)
    assert busy.retry_after == timedelta(seconds=seconds)


def test_a_page_in_the_place_of_an_answer_is_none_and_nothing_of_it_is_kept() -> None:
    page = "Received a response in a non-JSON format: <!DOCTYPE html><p>Dana's mail"
    error = meet(_Response(200, page))
    assert isinstance(error, SlackUnreachable)
    assert str(error) == "unreadable"


@pytest.mark.parametrize(
    ("status", "code"), [(500, "fatal_error"), (502, "?"), (503, "x"), (200, "internal_error")]
)
def test_what_broke_at_slack_may_or_may_not_have_been_done(status: int, code: str) -> None:
    assert isinstance(meet(_Response(status, code)), SlackUnreachable)
