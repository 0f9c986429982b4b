"""Requests to Google's sign-in: a form or a bearer token out, JSON back, once, with a time limit.

Source: https://developers.google.com/identity/protocols/oauth2/web-server, RFC 6749 5.2, RFC 7009
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError

from providers.damaged import UNREADABLE, seconds_in
from providers.errors import OperatorFault, ProviderError, RateLimited, ReconnectRequired, Unavailable

_DEAD = {"invalid_grant", "admin_policy_enforced", "access_denied", "invalid_rapt", "deleted_client_user"}
_OURS = {
    "invalid_client",
    "unauthorized_client",
    "deleted_client",
    "disabled_client",
    "redirect_uri_mismatch",
    "invalid_request",
    "invalid_scope",
    "unsupported_grant_type",
    "org_internal",
}
_TIMEOUT = (6.0, 15.0)
_GUESS, _LONGEST_WAIT = timedelta(seconds=30), timedelta(days=1)
_LARGEST_ANSWER = 256 * 1024
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where Google's sign-in lives."""

    auth: str
    token: str
    revoke: str
    userinfo: str


def post_form(url: str, form: Mapping[str, str]) -> Mapping[str, Any]:
    """Post a form. Raises providers.errors."""
    return _request("POST", url, form, {})


def get_json(url: str, access_token: str) -> Mapping[str, Any]:
    """Read what a bearer of the token may know. Raises providers.errors."""
    return _request("GET", url, None, {"Authorization": f"Bearer {access_token}"})


def _request(
    method: str, url: str, form: Mapping[str, str] | None, headers: Mapping[str, str]
) -> Mapping[str, Any]:
    failure: ProviderError
    try:
        with requests.Session() as session:
            session.trust_env = urlsplit(url).hostname not in _LOOPBACK
            with session.request(
                method,
                url,
                data=form,
                headers={"Accept": "application/json", **headers},
                timeout=_TIMEOUT,
                allow_redirects=False,
                stream=True,
            ) as answer:
                content = answer.raw.read(_LARGEST_ANSWER, decode_content=True)
                return _read(answer.status_code, answer.headers, content)
    except ProviderError:
        raise
    except requests.Timeout:
        failure = Unavailable("timeout")
    except (requests.RequestException, HTTPError, OSError, ValueError):
        failure = Unavailable("connection")
    raise failure  # outside of the handler: the error would carry the request


def _read(status: int, headers: Mapping[str, str], content: bytes) -> Mapping[str, Any]:
    try:
        answer = json.loads(content)
    except UNREADABLE:
        answer = None
    if status == 200 and isinstance(answer, dict):
        return answer
    error = answer.get("error") if isinstance(answer, dict) else None
    word = safe_word(error) if isinstance(error, str) else ""
    if status == 429 or word in ("rate_limit_exceeded", "slow_down"):
        named = seconds_in(headers.get("Retry-After", "").strip()) or _GUESS
        raise RateLimited(min(named, _LONGEST_WAIT), word)
    if word in _DEAD or word == "invalid_token":
        raise ReconnectRequired(word)
    if 400 <= status < 500 and word in _OURS:
        raise OperatorFault(word)
    raise Unavailable(word or str(status))


def safe_word(error: str) -> str:
    """Give the vendor's word for an error if it is one: nothing else of an answer may reach a log."""
    wordlike = error.isascii() and error.replace("_", "").isalnum() and len(error) <= 60
    return error if wordlike else "unreadable"
