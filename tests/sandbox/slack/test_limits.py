"""Rate limits by tier, per method and workspace, on the sandbox's clock."""

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from tests.sandbox.slack.drawing import home
from tests.sandbox.slack.town import Town


def over(town: Town, method: str, count: int, **args: Any) -> SlackApiError:
    for _ in range(count):
        town.client.api_call(method, json=args)
    with pytest.raises(SlackApiError) as refusal:
        town.client.api_call(method, json=args)
    return refusal.value


@pytest.mark.parametrize(
    ("method", "most", "args"),
    [
        ("users.list", 20, {}),
        ("conversations.open", 50, {"users": "U0ANN"}),
        ("users.info", 100, {"user": "U0ANN"}),
        ("views.publish", 100, {"user_id": "U0ANN", "view": home()}),
    ],
)
def test_each_method_has_its_tier(town: Town, method: str, most: int, args: dict[str, Any]) -> None:
    town.sandbox.clock.freeze()
    refusal = over(town, method, most, **args)
    assert refusal.response.status_code == 429
    assert refusal.response["error"] == "ratelimited"
    assert refusal.response.headers["Retry-After"] == "60"
    town.client.auth_test()


def test_the_limit_is_over_when_retry_after_is(town: Town) -> None:
    town.sandbox.clock.freeze()
    over(town, "users.list", 20)
    town.sandbox.clock.advance(timedelta(seconds=60))
    town.client.users_list()


def test_a_channel_takes_a_burst_and_then_one_message_a_second(town: Town) -> None:
    town.sandbox.clock.freeze()
    refusal = over(town, "chat.postMessage", 5, channel="U0ANN", text="words")
    assert refusal.response.status_code == 429
    town.client.chat_postMessage(channel="U0BEN", text="words")
    town.sandbox.clock.advance(timedelta(seconds=5))
    town.client.chat_postMessage(channel="U0ANN", text="words")


def test_one_workspaces_limit_is_not_anothers(town: Town) -> None:
    town.sandbox.clock.freeze()
    over(town, "users.list", 20)
    town.slack.limits.count("users.list", "T0CONTOSO", 2)
