"""Serve the page: its first drawing, what is new since then, and the member's acts."""

import secrets
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
from sandbox.slack.page.tabs import Tabs
from sandbox.slack.person import Person
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
    app.add_url_rule("/_page/<member>/arrive", view_func=pages.arrive, methods=["POST"])
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
        self._tabs = Tabs()

    def client(self, member: str, place: str = "") -> ResponseReturnValue:
        """Load the page as it stands; its script then says `arrive`."""
        tab, version = request.args.get("tab", ""), self._slack.state.version
        scene = self._scene(member, place, tab)
        told = len(self._person(member).notices())
        page = draw(
            "client.html",
            scene=scene,
            fragments=fragments_of(scene),
            version=version,
            told=told,
            place=place,
            tab=tab,
            apps=apps_of(self._slack, member),
            page=secrets.token_hex(8),
        )
        return remembering(page, member, place, tab)

    def live(self, member: str) -> ResponseReturnValue:
        """Answer as soon as anything is new, or after a while with what there is."""
        page, person = request.args.get("page", ""), self._person(member)
        self._tabs.heard(person.id, page)
        version = self._slack.state.wait_change(request.args.get("version", -1, int), WAIT_SECONDS)
        self._tabs.heard(person.id, page)
        scene = self._scene(member, request.args.get("place", ""), request.args.get("tab", ""))
        notices = person.notices()
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

    def arrive(self, member: str) -> ResponseReturnValue:
        """Drop what Slack's client forgets when it is loaded anew.

        A further tab of the same member is no new load: the window that waits in the first one stays.
        """
        given: Any = request.get_json()
        person = self._person(member)
        if given.get("again") or not self._tabs.others(person.id, str(given.get("page"))):
            person.reload()
        return {}

    def act(self, member: str, act: str) -> ResponseReturnValue:
        """Do something for the member. Only JSON: another site's form cannot send that."""
        given: Any = request.get_json()
        perform = ACTS.get(act)
        if perform is None:
            abort(404)
        told = perform(Hand(self._slack, self._person(member)), given)
        if act == "visit":
            return remembering(told, member, str(given.get("place", "")), str(given.get("tab", "")))
        return told

    def _person(self, member: str) -> Person:
        try:
            return self._slack.as_user(member)
        except KeyError:
            abort(404)

    def _scene(self, member: str, place: str, tab: str) -> Scene:
        try:
            return gather(self._slack.state, self._slack.app, self._reading, member, place, tab)
        except KeyError:
            abort(404)
