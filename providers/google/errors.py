"""Google's ways of failing → providers.errors, in one place.

Source: reference/providers.md 1.4, 2 and 5, https://developers.google.com/workspace/gmail/api/guides/handle-errors,
https://developers.google.com/workspace/calendar/api/guides/errors
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import requests
import urllib3.exceptions
from googleapiclient.errors import BatchError, HttpError
from googleapiclient.errors import Error as ClientError

from providers.damaged import UNREADABLE, seconds_in
from providers.errors import (
    AdminApprovalRequired,
    Conflict,
    NotFound,
    OperatorFault,
    PermissionMissing,
    ProviderError,
    RateLimited,
    ReconnectRequired,
    Refused,
    Unavailable,
)
from providers.oauth import Capability

# Whatever the client can raise, damaged answers included: it trusts their shape and stumbles over it.
VENDOR_ERRORS = (
    ClientError,
    requests.RequestException,
    OSError,
    *UNREADABLE,
    LookupError,
    AttributeError,
    TypeError,
)

NEVER_LEFT = "unconnected"  # code of an Unavailable of which nothing can have come about

_LIMITS = {  # reason → how long a wait helps when Google names no time
    "rateLimitExceeded": timedelta(seconds=30),
    "userRateLimitExceeded": timedelta(seconds=30),
    "quotaExceeded": timedelta(minutes=10),
    "dailyLimitExceeded": timedelta(hours=1),
    "calendarUsageLimits": timedelta(hours=1),
}
_SCOPES = {"insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT", "insufficientScopes"}
_ADMIN = {"domainPolicy", "domainAdministrator", "ADMIN_POLICY_ENFORCED"}
_PROJECT = {"accessNotConfigured", "SERVICE_DISABLED", "projectNotFound", "keyInvalid"}
_TOO_MUCH_AT_ONCE = timedelta(seconds=4)  # a 429 without a time: mostly the concurrency of this moment
_LONGEST_WAIT = timedelta(days=1)
_SAFE = re.compile(r"[A-Za-z][A-Za-z0-9_]{1,59}")
_RETRY_AFTER = re.compile(r"Retry after (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z)", re.IGNORECASE)


def translate(error: Exception, capability: Capability, now: datetime) -> ProviderError:
    """Turn whatever the client raised into ours. `capability` is what the call needed."""
    if isinstance(error, ProviderError):
        return error
    if isinstance(error, HttpError) and not isinstance(error, BatchError):  # a batch's has no answer in it
        return _from_answer(error, capability, now)
    if _never_left(error):
        return Unavailable(NEVER_LEFT)
    if isinstance(error, (requests.Timeout, TimeoutError)):
        return Unavailable("timeout")
    if isinstance(error, OSError) and not isinstance(error, requests.JSONDecodeError):
        return Unavailable("connection")
    return Unavailable("unreadable_answer")


def _never_left(error: Exception) -> bool:
    """Say whether the request surely did not reach Google: no connection was made."""
    if isinstance(
        error, (requests.ConnectTimeout, requests.exceptions.SSLError, requests.exceptions.ProxyError)
    ):
        return True
    if not isinstance(error, requests.ConnectionError) or not error.args:
        return False
    cause = getattr(error.args[0], "reason", error.args[0])
    return isinstance(cause, (urllib3.exceptions.NewConnectionError, urllib3.exceptions.NameResolutionError))


def _from_answer(error: HttpError, capability: Capability, now: datetime) -> ProviderError:
    status = int(error.resp.status)
    reasons, message = _words_of(error.content)
    code = next((one for one in reasons if _SAFE.fullmatch(one)), str(status))
    limit = next((_LIMITS[one] for one in reasons if one in _LIMITS), None)
    if status == 429 or (status == 403 and limit):
        guess = limit if limit and status == 403 else _TOO_MUCH_AT_ONCE
        return RateLimited(_wait(error.resp, message, guess, now), code)
    if status == 401:
        return ReconnectRequired(code)
    if status == 403:
        return _forbidden(set(reasons), capability, code)
    if status in (404, 410) or (status == 400 and message.startswith("Invalid id value")):
        return NotFound(code)
    if status in (409, 412):
        return Conflict(code)
    if 400 <= status < 500 and status != 408:
        return Refused(code)
    return Unavailable(code)


def _forbidden(reasons: set[str], capability: Capability, code: str) -> ProviderError:
    if reasons & _SCOPES:
        return PermissionMissing(capability.value, code)
    if reasons & _ADMIN:
        return AdminApprovalRequired(capability.value, code)
    if reasons & _PROJECT:
        return OperatorFault(code)
    return Refused(code)


def _words_of(content: bytes | str) -> tuple[list[str], str]:
    """Read reasons, most telling first, and the message; an HTML page or garbage says nothing."""
    try:
        error = json.loads(content)["error"]
        details = [one for key in ("details", "errors") for one in error.get(key) or ()]
        reasons = [str(one["reason"]) for one in details if isinstance(one, Mapping) and "reason" in one]
        return [*reasons, str(error.get("status", ""))], str(error.get("message", ""))
    except (*UNREADABLE, LookupError, TypeError, AttributeError):
        return [], ""


def _wait(answer: Mapping[str, Any], message: str, guess: timedelta, now: datetime) -> timedelta:
    named = str(answer.get("retry-after", "")).strip()
    wait = guess
    if moment := _moment_in(message):
        wait = moment - now
    elif (seconds := seconds_in(named)) is not None:
        wait = seconds
    elif moment := _moment(named):
        wait = moment - now
    return min(max(wait, timedelta(seconds=1)), _LONGEST_WAIT)


def _moment_in(message: str) -> datetime | None:
    found = _RETRY_AFTER.search(message)
    try:
        return datetime.fromisoformat(found[1][:19] + "+00:00") if found else None
    except ValueError:
        return None


def _moment(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None
