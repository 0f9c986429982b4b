"""Lead people who come from elsewhere to where they were last, or into the app."""

import re
from urllib.parse import quote

from flask import Blueprint, Response, abort, make_response, redirect, request
from flask.typing import ResponseReturnValue

from sandbox.slack.person import Person
from sandbox.slack.slack import Slack
from sandbox.slack.state import SlackUser

LAST_PLACE = "sandbox_place"
_PATH = re.compile(r"[\w.-]+/\w*(\?tab=\w*)?")


def entrance_routes(slack: Slack) -> Blueprint:
    """Build the ways in."""
    routes = Blueprint("entrance", __name__)

    @routes.get("/")
    def begin() -> ResponseReturnValue:
        return redirect(f"/client/{_last_path(slack)}")

    @routes.get("/app_redirect")
    def open_app() -> ResponseReturnValue:
        # As slack.com/app_redirect does: into the app, as whoever was here last.
        member = _last_path(slack).split("/")[0]
        place = apps_of(slack, member).get(request.args.get("app", ""))
        if place is None:
            abort(404)
        return redirect(f"/client/{member}/{place}?tab={quote(request.args.get('tab', 'home'))}")

    return routes


def apps_of(slack: Slack, member: str) -> dict[str, str]:
    """Map the id of each installed app to the place that it has on a member's page."""
    installed = slack.as_user(member).workspace.installation
    return {slack.app.app_id: installed.bot_user_id} if installed and installed.active else {}


def remembering(answer: ResponseReturnValue, member: str, place: str, tab: str) -> Response:
    """Note where the member is, so that "Back to Slack" on other pages leads there."""
    response = make_response(answer)
    path = f"{member}/{place}" + (f"?tab={tab}" if tab else "")
    response.set_cookie(LAST_PLACE, path, httponly=True, samesite="Lax")
    return response


def last_here(slack: Slack) -> Person:
    """Say through whose eyes this browser saw Slack last."""
    return slack.as_user(_last_path(slack).split("/")[0])


def _last_path(slack: Slack) -> str:
    everybody = [user for one in slack.state.workspaces.values() for user in one.users.values()]
    path = request.cookies.get(LAST_PLACE, "")
    if _PATH.fullmatch(path) and _is_known(path.split("/")[0], everybody):
        return path
    first = next((one for one in everybody if not one.is_bot and not one.deleted), None)
    if first is None:
        abort(404)
    return f"{first.name}/"


def _is_known(member: str, everybody: list[SlackUser]) -> bool:
    return any(member in (one.id, one.name) and not one.is_bot for one in everybody)
