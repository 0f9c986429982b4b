"""Gmail's refusals, with the bodies that clients take apart."""

import json
from collections.abc import Mapping
from datetime import datetime

from werkzeug.wrappers import Response

PROJECT = "project_number:100000000001"
_STATUS = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    413: "INVALID_ARGUMENT",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    501: "UNIMPLEMENTED",
    503: "UNAVAILABLE",
}
_REASON = {400: "badRequest", 401: "authError", 403: "forbidden", 404: "notFound", 429: "rateLimitExceeded"}


class ApiError(Exception):
    """An error answer. `message` stands in the old `errors` list, and on top unless `text` does."""

    def __init__(
        self,
        code: int,
        reason: str,
        message: str,
        *,
        text: str = "",
        status: str = "",
        domain: str = "global",
        details: Mapping[str, object] | None = None,
        location: tuple[str, str] | None = None,
    ) -> None:
        super().__init__(f"{code} {reason}")
        self.code = code
        entry: dict[str, object] = {"message": message, "domain": domain, "reason": reason}
        if location:
            entry |= {"location": location[0], "locationType": location[1]}
        self.body: dict[str, object] = {"code": code, "message": text or message, "errors": [entry]}
        self.body["status"] = status or _STATUS.get(code, "UNKNOWN")
        if details:
            self.body["details"] = [dict(details)]

    def response(self) -> Response:
        text = json.dumps({"error": self.body}, indent=2, ensure_ascii=False)
        response = Response(text, self.code, content_type="application/json; charset=UTF-8")
        if self.code == 401:
            response.headers["WWW-Authenticate"] = 'Bearer realm="https://accounts.google.com/"'
        return response


def error_info(reason: str, **metadata: str) -> dict[str, object]:
    return {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": reason,
        "domain": "googleapis.com",
        "metadata": {"service": "gmail.googleapis.com", **metadata},
    }


def invalid(message: str) -> ApiError:
    return ApiError(400, "invalidArgument", message)


def not_found() -> ApiError:
    return ApiError(404, "notFound", "Requested entity was not found.")


def unauthenticated(*, missing: bool = False) -> ApiError:
    if missing:
        return ApiError(
            401,
            "required",
            "Login Required.",
            text="Request is missing required authentication credential. Expected OAuth 2 access token, "
            "login cookie or other valid authentication credential.",
            location=("Authorization", "header"),
        )
    return ApiError(
        401,
        "authError",
        "Invalid Credentials",
        text="Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie "
        "or other valid authentication credential.",
        location=("Authorization", "header"),
    )


def insufficient_scope(method: str) -> ApiError:
    return ApiError(
        403,
        "insufficientPermissions",
        "Insufficient Permission",
        text="Request had insufficient authentication scopes.",
        details=error_info("ACCESS_TOKEN_SCOPE_INSUFFICIENT", method=method),
    )


def metadata_scope(what: str) -> ApiError:
    return ApiError(403, "forbidden", f"Metadata scope {what}")


def over_quota(limit: str) -> ApiError:
    return ApiError(
        403,
        "rateLimitExceeded",
        f"Quota exceeded for quota metric 'Queries' and limit '{limit}' of service "
        f"'gmail.googleapis.com' for consumer '{PROJECT}'.",
        status="RESOURCE_EXHAUSTED",
        domain="usageLimits",
        details=error_info("RATE_LIMIT_EXCEEDED", quota_limit=limit, consumer=PROJECT),
    )


def too_many_at_once() -> ApiError:
    return ApiError(429, "rateLimitExceeded", "Too many concurrent requests for user")


def sending_limit(until: datetime) -> ApiError:
    moment = until.strftime("%Y-%m-%dT%H:%M:%S.") + f"{until.microsecond // 1000:03d}Z"
    return ApiError(429, "rateLimitExceeded", f"User-rate limit exceeded.  Retry after {moment}")


def no_mail_service() -> ApiError:
    return ApiError(400, "failedPrecondition", "Mail service not enabled", status="FAILED_PRECONDITION")


def dialled(status: int) -> ApiError:
    """Word a fault that a test dialled in from outside."""
    words = {
        429: "Resource has been exhausted (e.g. check quota).",
        500: "Internal error encountered.",
        503: "The service is currently unavailable.",
    }
    reason = {500: "backendError", 503: "backendError"}.get(status, _REASON.get(status, "backendError"))
    return ApiError(status, reason, words.get(status, "The service refused."))
