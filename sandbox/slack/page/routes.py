"""Serve the page: its first drawing, what is new since then, and the member's acts."""

from typing import Any

from flask import Flask, Response, abort, request
from flask.typing import ResponseReturnValue

from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.slack.page.acts import ACTS, Hand
from sandbox.slack.page.dials import dial_routes
from sandbox.slack.page.draw import draw
from sandbox.slack.page.entrance import apps_of, entrance_routes, remembering
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
    pages = Pages(slack)
    app.add_url_rule("/client/<member>/", view_func=pages.client)
    app.add_url_rule("/client/<member>/<place>", view_func=pages.client)
    app.add_url_rule("/_page/<member>/live", view_func=pages.live)
    app.add_url_rule("/_page/<member>/<act>", view_func=pages.act, methods=["POST"])
    app.register_blueprint(entrance_routes(slack))
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


class Pages:
    """The page around one Slack, for all its members."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack
        self._reading = Reading()

    def client(self, member: str, place: str = "") -> ResponseReturnValue:
        """Load the page: what was only visible to the member, and their windows, are gone."""
        tab = request.args.get("tab", "")
        self._scene(member, place, tab)
        person = self._slack.as_user(member)
        person.reload()
        version, told = self._slack.state.version, len(person.notices())
        scene = self._scene(member, place, tab)
        page = draw(
            "client.html",
            scene=scene,
            fragments=fragments_of(scene),
            version=version,
            told=told,
            place=place,
            tab=tab,
            apps=apps_of(self._slack, member),
        )
        return remembering(page, member, place, tab)

    def live(self, member: str) -> ResponseReturnValue:
        """Answer as soon as anything is new, or after a while with what there is."""
        version = self._slack.state.wait_change(request.args.get("version", -1, int), WAIT_SECONDS)
        scene = self._scene(member, request.args.get("place", ""), request.args.get("tab", ""))
        notices = self._slack.as_user(member).notices()
        seen = request.args.get("told", len(notices), int)
        # What stands in a window already is not said a second time.
        beside = {window.trouble for window in scene.windows}
        return {
            "version": version,
            "title": scene.title,
            "fragments": fragments_of(scene),
            "notices": [one.text for one in notices[seen:] if one.text not in beside],
            "told": len(notices),
        }

    def act(self, member: str, act: str) -> ResponseReturnValue:
        """Do something for the member. Only JSON: another site's form cannot send that."""
        given: Any = request.get_json()
        perform = ACTS.get(act)
        if perform is None:
            abort(404)
        try:
            person = self._slack.as_user(member)
        except KeyError:
            abort(404)
        told = perform(Hand(self._slack, person), given)
        if act == "visit":
            return remembering(told, member, str(given.get("place", "")), str(given.get("tab", "")))
        return told

    def _scene(self, member: str, place: str, tab: str) -> Scene:
        try:
            return gather(self._slack.state, self._slack.app, self._reading, member, place, tab)
        except KeyError:
            abort(404)
