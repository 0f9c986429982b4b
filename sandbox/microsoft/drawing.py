"""Draw the sign-in pages, and remember who is on which of them."""

import secrets
import threading
from collections import OrderedDict
from datetime import datetime
from pathlib import Path
from typing import Generic, TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from werkzeug.wrappers import Request, Response

from sandbox.microsoft.refusals import Refusal, described, refusal

VISITS_KEPT = 1_000
T = TypeVar("T")

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "pages"), autoescape=True, undefined=StrictUndefined
)


class Visits(Generic[T]):
    """What each open page was asked for. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: OrderedDict[str, T] = OrderedDict()

    def remember(self, ask: T) -> str:
        with self._lock:
            visit = secrets.token_urlsafe(24)
            self._held[visit] = ask
            while len(self._held) > VISITS_KEPT:
                self._held.popitem(last=False)
            return visit

    def recall(self, request: Request) -> tuple[str, T]:
        """Find what the page in this form belongs to. Raises Refusal."""
        visit = request.form.get("visit", "")
        with self._lock:
            ask = self._held.get(visit)
        if ask is None:
            raise refusal(90015)
        return visit, ask

    def forget(self, visit: str) -> None:
        """Let a page be pressed no second time."""
        with self._lock:
            self._held.pop(visit, None)


def draw(name: str, **values: object) -> Response:
    text = _templates.get_template(name).render(**values)
    response = Response(text, content_type="text/html; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return response


def draw_error(one: Refusal, now: datetime) -> Response:
    """Show a refusal that the app never hears of."""
    told = described(one, now)
    response = draw("error.html", code=str(one.code), text=one.text, correlation=told["correlation_id"])
    response.status_code = 400
    return response
