"""Google's refusals and damaged answers in our words."""

import json
from datetime import UTC, datetime, timedelta

import httplib2
import pytest
import requests
from googleapiclient.errors import HttpError

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
from providers.google.errors import NEVER_LEFT, translate
from providers.oauth import Capability

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def refusal(status: int, reason: str = "", message: str = "", **headers: str) -> HttpError:
    body = {"error": {"code": status, "message": message, "errors": [{"reason": reason}] if reason else []}}
    return refused(status, json.dumps(body).encode(), **headers)


def refused(status: int, content: bytes, **headers: str) -> HttpError:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return HttpError(
        httplib2.Response({"status": str(status), **named}), content, uri="https://x/?q=from:dana@x.com"
    )


def ours(error: Exception) -> ProviderError:
    return translate(error, Capability.READ, NOW)


@pytest.mark.parametrize(
    ("status", "reason", "message", "kind"),
    [
        (401, "authError", "Invalid Credentials", ReconnectRequired),
        (403, "rateLimitExceeded", "Quota exceeded", RateLimited),
        (403, "userRateLimitExceeded", "", RateLimited),
        (403, "dailyLimitExceeded", "", RateLimited),
        (403, "quotaExceeded", "Calendar usage limits exceeded.", RateLimited),
        (403, "calendarUsageLimits", "", RateLimited),
        (429, "rateLimitExceeded", "Too many concurrent requests for user", RateLimited),
        (429, "", "Resource has been exhausted (e.g. check quota).", RateLimited),
        (403, "insufficientPermissions", "", PermissionMissing),
        (403, "domainPolicy", "", AdminApprovalRequired),
        (403, "accessNotConfigured", "", OperatorFault),
        (403, "forbidden", "", Refused),
        (400, "failedPrecondition", "Mail service not enabled", Refused),
        (400, "invalidArgument", "Recipient address required", Refused),
        (400, "invalidArgument", "Invalid id value", NotFound),
        (404, "notFound", "", NotFound),
        (410, "", "", NotFound),
        (409, "", "", Conflict),
        (412, "", "", Conflict),
        (413, "", "", Refused),
        (500, "backendError", "", Unavailable),
        (503, "", "", Unavailable),
        (302, "", "", Unavailable),
    ],
)
def test_a_refusal_becomes_ours(status: int, reason: str, message: str, kind: type[ProviderError]) -> None:
    assert type(ours(refusal(status, reason, message))) is kind


@pytest.mark.parametrize(
    ("error", "seconds"),
    [
        (refusal(429, "x", "User-rate limit exceeded.  Retry after 2026-11-22T09:05:00.000Z"), 300),
        (refusal(429, "x", "User-rate limit exceeded.  Retry after 2020-01-01T00:00:00.000Z"), 1),
        (refusal(429, "x", "User-rate limit exceeded.  Retry after 2036-01-01T00:00:00.000Z"), 86_400),
        (refusal(429, "x", "User-rate limit exceeded.  Retry after 2026-99-99T99:99:99Z"), 4),
        (refusal(429, "x", "", retry_after="17"), 17),
        (refusal(429, "x", "", retry_after="Sun, 22 Nov 2026 09:01:00 GMT"), 60),
        (refusal(403, "userRateLimitExceeded"), 30),
    ],
)
def test_the_wait_is_googles_own_figure_within_reason(error: HttpError, seconds: int) -> None:
    failure = ours(error)
    assert isinstance(failure, RateLimited) and failure.retry_after == timedelta(seconds=seconds)


def test_the_newer_form_of_details_is_read_as_well() -> None:
    body = {"error": {"code": 403, "details": [{"reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT"}]}}
    failure = translate(refused(403, json.dumps(body).encode()), Capability.SEND, NOW)
    assert isinstance(failure, PermissionMissing) and failure.capability == "send"


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>Error 403</html>", b"[]", b'{"error": "x"}', b'{"error": {"errors": [1]}}', b"\xff\xfe"],
)
def test_an_answer_that_cannot_be_read_still_counts_by_its_status(content: bytes) -> None:
    assert type(ours(refused(403, content))) is Refused
    assert type(ours(refused(502, content))) is Unavailable


def test_only_a_word_of_the_vendor_reaches_our_code() -> None:
    failure = ours(refusal(400, "from dana@x.com", "Secret subject"))
    assert failure.code == "400"


@pytest.mark.parametrize(
    "error",
    [
        requests.ReadTimeout(),
        requests.ConnectionError(ConnectionResetError()),
        requests.exceptions.ChunkedEncodingError(),
        ConnectionResetError(),
        json.JSONDecodeError("x", "<html>", 0),
        UnicodeDecodeError("utf-8", b"\xff", 0, 1, "x"),
        KeyError("content-type"),
    ],
)
def test_a_broken_answer_is_unavailable_and_may_have_taken_effect(error: Exception) -> None:
    failure = ours(error)
    assert type(failure) is Unavailable and failure.code != NEVER_LEFT


def test_a_port_where_nobody_listens_was_never_reached() -> None:
    with pytest.raises(requests.ConnectionError) as error:
        requests.get("http://127.0.0.1:9", timeout=5)
    assert ours(error.value).code == NEVER_LEFT
