"""The consent pages and the token endpoint, walked over HTTP."""

import base64
import json
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from sandbox.google import scopes
from sandbox.google.accounts import Client
from sandbox.google.walk import BlockedByGoogle
from tests.sandbox.google.stand import ANN, BEN, PRIVATE, REDIRECT, Stand


def came(back: str) -> dict[str, str]:
    assert back.startswith(REDIRECT + "?")
    return {name: values[0] for name, values in parse_qs(urlsplit(back).query).items()}


def claims(id_token: str) -> dict[str, Any]:
    part = id_token.split(".")[1]
    read: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return read


def test_allowing_gives_a_code_for_tokens_of_the_chosen_account(stand: Stand) -> None:
    tokens = stand.connect(BEN)
    assert set(tokens["scope"].split()) == {scopes.OPENID, scopes.EMAIL, scopes.READONLY, scopes.COMPOSE}
    assert tokens["expires_in"] == 3599
    assert tokens["token_type"] == "Bearer"
    assert tokens["refresh_token"].startswith("1//")
    who = claims(tokens["id_token"])
    assert who["iss"] == "https://accounts.google.com"
    assert who["aud"] == stand.client.id
    assert (who["sub"], who["email"]) == (BEN.subject, BEN.address)
    assert (who["email_verified"], who["hd"]) == (True, "northwind.example")
    assert who["exp"] - who["iat"] == 3600
    assert who["nonce"].startswith("n-")
    info = stand.get("/v1/userinfo", tokens["access_token"]).json()
    assert (info["sub"], info["email"], info["hd"]) == (BEN.subject, BEN.address, "northwind.example")
    profile = stand.get("/gmail/v1/users/me/profile", tokens["access_token"]).json()
    assert profile["emailAddress"] == BEN.address


def test_the_redirect_carries_state_issuer_and_scopes(stand: Stand) -> None:
    back = came(stand.google.consent(stand.ask(state="st-1"), ANN))
    assert (back["state"], back["iss"]) == ("st-1", "https://accounts.google.com")
    assert back["hd"] == "northwind.example"
    assert scopes.READONLY in back["scope"].split()


def test_a_private_account_has_no_hosted_domain(stand: Stand) -> None:
    tokens = stand.connect(PRIVATE)
    assert "hd" not in claims(tokens["id_token"])


def test_an_unticked_box_is_missing_from_what_is_granted(stand: Stand) -> None:
    back = stand.google.consent(stand.ask(), ANN, untick=["gmail.compose"])
    tokens = stand.exchange(back).json()
    assert scopes.COMPOSE not in tokens["scope"].split()
    assert scopes.READONLY in tokens["scope"].split()


def test_cancelling_sends_the_browser_back_with_access_denied(stand: Stand) -> None:
    back = came(stand.google.consent(stand.ask(), ANN, deny=True))
    assert back["error"] == "access_denied"
    assert "code" not in back


def test_unticking_everything_that_was_asked_is_access_denied(stand: Stand) -> None:
    asked = stand.ask(scope=f"{scopes.READONLY} {scopes.COMPOSE}")
    back = came(stand.google.consent(asked, ANN, untick=["gmail.readonly", "gmail.compose"]))
    assert back["error"] == "access_denied"


def test_a_code_works_once(stand: Stand) -> None:
    back = stand.google.consent(stand.ask(), ANN)
    assert stand.exchange(back).status_code == 200
    again = stand.exchange(back)
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")


def test_a_code_dies_after_ten_minutes(stand: Stand) -> None:
    back = stand.google.consent(stand.ask(), ANN)
    stand.clock.advance(timedelta(minutes=10))
    assert stand.exchange(back).json()["error"] == "invalid_grant"


@pytest.mark.parametrize(
    ("changes", "status", "error"),
    [
        ({"code_verifier": ""}, 400, "invalid_grant"),
        ({"code_verifier": "x" * 43}, 400, "invalid_grant"),
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_id": "nobody.apps.example"}, 401, "invalid_client"),
        ({"client_secret": ""}, 400, "invalid_request"),
        ({"redirect_uri": REDIRECT + "/"}, 400, "redirect_uri_mismatch"),
        ({"code": "nonsense"}, 400, "invalid_grant"),
        ({"code": ""}, 400, "invalid_request"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
    ],
)
def test_a_wrong_exchange_gets_googles_own_refusal(
    stand: Stand, changes: dict[str, str], status: int, error: str
) -> None:
    answer = stand.exchange(stand.google.consent(stand.ask(), ANN), **changes)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert set(answer.json()) == {"error", "error_description"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"redirect_uri": "https://evil.example/"}, "redirect_uri_mismatch"),
        ({"redirect_uri": REDIRECT + "?x=1"}, "redirect_uri_mismatch"),
        ({"client_id": "nobody.apps.example"}, "invalid_client"),
        ({"scope": "https://www.googleapis.com/auth/nothing"}, "invalid_scope"),
        ({"scope": ""}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"code_challenge_method": "S512"}, "invalid_request"),
        ({"access_type": "sometimes"}, "invalid_request"),
    ],
)
def test_a_wrong_request_stays_on_googles_page(stand: Stand, changes: dict[str, str], code: str) -> None:
    with pytest.raises(BlockedByGoogle) as refused:
        stand.google.consent(stand.ask(**changes), ANN)
    assert refused.value.code == code


