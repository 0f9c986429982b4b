"""A small app on real HTTP that answers Slack as a test scripts it, and a server for the page."""

import json
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import Flask, request
from flask.typing import ResponseReturnValue
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from sandbox.activity import Activity
from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.slack.app import SlackApp
from sandbox.slack.page.routes import create_page
from sandbox.slack.slack import Slack
from sandbox.slack.state import SlackUser

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

Json = dict[str, Any]
Answer = Callable[[Json], ResponseReturnValue]

MANIFEST: Json = {
    "display_information": {"name": "Mailroom"},
    "features": {
        "slash_commands": [
            {"command": "/inbox", "description": "Read and answer mail", "usage_hint": "name or address"}
        ],
        "shortcuts": [
            {
                "name": "Find a conversation",
                "type": "global",
                "callback_id": "inbox.find",
                "description": "Find mail with somebody",
            }
        ],
        "app_home": {"home_tab_enabled": True, "messages_tab_read_only_enabled": True},
    },
    "oauth_config": {"scopes": {"bot": ["commands", "chat:write"]}},
    "settings": {
        "interactivity": {"is_enabled": True, "message_menu_options_url": "http://127.0.0.1/"},
        "event_subscriptions": {"bot_events": ["app_home_opened"]},
    },
}

PEOPLE = [
    SlackUser("U0ANN", "ann", "Ann Lee", tz="Europe/Berlin"),
    SlackUser("U0BEN", "ben", "Ben Okafor", is_admin=True),
    SlackUser("U0GUS", "gus", "Gus Guest", is_restricted=True),
]


class _Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002
        return None


class Served:
    """A WSGI application on a free port of loopback, until it is stopped."""

    def __init__(self, app: "WSGIApplication", port: int = 0) -> None:
        self._server: BaseWSGIServer = make_server(
            "127.0.0.1", port, app, threaded=True, request_handler=_Quiet
        )
        self._server.daemon_threads = True  # type: ignore[attr-defined]
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """Return where it is."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def stop(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class Stage:
    """A Slack with three people, its page on a port, and an app that does what `on` says."""

    def __init__(self, port: int = 0) -> None:
        self.heard: list[Json] = []
        self.on: dict[str, Answer] = {}
        clock = Clock()
        self.faults = Faults()
        self.slack = Slack(SlackApp.from_manifest(MANIFEST), clock, Activity(), self.faults)
        self.slack.add_workspace(PEOPLE)
        self._app = Served(self._scripted())
        self._page = Served(create_page(self.slack, self.faults, clock), port)
        self._clock = clock
        self.slack.request_url = f"{self._app.url}/slack/events"
        self.slack.base_url = self.url = self._page.url

    def stop(self) -> None:
        """Stop everything."""
        self._page.stop()
        self._app.stop()
        self._clock.stop()

    def _scripted(self) -> Flask:
        app = Flask(__name__)

        @app.post("/slack/events")
        def take() -> ResponseReturnValue:
            payload = request.get_json() if request.is_json else dict(request.form)
            if "payload" in payload:
                payload = json.loads(payload["payload"])
            self.heard.append(payload)
            answer = self.on.get(_kind(payload))
            return answer(payload) if answer else ""

        return app


def _kind(payload: Json) -> str:
    if "command" in payload:
        return str(payload["command"])
    if payload["type"] == "event_callback":
        return str(payload["event"]["type"])
    if payload["type"] == "block_actions":
        return str(payload["actions"][0]["action_id"])
    return str(payload["type"])
