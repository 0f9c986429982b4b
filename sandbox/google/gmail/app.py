"""Gmail over HTTP: who asks, may they, can they afford it, then the method, then the mask."""

import json
import re
from urllib.parse import unquote

from werkzeug.datastructures import Headers, MultiDict
from werkzeug.wrappers import Request, Response

from sandbox.google.accounts import AccessToken
from sandbox.google.gmail import errors, fields, methods
from sandbox.google.gmail.call import Call, check_query
from sandbox.google.gmail.errors import ApiError
from sandbox.google.gmail.state import GmailState
from sandbox.google.gmail.upload import read_upload_body
from sandbox.google.realm import Realm
from sandbox.mail.people import Person

UPLOAD = re.compile(r"^(/resumable)?/upload(?=/gmail/)")


class Gmail:
    """Serve the API. One object for all people."""

    def __init__(self, realm: Realm) -> None:
        self.realm = realm
        self.state = GmailState(realm.now)

    def bearer(self, headers: Headers) -> AccessToken | None:
        """Find the living token in an Authorization header."""
        scheme, _, text = headers.get("Authorization", "").partition(" ")
        return self.realm.grants.access(text.strip()) if scheme.lower() == "bearer" else None

    def serve(self, request: Request) -> Response:
        """Answer one request, from the wire or from inside a batch."""
        try:
            return self._serve(request)
        except ApiError as error:
            return error.response()

    def _serve(self, request: Request) -> Response:
        http, query, body = _unwrap(request)
        path, upload = UPLOAD.sub("", request.path), UPLOAD.match(request.path) is not None
        found = methods.find(http, path)
        if found is None or (upload and not found[0].upload):
            raise ApiError(404, "notFound", "Not Found")
        method, arguments = found
        token = self.bearer(request.headers)
        if token is None:
            raise errors.unauthenticated(missing="Authorization" not in request.headers)
        if not token.scopes & method.scopes:
            raise errors.insufficient_scope(method.rpc)
        person = self._person(token, unquote(arguments.pop("userId")))
        mask = fields.read_mask(query["fields"], method.answers) if "fields" in query else {}
        check_query(query, method.query)
        self.state.meter.charge(person, method.units)
        json_body, media = read_upload_body(request, body, self.state.limits, upload=upload)
        call = Call(
            world=self.realm.world,
            state=self.state,
            person=person,
            mailbox=self.realm.world.mailbox(person.address),
            scopes=token.scopes,
            path=arguments,
            query=query,
            body=json_body,
            media=media,
        )
        answered = method.run(call)
        if method.answers == "Empty":
            return Response(status=204)
        text = json.dumps(fields.apply_mask(mask, answered), ensure_ascii=False)
        return Response(text, content_type="application/json; charset=UTF-8")

    def _person(self, token: AccessToken, user: str) -> Person:
        person = token.person
        if user != "me" and user.lower() != person.address.lower():
            raise ApiError(403, "forbidden", "Delegation denied for " + person.address)
        if person.subject in self.state.without_gmail:
            raise errors.no_mail_service()
        if self.realm.blocked(person):
            raise ApiError(
                403,
                "domainPolicy",
                "The domain administrators have disabled Gmail apps.",
                domain="global",
            )
        return person


def _unwrap(request: Request) -> tuple[str, MultiDict[str, str], bytes]:
    """Undo what clients do with long addresses: a GET as a POST with the query in its body."""
    override = request.headers.get("X-HTTP-Method-Override", "").upper()
    if request.method == "POST" and override == "GET":
        return (
            "GET",
            MultiDict(list(request.form.items(multi=True)) + list(request.args.items(multi=True))),
            b"",
        )
    return request.method, MultiDict(request.args), request.get_data()