def test_a_blocked_organisation_never_sends_the_browser_back(stand: Stand) -> None:
    stand.google.block("northwind.example")
    with pytest.raises(BlockedByGoogle) as refused:
        stand.google.consent(stand.ask(), ANN)
    assert refused.value.code == "admin_policy_enforced"
    assert came(stand.google.consent(stand.ask(), PRIVATE))["code"]


def test_blocking_ends_what_was_connected_before(stand: Stand) -> None:
    tokens = stand.connect(ANN)
    stand.google.block("northwind.example")
    assert stand.refresh(tokens["refresh_token"]).json()["error"] == "invalid_grant"
    refused = stand.get("/gmail/v1/users/me/profile", tokens["access_token"])
    assert refused.status_code == 403
    assert refused.json()["error"]["errors"][0]["reason"] == "domainPolicy"


def test_an_internal_app_refuses_other_organisations(stand: Stand) -> None:
    stand.google.register(Client(stand.client.id, "secret-1", (REDIRECT,), internal_to="northwind.example"))
    with pytest.raises(BlockedByGoogle) as refused:
        stand.google.consent(stand.ask(), PRIVATE)
    assert refused.value.code == "org_internal"


def test_an_app_in_testing_refuses_strangers_and_forgets_after_seven_days(stand: Stand) -> None:
    testing = Client(stand.client.id, "secret-1", (REDIRECT,), test_users=frozenset({ANN.address}))
    stand.google.register(testing)
    with pytest.raises(BlockedByGoogle) as refused:
        stand.google.consent(stand.ask(), BEN)
    assert refused.value.code == "access_denied"
    kept = stand.connect(ANN)["refresh_token"]
    stand.clock.advance(timedelta(days=6, hours=23))
    assert stand.refresh(kept).status_code == 200
    stand.clock.advance(timedelta(hours=1))
    assert stand.refresh(kept).json()["error"] == "invalid_grant"


def test_a_hint_skips_the_chooser_but_not_the_consent(stand: Stand) -> None:
    page = requests.get(stand.ask(login_hint=ANN.address), timeout=10)
    assert 'data-page="google-consent"' in page.text
    assert ANN.address in page.text
    chooser = requests.get(stand.ask(login_hint=ANN.address, prompt="select_account"), timeout=10)
    assert 'data-page="google-chooser"' in chooser.text


def test_another_account_can_be_chosen_against_the_hint(stand: Stand) -> None:
    tokens = stand.exchange(stand.google.consent(stand.ask(login_hint=ANN.address), BEN)).json()
    assert claims(tokens["id_token"])["email"] == BEN.address


def test_a_plain_address_cannot_be_registered_off_loopback() -> None:
    with pytest.raises(ValueError, match="https"):
        Client("c", "s", ("http://mailroom.example/back",))


def test_a_used_page_cannot_be_pressed_again(stand: Stand) -> None:
    page = requests.get(stand.ask(login_hint=ANN.address), timeout=10).text
    visit = page.split('name="visit" value="')[1].split('"')[0]
    form = {"visit": visit, "account": ANN.address, "decision": "cancel"}
    first = requests.post(stand.base + "/signin/consent", data=form, allow_redirects=False, timeout=10)
    second = requests.post(stand.base + "/signin/consent", data=form, allow_redirects=False, timeout=10)
    assert (first.status_code, second.status_code) == (302, 400)


def test_boxes_can_start_empty(stand: Stand) -> None:
    stand.google.realm.boxes_ticked = False
    page = requests.get(stand.ask(login_hint=ANN.address), timeout=10).text
    visit = page.split('name="visit" value="')[1].split('"')[0]
    assert page.count('type="checkbox"') == 2
    assert " checked" not in page
    form = {"visit": visit, "account": ANN.address, "decision": "allow"}
    back = requests.post(stand.base + "/signin/consent", data=form, allow_redirects=False, timeout=10)
    assert set(came(back.headers["Location"])["scope"].split()) == {scopes.OPENID, scopes.EMAIL}


def test_a_single_scope_has_no_box(stand: Stand) -> None:
    asked = stand.ask(login_hint=ANN.address, scope=f"openid email {scopes.READONLY}")
    page = requests.get(asked, timeout=10).text
    assert 'type="checkbox"' not in page
    assert stand.exchange(stand.google.consent(asked, ANN)).status_code == 200
