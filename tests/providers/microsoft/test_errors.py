"""Every way in which Graph and its connection fail, in our words."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import requests

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
from providers.microsoft.errors import NEVER_LEFT, from_answer, from_failure
from providers.oauth import Capability

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def failure(status: int, code: str = "", **headers: str) -> ProviderError:
    content = json.dumps({"error": {"code": code, "message": "dana@partner.example said no"}}).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return from_answer(status, named, content if code else b"<html>", Capability.SEND, NOW)


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (401, "InvalidAuthenticationToken", ReconnectRequired),
        (403, "ErrorAccessDenied", PermissionMissing),
        (403, "", PermissionMissing),
        (403, "ErrorSendAsDenied", Refused),
        (404, "ErrorItemNotFound", NotFound),
        (404, "MailboxNotEnabledForRESTAPI", Refused),
        (400, "ErrorInvalidIdMalformed", NotFound),
        (400, "ErrorInvalidRecipients", Refused),
        (400, "InefficientFilter", Refused),
        (409, "ErrorIrresolvableConflict", Conflict),
        (412, "ErrorIrresolvableConflict", Conflict),
        (410, "SyncStateNotFound", CursorExpired),
        (400, "SyncStateNotFound", CursorExpired),
        (413, "", Refused),
        (507, "ErrorQuotaExceeded", Refused),
        (500, "ErrorInternalServerError", Unavailable),
        (502, "", Unavailable),
        (503, "", Unavailable),
        (408, "", Unavailable),
        (302, "", Unavailable),
        (200, "", Unavailable),
        (429, "ApplicationThrottled", RateLimited),
    ],
)
def test_an_answer_is_told_in_our_words(status: int, code: str, kind: type[ProviderError]) -> None:
    told = failure(status, code)
    assert type(told) is kind
    assert told.code == (code or str(status)) and "dana" not in repr(told)


def test_a_missing_permission_is_named() -> None:
    told = failure(403, "ErrorAccessDenied")
    assert isinstance(told, PermissionMissing) and told.capability == Capability.SEND


@pytest.mark.parametrize(
    ("status", "named", "wait"),
    [
        (429, "7", timedelta(seconds=7)),
        (503, "120", timedelta(minutes=2)),
        (429, "Sun, 22 Nov 2026 09:01:00 GMT", timedelta(minutes=1)),
        (429, "Sun, 22 Nov 2026 08:00:00 GMT", timedelta(seconds=1)),
        (429, "99999999", timedelta(days=1)),
        (429, "soon", timedelta(seconds=4)),
    ],
)
def test_a_time_to_wait_is_read_as_seconds_or_as_a_date(status: int, named: str, wait: timedelta) -> None:
    told = failure(status, "ApplicationThrottled", Retry_After=named)
    assert isinstance(told, RateLimited) and told.retry_after == wait


def test_a_code_that_is_no_word_reaches_no_log() -> None:
    assert failure(400, "x dana@partner.example").code == "400"


def test_a_connection_that_was_never_made_is_told_apart() -> None:
    with pytest.raises(requests.ConnectionError) as refused:
        requests.get("http://127.0.0.1:1/", timeout=2)
    assert from_failure(refused.value).code == NEVER_LEFT
    assert from_failure(requests.ConnectTimeout()).code == NEVER_LEFT
    assert from_failure(requests.ReadTimeout()).code == "timeout"
    assert from_failure(requests.ConnectionError("reset")).code == "connection"
    assert from_failure(requests.exceptions.ChunkedEncodingError()).code == "connection"
    assert from_failure(ValueError()).code == "unreadable_answer"
