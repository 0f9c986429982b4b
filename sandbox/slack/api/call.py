"""One call of a Web API method: who calls, with which arguments."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.slack.errors import SlackRefusalError
from sandbox.slack.state import Channel, Installation, SlackUser, Workspace

if TYPE_CHECKING:
    from sandbox.slack.slack import Slack

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ApiCall:
    """An authorised call."""

    slack: "Slack"
    workspace: Workspace
    installation: Installation
    args: Json

    def need(self, name: str, code: str = "invalid_arguments") -> str:
        """Return a string argument that has to be there. Raises SlackRefusalError."""
        value = self.args.get(name)
        if not isinstance(value, str) or not value:
            if code != "invalid_arguments":
                raise SlackRefusalError(code)
            words = f"[ERROR] missing required field: {name}"
            raise SlackRefusalError(code, response_metadata={"messages": [words]})
        return value

    def flag(self, name: str) -> bool:
        """Return a switch; forms send it as a word."""
        return self.args.get(name) in (True, "true", "1", 1)

    def user(self, user_id: str, code: str = "user_not_found") -> SlackUser:
        """Find a person of this workspace. Raises SlackRefusalError."""
        user = self.workspace.users.get(user_id)
        if user is None:
            raise SlackRefusalError(code)
        return user

    def channel(self, name: str, people: bool) -> Channel:
        """Find a channel that the app is in; `people`: a user's id stands for their direct conversation.

        Raises: SlackRefusalError.
        """
        user = self.workspace.users.get(name)
        if people and user is not None:
            if user.deleted or user.id == self.installation.bot_user_id:
                raise SlackRefusalError("channel_not_found")
            return self.slack.state.im(self.workspace.id, user.id, self.installation.bot_user_id)
        found = self.workspace.channels.get(name) if not people else None
        if people:
            found = self.slack.state.channel(self.workspace.id, name)
        if found is None:
            raise SlackRefusalError("channel_not_found")
        if self.installation.bot_user_id not in found.members:
            raise SlackRefusalError("not_in_channel" if found.kind == "channel" else "channel_not_found")
        return found


Handler = Callable[[ApiCall], Json]


@dataclass(frozen=True, slots=True)
class Method:
    """A method: what answers it, the scope it needs ("" for none), its rate tier (0: special)."""

    answer: Handler
    scope: str
    tier: int


def read_json(args: Json, name: str, code: str) -> Json:
    """Return the arguments with one of them parsed, if a form sent it as a string."""
    value = args.get(name)
    if not isinstance(value, str):
        return args
    try:
        return {**args, name: json.loads(value)}
    except ValueError as error:
        raise SlackRefusalError(code) from error
