"""When a listener fails before it has acknowledged: the person hears of it where they are, Slack hears 200.

What fails behind, in the quick lane, goes to the task's own place instead (app.py, engine.on_quick_error).
"""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from slack_bolt import App, BoltResponse

from bot.beside import tell_beside
from bot.blocks import View
from bot.errors import notice
from bot.places import Answer, Notice, failed_window, notice_blocks, respond, with_notice
from bot.slack import (
    Clients,
    SlackBusy,
    SlackError,
    TokenDead,
    TooManyWindows,
    WindowChanged,
    ask,
)
from bot.visits import Body
from bot.words import Reader

DrawRefused = Callable[[Notice, Reader], View]


def not_installed() -> str:
    """What Bolt is to say where a request is not of a workspace of ours; its own words are no person's."""
    return notice(TokenDead("not_installed"), Reader()).text


def answer_failures(app: App, clients: Clients, refused_home: DrawRefused) -> None:
    """Have Bolt turn every error of a listener into a notice.

    `refused_home` draws App Home for somebody to whom only the notice can be shown.
    """

    @app.error
    def failed(error: Exception, body: Body) -> BoltResponse:
        reader = Reader()  # the person may be the very thing that could not be found out
        told = notice(error, reader)
        if (body.get("event") or {}).get("type") == "app_home_opened":
            _publish(body, refused_home(told, reader), clients)
            return BoltResponse(status=200)
        return _said(body, told, reader, clients)


def _publish(body: Body, view: View, clients: Clients) -> None:
    with suppress(SlackError):
        client = clients.quick(clients.workspace(str(body.get("team_id", ""))).id)
        ask(client.views_publish, user_id=body["event"]["user"], view=view)


def _said(body: Body, told: Notice, reader: Reader, clients: Clients) -> BoltResponse:
    if body.get("command"):
        return _json({"response_type": "ephemeral", "text": told.text, "blocks": notice_blocks(told)})
    if body.get("type") == "block_suggestion":
        return _json({"options": []})
    if body.get("type") == "view_submission":
        return _json(_in_window(body["view"], told, reader))
    if body.get("response_url"):
        with suppress(SlackError):
            respond(str(body["response_url"]), Answer(told.text, notice_blocks(told)))
    elif body.get("trigger_id"):
        _open(body, told, reader, clients)
    return BoltResponse(status=200)


def _in_window(view: Mapping[str, Any], told: Notice, reader: Reader) -> dict[str, Any]:
    """Say it beside the first field, so that nothing typed is lost; without one, in the window's place."""
    field = next((b["block_id"] for b in view.get("blocks", ()) if b.get("type") == "input"), None)
    if field:
        return {"response_action": "errors", "errors": {field: told.text}}
    return {"response_action": "update", "view": failed_window(told, reader)}


def _open(body: Body, told: Notice, reader: Reader, clients: Clients) -> None:
    """A press in a window or on Home: another window says it, if Slack still lets one open."""
    view = body.get("view") or {}
    inside = view.get("type") == "modal"
    team = (body.get("team") or {}).get("id") or (body.get("user") or {}).get("team_id")
    with suppress(SlackError):
        client = clients.quick(clients.workspace(str(team)).id)
        call = client.views_push if inside else client.views_open
        try:
            ask(call, trigger_id=body["trigger_id"], view=failed_window(told, reader))
        except TooManyWindows:
            # without its buttons: one that opens something would take this window's place
            shown = with_notice(view, Notice(told.text))
            try:
                ask(client.views_update, view_id=view["id"], hash=view["hash"], view=shown)
            except (SlackBusy, WindowChanged):
                tell_beside(client, body, told, reader)


def _json(body: dict[str, Any]) -> BoltResponse:
    return BoltResponse(
        status=200, body=json.dumps(body), headers={"Content-Type": "application/json;charset=utf-8"}
    )
