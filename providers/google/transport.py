"""Connections to Google for the API client: pooled, with time limits, and never a second try on its own.

The client's usual httplib2 sends a request again by itself when a connection breaks, and so could make two
drafts of one reply. It also keeps a connection per thread; this pool is shared by all tasks of the process.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, nullcontext
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import urlsplit

import httplib2
import requests
from requests.adapters import HTTPAdapter

_CONNECT_SECONDS = 6.0
_READ_SECONDS = 20.0
_WRITE_SECONDS = 40.0
_LARGEST_ANSWER = 72 * 1024 * 1024  # the largest attachment Gmail knows, as base64 in JSON, with room
OpenSession = Callable[[], AbstractContextManager[requests.Session]]

_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class AnswerTooLarge(requests.RequestException):
    """The answer has more bytes than anything Gmail documents."""


class Transport:
    """All connections of this process to one Google. Thread-safe."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url
        self._kept = _session(base_url)

    def reading(self, access_token: str) -> "Bearer":
        """Give what the client needs as `http` for calls that change nothing."""
        return Bearer(lambda: nullcontext(self._kept), access_token, _READ_SECONDS)

    def writing(self, access_token: str) -> "Bearer":
        """Give what the client needs as `http` for calls that change something.

        Each takes a connection of its own: on a kept one that is just being closed from the other side,
        nobody could tell whether Google had seen the request.
        """
        return Bearer(lambda: _session(self._base_url), access_token, _WRITE_SECONDS)

    def close(self) -> None:
        """Close every connection."""
        self._kept.close()

    def __del__(self) -> None:
        self.close()


class Bearer:
    """What google-api-python-client expects of an `http`, with a bare access token in every request."""

    def __init__(self, session: OpenSession, access_token: str, seconds: float) -> None:
        self._session = session
        self._seconds = seconds
        self._token = access_token

    def request(
        self,
        uri: str,
        method: str = "GET",
        body: str | bytes | None = None,
        headers: Mapping[str, str] | None = None,
        **_ignored: object,
    ) -> tuple[Any, bytes]:
        """Make one request. Redirects are not followed: the token goes to Google's host only."""
        with self._session() as session, self._ask(session, method, uri, body, headers) as answer:
            return _described(answer), b"".join(_bounded(answer))

    def stream(self, uri: str) -> tuple[Any, Iterator[bytes]]:
        """Read an answer piece by piece; the connection is free again when the pieces were read."""
        with ExitStack() as opened:
            answer = opened.enter_context(
                self._ask(opened.enter_context(self._session()), "GET", uri, None, None)
            )
            return _described(answer), _pieces(answer, opened.pop_all())

    def _ask(
        self,
        session: requests.Session,
        method: str,
        uri: str,
        body: str | bytes | None,
        headers: Mapping[str, str] | None,
    ) -> requests.Response:
        return session.request(
            method,
            uri,
            data=body.encode() if isinstance(body, str) else body,
            headers=dict(headers or {}),
            auth=_Authorise(self._token),
            timeout=(_CONNECT_SECONDS, self._seconds),
            allow_redirects=False,
            stream=True,
        )

    def close(self) -> None:
        """Leave the shared connections open."""


class _Authorise(requests.auth.AuthBase):
    """Set the header in the last moment, so that a .netrc of the machine cannot replace it."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


def _session(base_url: str) -> requests.Session:
    session = requests.Session()
    adapter = HTTPAdapter(pool_connections=2, pool_maxsize=32, max_retries=0)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.trust_env = urlsplit(base_url).hostname not in _LOOPBACK  # no company proxy for this machine
    return session


def _bounded(answer: requests.Response) -> Iterator[bytes]:
    total = 0
    for piece in answer.iter_content(64 * 1024):
        total += len(piece)
        if total > _LARGEST_ANSWER:
            raise AnswerTooLarge
        yield piece


def _pieces(answer: requests.Response, opened: ExitStack) -> Iterator[bytes]:
    with opened:
        yield from _bounded(answer)


def _described(answer: requests.Response) -> Any:
    described = httplib2.Response({**_lower(answer.headers), "status": str(answer.status_code)})
    described.reason = answer.reason
    return described


def _lower(headers: Mapping[str, str]) -> dict[str, str]:
    # The body is handed over unpacked: the client must not think that it is still compressed.
    dropped = {"content-encoding", "transfer-encoding"}
    return {name.lower(): value for name, value in headers.items() if name.lower() not in dropped}
