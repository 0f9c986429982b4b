"""Connections to Microsoft's sign-in, shaped as msal wants its `http_client`.

msal insists on https and on Microsoft's own addresses, so it always sees those; the origin is replaced here,
on the wire, by the one from the settings. msal's `http_cache` is not used: it guards a shared dict with one
lock for each application object, and it answers a refused refresh from memory for a minute. What that cache
is for, not asking for Microsoft's metadata with every object, is done here.
Source: reference/providers.md 4, https://learn.microsoft.com/entra/msal/python/
"""

import json
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError

from providers.damaged import UNREADABLE
from providers.errors import ProviderError, RateLimited, Unavailable
from providers.microsoft.errors import from_failure, wait_named

MICROSOFT = "https://login.microsoftonline.com"
COMMON = f"{MICROSOFT}/common"

_METADATA = f"{COMMON}/v2.0/.well-known/openid-configuration"
_KEPT_SECONDS = 24 * 3600.0
_AGAIN_SECONDS = 60.0
_TIMEOUT = (6.0, 15.0)
_LARGEST_ANSWER = 1024 * 1024
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer in msal's shape."""

    status_code: int
    text: str = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)

    def read(self) -> Mapping[str, Any]:
        """Read the JSON object; an empty one in the place of anything else."""
        try:
            found = json.loads(self.text)
        except UNREADABLE:
            found = None
        return found if isinstance(found, dict) else {}

    def raise_for_status(self) -> None:
        """Raise Unavailable unless the answer is good."""
        if self.status_code >= 400:
            raise Unavailable(str(self.status_code))


class Authority:
    """Microsoft's sign-in for this process. Thread-safe.

    Raises providers.errors for what is no answer; refusals are msal's to read.
    """

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url.rstrip("/")
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[float, Heard]] = {}
        self._looked: float | None = None

    def on_the_wire(self, url: str) -> str:
        """Put the configured origin in the place of Microsoft's. Raises Unavailable for any other host."""
        if not url.startswith(f"{MICROSOFT}/"):
            raise Unavailable("foreign_host")
        return self._base_url + url.removeprefix(MICROSOFT)

    def get(self, url: str, **options: Any) -> Heard:
        """Read metadata, from memory when it is not a day old."""
        return self._get(url, _KEPT_SECONDS, options.get("params"), options.get("headers"))

    def _get(self, url: str, kept: float, params: Any = None, headers: Any = None) -> Heard:
        key = url + json.dumps(params, sort_keys=True, default=str)
        with self._lock:
            at, held = self._kept.get(key, (0.0, None))
        if held is not None and time.monotonic() - at < kept:
            return held
        heard = self._ask("GET", url, params, None, headers)
        if heard.status_code == 200 and heard.read():  # a page in its place is not kept for a day
            with self._lock:
                self._kept[key] = (time.monotonic(), heard)
        return heard

    def post(self, url: str, **options: Any) -> Heard:
        """Send a form, once."""
        return self._ask("POST", url, options.get("params"), options.get("data"), options.get("headers"))

    def close(self) -> None:
        """Do what msal's client does at its end: nothing is kept open here."""

    def keys(self, known: str) -> Sequence[Mapping[str, Any]]:
        """List the keys that sign Microsoft's id_tokens; asks anew when `known` is not at hand.

        Anybody can send a token with an unknown key: so it is asked anew at most once a minute.
        """
        url = str(self.get(_METADATA).read().get("jwks_uri", ""))
        keys = self._keys(url, _KEPT_SECONDS)
        if any(one.get("kid") == known for one in keys) or not self._may_look_again():
            return keys
        return self._keys(url, 0.0)

    def _keys(self, url: str, kept: float) -> Sequence[Mapping[str, Any]]:
        found = self._get(url, kept).read().get("keys")
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []

    def _may_look_again(self) -> bool:
        with self._lock:
            now = time.monotonic()
            may = self._looked is None or now - self._looked > _AGAIN_SECONDS
            self._looked = now if may else self._looked
            return may

    def _ask(self, method: str, url: str, params: Any, data: Any, headers: Any) -> Heard:
        failure: ProviderError
        target = self.on_the_wire(url)
        try:
            with requests.Session() as session:
                session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
                session.trust_env = urlsplit(target).hostname not in _LOOPBACK
                with session.request(
                    method,
                    target,
                    params=params,
                    data=data,
                    headers={"Accept": "application/json", **(headers or {})},
                    timeout=_TIMEOUT,
                    allow_redirects=False,
                    stream=True,
                ) as answer:
                    content = answer.raw.read(_LARGEST_ANSWER, decode_content=True)
                    return _heard(answer.status_code, answer.headers, content)
        except ProviderError:
            raise
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            failure = from_failure(error)
        raise failure  # outside of the handler: the error would carry the request


def _heard(status: int, headers: Mapping[str, str], content: bytes) -> Heard:
    """Take an answer that says something; what only says "not now" is raised, so that nobody keeps it."""
    if status == 429:
        named = wait_named(headers, datetime.now(UTC))
        raise RateLimited(named or timedelta(seconds=30), "429")
    if status >= 500 or 300 <= status < 400:
        raise Unavailable(str(status))
    return Heard(status, content.decode("utf-8", "replace"), dict(headers))
