"""Graph's ways of failing → providers.errors, in one place. Sign-in's stand in refusals.py.

Source: https://learn.microsoft.com/graph/errors, https://learn.microsoft.com/graph/throttling,
reference/providers.md 3.4, 3.5
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import requests
import urllib3.exceptions

from providers.damaged import UNREADABLE, seconds_in
from providers.errors import (
    Conflict,
    CursorExpired,
    NotFound,
    PermissionMissing,
    ProviderError,
    RateLimited,
    ReconnectRequired,
    Refused,
    Unavailable,
)
from providers.oauth import Capability

NEVER_LEFT = "unconnected"  # code of an Unavailable of which nothing can have come about
NO_MAILBOX = frozenset({"MailboxNotEnabledForRESTAPI", "MailboxNotSupportedForRESTAPI"})

_GUESS = timedelta(seconds=4)  # a 429 without a time: mostly the concurrency of this moment
_LONGEST_WAIT = timedelta(days=1)
_SAFE = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{1,79}")
_NO_ITEM = re.compile(r"ErrorInvalid(?:Id|Attachment)\w*|ErrorItemNotFound|ErrorFolderNotFound")
_RESYNC = frozenset({"SyncStateNotFound", "resyncRequired", "SyncStateInvalid"})
_NO_ROOM = frozenset({"ErrorQuotaExceeded", "ErrorMessageSizeExceeded"})


def from_answer(
    status: int, headers: Mapping[str, str], content: bytes, capability: Capability, now: datetime
) -> ProviderError:
    """Turn a refusal into ours. `capability` is what the call needed; `headers` are looked up in any case."""
    code = code_of(content) or str(status)
    named = wait_named(headers, now)
    if status == 429 or (status in (503, 504) and named):
        return RateLimited(named or _GUESS, code)
    if status >= 500 and code not in _NO_ROOM and status != 507:
        return Unavailable(code)
    if status == 401:
        return ReconnectRequired(code)
    if code in NO_MAILBOX:  # a 404 that is about the whole mailbox, not about one thing in it
        return Refused(code)
    if status == 403:
        denied = code in ("ErrorAccessDenied", "AccessDenied", "Authorization_RequestDenied", "403")
        return PermissionMissing(capability.value, code) if denied else Refused(code)
    if status == 410 or code in _RESYNC:
        return CursorExpired(code)
    if status == 404 or (status == 400 and _NO_ITEM.fullmatch(code)):
        return NotFound(code)
    if status in (409, 412):
        return Conflict(code)
    return Refused(code) if 400 <= status < 600 and status != 408 else Unavailable(code)


def from_failure(error: Exception) -> ProviderError:
    """Turn a broken connection or a broken answer into ours."""
    if isinstance(error, ProviderError):
        return error
    if _never_left(error):
        return Unavailable(NEVER_LEFT)
    if isinstance(error, (requests.Timeout, TimeoutError)):
        return Unavailable("timeout")
    if isinstance(error, OSError) and not isinstance(error, requests.JSONDecodeError):
        return Unavailable("connection")
    return Unavailable("unreadable_answer")


def _never_left(error: Exception) -> bool:
    """Say whether the request surely did not reach Microsoft: no connection was made."""
    unmade = (requests.ConnectTimeout, requests.exceptions.SSLError, requests.exceptions.ProxyError)
    if isinstance(error, unmade):
        return True
    if not isinstance(error, requests.ConnectionError) or not error.args:
        return False
    cause = getattr(error.args[0], "reason", error.args[0])
    return isinstance(cause, (urllib3.exceptions.NewConnectionError, urllib3.exceptions.NameResolutionError))


def code_of(content: bytes) -> str:
    """Read Graph's own word for a refusal, "" when there is none or it is no word."""
    try:
        error = json.loads(content)["error"]
        found = str(error["code"])
    except (*UNREADABLE, LookupError, TypeError):
        return ""
    return found if _SAFE.fullmatch(found) else ""


def wait_named(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """Read Retry-After: seconds, or a date (RFC 9110 10.2.3)."""
    text = next((value for name, value in headers.items() if name.lower() == "retry-after"), "").strip()
    if not text:
        return None
    wait = seconds_in(text)
    if wait is None:
        try:
            wait = parsedate_to_datetime(text).astimezone(UTC) - now
        except (ValueError, TypeError, OverflowError):
            return None
    return min(max(wait, timedelta(seconds=1)), _LONGEST_WAIT)
