"""All of Google in one object: what a server mounts and what tests dial.

`Google(world, clock.now, sandbox.faults).mount(sandbox)`, or serve `google.wsgi` anywhere else.
"""

import io
import json
from collections.abc import Callable, Collection, Iterable
from contextlib import ExitStack
from datetime import datetime
from typing import TYPE_CHECKING

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from sandbox.faults import Faults, Refusal
from sandbox.google.accounts import Client
from sandbox.google.calendar.app import CalendarApi
from sandbox.google.consent import Pages
from sandbox.google.gmail.app import Gmail
from sandbox.google.gmail.batch import inner_count, serve_batch
from sandbox.google.gmail.errors import dialled, too_many_at_once
from sandbox.google.gmail.quota import Limits, Used
from sandbox.google.realm import Realm
from sandbox.google.token import serve_revoke, serve_token, serve_userinfo
from sandbox.google.walk import walk_consent
from sandbox.mail.people import Person
from sandbox.world import World

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from sandbox.server import Sandbox

SERVICE = "google"
_BATCH = ("/batch", "/batch/gmail/v1")
_PLACES = "sandbox.google.places"

_ROUTES = Map(
    [
        Rule("/o/oauth2/v2/auth", endpoint="authorize", methods=["GET"]),
        Rule("/signin/choose", endpoint="choose", methods=["POST"]),
        Rule("/signin/accounts", endpoint="chooser", methods=["POST"]),
        Rule("/signin/consent", endpoint="decide", methods=["POST"]),
        Rule("/token", endpoint="token"),
        Rule("/revoke", endpoint="revoke"),
        Rule("/v1/userinfo", endpoint="userinfo", methods=["GET", "POST"]),
        *(Rule(path, endpoint="batch", methods=["POST"]) for path in _BATCH),
        Rule("/<any(gmail, upload, resumable):kind>/<path:rest>", endpoint="gmail"),
        Rule("/calendar/<path:rest>", endpoint="calendar"),
    ]
)


class Google:
    """Sign-in, Gmail and calendars on a world. `realm`, `gmail.state`, `calendar.state` hold the dials."""

    def __init__(self, world: World, now: Callable[[], datetime], faults: Faults | None = None) -> None:
        self.realm = Realm(world, now)
        self.gmail = Gmail(self.realm)
        self.calendar = CalendarApi(self.realm)
        self.faults = faults or Faults()
        self._pages = Pages(self.realm)
        self.wsgi: WSGIApplication = self.in_front_of(self.faults.wrap(SERVICE, self.app, self.refuse))

    def mount(self, sandbox: "Sandbox", prefix: str = "/google") -> None:
        """Take a place in the sandbox, whose faults this object must share."""
        sandbox.mount(prefix, SERVICE, self.app, self.refuse, front=self.in_front_of)

    def register(self, client: Client) -> None:
        """Register an app, or change it."""
        self.realm.clients[client.id] = client

    @property
    def limits(self) -> Limits:
        return self.gmail.state.limits

    def quota(self, person: Person | str) -> Used:
        """Read what somebody's requests have cost."""
        return self.gmail.state.meter.used(self._person(person))

    def forgive_quota(self) -> None:
        self.gmail.state.meter.forgive()
        self.calendar.state.meter.forgive()

    def consent(
        self, url: str, person: Person | str, *, untick: Collection[str] = (), deny: bool = False
    ) -> str:
        """Walk the consent pages over HTTP; return the address the browser is sent back to.

        Raises walk.BlockedByGoogle when Google shows an error page of its own.
        """
        return walk_consent(url, self._person(person).address, untick=untick, deny=deny)

    def revoke(self, person: Person | str, client_id: str | None = None) -> None:
        """Let somebody take the access back on Google's own pages (or change the password)."""
        self.realm.grants.revoke(self._person(person), client_id)

    def expire_access(self, person: Person | str) -> None:
        """Let the access tokens run out at once; refresh tokens stay good."""
        self.realm.grants.expire_access(self._person(person))

    def block(self, domain: str, blocked: bool = True) -> None:
        """Let an organisation's administrator shut out third-party apps, or let them in again."""
        self.realm.block(domain, blocked)

    def stop_sending(self, person: Person | str, until: datetime | None) -> None:
        """Refuse somebody's sending until then, as after too much mail."""
        self.gmail.state.meter.stop_sending(self._person(person), until)

    def without_gmail(self, person: Person | str) -> None:
        """Make it an account that has no mailbox at Google."""
        self.gmail.state.without_gmail.add(self._person(person).subject)

    def warm(self, person: Person | str) -> None:
        """Read a mailbox once, so that measurements meet no cold cache of the sandbox's own."""
        state = self.gmail.state
        for filed in self.realm.world.mailbox(self._person(person).address).messages():
            state.index.body(filed.raw)

    def _person(self, person: Person | str) -> Person:
        found = self.realm.person(person) if isinstance(person, str) else person
        if found is None:
            raise LookupError("nobody with this address has a Google account")
        return found

    def refuse(self, status: int, retry_after: int | None) -> Refusal:
        """Word a dialled fault as Google does."""
        del retry_after
        body = json.dumps({"error": dialled(status).body}, indent=2).encode()
        return Refusal("application/json; charset=UTF-8", body)

    def in_front_of(self, app: "WSGIApplication") -> "WSGIApplication":
        """Count requests in flight from their arrival: dialled delays behind this keep their places taken."""

        def gate(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
            path = environ.get("PATH_INFO", "")
            if _PLACES in environ:
                return app(environ, start_response)
            request = Request(environ)
            token = self.gmail.bearer(request.headers)
            if token is None or not path.startswith(("/gmail/", "/batch", "/upload/", "/resumable/")):
                return app(environ, start_response)
            wanted = 1
            if path in _BATCH:
                body = request.get_data(cache=False)
                environ["wsgi.input"] = io.BytesIO(body)
                environ["CONTENT_LENGTH"] = str(len(body))
                wanted = inner_count(body)
            with ExitStack() as places:
                got = places.enter_context(self.gmail.state.meter.in_flight(token.person, wanted))
                if path not in _BATCH and not got:
                    return too_many_at_once().response()(environ, start_response)
                environ[_PLACES] = got
                return app(environ, start_response)

        return gate

    def app(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Serve one request behind the wall, without faults."""
        return self.in_front_of(self._bare)(environ, start_response)

    def _bare(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        return self._dispatch(Request(environ))(environ, start_response)

    def _dispatch(self, request: Request) -> Response:
        try:
            endpoint, _ = _ROUTES.bind_to_environ(request.environ).match()
        except HTTPException as error:
            return Response("Not Found" if error.code == 404 else "", error.code)
        if endpoint == "gmail":
            return self.gmail.serve(request)
        if endpoint == "calendar":
            return self.calendar.serve(request)
        if endpoint == "batch":
            free = request.environ.get(_PLACES, self.limits.at_once)
            return serve_batch(self.gmail, request, free, self.faults)
        if endpoint in ("token", "revoke", "userinfo"):
            serve = {"token": serve_token, "revoke": serve_revoke, "userinfo": serve_userinfo}[endpoint]
            return serve(self.realm, request)
        pages: dict[str, Callable[[Request], Response]] = {
            "authorize": self._pages.authorize,
            "choose": self._pages.choose,
            "chooser": self._pages.chooser,
            "decide": self._pages.decide,
        }
        return pages[endpoint](request)
