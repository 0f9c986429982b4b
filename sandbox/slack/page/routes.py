"""Serve the page: its first drawing, what is new since then, and the member's acts."""

from typing import Any

from flask import Blueprint, Flask, Response, abort, redirect, request
from flask.typing import ResponseReturnValue

from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.slack.page.acts import ACTS, Hand
from sandbox.slack.page.dials import dial_routes
from sandbox.slack.page.draw import draw
from sandbox.slack.page.gather import gather
from sandbox.slack.page.reading import Reading
from sandbox.slack.page.scene import Scene
from sandbox.slack.slack import Slack

# Shorter than any proxy's patience, long enough to be no load.
WAIT_SECONDS = 20.0
FRAGMENTS = ("sidebar", "head", "body", "foot", "windows")


def create_page(slack: Slack, faults: Faults, clock: Clock) -> Flask:
    """Build the page as a WSGI application for the root of the sandbox."""
    app = Flask(__name__, static_url_path="/_page/static", static_folder="static")
    app.register_blueprint(page_routes(slack))
    app.register_blueprint(dial_routes(slack, faults, clock))
    app.after_request(_guarded)
    return app


def _guarded(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; "
        "img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
    return response


def fragments_of(scene: Scene) -> dict[str, str]:
    """Draw the parts of the page that change by themselves."""
    return {name: draw(f"{name}.html", scene=scene) for name in FRAGMENTS}


def page_routes(slack: Slack) -> Blueprint:
    """Build the routes of the page around one Slack."""
    routes = Blueprint("page", __name__)
    reading = Reading()
    state = slack.state

    def scene_at(member: str, place: str, tab: str) -> Scene:
        try:
            return gather(state, slack.app, reading, member, place, tab)
        except KeyError:
            abort(404)

    @routes.get("/")
    def begin() -> ResponseReturnValue:
        first = next(iter(state.workspaces.values()))
        person = next((one for one in first.users.values() if not one.is_bot and not one.deleted), None)
        if person is None:
            abort(404)
        return redirect(f"/client/{person.name}/")

    @routes.get("/client/<member>/")
    @routes.get("/client/<member>/<place>")
    def client(member: str, place: str = "") -> ResponseReturnValue:
        tab = request.args.get("tab", "")
        scene_at(member, place, tab)
        person = slack.as_user(member)
        person.reload()
        version, told = state.version, len(person.notices())
        scene = scene_at(member, place, tab)
        return draw(
            "client.html",
            scene=scene,
            fragments=fragments_of(scene),
            version=version,
            told=told,
            place=place,
            tab=tab,
        )

    @routes.get("/_page/<member>/live")
    def live(member: str) -> ResponseReturnValue:
        version = state.wait_change(request.args.get("version", -1, int), WAIT_SECONDS)
        scene = scene_at(member, request.args.get("place", ""), request.args.get("tab", ""))
        notices = slack.as_user(member).notices()
        seen = request.args.get("told", len(notices), int)
        # What stands in a window already is not said a second time.
        beside = {window.trouble for window in scene.windows}
        words = [one.text for one in notices[seen:] if one.text not in beside]
        return {
            "version": version,
            "title": scene.title,
            "fragments": fragments_of(scene),
            "notices": words,
            "told": len(notices),
        }

    @routes.post("/_page/<member>/<act>")
    def act(member: str, act: str) -> ResponseReturnValue:
        # Only JSON: a page of another origin cannot send that without being asked first.
        given: Any = request.get_json()
        perform = ACTS.get(act)
        if perform is None:
            abort(404)
        try:
            person = slack.as_user(member)
        except KeyError:
            abort(404)
        return perform(Hand(slack, person), given)

    return routes
