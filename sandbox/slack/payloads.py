"""The payloads that Slack sends to the app, field for field.

Source: docs.slack.dev/reference/interaction-payloads, /interactivity/implementing-slash-commands,
/reference/events/app_home_opened; reference slack.md 2.4, 2.5, 2.7.
"""

import json
from dataclasses import dataclass
from typing import Any

from sandbox.slack.app import SlackApp
from sandbox.slack.state import Channel, Installation, Message, SlackUser, View, Workspace
from sandbox.slack.surfaces import state_values

Json = dict[str, Any]


def as_slack_json(payload: Any) -> str:
    """Write JSON as Slack does: what is not ASCII as \\uXXXX, slashes with a backslash before them."""
    return json.dumps(payload, separators=(",", ":")).replace("/", "\\/")


@dataclass(frozen=True, slots=True)
class Sender:
    """Who does something, where: the frame that every payload shares."""

    app: SlackApp
    workspace: Workspace
    user: SlackUser

    @property
    def installation(self) -> Installation:
        """Return the app's installation here. Raises LookupError when the app was removed."""
        installation = self.workspace.installation
        if installation is None or not installation.active:
            raise LookupError("the app is not installed in this workspace")
        return installation

    def team(self) -> Json:
        """Return the workspace as payloads name it."""
        return {"id": self.workspace.id, "domain": self.workspace.domain}

    def person(self, named: bool = True) -> Json:
        """Return the person as payloads name them."""
        team_id = self.user.team_id or self.workspace.id
        person = {"id": self.user.id, "username": self.user.name, "team_id": team_id}
        if named:
            person["name"] = self.user.name
        return person

    def frame(self, kind: str) -> Json:
        """Return what every interaction payload has."""
        return {
            "type": kind,
            "team": self.team(),
            "user": self.person(),
            "api_app_id": self.app.app_id,
            "token": self.app.verification_token,
            "enterprise": None,
            "is_enterprise_install": False,
        }


def message_json(message: Message, installation: Installation, app: SlackApp, team_id: str) -> Json:
    """Return a message as payloads and answers of the Web API show it."""
    shown: Json = {"type": "message", "user": message.user_id, "ts": message.ts, "text": message.text}
    if message.bot_id is not None:
        shown |= {
            "bot_id": message.bot_id,
            "app_id": app.app_id,
            "bot_profile": {
                "id": installation.bot_id,
                "app_id": app.app_id,
                "name": app.name,
                "team_id": team_id,
                "deleted": False,
            },
        }
    shown |= {"team": team_id, "blocks": message.blocks}
    if message.thread_ts is not None:
        shown["thread_ts"] = message.thread_ts
    if message.edited_ts is not None:
        shown["edited"] = {"user": message.user_id, "ts": message.edited_ts}
    return shown


def view_json(view: View, installation: Installation, app: SlackApp, with_state: bool = True) -> Json:
    """Return a view as payloads and answers of the Web API show it."""
    values = state_values(view.blocks, view.typed) if with_state else {}
    return {
        "id": view.id,
        "team_id": view.team_id,
        "type": view.type,
        "blocks": view.blocks,
        "private_metadata": view.private_metadata,
        "callback_id": view.callback_id,
        "state": {"values": values},
        "hash": view.hash,
        "title": view.title or {"type": "plain_text", "text": "View Title", "emoji": True},
        "clear_on_close": view.clear_on_close,
        "notify_on_close": view.notify_on_close,
        "close": view.close,
        "submit": view.submit,
        "previous_view_id": view.previous_view_id,
        "root_view_id": view.root_view_id,
        "app_id": app.app_id,
        "external_id": view.external_id,
        "app_installed_team_id": view.team_id,
        "bot_id": installation.bot_id,
    }


def channel_json(channel: Channel) -> Json:
    """Return a channel as payloads name it; direct and private ones under a general name."""
    names = {"im": "directmessage", "private": "privategroup"}
    return {"id": channel.id, "name": names.get(channel.kind, channel.name)}


def command_form(
    sender: Sender, channel: Channel, command: str, text: str, trigger_id: str, url: str
) -> dict[str, str]:
    """Return the form of a slash command."""
    return {
        "token": sender.app.verification_token,
        "team_id": sender.workspace.id,
        "team_domain": sender.workspace.domain,
        "channel_id": channel.id,
        "channel_name": channel_json(channel)["name"],
        "user_id": sender.user.id,
        "user_name": sender.user.name,
        "command": command,
        "text": text,
        "api_app_id": sender.app.app_id,
        "is_enterprise_install": "false",
        "response_url": url,
        "trigger_id": trigger_id,
    }


def shortcut_payload(sender: Sender, callback_id: str, trigger_id: str, ts: str) -> Json:
    """Return the payload of a global shortcut."""
    frame = sender.frame("shortcut")
    frame["user"] = {
        "id": sender.user.id,
        "username": sender.user.name,
        "team_id": frame["user"]["team_id"],
    }
    return frame | {"callback_id": callback_id, "trigger_id": trigger_id, "action_ts": ts}


def in_message(sender: Sender, channel: Channel, message: Message) -> Json:
    """Return where a press happened: in a message. Ephemeral messages are not repeated in it."""
    place: Json = {
        "container": {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": channel.id,
            "is_ephemeral": message.ephemeral,
        },
        "channel": channel_json(channel),
    }
    if not message.ephemeral:
        place["message"] = message_json(message, sender.installation, sender.app, sender.workspace.id)
    return place


def in_view(sender: Sender, view: View) -> Json:
    """Return where a press happened: in a window or a Home tab."""
    return {
        "container": {"type": "view", "view_id": view.id},
        "view": view_json(view, sender.installation, sender.app),
    }


def actions_payload(sender: Sender, place: Json, action: Json, trigger_id: str) -> Json:
    """Return the payload of a press; `state` and `response_url` are added for messages alone."""
    return sender.frame("block_actions") | place | {"trigger_id": trigger_id, "actions": [action]}


def suggestion_payload(sender: Sender, place: Json, block_id: str, action_id: str, query: str) -> Json:
    """Return the payload that asks for the options of an external select."""
    return (
        sender.frame("block_suggestion")
        | place
        | {
            "action_id": action_id,
            "block_id": block_id,
            "value": query,
        }
    )


def submission_payload(sender: Sender, view: View, trigger_id: str) -> Json:
    """Return the payload of a submitted window."""
    return sender.frame("view_submission") | {
        "trigger_id": trigger_id,
        "view": view_json(view, sender.installation, sender.app),
        "response_urls": [],
    }


def closed_payload(sender: Sender, view: View, cleared: bool) -> Json:
    """Return the payload of a closed window: without what was typed in it."""
    return sender.frame("view_closed") | {
        "view": view_json(view, sender.installation, sender.app, with_state=False),
        "is_cleared": cleared,
    }


def event_envelope(sender_app: SlackApp, workspace: Workspace, event: Json, event_id: str, at: int) -> Json:
    """Wrap an event as the Events API does."""
    bot = workspace.installation.bot_user_id if workspace.installation else ""
    return {
        "token": sender_app.verification_token,
        "team_id": workspace.id,
        "context_team_id": workspace.id,
        "context_enterprise_id": None,
        "api_app_id": sender_app.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": at,
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": workspace.id,
                "user_id": bot,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
    }
