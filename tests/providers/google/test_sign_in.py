"""Google's own ways of signing in."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from providers.errors import ReconnectRequired
from providers.google.identity import claims_of
from providers.oauth import Capability, SignInRefused
from sandbox.google.walk import BlockedByGoogle
from tests.providers.contract import ANN, MAIL, REDIRECT, sign_in
from tests.providers.google.stage import GoogleStage

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SCOPES = "openid userinfo.email gmail.readonly gmail.compose"


def asked(stage: GoogleStage, capabilities: frozenset[Capability], hint: str) -> dict[str, str]:
    url = stage.provider.oauth.begin("s", REDIRECT, capabilities, hint).url
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def test_exactly_the_least_scopes_are_asked_for(stage: GoogleStage) -> None:
    query = asked(stage, MAIL, ANN)
    assert query["scope"].replace("https://www.googleapis.com/auth/", "") == SCOPES
    assert query["access_type"] == "offline" and query["include_granted_scopes"] == "false"


def test_the_calendar_is_asked_for_only_with_its_capability(stage: GoogleStage) -> None:
    assert "calendar" not in asked(stage, MAIL, ANN)["scope"]
    scope = asked(stage, MAIL | {Capability.CALENDAR}, ANN)["scope"]
    assert "calendar.events.owned" in scope and "calendar.calendarlist.readonly" in scope


def test_without_a_hint_the_account_is_chosen(stage: GoogleStage) -> None:
    assert asked(stage, MAIL, "")["prompt"] == "consent select_account"
    assert asked(stage, MAIL, ANN)["prompt"] == "consent"


def test_a_grant_that_could_not_last_is_refused(stage: GoogleStage) -> None:
    begun = stage.provider.oauth.begin("s", REDIRECT, MAIL, ANN)
    query = stage.consent(begun.url.replace("access_type=offline", "access_type=online"))
    with pytest.raises(SignInRefused) as refusal:
        stage.provider.oauth.finish(begun.flow, REDIRECT, query)
    assert refusal.value.code == "no_refresh_token"


def test_a_company_that_blocks_mailroom_never_sends_the_browser_back(stage: GoogleStage) -> None:
    stage.stand.google.block("northwind.example")
    begun = stage.provider.oauth.begin("s", REDIRECT, MAIL, ANN)
    with pytest.raises(BlockedByGoogle):
        stage.consent(begun.url)


@pytest.mark.parametrize("error", ["admin_policy_enforced", "org_internal"])
def test_a_block_that_does_come_back_is_told_apart(stage: GoogleStage, error: str) -> None:
    begun = stage.provider.oauth.begin("s", REDIRECT, MAIL, ANN)
    with pytest.raises(SignInRefused) as refusal:
        stage.provider.oauth.finish(begun.flow, REDIRECT, {"state": "s", "error": error})
    assert refusal.value.reason == "blocked" and refusal.value.code == error


def test_a_company_that_blocks_mailroom_later_asks_to_connect_again(stage: GoogleStage) -> None:
    who = sign_in(stage)
    stage.stand.google.block("northwind.example")
    with pytest.raises(ReconnectRequired):
        stage.provider.oauth.refresh(who.tokens)


def test_a_foreign_redirect_address_is_refused_by_google(stage: GoogleStage) -> None:
    begun = stage.provider.oauth.begin("s", "https://evil.example/callback", MAIL, ANN)
    with pytest.raises(BlockedByGoogle):
        stage.consent(begun.url)


def test_the_refresh_token_is_kept_when_google_sends_none(stage: GoogleStage) -> None:
    who = sign_in(stage)
    assert stage.provider.oauth.refresh(who.tokens).secret == who.tokens.secret


def token(**changes: Any) -> str:
    claims = {
        "iss": "https://accounts.google.com",
        "aud": "us",
        "azp": "us",
        "sub": "1",
        "nonce": "n",
        "exp": (NOW + timedelta(hours=1)).timestamp(),
        **changes,
    }
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"e30.{body}.signature"


def test_proper_claims_are_accepted() -> None:
    assert claims_of(token(), "us", "n", NOW)["sub"] == "1"
    assert claims_of(token(iss="accounts.google.com", aud=["us"]), "us", "n", NOW)["sub"] == "1"


@pytest.mark.parametrize(
    "forged",
    [
        token(iss="https://evil.example"),
        token(aud="another-app"),
        token(aud=["us", "another-app"]),
        token(azp="another-app"),
        token(nonce="of another sign-in"),
        token(nonce=None),
        token(exp=(NOW - timedelta(minutes=6)).timestamp()),
        token(exp="tomorrow"),
        token(exp=1e300),
        token(sub=""),
        token(sub=None),
        "",
        "a.b.c",
        "only-one-part",
        "e30.bnVsbA.x",
        "e30.\u00e9.x",
    ],
)
def test_claims_that_are_not_ours_are_refused(forged: str) -> None:
    with pytest.raises(SignInRefused) as refusal:
        claims_of(forged, "us", "n", NOW)
    assert refusal.value.reason == "failed"
