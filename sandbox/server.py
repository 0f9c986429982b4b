"""The sandbox as one server: Slack at the root, other services beside it, one clock, one set of faults."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox.activity import Activity
from sandbox.clock import Clock
from sandbox.control import Control
from sandbox.faults import Faults, Refuse, plain_refusal
from sandbox.slack.api.web import WebApi, refusal
from sandbox.slack.app import SlackApp
from sandbox.slack.slack import Slack
from sandbox.wsgi import Server

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

NOT_FOUND = b"There is nothing at this address of the sandbox."


class UnsettledError(TimeoutError):
    """Say that the sandbox did not come to rest."""


@dataclass(frozen=True, slots=True)
class Mount:
    """A service under a prefix. `strip`: it sees the rest of the path. `counted`: `settle` waits for it."""

    prefix: str
    app: "WSGIApplication"
    strip: bool
    counted: bool

    def serves(self, path: str) -> bool:
        """Say whether a path belongs to this service."""
        return path == self.prefix or path.startswith(self.prefix.rstrip("/") + "/")


class Sandbox:
    """Everything that Mailroom talks to, on loopback.

    Build it, mount what is wanted beside Slack, `start`, and tell `slack.request_url` where the bot is.
    """

    def __init__(self, app: SlackApp, clock: Clock | None = None) -> None:
        self.clock = clock or Clock()
        self.faults = Faults()
        self.activity = Activity()
        self.slack = Slack(app, self.clock, self.activity, self.faults)
        self.base_url = ""
        self._server: Server | None = None
        self._mounts: list[Mount] = []
        self._on_stop: list[Callable[[], None]] = []
        for prefix in ("/api", "/commands", "/actions"):
            self.mount(prefix, "slack", WebApi(self.slack), refusal, strip=False)
        self.mount("/_sandbox", "control", Control(self.clock, self.faults), counted=False)

    def mount(
        self,
        prefix: str,
        service: str,
        app: "WSGIApplication",
        refuse: Refuse = plain_refusal,
        strip: bool = True,
        counted: bool = True,
        front: "Callable[[WSGIApplication], WSGIApplication] | None" = None,
    ) -> None:
        """Put a service under a prefix ("/" takes what nobody else does), behind its faults.

        `front` stands before the faults: it sees a request from its arrival, dialled delays included.
        Pages and dials are not `counted`: no faults, no record, and nobody waits for them.
        """
        faulty = self.faults.wrap(service, app, refuse) if counted else app
        mount = Mount(prefix, front(faulty) if front else faulty, strip, counted)
        self._mounts = sorted([*self._mounts, mount], key=lambda one: -len(one.prefix))

    def on_stop(self, act: Callable[[], None]) -> None:
        """Have something done when the sandbox stops."""
        self._on_stop.append(act)

    def start(self, port: int = 0) -> str:
        """Serve on 127.0.0.1; return the base url, without a slash at its end."""
        self._server = Server(self, port)
        self.base_url = f"http://127.0.0.1:{self._server.port}"
        self.slack.base_url = self.base_url
        self._server.serve_in_thread()
        return self.base_url

    def stop(self) -> None:
        """Stop serving, end delays, and leave no thread behind that does anything."""
        self.faults.stop()
        self.clock.stop()
        for act in self._on_stop:
            act()
        if self._server is not None:
            self._server.close_all()
            self._server = None

    def settle(self, timeout: float = 30.0) -> None:
        """Wait until no request or delivery is in flight and no timer is due.

        Does not know of the bot's own background work. Raises UnsettledError, and whatever a timer raised.
        """
        deadline = time.monotonic() + timeout
        while not (self.activity.idle and self.clock.idle):
            left = deadline - time.monotonic()
            if left <= 0 or not (self.clock.wait(left) and self.activity.wait(left)):
                raise UnsettledError(f"still busy after {timeout:g} s")
        if self.clock.failures:
            raise self.clock.failures.pop(0)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "") or "/"
        mount = next((one for one in self._mounts if one.serves(path)), None)
        if mount is None:
            length = str(len(NOT_FOUND))
            start_response("404 Not Found", [("Content-Type", "text/plain"), ("Content-Length", length)])
            return [NOT_FOUND]
        if mount.strip and mount.prefix != "/":
            environ["SCRIPT_NAME"] = mount.prefix
            environ["PATH_INFO"] = path.removeprefix(mount.prefix)
        if not mount.counted:
            return mount.app(environ, start_response)
        with self.activity.doing():
            return mount.app(environ, start_response)

    def __enter__(self) -> "Sandbox":
        if self._server is None:
            self.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.stop()
