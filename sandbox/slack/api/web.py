"""The doors of the sandbox's Slack over HTTP: /api/<method>, and the response urls."""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from sandbox.faults import STATUS_LINES, Refusal
from sandbox.slack.api import chat, users, views, workspace
from sandbox.slack.api.call import ApiCall, Json, Method, read_json
from sandbox.slack.errors import SlackRefusalError
from sandbox.slack.limits import RateLimitedError

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from sandbox.slack.slack import Slack

METHODS: dict[str, Method] = {**chat.METHODS, **views.METHODS, **users.METHODS, **workspace.METHODS}
JSON_TYPE = "application/json; charset=utf-8"


class WebApi:
    """A WSGI application for /api/…, /commands/… and /actions/…."""

    def __init__(self, slack: "Slack") -> None:
        self._slack = slack

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path.startswith("/api/"):
            status, headers, body = self._method(path.removeprefix("/api/"), environ)
        else:
            status, headers, body = self._response_url(path, environ)
        start_response(STATUS_LINES.get(status, "200 OK"), [*headers, ("Content-Length", str(len(body)))])
        return [body]

    def _method(self, name: str, environ: "WSGIEnvironment") -> tuple[int, list[tuple[str, str]], bytes]:
        headers = [("Content-Type", JSON_TYPE), ("X-Slack-Req-Id", self._slack.state.new_id("R"))]
        try:
            answer = {"ok": True, **self._call(name, environ, headers)}
        except RateLimitedError as refusal:
            body = json.dumps({"ok": False, "error": refusal.code}).encode()
            return 429, [*headers, ("Retry-After", str(refusal.retry_after))], body
        except SlackRefusalError as refusal:
            answer = {"ok": False, "error": refusal.code, **refusal.fields}
        return 200, headers, json.dumps(answer).encode()

    def _call(self, name: str, environ: "WSGIEnvironment", headers: list[tuple[str, str]]) -> Json:
        args = _arguments(environ)
        method = METHODS.get(name)
        if method is None:
            raise SlackRefusalError("unknown_method", req_method=name)
        token = _token(environ, args)
        if not token:
            raise SlackRefusalError("not_authed")
        known = self._slack.by_token(token)
        if known is None:
            raise SlackRefusalError("invalid_auth")
        team, installation = known
        if not installation.active:
            raise SlackRefusalError("account_inactive")
        provided = ",".join(sorted(installation.scopes))
        headers.append(("X-OAuth-Scopes", provided))
        if method.scope and method.scope not in installation.scopes:
            raise SlackRefusalError("missing_scope", needed=method.scope, provided=provided)
        self._slack.limits.count(name, team.id, method.tier)
        return method.answer(ApiCall(self._slack, team, installation, args))

    def _response_url(
        self, path: str, environ: "WSGIEnvironment"
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        try:
            fields = read_json(_arguments(environ), "blocks", "invalid_blocks")
            url = self._slack.triggers.use_url(path)
            installation = self._slack.state.workspaces[url.team_id].installation
            if installation is None or not installation.active:
                raise SlackRefusalError("no_active_hooks")
            self._slack.messages.answer(url, installation, fields)
        except SlackRefusalError as refusal:
            status = (
                404 if refusal.code in ("used_url", "expired_url", "no_service", "no_active_hooks") else 400
            )
            body = json.dumps({"ok": False, "error": refusal.code, **refusal.fields}).encode()
            return status, [("Content-Type", JSON_TYPE)], body
        return 200, [("Content-Type", "text/html")], b"ok"


def _arguments(environ: "WSGIEnvironment") -> Json:
    args: Json = dict(parse_qsl(environ.get("QUERY_STRING", "")))
    length = int(environ.get("CONTENT_LENGTH") or 0)
    body = environ["wsgi.input"].read(length) if length else b""
    kind = environ.get("CONTENT_TYPE", "")
    if "json" in kind and body:
        try:
            given: Any = json.loads(body)
        except ValueError:
            raise SlackRefusalError("invalid_json") from None
        if not isinstance(given, dict):
            raise SlackRefusalError("json_not_object")
        return args | given
    return args | dict(parse_qsl(body.decode(), keep_blank_values=True))


def _token(environ: "WSGIEnvironment", args: Json) -> str:
    scheme, _, token = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
    if scheme.lower() == "bearer":
        return str(token.strip())
    return str(args.get("token", ""))


def refusal(status: int, retry_after: int | None) -> Refusal:
    """Word a dialled-in fault as Slack words its own."""
    del retry_after
    codes = {429: "ratelimited", 500: "fatal_error", 503: "service_unavailable"}
    body = {"ok": False, "error": codes.get(status, "internal_error")}
    return Refusal(JSON_TYPE, json.dumps(body).encode())
