"""Pages on a public address: cookies that only we can set, and the ways back to Slack."""

from collections.abc import Iterator

import pytest

import app as mailroom_app
from app import Mailroom
from bot.accounts.attempts import Attempt, Outcome
from bot.accounts.routes import way_back
from bot.accounts.rules import LIFE, hashed
from store import signins
from store.database import new_id
from tests.house.given import settings
from tests.store.places import somebody

SHOWN = Attempt(
    "s", "google", "Gmail", "Google", "ann", "N", Outcome.CONNECTED, frozenset(), team_id="T1", app_id="A1"
)


def test_the_way_back_opens_slacks_program_and_names_a_web_address() -> None:
    back = way_back(SHOWN, "https://slack.com/api/")
    assert back.app == "slack://app?team=T1&id=A1&tab=home"
    assert back.web == "https://slack.com/app_redirect?app=A1&team=T1"


def test_beside_a_stand_in_the_way_back_is_its_page() -> None:
    back = way_back(SHOWN, "http://127.0.0.1:8080/api/")
    assert (back.app, back.web) == ("", "http://127.0.0.1:8080/")
    assert way_back(SHOWN, "https://notslack.com/api/").web == "https://notslack.com/"


@pytest.fixture
def made(sqlite_url: str) -> Iterator[Mailroom]:
    """Mailroom as it is under https."""
    built = mailroom_app.build(settings(MAILROOM_DATABASE_URL=sqlite_url))
    try:
        yield built
    finally:
        built.stop()


def test_a_link_that_does_not_exist_says_so_and_sets_nothing(made: Mailroom) -> None:
    browser = made.web.test_client()
    answer = browser.get("/connect/nothing-like-it")
    assert answer.status_code == 400
    assert "This link is not known" in answer.text
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Strict-Transport-Security"]
    assert browser.get("/connect/finished/nothing").status_code == 400
    assert browser.post("/connect/nothing").status_code == 403
    assert browser.get("/oauth/google/callback").status_code == 400
    assert browser.get("/oauth/nobody/callback?state=x").status_code == 400


def test_under_https_the_cookie_is_one_that_no_neighbour_can_set(made: Mailroom) -> None:
    who = somebody(made.database)
    with made.database.write() as tx:
        signins.open_link(
            tx,
            who.workspace_id,
            who.member_id,
            new_id(),
            provider="google",
            ticket_hash=hashed("ticket"),
            expires_at=tx.now + LIFE,
        )
    browser = made.web.test_client()
    answer = browser.get("/connect/ticket")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-mailroom=")
    for part in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"):
        assert part in cookie
    assert "Domain" not in cookie
    assert "https://mailroom.example/connect/ticket" in answer.text
    again = browser.get("/connect/ticket", base_url="https://mailroom.example")
    assert again.status_code == 200
