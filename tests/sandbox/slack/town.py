"""A workspace in the sandbox with a small real Bolt app in it, for tests of the sandbox itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.server import Sandbox
from sandbox.slack.app import SlackApp
from sandbox.slack.person import Person
from sandbox.slack.slack import Slack
from sandbox.slack.state import SlackUser
from sandbox.wsgi import Server

Json = dict[str, Any]

MANIFEST: Json = {
    "display_information": {"name": "Probe"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_read_only_enabled": True},
        "bot_user": {"display_name": "Probe"},
        "shortcuts": [{"name": "Find", "type": "global", "callback_id": "find", "description": "Find"}],
        "slash_commands": [
            {"command": "/probe", "description": "Probe", "should_escape": False},
            {"command": "/escaped", "description": "Probe", "should_escape": True},
        ],
    },
    "oauth_config": {"scopes": {"bot": ["commands", "chat:write", "users:read", "im:write"]}},
    "settings": {
        "event_subscriptions": {
            "bot_events": ["app_home_opened", "app_uninstalled", "tokens_revoked", "user_change"]
        },
        "interactivity": {"is_enabled": True, "message_menu_options_url": "https://probe.example/"},
    },
}
PEOPLE = [
    SlackUser("U0ANN", "ann", "Ann Arbor", "ann@northwind.example", is_admin=True, locale="nl-NL"),
    SlackUser("U0BEN", "ben", "Ben Berg", "ben@northwind.example", tz="America/New_York"),
    SlackUser("U0GUS", "gus", "Gus Guest", "gus@elsewhere.example", is_ultra_restricted=True),
    SlackUser("U0DEE", "dee", "Dee Gone", "dee@northwind.example", deleted=True),
]


@dataclass(slots=True)
class Town:
    """The sandbox, its Slack, and the app that lives in it."""

    sandbox: Sandbox
    slack: Slack
    bolt: App
    client: WebClient

    @property
    def ann(self) -> Person:
        return self.slack.as_user("ann")

    @property
    def ben(self) -> Person:
        return self.slack.as_user("ben")

    def trigger(self, who: str = "U0ANN") -> str:
        """Make a fresh trigger, as an interaction would carry one."""
        return self.slack.triggers.issue("T0NORTHWIND", who)

    def refused(self, method: str, **args: Any) -> Json:
        """Call a method that has to be refused; return the body of the answer."""
        with pytest.raises(SlackApiError) as refusal:
            self.client.api_call(method, json=args)
        return dict(refusal.value.response.data)


@contextmanager
def town() -> Iterator[Town]:
    """Open a workspace with an app in it."""
    with Sandbox(SlackApp.from_manifest(MANIFEST)) as sandbox:
        slack = sandbox.slack
        slack.add_workspace(PEOPLE)
        settings = slack.configuration()
        client = WebClient(settings["SLACK_BOT_TOKEN"], base_url=settings["SLACK_API_URL"])
        bolt = App(
            client=client,
            signing_secret=settings["SLACK_SIGNING_SECRET"],
            process_before_response=True,
            token_verification_enabled=False,
        )
        server = Server(SlackRequestHandler(bolt, "/slack/events"), 0)
        slack.request_url = f"http://127.0.0.1:{server.port}/slack/events"
        server.serve_in_thread()
        try:
            yield Town(sandbox, slack, bolt, client)
        finally:
            server.close_all()
