"""What an administrator changes about a person: who they are, what they may, whether they are there at all.

Source: docs.slack.dev/reference/events/user_change (needs users:read; told of everybody in the workspace).
"""

from dataclasses import replace
from typing import Any

from sandbox.slack.api.users import card
from sandbox.slack.slack import Slack
from sandbox.slack.state import Workspace


def change_user(slack: Slack, workspace: Workspace, user_id: str, **fields: Any) -> None:
    """Change somebody, and tell the app where it listens for that and may read people."""
    user = workspace.users[user_id] = replace(
        workspace.users[user_id], updated=int(slack.clock.now().timestamp()), **fields
    )
    installed = workspace.installation
    if installed is None or "users:read" not in installed.scopes:
        return
    now = slack.clock.now()
    told = card(user, workspace, installed, now, with_locale=True)
    event = {
        "type": "user_change",
        "user": told,
        "cache_ts": int(now.timestamp()),
        "event_ts": slack.state.new_ts(),
    }
    slack.events.send_later(workspace, event)
