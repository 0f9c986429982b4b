"""The id_token: every claim and the signature are checked, since msal checks none of them."""

import hashlib
import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from providers.microsoft.identity import claims_of, subject_of
from providers.oauth import SignInRefused

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TENANT = "11111111-2222-4333-8444-555555555555"
PERSON = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"
ISSUER = f"https://login.microsoftonline.com/{TENANT}/v2.0"
OURS, THEIRS = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))


def keys(known: str) -> Sequence[Mapping[str, Any]]:
    del known
    listed = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(OURS.public_key()))
    template = "https://login.microsoftonline.com/{tenantid}/v2.0"
    return [{**listed, "kid": "k1", "use": "sig", "issuer": template}]


def token(key: rsa.RSAPrivateKey = OURS, kid: str = "k1", **changes: Any) -> str:
    claims = {
        "iss": ISSUER,
        "aud": "us",
        "oid": PERSON,
        "tid": TENANT,
        "nonce": hashlib.sha256(b"n").hexdigest(),
        "exp": int((NOW + timedelta(hours=1)).timestamp()),
        "nbf": int(NOW.timestamp()),
        **changes,
    }
    return jwt.encode({k: v for k, v in claims.items() if v is not None}, key, "RS256", headers={"kid": kid})


def unsigned() -> str:
    def part(value: object) -> str:
        return urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

    body = jwt.decode(token(), options={"verify_signature": False})
    return f"{part({'alg': 'none', 'kid': 'k1'})}.{part(body)}."


def test_proper_claims_are_accepted() -> None:
    claims = claims_of(token(), "us", "n", keys, NOW)
    assert subject_of(claims) == f"{PERSON}.{TENANT}"


def test_a_signature_that_is_not_microsofts_is_refused() -> None:
    head, _body, sign = token().split(".")
    _, other, _ = token(oid="bbbbbbbb-bbbb-4ccc-8ddd-eeeeeeeeeeee").split(".")
    symmetric = jwt.encode({"aud": "us"}, "a" * 40, "HS256", headers={"kid": "k1"})
    for forged in (token(THEIRS), token(kid="k2"), f"{head}.{other}.{sign}", unsigned(), symmetric):
        with pytest.raises(SignInRefused) as refused:
            claims_of(forged, "us", "n", keys, NOW)
        assert refused.value.code == "id_token_signature"
        assert refused.value.__context__ is None


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://evil.example"},
        {"iss": "https://login.microsoftonline.com/common/v2.0"},
        {"tid": "99999999-2222-4333-8444-555555555555"},
        {"tid": None},
        {"tid": "../common", "iss": "https://login.microsoftonline.com/../common/v2.0"},
        {"oid": None},
        {"oid": "ann@northwind.example"},
        {"aud": "another-app"},
        {"aud": ["us", "another-app"]},
        {"nonce": "n"},
        {"nonce": None},
        {"exp": int((NOW - timedelta(minutes=6)).timestamp())},
        {"exp": None},
        {"exp": 10**30},
        {"nbf": int((NOW + timedelta(minutes=6)).timestamp())},
    ],
)
def test_claims_that_are_not_ours_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(SignInRefused) as refused:
        claims_of(token(**changes), "us", "n", keys, NOW)
    assert refused.value.reason == "failed" and refused.value.code.startswith("id_token_")


@pytest.mark.parametrize("garbage", ["", "a.b.c", "only-one-part", "e30.bnVsbA.x", "e30.\u00e9.x"])
def test_what_is_no_token_is_refused(garbage: str) -> None:
    with pytest.raises(SignInRefused):
        claims_of(garbage, "us", "n", keys, NOW)
