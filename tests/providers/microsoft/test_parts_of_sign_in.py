"""The small parts of signing in: what waits for a refresh, what goes where on the wire, what numbers mean."""

import base64
import json
from typing import Any

import pytest

from providers.errors import OperatorFault, ProviderError, ReconnectRequired, Unavailable
from providers.microsoft.authority import Authority
from providers.microsoft.challenges import Challenges
from providers.microsoft.refusals import refresh_refused, sign_in_refused
from providers.oauth import SignInRefused

CLAIMS = json.dumps({"access_token": {"nbf": {"essential": True, "value": "1"}}})


def header(claims: str) -> str:
    return f'Bearer realm="", error="insufficient_claims", claims="{claims}"'


@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode])
def test_a_challenge_waits_for_its_token_and_is_given_once(encode: Any) -> None:
    challenges = Challenges()
    challenges.note("token-1", header(encode(CLAIMS.encode()).decode().rstrip("=")))
    assert challenges.take("token-2") is None
    assert challenges.take("token-1") == CLAIMS
    assert challenges.take("token-1") is None


@pytest.mark.parametrize("claims", ["", "%%%", "bm8ganNvbg==", base64.b64encode(b"[1]").decode(), "a" * 9000])
def test_what_is_no_challenge_is_passed_over(claims: str) -> None:
    challenges = Challenges()
    challenges.note("token", header(claims))
    challenges.note("token", "Basic")
    assert challenges.take("token") is None


def test_the_oldest_challenges_are_forgotten() -> None:
    challenges = Challenges()
    coded = header(base64.b64encode(CLAIMS.encode()).decode())
    for number in range(1100):
        challenges.note(f"token-{number}", coded)
    assert challenges.take("token-0") is None and challenges.take("token-1099") == CLAIMS


def test_msal_reaches_microsoft_or_what_stands_for_it_and_nobody_else() -> None:
    authority = Authority("http://127.0.0.1:9/microsoft/")
    given = "https://login.microsoftonline.com/common/oauth2/v2.0/token"
    assert authority.on_the_wire(given) == "http://127.0.0.1:9/microsoft/common/oauth2/v2.0/token"
    for foreign in (
        "https://login.microsoftonline.com.evil.example/x",
        "http://login.microsoftonline.com/x",
        "https://evil.example/",
    ):
        with pytest.raises(Unavailable):
            authority.post(foreign, data={"refresh_token": "r"})


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ({"error": "invalid_grant", "error_codes": [700082]}, ReconnectRequired),
        ({"error": "interaction_required", "error_codes": [50076]}, ReconnectRequired),
        ({"error": "consent_required", "error_codes": [65001]}, ReconnectRequired),
        ({"error": "access_denied", "error_codes": [53003]}, ReconnectRequired),
        ({"error": "invalid_client", "error_codes": [7000222]}, OperatorFault),
        ({"error": "unauthorized_client", "error_codes": [700016]}, OperatorFault),
        ({"error": "invalid_scope", "error_codes": [70011]}, OperatorFault),
        ({"error": "temporarily_unavailable", "error_codes": [90033]}, Unavailable),
        ({"error": "something new"}, Unavailable),
        ({}, Unavailable),
    ],
)
def test_a_refused_refresh_says_whose_matter_it_is(answer: dict[str, Any], kind: type[ProviderError]) -> None:
    assert type(refresh_refused(answer)) is kind


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({"error": "invalid_grant", "error_codes": [54005]}, "expired"),
        ({"error": "invalid_grant", "error_codes": [501481]}, "expired"),
        ({"error": "invalid_grant", "error_codes": [65001]}, "admin_approval"),
        ({"error": "invalid_grant", "error_codes": [50105]}, "blocked"),
        ({"error": "access_denied", "error_uri": "https://x.example/?code=90094"}, "admin_approval"),
        ({"error": "access_denied", "error_codes": ["65004"]}, "declined"),
        ({"error": 7}, "failed"),
    ],
)
def test_a_refused_sign_in_says_why(answer: dict[str, Any], reason: str) -> None:
    refused = sign_in_refused(answer)
    assert isinstance(refused, SignInRefused) and refused.reason == reason


@pytest.mark.parametrize("error", ["invalid_client", "invalid_request", "unsupported_response_type"])
def test_a_sign_in_that_our_settings_spoil_is_the_operators(error: str) -> None:
    assert isinstance(sign_in_refused({"error": error}), OperatorFault)
