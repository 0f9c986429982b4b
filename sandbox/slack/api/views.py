"""views.*: open, push, update, publish.

Source: docs.slack.dev/reference/methods/views.*; reference slack.md 1.4, 2.4.
"""

from typing import Any

from sandbox.slack.api.call import ApiCall, Json, Method, read_json
from sandbox.slack.errors import SlackRefusalError
from sandbox.slack.payloads import view_json
from sandbox.slack.state import View
from sandbox.slack.triggers import Trigger


def open_view(call: ApiCall) -> Json:
    """Open a window with a fresh trigger."""
    return _shown(call, call.slack.windows.open(_trigger(call), _given(call)))


def push(call: ApiCall) -> Json:
    """Push a window onto the one that was pressed in."""
    return _shown(call, call.slack.windows.push(_trigger(call), _given(call)))


def update(call: ApiCall) -> Json:
    """Redraw a window that is open, or a Home."""
    windows, args = call.slack.windows, call.args
    view = windows.find(call.workspace.id, args.get("view_id"), args.get("external_id"))
    return _shown(call, windows.update(view, _given(call), args.get("hash")))


def publish(call: ApiCall) -> Json:
    """Draw a person's Home."""
    if not call.slack.app.home_enabled:
        raise SlackRefusalError("not_enabled")
    user_id = call.args.get("user_id")
    user = call.workspace.users.get(user_id) if isinstance(user_id, str) else None
    if user is None or user.is_bot:
        words = "[ERROR] invalid `user_id` [json-pointer:/user_id]"
        raise SlackRefusalError("invalid_arguments", response_metadata={"messages": [words]})
    view = call.slack.windows.publish(call.workspace.id, user.id, _given(call), call.args.get("hash"))
    return _shown(call, view)


def _trigger(call: ApiCall) -> Trigger:
    trigger_id = call.args.get("trigger_id")
    if not isinstance(trigger_id, str) or not trigger_id:
        words = "[ERROR] invalid `trigger_id` [json-pointer:/trigger_id]"
        raise SlackRefusalError("invalid_arguments", response_metadata={"messages": [words]})
    return call.slack.triggers.take(trigger_id, call.workspace.id)


def _given(call: ApiCall) -> Any:
    if "view" not in call.args:
        words = "[ERROR] missing required field: view"
        raise SlackRefusalError("invalid_arguments", response_metadata={"messages": [words]})
    return read_json(call.args, "view", "invalid_arguments")["view"]


def _shown(call: ApiCall, view: View) -> Json:
    return {"view": view_json(view, call.installation, call.slack.app)}


METHODS = {
    "views.open": Method(open_view, "", 4),
    "views.push": Method(push, "", 4),
    "views.update": Method(update, "", 4),
    "views.publish": Method(publish, "", 4),
}
