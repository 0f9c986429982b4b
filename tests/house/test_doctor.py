"""The doctor names what is wrong, each with the fix, and shows no secret."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from bot.doctor import Finding, Grade, database_finding, examine, python_finding
from bot.settings import Settings
from sandbox.google.accounts import Client
from sandbox.microsoft.accounts import App, Secret
from store.migrations import migrate
from tests.house.given import environment, settings
from tests.providers.microsoft.stage import APP, standing
from tests.sandbox.google.stand import standing as google_standing

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
SCOPES = "commands,chat:write,users:read,users:read.email"


@contextmanager
def slack_that_says(
    answer: dict[str, object] | str, scopes: str = SCOPES, date: datetime = NOW, status: int = 200
) -> Iterator[str]:
    """Answer auth.test on loopback the way Slack does, and as Google does about a client that it knows."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"] or 0))
            google = self.path == "/token"
            told = {"error": "invalid_grant"} if google else answer
            body = (told if isinstance(told, str) else json.dumps(told)).encode()
            self.send_response_only(400 if google else status)
            self.send_header("Date", format_datetime(date, usegmt=True))
            self.send_header("X-OAuth-Scopes", scopes)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/api/"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def database(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'mailroom.db'}"
    migrate(url)
    return url


def ours_at(url: str, database: str, **changes: str) -> Settings:
    """A deployment whose Slack and Google answer under `url`."""
    google = {"GOOGLE_TOKEN_URL": f"{url.removesuffix('api/')}token"}
    return settings(**{"SLACK_API_URL": url, "MAILROOM_DATABASE_URL": database} | google | changes)


def wrong(ours: Settings) -> list[Finding]:
    return [finding for finding in examine(ours, lambda: NOW) if finding.grade is Grade.WRONG]


def test_a_sound_deployment_has_nothing_to_mend(database: str) -> None:
    with slack_that_says({"ok": True, "team": "Northwind"}) as url:
        findings = examine(ours_at(url, database), lambda: NOW)
    assert [finding for finding in findings if finding.grade is Grade.WRONG] == []
    told = "\n".join(map(str, findings))
    assert "workspace Northwind" in told
    assert "every scope" in told


def test_a_missing_scope_is_named_with_the_way_to_grant_it(database: str) -> None:
    with slack_that_says({"ok": True}, scopes="commands,chat:write,users:read") as url:
        (finding,) = wrong(ours_at(url, database))
    assert finding.what == "Slack has not granted: users:read.email."
    assert "install the app again" in finding.fix


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("invalid_auth", "Slack does not know this bot token."),
        ("account_inactive", "The app was removed from the workspace."),
        ("token_revoked", "Slack has revoked this bot token."),
        ("something_new", "Slack refuses the bot token (something_new)."),
    ],
)
def test_a_token_that_slack_refuses_is_told_apart(database: str, code: str, sentence: str) -> None:
    with slack_that_says({"ok": False, "error": code}) as url:
        (finding,) = wrong(ours_at(url, database))
    assert finding.what == sentence
    assert finding.fix


@pytest.mark.parametrize("answer", ["<html>", ""])
def test_an_answer_that_is_not_slacks_is_a_finding_and_no_crash(database: str, answer: str) -> None:
    with slack_that_says(answer, status=502) as url:
        (finding,) = wrong(ours_at(url, database))
    assert finding.what.startswith("Slack ")


def test_slack_out_of_reach_is_a_finding(database: str) -> None:
    away, google = wrong(ours_at("http://127.0.0.1:1/api/", database))
    assert away.what.startswith("Slack cannot be reached")
    assert google.what.startswith("Google's sign-in cannot be reached")


@pytest.mark.parametrize(("minutes", "grade"), [(0, Grade.GOOD), (2, Grade.WRONG), (-2, Grade.WRONG)])
def test_a_clock_that_is_off_is_found(database: str, minutes: int, grade: Grade) -> None:
    with slack_that_says({"ok": True}, date=NOW + timedelta(minutes=minutes)) as url:
        findings = examine(ours_at(url, database), lambda: NOW)
    assert [finding.grade for finding in findings if "clock" in finding.what] == [grade]


def test_the_database_is_missing_empty_or_ready(tmp_path: Path, database: str) -> None:
    assert database_finding(database).grade is Grade.GOOD
    empty = database_finding(f"sqlite:///{tmp_path / 'new.db'}")
    assert (empty.what, empty.mends_by_migration) == ("The database has no tables yet.", True)
    nowhere = database_finding(f"sqlite:///{tmp_path / 'no' / 'folder.db'}")
    assert nowhere.what.startswith("The database cannot be opened")
    away = database_finding("postgresql://someone:hunter22@127.0.0.1:1/mailroom")
    assert away.what.startswith("The database cannot be opened")
    assert "hunter22" not in str(away)


