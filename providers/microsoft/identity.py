"""Who signed in: the id_token, checked in full. msal decodes it and checks nothing (since 1.38).

Source: https://learn.microsoft.com/entra/identity-platform/id-tokens, OpenID Connect Core 3.1.3.7
"""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from jwt.types import Options

from providers.microsoft.authority import MICROSOFT
from providers.oauth import SignInRefused

PERSONAL = "9188040d-6c67-4c5b-b112-36a304b66dad"  # the one tenant of all personal accounts

_CLOCKS_DIFFER = timedelta(minutes=5)
_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_UNCHECKED: Options = {"verify_exp": False, "verify_nbf": False, "verify_iat": False, "verify_aud": False}

Keys = Callable[[str], Sequence[Mapping[str, Any]]]


def claims_of(id_token: str, client_id: str, nonce: str, keys: Keys, now: datetime) -> Mapping[str, Any]:
    """Read the claims; check signature, issuer, audience, nonce and age. Raises SignInRefused.

    `nonce` is the secret of the flow; what Microsoft was given and repeats is its hash.
    """
    claims, key_issuer = _signed(id_token, keys)
    tenant, person = claims.get("tid"), claims.get("oid")
    expected = {
        "id_token_tenant": isinstance(tenant, str) and _GUID.fullmatch(tenant) is not None,
        "id_token_subject": isinstance(person, str) and _GUID.fullmatch(person) is not None,
        "id_token_issuer": claims.get("iss") == f"{MICROSOFT}/{tenant}/v2.0",
        "id_token_key": key_issuer.replace("{tenantid}", str(tenant)) == claims.get("iss"),
        "id_token_audience": claims.get("aud") in (client_id, [client_id]),
        "id_token_nonce": claims.get("nonce") == hashlib.sha256(nonce.encode()).hexdigest(),
        "id_token_expired": _moment(claims.get("exp")) > now - _CLOCKS_DIFFER,
        "id_token_not_yet": _moment(claims.get("nbf", 0)) < now + _CLOCKS_DIFFER,
    }
    for code, holds in expected.items():
        if not holds:
            raise SignInRefused("failed", code)
    return claims


def subject_of(claims: Mapping[str, Any]) -> str:
    """Name the account for ever: the person within the organisation. Addresses change and are re-used."""
    return f"{claims['oid']}.{claims['tid']}"


def organisation_of(subject: str) -> str:
    """Read whose account it is."""
    return subject.rpartition(".")[2]


def _signed(id_token: str, keys: Keys) -> tuple[Mapping[str, Any], str]:
    """Read the claims if one of Microsoft's keys signed them; says also for whom that key may sign."""
    refusal = SignInRefused("failed", "id_token_unreadable")
    try:
        kid = str(jwt.get_unverified_header(id_token).get("kid", ""))
        fitting = [one for one in keys(kid) if one.get("kid") == kid and one.get("kty") == "RSA"]
        refusal = SignInRefused("failed", "id_token_signature")
        if fitting:
            key = jwt.PyJWK(dict(fitting[0]), "RS256")
            claims: Mapping[str, Any] = jwt.decode(id_token, key, algorithms=["RS256"], options=_UNCHECKED)
            return claims, str(fitting[0].get("issuer", claims.get("iss")))
    except (jwt.PyJWTError, ValueError, TypeError, LookupError):
        pass
    raise refusal  # outside of the handler: the error would carry the token


def _moment(seconds: object) -> datetime:
    try:
        return datetime.fromtimestamp(float(seconds), UTC) if isinstance(seconds, (int, float)) else _NEVER
    except (ValueError, OverflowError, OSError):
        return _NEVER


_NEVER = datetime.fromtimestamp(0, UTC)
