"""Faults that are dialled in, and a record of every request, for all services of the sandbox."""

import re
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CALLS_KEPT = 100_000

STATUS_LINES = {
    400: "400 Bad Request",
    401: "401 Unauthorized",
    403: "403 Forbidden",
    404: "404 Not Found",
    429: "429 Too Many Requests",
    500: "500 Internal Server Error",
    502: "502 Bad Gateway",
    503: "503 Service Unavailable",
    504: "504 Gateway Timeout",
}


class Kind(StrEnum):
    """What goes wrong."""

    DELAY = "delay"  # answers, but later by `seconds`
    STATUS = "status"  # refuses with `status` and does nothing
    RESET_BEFORE = "reset_before"  # the connection breaks, nothing was done
    RESET_AFTER = "reset_after"  # everything was done, the answer is lost
    SLOW_AFTER = "slow_after"  # everything was done, the answer comes `seconds` later
    LATENCY = "latency"  # the answer comes `seconds` after the request, the service's own work included


SOFT = (Kind.DELAY, Kind.LATENCY)  # these only take time, and go together with another fault


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong.

    `path` is a regular expression looked for in "METHOD /path" (the path as the service sees it, no query);
    `times` is how often it strikes, None is for ever; `seconds` are real ones, since sockets know no others.
    """

    service: str
    kind: Kind
    path: str = ""
    times: int | None = 1
    seconds: float = 0.0
    status: int = 503
    retry_after: int | None = None

    def meets(self, service: str, method: str, path: str) -> bool:
        """Say whether this request is one that goes wrong."""
        return service == self.service and re.search(self.path, f"{method} {path}") is not None


@dataclass(frozen=True, slots=True)
class Call:
    """A request that arrived: never its query, headers or body. Status 0 is an answer that was not given."""

    service: str
    method: str
    path: str
    status: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """How a service words an error that did not come from its own code."""

    content_type: str
    body: bytes


class BrokenOnPurpose(ConnectionError):
    """Tell the server to reset this connection without an answer."""


Refuse = Callable[[int, int | None], Refusal]


def plain_refusal(status: int, retry_after: int | None) -> Refusal:
    """Word an error for a service that has no words of its own."""
    del retry_after
    return Refusal("text/plain; charset=utf-8", STATUS_LINES.get(status, str(status)).encode())


class Faults:
    """Hold what is to go wrong, in the order given, and what was called."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._faults: list[Fault] = []
        self._calls: deque[Call] = deque(maxlen=CALLS_KEPT)
        self._closing = threading.Event()

    def add(self, fault: Fault) -> Fault:
        """Dial in a fault."""
        re.compile(fault.path)
        with self._condition:
            self._faults.append(fault)
        return fault

    def clear(self, service: str | None = None) -> None:
        """Dial out every fault (of one service)."""
        with self._condition:
            self._faults = [f for f in self._faults if service not in (None, f.service)]

    def standing(self) -> tuple[Fault, ...]:
        """List the faults that have not been used up."""
        with self._condition:
            return tuple(self._faults)

    def calls(self, service: str | None = None, path: str = "") -> list[Call]:
        """List the requests that arrived, in order; `path` is looked for in "METHOD /path"."""
        with self._condition:
            return [
                call
                for call in self._calls
                if service in (None, call.service) and re.search(path, f"{call.method} {call.path}")
            ]

    def forget_calls(self) -> None:
        """Begin the record anew."""
        with self._condition:
            self._calls.clear()

    def wait_for_calls(self, service: str, path: str, count: int, timeout: float = 10.0) -> bool:
        """Wait until a kind of request was answered `count` times; False when `timeout` seconds passed."""
        deadline = time.monotonic() + timeout
        with self._condition:
            while len(self.calls(service, path)) < count:
                left = deadline - time.monotonic()
                if left <= 0 or not self._condition.wait(left):
                    return len(self.calls(service, path)) >= count
            return True

    def strike(self, service: str, method: str, path: str) -> tuple[Fault, ...]:
        """Take the faults that meet this request; delays add up, of the others the first wins."""
        with self._condition:
            met = [f for f in self._faults if f.meets(service, method, path)]
            hard = next((f for f in met if f.kind not in SOFT), None)
            struck = [f for f in met if f.kind in SOFT or f is hard]
            for fault in struck:
                place = next(i for i, f in enumerate(self._faults) if f is fault)
                if fault.times is not None:
                    if fault.times <= 1:
                        del self._faults[place]
                    else:
                        self._faults[place] = replace(fault, times=fault.times - 1)
            return tuple(struck)

    def record(self, call: Call) -> None:
        """Write a request into the record."""
        with self._condition:
            self._calls.append(call)
            self._condition.notify_all()

    def linger(self, seconds: float) -> None:
        """Let real seconds pass, unless the sandbox is being stopped."""
        self._closing.wait(seconds)

    def stop(self) -> None:
        """End all delays at once."""
        self._closing.set()

    def wrap(self, service: str, app: "WSGIApplication", refuse: Refuse = plain_refusal) -> "WSGIApplication":
        """Put a service behind its faults and into the record."""
        return _Faulty(self, service, app, refuse).__call__