def test_a_google_client_of_another_shape_is_found_unless_an_emulator_stands_in(database: str) -> None:
    with slack_that_says({"ok": True}) as url:
        (finding,) = wrong(ours_at(url, database, GOOGLE_CLIENT_ID="demo"))
        assert "GOOGLE_CLIENT_ID" in finding.what
        elsewhere = "http://127.0.0.1:9/google/o/oauth2/v2/auth"
        assert wrong(ours_at(url, database, GOOGLE_CLIENT_ID="demo", GOOGLE_AUTH_URL=elsewhere)) == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, ""),
        ({"GOOGLE_CLIENT_ID": "9-9.apps.googleusercontent.com"}, "Google does not know GOOGLE_CLIENT_ID."),
        ({"GOOGLE_CLIENT_SECRET": "not-our-secret"}, "Google refuses GOOGLE_CLIENT_SECRET."),
    ],
)
def test_google_is_asked_whether_it_takes_the_client(
    database: str, changes: dict[str, str], sentence: str
) -> None:
    client = Client("1-1.apps.googleusercontent.com", "GOCSPX-ours", ())
    given = {"GOOGLE_CLIENT_ID": client.id, "GOOGLE_CLIENT_SECRET": client.secret}
    with slack_that_says({"ok": True}) as url, google_standing() as stand:
        stand.google.register(client)
        ours = ours_at(url, database, **given | changes, GOOGLE_TOKEN_URL=f"{stand.base}/token")
        told = wrong(ours)
    assert [one.what for one in told] == ([sentence] if sentence else [])
    assert "not-our-secret" not in str(told)


@pytest.mark.parametrize("odd", ["nonsense", "xoxb-2345-6789-abcdefgh", "8F742231B10E8888ABCD99AAAFFF85A5"])
def test_a_signing_secret_of_another_shape_is_found(database: str, odd: str) -> None:
    with slack_that_says({"ok": True}) as url:
        (finding,) = wrong(ours_at(url, database, SLACK_SIGNING_SECRET=odd))
    assert finding.what.startswith("SLACK_SIGNING_SECRET does not look like one of Slack's")
    assert odd not in str(finding)


@pytest.mark.parametrize(
    ("version", "grade"),
    [
        ((3, 10, 14), Grade.WRONG),
        ((3, 11, 7), Grade.WARNING),
        ((3, 11, 10), Grade.GOOD),
        ((3, 12, 4), Grade.WARNING),
        ((3, 12, 5), Grade.GOOD),
        ((3, 13, 0), Grade.GOOD),
    ],
)
def test_the_python_that_runs_us_is_judged(version: tuple[int, int, int], grade: Grade) -> None:
    assert python_finding(version).grade is grade


def test_no_finding_shows_a_secret(database: str) -> None:
    given = environment(MAILROOM_DATABASE_URL=database, GOOGLE_CLIENT_ID="odd")
    with slack_that_says({"ok": False, "error": "invalid_auth"}) as url:
        told = "\n".join(map(str, examine(ours_at(url, database, **given), lambda: NOW)))
    for name in (
        "MAILROOM_ENCRYPTION_KEYS",
        "SLACK_BOT_TOKEN",
        "SLACK_SIGNING_SECRET",
        "GOOGLE_CLIENT_SECRET",
    ):
        assert given[name] not in told


def microsoft(database: str, slack: str, base: str, **changes: str) -> Settings:
    given = {
        "MICROSOFT_CLIENT_ID": APP.id,
        "MICROSOFT_CLIENT_SECRET": "secret-1",
        "MICROSOFT_AUTHORITY_URL": base,
    } | changes
    return ours_at(slack, database, **given)


def test_an_app_that_microsoft_takes_has_nothing_to_mend(database: str) -> None:
    with slack_that_says({"ok": True}) as slack, standing() as stage:
        told = examine(microsoft(database, slack, stage.base), lambda: NOW)
    assert [one for one in told if one.grade is Grade.WRONG] == []
    assert "/oauth/microsoft/callback" in "\n".join(map(str, told))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"MICROSOFT_CLIENT_SECRET": "not-our-secret"}, "Microsoft refuses MICROSOFT_CLIENT_SECRET."),
        ({"MICROSOFT_CLIENT_ID": "unknown"}, "Microsoft does not know MICROSOFT_CLIENT_ID."),
        (
            {"MICROSOFT_AUTHORITY_URL": "http://127.0.0.1:1"},
            "Microsoft's sign-in cannot be reached (Connecti",
        ),
    ],
)
def test_what_microsoft_refuses_of_ours_is_told_apart(
    database: str, changes: dict[str, str], sentence: str
) -> None:
    with slack_that_says({"ok": True}) as slack, standing() as stage:
        (finding,) = wrong(microsoft(database, slack, stage.base, **changes))
    assert finding.what.startswith(sentence) and "not-our-secret" not in str(finding)


def test_an_expired_secret_is_said_to_be_one(database: str) -> None:
    with slack_that_says({"ok": True}) as slack, standing() as stage:
        ended = Secret("secret-1", stage.clock.now() - timedelta(days=1))
        stage.microsoft.register(App(APP.id, (ended,), APP.redirect_uris))
        (finding,) = wrong(microsoft(database, slack, stage.base))
    assert finding.what == "MICROSOFT_CLIENT_SECRET has expired."
