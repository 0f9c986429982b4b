"""Sign-in's ways of refusing → ours, in one place.

Microsoft names a refusal by an OAuth error and by a number. The numbers are the sharper of the two and may
change, so an unknown number falls back to what the error alone says; texts decide nothing.
Source: https://learn.microsoft.com/entra/identity-platform/reference-error-codes, reference/providers.md 3.5
"""

import re
from collections.abc import Mapping
from typing import Any

from providers.errors import OperatorFault, ProviderError, ReconnectRequired, Unavailable
from providers.oauth import SignInRefused

_APPROVAL = frozenset({65001, 90094, 90095, 900941, 9000411, 65005})
_DECLINED = frozenset({65004})
_BLOCKED = frozenset(
    {50105, 700016, 7000112, 50020, 50057, 50058, 53000, 53001, 53002, 53003, 53004, 530032, 50177, 90072}
)
_EXPIRED = frozenset({54005, 70008, 700082, 70000, 50089})
_OURS = frozenset(
    {
        "invalid_client",
        "unauthorized_client",
        "invalid_request",
        "invalid_scope",
        "invalid_resource",
        "invalid_tenant",
        "unsupported_grant_type",
        "unsupported_response_type",
    }
)
_DEAD = frozenset(
    {"invalid_grant", "interaction_required", "consent_required", "login_required", "access_denied"}
)
_REASONS = {
    "access_denied": "declined",
    "consent_required": "admin_approval",
    "invalid_grant": "expired",
}
_NUMBER = re.compile(r"AADSTS(\d{4,8})\b|[?&]code=(\d{4,8})\b")


def sign_in_refused(answer: Mapping[str, Any]) -> SignInRefused | ProviderError:
    """Say how a sign-in ended, from the callback or from the exchange of the code."""
    word, number = _word(answer), _number(answer)
    code = f"{word}_{number}" if number else word
    for reason, numbers in (
        ("admin_approval", _APPROVAL),
        ("declined", _DECLINED),
        ("expired", _EXPIRED),
    ):
        if number in numbers:
            return SignInRefused(reason, code)
    if word in _OURS and number not in _BLOCKED:
        return OperatorFault(code)
    if number in _BLOCKED:
        return SignInRefused("blocked", code)
    if word in ("temporarily_unavailable", "server_error"):
        return Unavailable(code)
    return SignInRefused(_REASONS.get(word, "failed"), code)


def refresh_refused(answer: Mapping[str, Any]) -> ProviderError:
    """Say what became of a grant that was not renewed. Our own wrong secret ends nobody's grant."""
    word, number = _word(answer), _number(answer)
    code = f"{word}_{number}" if number else word
    if word in _DEAD:
        return ReconnectRequired(code)
    return OperatorFault(code) if word in _OURS else Unavailable(code)


def _word(answer: Mapping[str, Any]) -> str:
    error = answer.get("error")
    wordlike = isinstance(error, str) and error.isascii() and error.replace("_", "").isalnum()
    return str(error) if wordlike and len(str(error)) <= 60 else "unreadable"


def _number(answer: Mapping[str, Any]) -> int:
    """Read the number: a list from the token endpoint, part of an address or text in a callback."""
    codes = answer.get("error_codes")
    if isinstance(codes, list) and codes and isinstance(codes[0], int):
        return codes[0]
    for name in ("error_uri", "error_description"):
        found = _NUMBER.search(str(answer.get(name, ""))[:2000])
        if found:
            return int(found[1] or found[2])
    return 0
