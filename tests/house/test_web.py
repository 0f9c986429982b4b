"""The web front's manners: headers, probes, figures, and pages that say what happened."""

from collections.abc import Callable, Mapping

import pytest
from flask import Blueprint, Response, redirect, request
from flask.testing import FlaskClient
from prometheus_client import CollectorRegistry, generate_latest

from bot.web import create_web
from tests.house.given import settings


def client(
    url: str = "https://mailroom.example",
    ready: Mapping[str, Callable[[], bool]] | None = None,
    registry: CollectorRegistry | None = None,
    changes: Mapping[str, str] | None = None,
) -> FlaskClient:
    pages = Blueprint("pages", __name__)

    @pages.post("/form")
    def form() -> Response:
        return Response(str(len(request.form)))

    @pages.get("/breaks")
    def breaks() -> Response:
        raise RuntimeError("marker in the exception")

    @pages.get("/away")
    def away() -> Response:
        return Response(headers=redirect("https://elsewhere.example").headers, status=302)

    web = create_web(
        settings(MAILROOM_URL=url, **(changes or {})),
        slack=lambda _request: Response(),
        blueprints=[pages],
        ready=ready,
        registry=registry,
    )
    return web.test_client()


@pytest.mark.parametrize("path", ["/healthz", "/nowhere", "/breaks", "/style.css", "/slack/events"])
def test_every_answer_tells_browsers_to_allow_nothing(path: str) -> None:
    headers = client().get(path).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none';")
    assert "script-src" not in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Strict-Transport-Security"].startswith("max-age=")
    assert headers["Cache-Control"] == ("public, max-age=3600" if path == "/style.css" else "no-store")


def test_a_form_may_lead_on_to_the_sign_in_page_and_nowhere_else() -> None:
    policy = client().get("/healthz").headers["Content-Security-Policy"]
    assert policy.endswith("form-action 'self' https://accounts.google.com")


def test_with_outlook_a_form_may_lead_to_microsoft_too() -> None:
    outlook = {"MICROSOFT_CLIENT_ID": "an-id", "MICROSOFT_CLIENT_SECRET": "a-secret"}
    policy = client(changes=outlook).get("/healthz").headers["Content-Security-Policy"]
    assert policy.endswith("accounts.google.com https://login.microsoftonline.com https://login.live.com")
    elsewhere = outlook | {"MICROSOFT_AUTHORITY_URL": "http://127.0.0.1:9/microsoft"}
    policy = client(changes=elsewhere).get("/healthz").headers["Content-Security-Policy"]
    assert policy.endswith("form-action 'self' https://accounts.google.com http://127.0.0.1:9")


def test_strict_transport_is_not_demanded_over_plain_http() -> None:
    assert "Strict-Transport-Security" not in client("http://127.0.0.1:8081").get("/healthz").headers


def test_a_page_that_is_not_there_says_so_and_where_to_go() -> None:
    answer = client().get("/nowhere")
    assert answer.status_code == 404
    assert "There is no page here" in answer.text
    assert "Go back to Slack" in answer.text


def test_a_mistake_of_ours_shows_no_detail() -> None:
    answer = client().get("/breaks")
    assert answer.status_code == 500
    assert "marker" not in answer.text
    assert "still there" in answer.text


def test_a_form_that_is_too_large_is_refused_in_words() -> None:
    answer = client().post("/form", data={"a": "b" * 100_000})
    assert answer.status_code == 413
    assert "larger than this page accepts" in answer.text


def test_redirects_stay_redirects() -> None:
    assert client().get("/away").status_code == 302


def test_alive_does_not_ask_what_ready_asks() -> None:
    def fails() -> bool:
        raise OSError("marker")

    web = client(ready={"database": lambda: True, "engine": fails})
    assert web.get("/healthz").status_code == 200
    answer = web.get("/readyz")
    assert answer.status_code == 503
    assert answer.json == {"ready": False, "checks": {"database": True, "engine": False}}
    assert client(ready={"database": lambda: True}).get("/readyz").status_code == 200


def test_figures_name_routes_never_addresses_and_are_not_on_this_port() -> None:
    registry = CollectorRegistry()
    web = client(registry=registry)
    web.get("/healthz")
    web.get("/nowhere/dana@northwind.example?q=secret")
    figures = generate_latest(registry).decode()
    assert 'mailroom_requests_total{route="/healthz",status="200"} 1.0' in figures
    assert 'mailroom_requests_total{route="none",status="404"} 1.0' in figures
    assert "dana" not in figures
    assert "secret" not in figures
    assert web.get("/metrics").status_code == 404
