"""Requests to Microsoft Graph: pooled, timed, four at a time, with ids that do not change when mail is moved.

Source: https://learn.microsoft.com/graph/outlook-immutable-id, reference/providers.md 3.1, 3.4
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError

from providers.damaged import UNREADABLE
from providers.errors import ProviderError, RateLimited, Unavailable
from providers.microsoft.challenges import Challenges
from providers.microsoft.errors import from_answer, from_failure
from providers.microsoft.gate import Gate, Gates
from providers.oauth import Capability

Json = Mapping[str, Any]
Wait = Callable[[float], None]

PREFER = 'IdType="ImmutableId", outlook.body-content-type="html"'
LONGEST_PAUSE = timedelta(seconds=8)  # somebody is waiting for the list: what takes longer is told to them

_CONNECT_SECONDS = 6.0
_READ_SECONDS = 30.0
_WRITE_SECONDS = 60.0
_ROUNDS = 3
_LARGEST_ANSWER = 72 * 1024 * 1024
_LARGEST_FILE = 200 * 1024 * 1024  # the largest attachment that Outlook takes is 150 MB
_PIECE = 64 * 1024
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_BROKEN = (requests.RequestException, HTTPError, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class Access:
    """Whose mailbox, by which token."""

    token: str = field(repr=False)
    gate: Gate = field(repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for one request, whatever its status."""

    status: int
    headers: Mapping[str, str]
    content: bytes = field(repr=False)

    def read(self) -> Json:
        """Read the JSON object. Raises Unavailable."""
        try:
            found = json.loads(self.content)
        except UNREADABLE:
            found = None
        if not isinstance(found, dict):
            raise Unavailable("unreadable_answer")
        return found


class Graph:
    """All connections of this process to one Graph. Thread-safe. Raises providers.errors."""

    def __init__(self, base_url: str, now: Callable[[], datetime], wait: Wait) -> None:
        self.base_url = base_url.rstrip("/")
        self.now = now
        self.wait = wait
        self.challenges = Challenges()
        self._gates = Gates()
        self._kept = self._session()

    def access(self, token: str, address: str) -> Access:
        """Say whose mailbox the next requests are about. Opens no connection."""
        return Access(token, self._gates.of(address))

    def get(
        self, access: Access, path: str, capability: Capability, headers: Mapping[str, str] | None = None
    ) -> Json:
        """Read one thing; waits and asks again where Graph names a short time."""
        for rounds_left in reversed(range(_ROUNDS)):
            try:
                with access.gate.enter(1):
                    answer = self.ask(access, "GET", path, headers=headers)
            except Unavailable as broken:
                if broken.code != "connection" or rounds_left < _ROUNDS - 1:
                    raise
                continue  # a kept connection that was just being closed: once more, over another
            if answer.status == 200:
                return answer.read()
            failure = self.failure(answer, capability)
            pause = pause_for(failure)
            if pause is None or not rounds_left:
                raise failure
            self.wait(pause)
        raise AssertionError("no round was made")

    def post(self, access: Access, path: str, body: Json) -> Answer:
        """Write one new thing, once."""
        return self.write(access, "POST", path, body)

    def write(
        self,
        access: Access,
        method: str,
        path: str,
        body: Json | None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Write, change or delete one thing, once, over a connection of its own.

        On a kept one that is just being closed from the other side, nobody could tell whether Microsoft had
        seen the request.
        """
        with access.gate.enter(1):
            return self.ask(access, method, path, body, own=True, headers=headers)

    def ask(
        self,
        access: Access,
        method: str,
        path: str,
        body: Json | None = None,
        *,
        own: bool = False,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Make one request and read its answer; takes no place at the gate."""
        failure: ProviderError
        try:
            with self._asked(access, method, path, body, own=own, more=headers) as answer:
                return Answer(answer.status_code, answer.headers, b"".join(_bounded(answer)))
        except _BROKEN as error:
            failure = from_failure(error)
        raise failure  # outside of the handler: the error would carry the address with the search

    def stream(self, access: Access, path: str, capability: Capability) -> Iterator[bytes]:
        """Read an answer piece by piece; a refusal is raised with the first one."""
        failure: ProviderError
        try:
            with ExitStack() as closing:
                with access.gate.enter(1):
                    answer = closing.enter_context(self._asked(access, "GET", path, None, own=False))
                if answer.status_code == 200:
                    yield from _bounded(answer, _LARGEST_FILE)
                    return
                refused = Answer(answer.status_code, answer.headers, b"".join(_bounded(answer)))
                failure = self.failure(refused, capability)
        except _BROKEN as error:
            failure = from_failure(error)
        raise failure

    @contextmanager
    def _asked(
        self,
        access: Access,
        method: str,
        path: str,
        body: Json | None,
        *,
        own: bool,
        more: Mapping[str, str] | None = None,
    ) -> Iterator[requests.Response]:
        headers = {"Accept": "application/json", "Prefer": PREFER, **(more or {})}
        if body is not None:
            headers["Content-Type"] = "application/json"
        with (
            self._session() if own else nullcontext(self._kept) as session,
            session.request(
                method,
                self.base_url + path,
                data=None if body is None else json.dumps(body).encode(),
                headers=headers,
                auth=_Authorise(access.token),
                timeout=(_CONNECT_SECONDS, _WRITE_SECONDS if own else _READ_SECONDS),
                allow_redirects=False,  # the token goes to Graph's host only
                stream=True,
            ) as answer,
        ):
            if answer.status_code == 401:
                self.challenges.note(access.token, answer.headers.get("WWW-Authenticate", ""))
            yield answer

    def failure(self, answer: Answer, capability: Capability) -> ProviderError:
        """Say in our words what an answer refuses."""
        return from_answer(answer.status, answer.headers, answer.content, capability, self.now())

    def path_of(self, link: str) -> str:
        """Read where a @odata.nextLink leads. Raises Unavailable when it leads away from Graph."""
        if not link.startswith(f"{self.base_url}/"):
            raise Unavailable("foreign_link")
        return link.removeprefix(self.base_url)

    def _session(self) -> requests.Session:
        session = requests.Session()
        adapter = HTTPAdapter(pool_connections=2, pool_maxsize=32, max_retries=0)
        session.mount("https://", adapter)
        session.mount("http://", adapter)
        session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        session.trust_env = urlsplit(self.base_url).hostname not in _LOOPBACK
        return session

    def close(self) -> None:
        """Close every connection."""
        self._kept.close()


class _Authorise(requests.auth.AuthBase):
    """Set the header in the last moment, so that a .netrc of the machine cannot replace it."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class _TooLarge(requests.RequestException):
    """The answer has more bytes than anything Graph documents."""


def pause_for(failure: ProviderError) -> float | None:
    """Say how many seconds to wait before asking again; None where waiting does not help, or not for long."""
    if not isinstance(failure, RateLimited) or failure.retry_after > LONGEST_PAUSE:
        return None
    return failure.retry_after.total_seconds()


def _bounded(answer: requests.Response, most: int = _LARGEST_ANSWER) -> Iterator[bytes]:
    total = 0
    for piece in answer.iter_content(_PIECE):
        total += len(piece)
        if total > most:
            raise _TooLarge
        yield piece
