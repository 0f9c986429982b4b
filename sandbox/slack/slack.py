"""The sandbox's Slack as one thing: built once, driven by tests and by the page, called by the app."""

import secrets
from typing import Any

from sandbox.activity import Activity
from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.slack.app import SlackApp
from sandbox.slack.deliver import Delivery
from sandbox.slack.events import Events
from sandbox.slack.limits import Limits
from sandbox.slack.messages import Messages
from sandbox.slack.person import Person
from sandbox.slack.state import Installation, SlackUser, State, Workspace
from sandbox.slack.triggers import Triggers
from sandbox.slack.windows import Windows

CHANNELS = ["general", "sales"]


class Slack:
    """Workspaces with one app installed.

    `base_url` is where this Slack is served (for response urls), `request_url` is the app's; both are set
    when the ports are known.
    """

    def __init__(self, app: SlackApp, clock: Clock, activity: Activity, faults: Faults) -> None:
        self.app = app
        self.clock = clock
        self.state = State(clock)
        self.delivery = Delivery(app.signing_secret, activity, faults)
        self.events = Events(self.state, app, self.delivery, activity)
        self.triggers = Triggers(clock.now)
        self.messages = Messages(self.state, clock.now)
        self.windows = Windows(self.state)
        self.limits = Limits(clock.now)
        self.base_url = ""
        # What external selects were offered: (surface, block, action) → options.
        self.offered: dict[tuple[str, str, str], list[dict[str, Any]]] = {}

    @property
    def request_url(self) -> str:
        """Return where the app takes everything."""
        return self.delivery.request_url

    @request_url.setter
    def request_url(self, url: str) -> None:
        self.delivery.request_url = url

    def add_workspace(
        self,
        users: list[SlackUser],
        name: str = "Northwind",
        team_id: str = "T0NORTHWIND",
        channels: list[str] | None = None,
        install: bool = True,
    ) -> Workspace:
        """Add a workspace with its people, and install the app there."""
        workspace = Workspace(team_id, name, name.lower().replace(" ", "-"))
        self.state.add_workspace(workspace, users, CHANNELS if channels is None else channels)
        if install:
            self.install(workspace.id)
        return workspace

    def install(self, team_id: str, scopes: frozenset[str] | None = None) -> Installation:
        """Install (or install anew) with the manifest's scopes or fewer; a new token each time."""
        with self.state.lock:
            workspace = self.state.workspaces[team_id]
            earlier = workspace.installation
            bot_user_id = earlier.bot_user_id if earlier else self.state.new_id("U")
            workspace.installation = Installation(
                bot_token=f"xoxb-{secrets.randbelow(10**12)}-{secrets.token_urlsafe(18)}",
                bot_user_id=bot_user_id,
                bot_id=earlier.bot_id if earlier else self.state.new_id("B"),
                scopes=self.app.scopes if scopes is None else scopes,
            )
            name = self.app.name.lower().replace(" ", "_")
            bot = SlackUser(bot_user_id, name, self.app.name, is_bot=True, tz="America/Los_Angeles")
            self.state.put_user(team_id, bot)
            return workspace.installation

    def uninstall(self, team_id: str) -> None:
        """Remove the app as an administrator does: the token dies, then the app is told twice."""
        with self.state.lock:
            workspace = self.state.workspaces[team_id]
            installation = workspace.installation
            if installation is None or not installation.active:
                return
            installation.active = False
            self.state.touch()
        tokens = {"oauth": [], "bot": [installation.bot_user_id]}
        self.events.send_later(workspace, {"type": "tokens_revoked", "tokens": tokens})
        self.events.send_later(workspace, {"type": "app_uninstalled"})

    def by_token(self, token: str) -> tuple[Workspace, Installation] | None:
        """Find whose bot token this is."""
        for workspace in list(self.state.workspaces.values()):
            installation = workspace.installation
            if installation is not None and secrets.compare_digest(installation.bot_token, token):
                return workspace, installation
        return None

    def as_user(self, name_or_id: str, team_id: str | None = None) -> Person:
        """Sit down at somebody's screen."""
        workspace, user = self.state.user(name_or_id, team_id)
        return Person(self, workspace.id, user.id)

    def configuration(self, team_id: str | None = None) -> dict[str, Any]:
        """Return what an app needs to be told: the settings of its environment."""
        workspace = self.state.workspaces[team_id or next(iter(self.state.workspaces))]
        token = workspace.installation.bot_token if workspace.installation else ""
        return {
            "SLACK_API_URL": f"{self.base_url}/api/",
            "SLACK_BOT_TOKEN": token,
            "SLACK_SIGNING_SECRET": self.app.signing_secret,
            "SLACK_CLIENT_ID": self.app.client_id,
            "SLACK_CLIENT_SECRET": self.app.client_secret,
        }
