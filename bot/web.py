"""The web front: one address for Slack, the features' pages, and what an operator's probes ask.

Nothing is decided here. Blueprints come from the features by way of app.py.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import structlog
from flask import (
    Blueprint,
    Flask,
    Response,
    g,
    jsonify,
    render_template,
    request,
)
from prometheus_client import CollectorRegistry, Counter, Histogram
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request as BareRequest
from werkzeug.wrappers import Response as BareResponse

from bot.entrance import SLACK, Entrance
from bot.settings import Settings
from bot.verify import Verifier

log = structlog.get_logger(__name__)
MOST_FORM_BYTES = 64 * 1024
MICROSOFT = "https://login.microsoftonline.com"
MICROSOFT_PERSONAL = "https://login.live.com"  # where the former leads on to, for private accounts

WORDS = {
    400: ("That did not work", "The page got something that it cannot read.", "Nothing was changed."),
    404: (
        "There is no page here",
        "Links from Mailroom work once and for ten minutes.",
        "Nothing was changed.",
    ),
    405: ("That did not work", "This page cannot be used in that way.", "Nothing was changed."),
    413: ("That is too much", "What was sent is larger than this page accepts.", "Nothing was changed."),
    500: ("Something went wrong here", "Mailroom made a mistake. What you had saved is still there.", ""),
}
ON_SLACK = "Go back to Slack and start again from there, with a fresh link."


class Metrics:
    """Counts and durations of requests, by route and status. Units: seconds."""

    def __init__(self, registry: CollectorRegistry) -> None:
        labels = ["route", "status"]
        self._requests = Counter("mailroom_requests", "Answered web requests.", labels, registry=registry)
        self._seconds = Histogram(
            "mailroom_request_seconds", "Time to answer a web request.", ["route"], registry=registry
        )
        # looking a label up costs more than counting: as many entries as routes and statuses
        self._known: dict[tuple[str, int], tuple[Counter, Histogram]] = {}

    def answered(self, route: str, status: int, spent: float) -> None:
        """Count one answer."""
        known = self._known.get((route, status))
        if known is None:
            known = self._requests.labels(route, str(status)), self._seconds.labels(route)
            self._known[route, status] = known
        known[0].inc()
        known[1].observe(spent)


def create_web(
    settings: Settings,
    *,
    slack: Callable[[BareRequest], BareResponse],
    blueprints: Sequence[Blueprint] = (),
    ready: Mapping[str, Callable[[], bool]] | None = None,
    registry: CollectorRegistry | None = None,
    now: Callable[[], float] = time.time,
) -> Flask:
    """Build the Flask app.

    `slack` answers a verified request (bot.entrance.to_bolt). `ready` names what must work before traffic
    comes: each check returns True or False and may raise. `registry` receives the metrics.
    """
    web = Flask("bot", static_folder=None, template_folder="pages")
    web.config.update(MAX_CONTENT_LENGTH=MOST_FORM_BYTES, MAX_FORM_PARTS=200)
    metrics = Metrics(registry if registry is not None else CollectorRegistry())
    _add_probes(web, ready or {})
    _add_style(web)
    _add_manners(web, settings, metrics)

    for blueprint in blueprints:
        web.register_blueprint(blueprint)
    verifier = Verifier(settings.slack.signing_secret, now)
    # what Flask documents as the way to put WSGI in front of an app
    web.wsgi_app = Entrance(web.wsgi_app, verifier, slack, metrics.answered)  # type: ignore[method-assign]
    return web


def _add_style(web: Flask) -> None:
    sheet = (Path(web.root_path) / "pages" / "style.css").read_bytes()

    @web.get("/style.css")
    def style() -> Response:
        return Response(sheet, mimetype="text/css", headers={"Cache-Control": "public, max-age=3600"})


def _add_probes(web: Flask, ready: Mapping[str, Callable[[], bool]]) -> None:
    @web.get("/healthz")
    def healthz() -> Response:
        return jsonify(alive=True)

    @web.get("/readyz")
    def readyz() -> Response:
        checks = {name: _holds(name, check) for name, check in ready.items()}
        answer = jsonify(ready=all(checks.values()), checks=checks)
        answer.status_code = 200 if all(checks.values()) else 503
        return answer


def _holds(name: str, check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception:  # whatever a check raises means the same to a probe: not now
        log.warning("not ready", checks=name, exc_info=True)
        return False


def _add_manners(web: Flask, settings: Settings, metrics: Metrics) -> None:
    headers = _headers(settings)

    @web.before_request
    def start() -> None:
        g.started = time.perf_counter()

    @web.after_request
    def finish(answer: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "none"
        spent = time.perf_counter() - g.started if "started" in g else 0.0
        metrics.answered(route, answer.status_code, spent)
        for name, value in headers.items():
            answer.headers.setdefault(name, value)
        log.info(
            "answered",
            route=route.replace("<", "").replace(">", ""),
            method=request.method,
            status=answer.status_code,
            duration_ms=round(spent * 1000, 1),
        )
        return answer

    @web.errorhandler(HTTPException)
    def refuse(error: HTTPException) -> Response:
        if error.response is not None or (error.code or 500) < 400:  # made by a route, or a redirect
            return web.make_response(error.get_response(request.environ))
        return _notice(error.code or 500)

    @web.errorhandler(Exception)
    def fail(_error: Exception) -> Response:
        log.exception("a request failed")
        return _notice(500)


def _notice(status: int) -> Response:
    if request.path == SLACK:
        return Response(status=status)
    title, happened, kept = WORDS.get(status, WORDS[400 if status < 500 else 500])
    page = render_template(
        "notice.html", title=title, happened=f"{happened} {kept}".strip(), what_next=ON_SLACK
    )
    return Response(page, status=status, mimetype="text/html")


def _headers(settings: Settings) -> dict[str, str]:
    """Say what a browser may do with our pages: nearly nothing.

    form-action names the provider's sign-in: browsers hold it against the redirect that follows a form.
    Source: https://www.w3.org/TR/CSP3/#directive-form-action
    """
    sign_in = [settings.google.auth_url]
    if settings.microsoft:
        sign_in.append(settings.microsoft.authority_url)
        if settings.microsoft.authority_url == MICROSOFT:
            sign_in.append(MICROSOFT_PERSONAL)
    origins = " ".join(f"{one.scheme}://{one.netloc}" for one in map(urlsplit, sign_in))
    headers = {
        "Cache-Control": "no-store",
        "Content-Security-Policy": (
            "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
            f"form-action 'self' {origins}"
        ),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "X-Robots-Tag": "noindex",
    }
    if settings.https:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    return headers
