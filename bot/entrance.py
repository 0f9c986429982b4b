"""Slack's one address, in front of Flask: verify the raw bytes, hand them to Bolt, answer.

It stands outside Flask because a press waits for nothing that pages need: routing, contexts, headers for
browsers. `make bench` shows what that is worth (ack_ratio).
"""

import time
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import structlog
from slack_bolt import App, BoltRequest
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Request, Response

from bot.answered import begin
from bot.verify import MOST_BYTES, Proof, Verdict, Verifier

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = structlog.get_logger(__name__)

SLACK = "/slack/events"

Answered = Callable[[str, int, float], None]  # route, status, seconds


class Entrance:
    """WSGI: takes POSTs to Slack's address, passes everything else on."""

    def __init__(
        self,
        inner: "WSGIApplication",
        verifier: Verifier,
        slack: Callable[[Request], Response],
        answered: Answered,
    ) -> None:
        self._inner, self._verifier, self._slack, self._answered = inner, verifier, slack, answered

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ.get("PATH_INFO") != SLACK or environ["REQUEST_METHOD"] != "POST":
            return self._inner(environ, start_response)
        begun = time.perf_counter()
        left = begin()
        answer = self._answer(environ)
        answer.call_on_close(left.set)
        self._answered(SLACK, answer.status_code, time.perf_counter() - begun)
        return answer(environ, start_response)

    def _answer(self, environ: "WSGIEnvironment") -> Response:
        request = Request(environ)
        request.max_content_length = MOST_BYTES
        verdict = self._judge(request)
        if verdict is not Verdict.GENUINE:
            if verdict.status != 200:
                log.warning("slack request refused", reason=verdict.name.lower())
            return Response(status=verdict.status)
        try:
            return self._slack(request)
        except Exception:
            log.exception("a request failed")
            return Response(status=500)

    def _judge(self, request: Request) -> Verdict:
        try:
            body = request.get_data()
        except RequestEntityTooLarge:
            return Verdict.TOO_LARGE
        proof = Proof(
            request.headers.get("X-Slack-Request-Timestamp", ""), request.headers.get("X-Slack-Signature", "")
        )
        return self._verifier.judge(proof, request.headers.get("Content-Type", ""), body)


def to_bolt(app: App) -> Callable[[Request], Response]:
    """Make Bolt's app answer a verified request."""

    def answer(request: Request) -> Response:
        headers: dict[str, str | Sequence[str]] = {name: [value] for name, value in request.headers.items()}
        asked = BoltRequest(
            body=request.get_data(as_text=True), query=request.query_string.decode("latin-1"), headers=headers
        )
        told = app.dispatch(asked)
        response = Response(told.body, status=told.status)
        for name, values in told.headers.items():
            if name.lower() != "content-length":
                response.headers[name] = values[0]
        return response

    return answer