class _Faulty:
    def __init__(self, faults: Faults, service: str, app: "WSGIApplication", refuse: Refuse) -> None:
        self._faults = faults
        self._service = service
        self._app = app
        self._refuse = refuse

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "") or "/"
        arrived = time.monotonic()
        struck = self._faults.strike(self._service, method, path)
        for fault in struck:
            if fault.kind is Kind.DELAY:
                self._faults.linger(fault.seconds)
        hard = next((f for f in struck if f.kind not in SOFT), None)
        if hard is None:
            status, headers, body = _answer_of(self._app, environ)
        elif hard.kind is Kind.STATUS:
            status, headers, body = self._refused(hard)
        elif hard.kind is Kind.RESET_BEFORE:
            raise self._broken(method, path)
        else:
            status, headers, body = _answer_of(self._app, environ)
            if hard.kind is Kind.RESET_AFTER:
                raise self._broken(method, path)
            self._faults.linger(hard.seconds)
        latency = sum(fault.seconds for fault in struck if fault.kind is Kind.LATENCY)
        self._faults.linger(max(0.0, latency - (time.monotonic() - arrived)))
        self._faults.record(Call(self._service, method, path, int(status.split(" ", 1)[0])))
        start_response(status, headers)
        return body

    def _refused(self, fault: Fault) -> tuple[str, list[tuple[str, str]], Iterable[bytes]]:
        refusal = self._refuse(fault.status, fault.retry_after)
        headers = [("Content-Type", refusal.content_type), ("Content-Length", str(len(refusal.body)))]
        if fault.retry_after is not None:
            headers.append(("Retry-After", str(fault.retry_after)))
        return STATUS_LINES.get(fault.status, f"{fault.status} Error"), headers, [refusal.body]

    def _broken(self, method: str, path: str) -> "BrokenOnPurpose":
        self._faults.record(Call(self._service, method, path, 0))
        return BrokenOnPurpose("the answer is lost")


def _answer_of(
    app: "WSGIApplication", environ: "WSGIEnvironment"
) -> tuple[str, list[tuple[str, str]], Iterable[bytes]]:
    """Run a service to the end of its effects; a lazily made body is left lazy (live pages stream)."""
    begun: list[tuple[str, list[tuple[str, str]]]] = []

    def start(
        status: str, headers: list[tuple[str, str]], exc_info: object = None, /
    ) -> Callable[[bytes], object]:
        del exc_info
        begun[:] = [(status, headers)]
        return _no_write

    body = app(environ, start)
    if not begun:
        body = iter(body)
        first = next(body, b"")
        body = _chain(first, body)
    status, headers = begun[0]
    return status, headers, body


def _chain(first: bytes, rest: Iterable[bytes]) -> Iterable[bytes]:
    yield first
    yield from rest


def _no_write(data: bytes) -> None:
    raise NotImplementedError("services of the sandbox return their body")
