"""Events: app_home_opened, retries on the clock, the app's last words."""

import threading
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from slack_bolt import Ack, BoltRequest, BoltResponse

from sandbox.slack.standing import change_user
from tests.sandbox.slack.drawing import Json, home, section
from tests.sandbox.slack.town import Town


class Deaf:
    """Refuse every event that is delivered, and keep what its headers said."""

    def __init__(self, town: Town, no_retry: bool = False) -> None:
        self.retries: list[tuple[str, str]] = []
        self.bodies: list[Json] = []
        self._no_retry = no_retry
        town.bolt.middleware(self._refuse)

    def _refuse(self, request: BoltRequest, next_: Any) -> BoltResponse:
        headers = request.headers
        number = headers.get("x-slack-retry-num", [""])[0]
        self.retries.append((number, headers.get("x-slack-retry-reason", [""])[0]))
        self.bodies.append(dict(request.body))
        extra: dict[str, str | Sequence[str]] = {"x-slack-no-retry": "1"} if self._no_retry else {}
        return BoltResponse(status=500, body="", headers=extra)


def test_opening_home_tells_the_app_and_shows_what_it_publishes(town: Town) -> None:
    seen: list[Json] = []

    @town.bolt.event("app_home_opened")
    def opened(body: dict[str, Any], ack: Ack) -> None:
        seen.append(body)
        town.client.views_publish(user_id=body["event"]["user"], view=home(section("welcome")))

    view = town.ann.open_home()

    assert view is not None
    assert view.blocks[0]["text"]["text"] == "welcome"
    (body,) = seen
    assert body["type"] == "event_callback"
    assert body["event_id"].startswith("Ev")
    assert body["event"]["tab"] == "home"
    assert body["event"]["channel"] == town.ann.channel("dm").id
    assert "view" not in body["event"]
    town.ann.open_home()
    assert seen[1]["event"]["view"]["id"] == view.id
    assert seen[1]["event_id"] != body["event_id"]


def test_a_refused_event_comes_again_at_once_after_a_minute_and_after_five(town: Town) -> None:
    deaf = Deaf(town)
    town.ann.open_home()
    town.sandbox.settle()
    assert deaf.retries == [("", ""), ("1", "http_error")]
    town.sandbox.clock.advance(timedelta(seconds=61))
    town.sandbox.settle()
    assert deaf.retries[2:] == [("2", "http_error")]
    town.sandbox.clock.advance(timedelta(minutes=4))
    town.sandbox.settle()
    assert len(deaf.retries) == 3
    town.sandbox.clock.advance(timedelta(minutes=1, seconds=1))
    town.sandbox.settle()
    assert deaf.retries[3:] == [("3", "http_error")]
    town.sandbox.clock.advance(timedelta(hours=2))
    town.sandbox.settle()
    assert len(deaf.retries) == 4
    assert len({body["event_id"] for body in deaf.bodies}) == 1


def test_an_app_can_ask_for_no_retry(town: Town) -> None:
    deaf = Deaf(town, no_retry=True)
    town.ann.open_home()
    town.sandbox.clock.advance(timedelta(hours=1))
    town.sandbox.settle()
    assert len(deaf.retries) == 1


def test_an_event_that_times_out_says_so_in_its_retry(town: Town) -> None:
    release, reasons = threading.Event(), []
    town.slack.delivery.patience = 0.05

    @town.bolt.event("app_home_opened")
    def slow(request: BoltRequest) -> None:
        reasons.append(request.headers.get("x-slack-retry-reason", [""])[0])
        if len(reasons) == 1:
            release.wait(10)

    town.ann.open_home()
    release.set()
    town.sandbox.settle()
    assert reasons[:2] == ["", "http_timeout"]


def test_an_app_that_is_down_gets_the_event_later(town: Town) -> None:
    heard: list[str] = []

    @town.bolt.event("app_home_opened")
    def opened(body: dict[str, Any]) -> None:
        heard.append(body["event_id"])

    url = town.slack.request_url
    town.slack.request_url = "http://127.0.0.1:9/slack/events"
    town.ann.open_home()
    town.sandbox.settle()
    town.slack.request_url = url
    town.sandbox.clock.advance(timedelta(minutes=1, seconds=1))
    town.sandbox.settle()
    assert len(heard) == 1


def test_the_same_event_can_be_sent_once_more(town: Town) -> None:
    heard: list[str] = []

    @town.bolt.event("app_home_opened")
    def opened(body: dict[str, Any]) -> None:
        heard.append(body["event_id"])

    town.ann.open_home()
    town.slack.events.resend(town.slack.state.sent_events[0])
    assert len(heard) == 2
    assert len(set(heard)) == 1


def test_uninstalling_kills_the_token_and_tells_the_app_twice(town: Town) -> None:
    heard: list[str] = []

    @town.bolt.event("app_uninstalled")
    def gone(body: dict[str, Any]) -> None:
        heard.append(body["event"]["type"])

    @town.bolt.event("tokens_revoked")
    def revoked(body: dict[str, Any]) -> None:
        heard.append(body["event"]["type"])

    settings = town.slack.configuration()
    town.client.apps_uninstall(
        client_id=settings["SLACK_CLIENT_ID"], client_secret=settings["SLACK_CLIENT_SECRET"]
    )
    town.sandbox.settle()

    assert sorted(heard) == ["app_uninstalled", "tokens_revoked"]
    assert town.refused("auth.test")["error"] == "account_inactive"
    assert town.ann.command("general", "/probe") == "unknown_command"


@pytest.mark.parametrize(
    ("name", "code"), [("client_id", "invalid_client_id"), ("client_secret", "bad_client_secret")]
)
def test_only_the_app_itself_uninstalls_itself(town: Town, name: str, code: str) -> None:
    settings = town.slack.configuration()
    right = {"client_id": settings["SLACK_CLIENT_ID"], "client_secret": settings["SLACK_CLIENT_SECRET"]}
    assert town.refused("apps.uninstall", **{**right, name: "wrong"})["error"] == code


def test_events_that_the_manifest_does_not_name_are_not_sent(town: Town) -> None:
    assert town.slack.events.send(town.ann.workspace, {"type": "team_join"}) is None
    assert town.sandbox.faults.calls("bot") == []


def test_an_address_is_verified_by_its_challenge(town: Town) -> None:
    assert town.slack.events.verify_url() is True
    town.slack.request_url = town.sandbox.base_url + "/api/auth.test"
    assert town.slack.events.verify_url() is False


def test_nobody_hears_of_changes_without_the_scope(town: Town) -> None:
    heard: list[Json] = []

    @town.bolt.event("user_change")
    def changed(body: dict[str, Any]) -> None:
        heard.append(body["event"]["user"])

    workspace = town.ann.workspace
    change_user(town.slack, workspace, "U0BEN", is_restricted=True)
    town.sandbox.settle()
    assert [(one["id"], one["is_restricted"], one["team_id"]) for one in heard] == [
        ("U0BEN", True, workspace.id)
    ]
    assert "email" not in heard[0]["profile"], "that needs its own scope"
    town.slack.install(workspace.id, frozenset({"commands", "chat:write"}))
    change_user(town.slack, workspace, "U0BEN", is_restricted=False)
    town.sandbox.settle()
    assert len(heard) == 1
