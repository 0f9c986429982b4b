"""Graph's refusals, with the bodies that clients take apart.

Source: https://learn.microsoft.com/graph/errors
"""

import json
import uuid
from collections.abc import Mapping
from datetime import datetime

from werkzeug.wrappers import Response

_CODES = {
    400: "BadRequest",
    401: "InvalidAuthenticationToken",
    403: "ErrorAccessDenied",
    404: "ErrorItemNotFound",
    409: "ErrorIrresolvableConflict",
    410: "SyncStateNotFound",
    412: "ErrorIrresolvableConflict",
    429: "TooManyRequests",
    500: "ErrorInternalServerError",
    502: "BadGateway",
    503: "ServiceUnavailable",
    504: "UnknownError",
    507: "ErrorQuotaExceeded",
}


class GraphError(Exception):
    """An error answer."""

    def __init__(
        self, status: int, code: str, message: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        self.message = message
        self.headers = dict(headers or {})

    def body(self, now: datetime) -> dict[str, object]:
        inner = {
            "date": now.strftime("%Y-%m-%dT%H:%M:%S"),
            "request-id": str(uuid.uuid4()),
            "client-request-id": str(uuid.uuid4()),
        }
        return {"error": {"code": self.code, "message": self.message, "innerError": inner}}

    def response(self, now: datetime) -> Response:
        text = json.dumps(self.body(now))
        return Response(text, self.status, self.headers, content_type="application/json")


def dialled(status: int, retry_after: int | None) -> GraphError:
    """Word a fault that was dialled in."""
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    if status == 429:
        return GraphError(429, "ApplicationThrottled", "Application is over its request limit.", headers)
    return GraphError(status, _CODES.get(status, "UnknownError"), "The service said no.", headers)


def bad_request(message: str, code: str = "BadRequest") -> GraphError:
    return GraphError(400, code, message)


def no_property(name: str, kind: str = "message") -> GraphError:
    text = f"Could not find a property named '{name[:60]}' on type 'microsoft.graph.{kind}'."
    return GraphError(400, "RequestBroker--ParseUri", text)


def unauthenticated(text: str, headers: Mapping[str, str] | None = None) -> GraphError:
    told = {"WWW-Authenticate": 'Bearer realm="", authorization_uri="https://login.microsoftonline.com/'}
    told["WWW-Authenticate"] += 'common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"'
    return GraphError(401, "InvalidAuthenticationToken", text, {**told, **(headers or {})})


def access_denied() -> GraphError:
    return GraphError(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.")


def insufficient() -> GraphError:
    """Word a missing scope as the directory does, which answers /me."""
    text = "Insufficient privileges to complete the operation."
    return GraphError(403, "Authorization_RequestDenied", text)


def not_found() -> GraphError:
    text = "The specified object was not found in the store."
    return GraphError(404, "ErrorItemNotFound", text)


def malformed_id() -> GraphError:
    return GraphError(400, "ErrorInvalidIdMalformed", "Id is malformed.")


def no_mailbox() -> GraphError:
    text = "The mailbox is either inactive, soft-deleted, or is hosted on-premise."
    return GraphError(404, "MailboxNotEnabledForRESTAPI", text)


def too_many_at_once() -> GraphError:
    text = "Application is over its MailboxConcurrency limit."
    return GraphError(429, "ApplicationThrottled", text, {"Retry-After": "1"})


def too_many_requests(seconds: int) -> GraphError:
    text = "Application is over its request limit for this mailbox."
    return GraphError(429, "ApplicationThrottled", text, {"Retry-After": str(seconds)})


def inefficient() -> GraphError:
    text = "The restriction or sort order is too complex for this operation."
    return GraphError(400, "InefficientFilter", text)


def invalid_recipients() -> GraphError:
    return GraphError(400, "ErrorInvalidRecipients", "At least one recipient is not valid.")
