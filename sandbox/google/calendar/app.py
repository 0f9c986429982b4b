"""The calendar over HTTP: who asks, may they, can they afford it, then the method, then the mask."""

import json

from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Request, Response

from sandbox.google.accounts import AccessToken
from sandbox.google.calendar import errors, methods
from sandbox.google.calendar.call import Call
from sandbox.google.calendar.shapes import inner
from sandbox.google.calendar.state import CalendarState
from sandbox.google.gmail.call import check_query
from sandbox.google.gmail.errors import ApiError, insufficient_scope, unauthenticated
from sandbox.google.gmail.fields import apply_mask, read_mask
from sandbox.google.realm import Realm


class CalendarApi:
    """Serve the API. One object for all people."""

    def __init__(self, realm: Realm) -> None:
        self.realm = realm
        self.state = CalendarState(realm.now)

    def serve(self, request: Request) -> Response:
        """Answer one request."""
        try:
            return self._serve(request)
        except ApiError as error:
            return error.response()

    def _serve(self, request: Request) -> Response:
        found = methods.find(request.method, request.path)
        if found is None:
            raise errors.not_found()
        method, arguments = found
        token = self._token(request, method)
        query = MultiDict(request.args)
        mask = read_mask(query["fields"], method.answers, inner) if "fields" in query else {}
        check_query(query, method.query)
        self._charge(token)
        reach = token.scopes & method.scopes
        call = Call(
            calendars=self.realm.world.calendars,
            state=self.state,
            person=token.person,
            owned=not reach - {methods.OWNED, methods.APP_MADE},
            path=arguments,
            query=query,
            headers=request.headers,
            body=request.get_data(),
        )
        answered = method.run(call)
        if not method.answers:
            return Response(status=204)
        text = json.dumps(apply_mask(mask, answered), ensure_ascii=False)
        return Response(text, content_type="application/json; charset=UTF-8")

    def _token(self, request: Request, method: methods.Method) -> AccessToken:
        scheme, _, text = request.headers.get("Authorization", "").partition(" ")
        token = self.realm.grants.access(text.strip()) if scheme.lower() == "bearer" else None
        if token is None:
            raise unauthenticated(missing="Authorization" not in request.headers)
        if not token.scopes & method.scopes:
            raise insufficient_scope(f"calendar.{method.id}")
        if self.realm.blocked(token.person):
            text = "The domain administrators have disabled Calendar apps."
            raise errors.CalendarError(403, "domainPolicy", text)
        return token

    def _charge(self, token: AccessToken) -> None:
        try:
            self.state.meter.charge(token.person, 1)
        except ApiError:
            raise errors.over_rate() from None
