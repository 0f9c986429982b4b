"""All of Microsoft in one object: what a server mounts and what tests dial.

`Microsoft(world, clock.now, sandbox.faults).mount(sandbox)`. Sign-in is then at …/microsoft (in place of
https://login.microsoftonline.com), Graph at …/microsoft/graph/v1.0. Faults know them as "microsoft", "graph"
and, for what is inside a batch, "graph.batch".
"""

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from sandbox.faults import Faults, Refusal
from sandbox.mail.people import Person
from sandbox.microsoft.accounts import App
from sandbox.microsoft.adminconsent import AdminPages
from sandbox.microsoft.consent import Pages
from sandbox.microsoft.dials import Dials
from sandbox.microsoft.discovery import serve_configuration, serve_instance, serve_keys
from sandbox.microsoft.graph.app import VERSION, Graph
from sandbox.microsoft.graph.batch import serve_batch
from sandbox.microsoft.graph.errors import dialled, too_many_at_once
from sandbox.microsoft.realm import Realm
from sandbox.microsoft.token import serve_token
from sandbox.microsoft.walk import walk_consent
from sandbox.world import World

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from sandbox.server import Sandbox

SERVICE, GRAPH_SERVICE = "microsoft", "graph"
_BATCH = f"{VERSION}/$batch"
_PLACES = "sandbox.microsoft.places"
_CODES = {429: "temporarily_unavailable", 500: "server_error", 503: "temporarily_unavailable"}

_ROUTES = Map(
    [
        Rule("/<tenant>/oauth2/v2.0/authorize", endpoint="authorize", methods=["GET"]),
        Rule("/<tenant>/oauth2/v2.0/token", endpoint="token", methods=["POST"]),
        Rule("/<tenant>/v2.0/.well-known/openid-configuration", endpoint="configuration", methods=["GET"]),
        Rule("/<tenant>/discovery/v2.0/keys", endpoint="keys", methods=["GET"]),
        Rule("/common/discovery/instance", endpoint="instance", methods=["GET"]),
        Rule("/<tenant>/v2.0/adminconsent", endpoint="adminconsent", methods=["GET"]),
        Rule("/signin/choose", endpoint="choose", methods=["POST"]),
        Rule("/signin/accounts", endpoint="chooser", methods=["POST"]),
        Rule("/signin/consent", endpoint="decide", methods=["POST"]),
        Rule("/signin/approval", endpoint="approval", methods=["POST"]),
        Rule("/signin/admin", endpoint="admin", methods=["POST"]),
    ]
)


class Microsoft(Dials):
    """Sign-in and Graph on a world. `tenant(domain)`, `limits` and the methods of `Dials` turn it."""

    def __init__(self, world: World, now: Callable[[], datetime], faults: Faults | None = None) -> None:
        realm = Realm(world, now)
        graph = Graph(realm)
        super().__init__(realm, graph.state)
        self.graph = graph
        self.faults = faults or Faults()
        self._pages = Pages(realm)
        self._admin = AdminPages(realm)

    def mount(self, sandbox: "Sandbox", prefix: str = "/microsoft") -> None:
        """Take two places in the sandbox, whose faults this object must share: sign-in and Graph."""
        sandbox.mount(prefix, SERVICE, self.sign_in, self.refuse_sign_in)
        graph = f"{prefix}/graph"
        sandbox.mount(graph, GRAPH_SERVICE, self.serve_graph, self.refuse, front=self.in_front_of)

    def register(self, app: App) -> None:
        """Register an app, or change it."""
        self.realm.apps[app.id] = app

    def consent(
        self,
        url: str,
        person: Person | str,
        *,
        deny: bool = False,
        ask_approval: bool = False,
        organisation: bool = False,
    ) -> str:
        """Walk the sign-in pages over HTTP; return the address the browser is sent back to.

        Raises walk.StoppedByMicrosoft when Microsoft shows a page that leads nowhere.
        """
        address = self.account(person).address
        return walk_consent(url, address, deny=deny, ask_approval=ask_approval, organisation=organisation)

    def admin_consent(self, url: str, administrator: str, *, deny: bool = False) -> str:
        """Walk the admin consent page as this administrator. Raises walk.StoppedByMicrosoft."""
        return walk_consent(url, administrator, deny=deny)

    def refuse(self, status: int, retry_after: int | None) -> Refusal:
        """Word a dialled fault as Graph does."""
        body = json.dumps(dialled(status, None).body(self.realm.now())).encode()
        del retry_after
        return Refusal("application/json", body)

    def refuse_sign_in(self, status: int, retry_after: int | None) -> Refusal:
        """Word a dialled fault as Entra does."""
        del retry_after
        error = _CODES.get(status, "server_error")
        text = "AADSTS90033: A transient error has occurred. Please try again."
        body = {"error": error, "error_description": text, "error_codes": [90033]}
        return Refusal("application/json; charset=utf-8", json.dumps(body).encode())

    def in_front_of(self, app: "WSGIApplication") -> "WSGIApplication":
        """Count requests in flight from their arrival: dialled delays behind this keep their places taken."""

        def gate(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
            request = Request(environ)
            box = self.graph.box(request.headers)
            if box is None:
                return app(environ, start_response)
            batch = request.path == _BATCH
            wanted = self.limits.at_once if batch else 1
            with self.graph.state.meter.in_flight(box, wanted) as got:
                if not got and not batch:
                    return too_many_at_once().response(self.realm.now())(environ, start_response)
                environ[_PLACES] = got
                return app(environ, start_response)

        return gate

    def serve_graph(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Serve one request to Graph, behind the wall."""
        request = Request(environ)
        base = f"{request.host_url.rstrip('/')}{request.script_root}{VERSION}"
        if request.path == _BATCH:
            free = environ.get(_PLACES, self.limits.at_once)
            answer = serve_batch(self.graph, request, base, free, self.faults)
        else:
            answer = self.graph.serve(request, base)
        return answer(environ, start_response)

    def sign_in(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Serve one request to Entra."""
        return self._dispatch(Request(environ))(environ, start_response)

    def _dispatch(self, request: Request) -> Response:
        try:
            endpoint, values = _ROUTES.bind_to_environ(request.environ).match()
        except HTTPException as error:
            return Response("Not Found" if error.code == 404 else "", error.code)
        tenant = values.get("tenant", "")
        match endpoint:
            case "authorize":
                return self._pages.authorize(request, tenant)
            case "token":
                return serve_token(self.realm, request, tenant)
            case "configuration":
                return serve_configuration(self.realm, tenant)
            case "keys":
                return serve_keys(self.realm)
            case "instance":
                return serve_instance(request)
            case "adminconsent":
                return self._admin.ask(request, tenant)
            case "admin":
                return self._admin.decide(request)
        pages: dict[str, Callable[[Request], Response]] = {
            "choose": self._pages.choose,
            "chooser": self._pages.chooser,
            "decide": self._pages.decide,
            "approval": self._pages.approval,
        }
        return pages[endpoint](request)
