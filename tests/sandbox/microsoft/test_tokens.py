"""Codes, access and refresh tokens: when they come, how long they live, how they end."""

import base64
from datetime import timedelta

import pytest
import requests

from sandbox.microsoft import scopes
from sandbox.microsoft.accounts import App, Secret
from sandbox.microsoft.directory import Policy
from tests.sandbox.microsoft.stand import ASKED, CLEO, HOME, NOON, REDIRECT, Stand, came

ME = "/me"


def refresh(stand: Stand, refresh_token: str, **changes: str) -> requests.Response:
    form = {
        "grant_type": "refresh_token",
        "client_id": stand.app.id,
        "client_secret": "secret-1",
        "refresh_token": refresh_token,
        "scope": "openid profile offline_access Mail.Read",
        **changes,
    }
    kept = {name: value for name, value in form.items() if value}
    return requests.post(stand.base + "/common/oauth2/v2.0/token", data=kept, timeout=10)


def refused(answer: requests.Response) -> tuple[int, str, int, str]:
    """Check the shape of a refusal and tell status, error, number and hint."""
    body = answer.json()
    number = body["error_codes"][0]
    assert set(body) - {"suberror"} == {
        "error",
        "error_description",
        "error_codes",
        "timestamp",
        "trace_id",
        "correlation_id",
        "error_uri",
    }
    assert body["error_description"].startswith(f"AADSTS{number}: ")
    return answer.status_code, body["error"], number, body.get("suberror", "")


def exchange(stand: Stand, **changes: str) -> tuple[requests.Response, dict[str, str]]:
    """Walk to a code by hand and trade it, with changes to the form."""
    url, flow = stand.begin(stand.client())
    back = came(stand.microsoft.consent(url, CLEO))
    form = {
        "grant_type": "authorization_code",
        "client_id": stand.app.id,
        "client_secret": "secret-1",
        "redirect_uri": REDIRECT,
        "code": back["code"],
        "code_verifier": flow["code_verifier"],
        "scope": " ".join(flow["scope"]),
        **changes,
    }
    kept = {name: value for name, value in form.items() if value}
    return requests.post(stand.base + "/common/oauth2/v2.0/token", data=kept, timeout=10), kept


def test_a_code_works_once(stand: Stand) -> None:
    first, form = exchange(stand)
    assert first.status_code == 200
    assert first.json()["refresh_token"]
    again = requests.post(stand.base + "/common/oauth2/v2.0/token", data=form, timeout=10)
    assert refused(again) == (400, "invalid_grant", 54005, "")


def test_a_code_dies_after_ten_minutes(stand: Stand) -> None:
    client = stand.client()
    url, flow = stand.begin(client)
    back = came(stand.microsoft.consent(url, CLEO))
    stand.clock.advance(timedelta(minutes=10))
    result = client.acquire_token_by_auth_code_flow(flow, back)
    assert (result["error"], result["error_codes"]) == ("invalid_grant", [70008])


@pytest.mark.parametrize(
    ("changes", "status", "error", "number"),
    [
        ({"code_verifier": "x" * 43}, 400, "invalid_grant", 501481),
        ({"code_verifier": ""}, 400, "invalid_grant", 50148),
        ({"client_secret": "wrong"}, 401, "invalid_client", 7000215),
        ({"client_secret": ""}, 401, "invalid_client", 7000218),
        ({"client_id": "00000000-0000-4000-8000-000000000000"}, 400, "unauthorized_client", 700016),
        ({"redirect_uri": REDIRECT + "/"}, 401, "invalid_client", 500112),
        ({"code": "nonsense"}, 400, "invalid_grant", 9002313),
        ({"code": ""}, 400, "invalid_request", 900144),
        ({"grant_type": "password"}, 400, "unsupported_grant_type", 70003),
        ({"scope": "Mail.Everything"}, 400, "invalid_scope", 70011),
        ({"scope": "Mail.ReadWrite"}, 400, "invalid_grant", 65001),
    ],
)
def test_a_wrong_exchange_gets_entras_own_refusal(
    stand: Stand, changes: dict[str, str], status: int, error: str, number: int
) -> None:
    answer, _ = exchange(stand, **changes)
    assert refused(answer)[:3] == (status, error, number)


def test_an_expired_secret_says_so(stand: Stand) -> None:
    secrets = (Secret("secret-1", NOON + timedelta(days=1)), Secret("secret-2"))
    stand.microsoft.register(App(stand.app.id, secrets, (REDIRECT,)))
    token = stand.connect(CLEO)["refresh_token"]
    stand.clock.advance(timedelta(days=1))
    assert refused(refresh(stand, token)) == (401, "invalid_client", 7000222, "")
    assert refresh(stand, token, client_secret="secret-2").status_code == 200


def test_a_refresh_rotates_and_the_old_token_lives_for_a_while(stand: Stand) -> None:
    first = stand.connect(CLEO)["refresh_token"]
    second = refresh(stand, first).json()["refresh_token"]
    assert second != first
    assert refresh(stand, first).status_code == 200
    stand.clock.advance(timedelta(hours=1))
    assert refused(refresh(stand, first))[:3] == (400, "invalid_grant", 70000)
    assert refresh(stand, second).status_code == 200


