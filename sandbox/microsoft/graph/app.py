"""Graph over HTTP: who asks, may they, can they afford it, then the method."""

import base64
import json
import uuid

from werkzeug.datastructures import Headers, MultiDict
from werkzeug.wrappers import Request, Response

from sandbox.mail.mailbox import Mailbox
from sandbox.mail.people import Person
from sandbox.microsoft.accounts import AccessToken
from sandbox.microsoft.graph import errors, methods
from sandbox.microsoft.graph.call import Call, check_query, read_preferences
from sandbox.microsoft.graph.errors import GraphError
from sandbox.microsoft.graph.quota import Box
from sandbox.microsoft.graph.ready import dump
from sandbox.microsoft.graph.shelf import Shelf
from sandbox.microsoft.graph.state import GraphState
from sandbox.microsoft.realm import Realm

VERSION = "/v1.0"


class Graph:
    """Serve the API. One object for all people."""

    def __init__(self, realm: Realm) -> None:
        self.realm = realm
        self.state = GraphState(realm.world, realm.now)

    def token(self, headers: Headers) -> AccessToken | None:
        """Find the token in an Authorization header, expired or not."""
        scheme, _, text = headers.get("Authorization", "").partition(" ")
        return self.realm.grants.access(text.strip()) if scheme.lower() == "bearer" else None

    def box(self, headers: Headers) -> Box | None:
        """Name the app and mailbox that a request is counted for."""
        token = self.token(headers)
        return (token.client_id, token.account.key) if token else None

    def serve(self, request: Request, base: str) -> Response:
        """Answer one request, from the wire or from inside a batch. `base`: the address of this Graph."""
        try:
            answer = self._serve(request, base)
        except GraphError as error:
            answer = error.response(self.realm.now())
        answer.headers["request-id"] = str(uuid.uuid4())
        answer.headers["client-request-id"] = request.headers.get("client-request-id", str(uuid.uuid4()))
        return answer

    def _serve(self, request: Request, base: str) -> Response:
        token = self.check(request.headers)
        path = request.path.removeprefix(VERSION)
        if not request.path.startswith(VERSION + "/"):
            raise errors.bad_request("Invalid version.")
        found = methods.find(request.method, path)
        if found is None:
            if methods.exists(path):
                raise GraphError(405, "Request_BadRequest", "Specified HTTP method is not allowed.")
            raise errors.bad_request("Resource not found for the segment.")
        method, arguments = found
        if not token.scopes & method.scopes:
            raise errors.access_denied() if method.mail else errors.insufficient()
        account, person = token.account, token.account.person
        if method.mail and (person is None or account.address.lower() in self.state.without_mailbox):
            raise errors.no_mailbox()
        query = MultiDict(request.args)
        check_query(query, method.options)
        self.state.meter.charge((token.client_id, account.key))
        holder = person or Person(account.name, (account.address,), "microsoft")
        shelf = self.state.shelf(person) if person else Shelf(Mailbox(holder))  # an empty one: /me reads none
        call = Call(
            state=self.state,
            account=account,
            person=holder,
            shelf=shelf,
            scopes=token.scopes,
            path=arguments,
            query=query,
            headers=request.headers,
            data=request.get_data(),
            base=base,
            preferences=read_preferences(request.headers),
            address=path,
        )
        return _answer(call, method)

    def check(self, headers: Headers) -> AccessToken:
        """Let a request in by its token. Raises GraphError (401), with claims where more is wanted."""
        if not headers.get("Authorization"):
            raise errors.unauthenticated("Access token is empty.")
        token = self.token(headers)
        if token is None:
            raise errors.unauthenticated("CompactToken parsing failed with error code: 80049217")
        if token.expires_at <= self.realm.now():
            raise errors.unauthenticated("Lifetime validation failed, the token is expired.")
        if wanted := self.realm.grants.challenge_to(token):
            claims = {"access_token": {"nbf": {"essential": True, "value": wanted}}}
            coded = base64.b64encode(json.dumps(claims).encode()).decode()
            text = "Continuous access evaluation resulted in challenge with result: InteractionRequired"
            told = 'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize"'
            told += f', error="insufficient_claims", claims="{coded}"'
            raise errors.unauthenticated(text, {"WWW-Authenticate": told})
        return token


def _answer(call: Call, method: methods.Method) -> Response:
    made = method.run(call)
    if isinstance(made, Response):
        answer = made
    else:
        text = dump(made)
        kind = "application/json; odata.metadata=minimal; odata.streaming=true; charset=utf-8"
        answer = Response(text, method.status, content_type=kind)
    if applied := call.applied():
        answer.headers["Preference-Applied"] = applied
    return answer
