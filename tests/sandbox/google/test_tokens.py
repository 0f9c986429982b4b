"""Refresh tokens and grants: when they come, how long they live, how they end."""

from datetime import timedelta

import pytest

from sandbox.google import scopes
from sandbox.google.accounts import Client
from tests.sandbox.google.stand import ANN, BEN, REDIRECT, Stand


def test_the_second_consent_brings_no_refresh_token_unless_it_is_asked_for(stand: Stand) -> None:
    assert "refresh_token" in stand.connect(ANN)
    assert "refresh_token" not in stand.connect(ANN)
    assert "refresh_token" in stand.connect(ANN, prompt="consent")


def test_online_access_brings_no_refresh_token(stand: Stand) -> None:
    assert "refresh_token" not in stand.connect(ANN, access_type="")


def test_earlier_grants_come_along_only_when_asked_for(stand: Stand) -> None:
    stand.connect(ANN)
    calendar = scopes.AUTH + "calendar.events.owned"
    alone = stand.connect(ANN, scope=calendar)
    assert alone["scope"].split() == [calendar]
    together = stand.connect(ANN, scope=calendar, include_granted_scopes="true", prompt="consent")
    assert scopes.READONLY in together["scope"].split()


def test_refreshing_gives_a_new_access_token_and_no_new_refresh_token(stand: Stand) -> None:
    tokens = stand.connect(ANN)
    stand.clock.advance(timedelta(hours=1))
    path = "/gmail/v1/users/me/profile"
    assert stand.get(path, tokens["access_token"]).status_code == 401
    fresh = stand.refresh(tokens["refresh_token"]).json()
    assert "refresh_token" not in fresh
    assert stand.get(path, fresh["access_token"]).status_code == 200


def test_refreshing_cannot_ask_for_more_than_was_granted(stand: Stand) -> None:
    tokens = stand.exchange(stand.google.consent(stand.ask(), ANN, untick=["gmail.compose"])).json()
    refused = stand.refresh(tokens["refresh_token"], scope=" ".join((scopes.READONLY, scopes.COMPOSE)))
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_scope")


def test_another_app_cannot_use_the_refresh_token(stand: Stand) -> None:
    stand.google.register(Client("client-2.apps.example", "secret-2", (REDIRECT,)))
    kept = stand.connect(ANN)["refresh_token"]
    refused = stand.refresh(kept, client_id="client-2.apps.example", client_secret="secret-2")
    assert (refused.status_code, refused.json()["error"]) == (401, "unauthorized_client")


def test_a_refresh_token_unused_for_half_a_year_is_dead(stand: Stand) -> None:
    kept = stand.connect(ANN)["refresh_token"]
    stand.clock.advance(timedelta(days=183))
    assert stand.refresh(kept).json() == {
        "error": "invalid_grant",
        "error_description": "Token has been expired or revoked.",
    }


def test_the_hundred_and_first_refresh_token_kills_the_first(stand: Stand) -> None:
    first = stand.connect(ANN)["refresh_token"]
    later = [
        stand.google.realm.grants.give_refresh(stand.client.id, ANN, frozenset({scopes.READONLY}))
        for _ in range(99)
    ]
    assert stand.refresh(first).status_code == 200
    stand.connect(ANN, prompt="consent")
    assert stand.refresh(first).json()["error"] == "invalid_grant"
    assert stand.refresh(later[0]).status_code == 200
    assert stand.google.realm.grants.live_refresh_tokens(stand.client.id, ANN) == 100


@pytest.mark.parametrize("which", ["access_token", "refresh_token"])
def test_revoking_any_token_ends_the_whole_grant(stand: Stand, which: str) -> None:
    one, two = stand.connect(ANN), stand.connect(ANN, prompt="consent")
    assert stand.post("/revoke", {"token": one[which]}).status_code == 200
    assert stand.refresh(two["refresh_token"]).json()["error"] == "invalid_grant"
    assert stand.get("/gmail/v1/users/me/profile", two["access_token"]).status_code == 401
    again = stand.post("/revoke", {"token": one[which]})
    assert (again.status_code, again.json()["error"]) == (400, "invalid_token")


def test_revoking_leaves_the_other_accounts_alone(stand: Stand) -> None:
    one, other = stand.connect(ANN), stand.connect(BEN)
    stand.google.revoke(ANN)
    assert stand.refresh(one["refresh_token"]).json()["error"] == "invalid_grant"
    assert stand.refresh(other["refresh_token"]).status_code == 200


def test_after_revoking_consent_is_asked_again(stand: Stand) -> None:
    stand.connect(ANN)
    stand.google.revoke(ANN)
    assert "refresh_token" in stand.connect(ANN)