def test_msal_refreshes_and_keeps_the_new_token(stand: Stand) -> None:
    old = stand.connect(CLEO)["refresh_token"]
    client = stand.client(cache=stand.caches[CLEO.address])
    account = client.get_accounts()[0]
    result = client.acquire_token_silent_with_error(ASKED, account, force_refresh=True)
    assert result["access_token"]
    stand.clock.advance(timedelta(hours=2))
    assert refresh(stand, old).status_code == 400
    again = client.acquire_token_silent_with_error(ASKED, account, force_refresh=True)
    assert again["access_token"] != result["access_token"]


def test_no_refresh_token_without_offline_access(stand: Stand) -> None:
    answer, _ = exchange(stand, scope="openid profile Mail.Read")
    assert "refresh_token" not in answer.json()


def test_an_access_token_ends_after_an_hour(stand: Stand) -> None:
    token = stand.connect(CLEO)["access_token"]
    assert stand.graph("GET", ME, token=token).status_code == 200
    stand.clock.advance(timedelta(hours=1))
    answer = stand.graph("GET", ME, token=token)
    assert answer.json()["error"]["code"] == "InvalidAuthenticationToken"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer ")
    assert "claims=" not in answer.headers["WWW-Authenticate"]


def test_a_refresh_token_unused_for_ninety_days_is_dead(stand: Stand) -> None:
    token = stand.connect(CLEO)["refresh_token"]
    stand.clock.advance(timedelta(days=90))
    assert refused(refresh(stand, token)) == (400, "invalid_grant", 700082, "")


def test_a_changed_password_ends_every_refresh_token(stand: Stand) -> None:
    token = stand.connect(CLEO)["refresh_token"]
    stand.microsoft.change_password(CLEO)
    assert refused(refresh(stand, token)) == (400, "invalid_grant", 50173, "bad_token")
    stand.clock.advance(timedelta(seconds=1))
    assert refresh(stand, stand.connect(CLEO)["refresh_token"]).status_code == 200


def test_a_withdrawn_consent_is_heard_at_the_next_refresh(stand: Stand) -> None:
    tokens = stand.connect(CLEO)
    stand.microsoft.withdraw(CLEO)
    assert refused(refresh(stand, tokens["refresh_token"])) == (
        400,
        "invalid_grant",
        65001,
        "consent_required",
    )
    assert stand.graph("GET", ME, token=tokens["access_token"]).status_code == 200


def test_a_disabled_account_and_a_wanted_second_factor_are_refused(stand: Stand) -> None:
    token = stand.connect(CLEO)["refresh_token"]
    tenant = stand.microsoft.tenant("northwind.example")
    tenant.needs_mfa = True
    assert refused(refresh(stand, token)) == (400, "invalid_grant", 50076, "basic_action")
    tenant.needs_mfa = False
    tenant.policy = Policy.CONDITIONAL
    assert refused(refresh(stand, token))[2:] == (53003, "message_only")
    tenant.policy = Policy.ALLOWED
    stand.microsoft.disable(CLEO)
    assert refused(refresh(stand, token))[2] == 50057


def test_another_app_cannot_use_the_refresh_token(stand: Stand) -> None:
    other = App("11111111-0000-4000-8000-00000000c0de", (Secret("secret-1"),), (REDIRECT,))
    stand.microsoft.register(other)
    token = stand.connect(CLEO)["refresh_token"]
    assert refused(refresh(stand, token, client_id=other.id))[:3] == (400, "invalid_grant", 70000)


def test_a_work_token_carries_all_that_was_granted_and_a_personal_one_what_is_asked(stand: Stand) -> None:
    work, personal = stand.connect(CLEO)["refresh_token"], stand.connect(HOME)["refresh_token"]
    assert scopes.MAIL_SEND in refresh(stand, work).json()["scope"].split()
    assert scopes.MAIL_SEND not in refresh(stand, personal).json()["scope"].split()


def test_a_claims_challenge_is_met_with_a_token_that_was_asked_for_with_them(stand: Stand) -> None:
    stand.connect(CLEO)
    client = stand.client(cache=stand.caches[CLEO.address])
    account = client.get_accounts()[0]
    token = client.acquire_token_silent_with_error(ASKED, account)["access_token"]
    stand.microsoft.challenge(CLEO)
    answer = stand.graph("GET", ME, token=token)
    assert answer.status_code == 401
    told = answer.headers["WWW-Authenticate"]
    assert 'error="insufficient_claims"' in told
    asked = base64.b64decode(told.split('claims="')[1].split('"')[0]).decode()
    plain = client.acquire_token_silent_with_error(ASKED, account, force_refresh=True)["access_token"]
    assert stand.graph("GET", ME, token=plain).status_code == 401
    better = client.acquire_token_silent_with_error(ASKED, account, claims_challenge=asked)["access_token"]
    assert stand.graph("GET", ME, token=better).status_code == 200
