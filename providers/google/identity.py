"""Who signed in: the claims of Google's id_token.

The token comes straight from the token endpoint over TLS, which stands for its signature
(OpenID Connect Core 3.1.3.7, point 6); the claims are checked all the same.
Source: https://developers.google.com/identity/openid-connect/openid-connect#an-id-tokens-payload
"""

import binascii
import json
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from providers.oauth import SignInRefused

ISSUERS = ("https://accounts.google.com", "accounts.google.com")

_CLOCKS_DIFFER = timedelta(minutes=5)


def claims_of(id_token: str, client_id: str, nonce: str, now: datetime) -> Mapping[str, Any]:
    """Read the claims and check that they are Google's, for us, for this sign-in and not old.

    Raises SignInRefused.
    """
    claims = _payload(id_token)
    audience = claims.get("aud")
    expected = {
        "id_token_issuer": claims.get("iss") in ISSUERS,
        "id_token_audience": audience == client_id or audience == [client_id],
        "id_token_party": claims.get("azp", client_id) == client_id,
        "id_token_nonce": claims.get("nonce") == nonce,
        "id_token_expired": _moment(claims.get("exp")) > now - _CLOCKS_DIFFER,
        "id_token_subject": isinstance(claims.get("sub"), str) and bool(claims["sub"]),
    }
    for code, holds in expected.items():
        if not holds:
            raise SignInRefused("failed", code)
    return claims


def _payload(id_token: str) -> Mapping[str, Any]:
    try:
        part = id_token.split(".")[1]
        claims = json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (LookupError, ValueError, binascii.Error):
        claims = None
    if not isinstance(claims, dict):
        raise SignInRefused("failed", "id_token_unreadable")
    return claims


def _moment(seconds: object) -> datetime:
    try:
        return datetime.fromtimestamp(float(seconds), UTC) if isinstance(seconds, (int, float)) else _NEVER
    except (ValueError, OverflowError, OSError):
        return _NEVER


_NEVER = datetime.fromtimestamp(0, UTC)
