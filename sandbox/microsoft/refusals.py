"""What Entra refuses, by its numbers: the error, whether a page or the app hears it, and its words.

Source: https://learn.microsoft.com/entra/identity-platform/reference-error-codes (the numbers may change).
"""

import uuid
from dataclasses import dataclass
from datetime import datetime

ERROR_PAGE = "https://login.microsoftonline.com/error?code="


@dataclass(frozen=True, slots=True)
class Refusal(Exception):
    """One refusal. `suberror` is Entra's hint of what would help."""

    code: int
    error: str
    text: str
    status: int = 400
    suberror: str = ""


_KNOWN = {
    16000: ("interaction_required", "Either multiple user identities are available or none is signed in."),
    50011: ("invalid_request", "The redirect URI specified in the request does not match those configured."),
    50020: (
        "invalid_request",
        "This account does not exist in the tenant and cannot access the application.",
    ),
    50034: ("invalid_request", "The user account does not exist in this directory."),
    50057: ("invalid_grant", "The user account is disabled."),
    50076: ("invalid_grant", "You must use multi-factor authentication to access the resource."),
    50105: ("access_denied", "The signed in user is not assigned to a role for the application."),
    50148: ("invalid_grant", "The code_verifier does not match the code_challenge."),
    50173: ("invalid_grant", "The provided grant has expired due to it being revoked."),
    53003: ("access_denied", "Access has been blocked by Conditional Access policies."),
    54005: ("invalid_grant", "OAuth2 Authorization code was already redeemed."),
    65001: ("invalid_grant", "The user or administrator has not consented to use the application."),
    65004: ("access_denied", "User declined to consent to access the app."),
    70000: ("invalid_grant", "The provided value for the 'refresh_token' is not valid."),
    70001: ("unauthorized_client", "The application is disabled."),
    70003: ("unsupported_grant_type", "The app returned an unsupported grant type."),
    70008: ("invalid_grant", "The provided authorization code or refresh token has expired."),
    70011: ("invalid_scope", "The provided value for the input parameter 'scope' is not valid."),
    90002: ("invalid_tenant", "Tenant not found. Check to make sure you have the correct tenant ID."),
    90014: ("invalid_request", "A required field is missing from the request."),
    90015: ("invalid_request", "The request is not valid any more. Start again from the app."),
    90094: ("access_denied", "An administrator of the organisation has to grant these permissions."),
    500112: ("invalid_client", "The reply address does not match the one of the authorization request."),
    501481: ("invalid_grant", "The Code_Verifier does not match the code_challenge supplied."),
    650053: ("invalid_scope", "The application asked for a scope that does not exist on the resource."),
    700016: ("unauthorized_client", "The application was not found in the directory."),
    700051: ("unsupported_response_type", "The response_type is not enabled for the application."),
    700054: ("invalid_request", "The response_mode is not offered here."),
    700082: ("invalid_grant", "The refresh token has expired due to inactivity."),
    900144: ("invalid_request", "The request body must contain a parameter that is missing."),
    7000215: ("invalid_client", "Invalid client secret provided."),
    7000218: ("invalid_client", "The request body must contain 'client_assertion' or 'client_secret'."),
    7000222: ("invalid_client", "The provided client secret keys are expired."),
    9002313: ("invalid_grant", "Invalid request. Request is malformed or invalid."),
}
_STATUS = {7000215: 401, 7000218: 401, 7000222: 401, 500112: 401}
_SUBERROR = {65001: "consent_required", 50076: "basic_action", 50173: "bad_token", 53003: "message_only"}


def refusal(code: int, more: str = "") -> Refusal:
    """Make the refusal with this number; `more` is put behind its words."""
    error, text = _KNOWN[code]
    words = f"{text} {more}".strip()
    return Refusal(code, error, words, _STATUS.get(code, 400), _SUBERROR.get(code, ""))


def described(one: Refusal, now: datetime) -> dict[str, str]:
    """Word a refusal with the ids that Entra puts under each."""
    trace, correlation = str(uuid.uuid4()), str(uuid.uuid4())
    stamp = now.strftime("%Y-%m-%d %H:%M:%SZ")
    text = f"AADSTS{one.code}: {one.text} Trace ID: {trace} Correlation ID: {correlation} Timestamp: {stamp}"
    return {"description": text, "trace_id": trace, "correlation_id": correlation, "timestamp": stamp}


def body_of(one: Refusal, now: datetime) -> dict[str, object]:
    """Write the JSON of the token endpoint."""
    told = described(one, now)
    body: dict[str, object] = {
        "error": one.error,
        "error_description": told["description"],
        "error_codes": [one.code],
        "timestamp": told["timestamp"],
        "trace_id": told["trace_id"],
        "correlation_id": told["correlation_id"],
        "error_uri": f"{ERROR_PAGE}{one.code}",
    }
    return body | ({"suberror": one.suberror} if one.suberror else {})
