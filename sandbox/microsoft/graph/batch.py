"""$batch: up to twenty requests in one, four at a time for a mailbox, answered in no order.

Source: https://learn.microsoft.com/graph/json-batching
"""

import base64
import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request, Response

from sandbox.faults import Call as Recorded
from sandbox.faults import Fault, Faults, Kind
from sandbox.microsoft.graph.app import VERSION, Graph
from sandbox.microsoft.graph.errors import GraphError, bad_request, dialled, too_many_at_once

# Inner requests are recorded, and made to fail, under this name; their path has no /v1.0 in front.
SERVICE = "graph.batch"


@dataclass(frozen=True, slots=True)
class Inner:
    """One request of a batch."""

    id: str
    method: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)
    body: object = None
    depends_on: tuple[str, ...] = ()


def serve_batch(graph: Graph, request: Request, base: str, free: int, faults: Faults) -> Response:
    """Answer a batch. `free` is how many run at once; with none every inner request is refused."""
    try:
        graph.check(request.headers)
        inner = _read(request.get_data(), graph.state.limits.batch)
    except GraphError as error:
        return error.response(graph.realm.now())
    done: dict[str, Response] = {}
    waiting = list(inner)
    while waiting:
        ready = [one for one in waiting if all(other in done for other in one.depends_on)]
        wave = ready[: max(1, free)]
        _run_wave(graph, request, base, wave, free, faults, done)
        waiting = [one for one in waiting if one.id not in done]
    # The last to be asked answers first, so that nobody counts on an order.
    answers = ", ".join(_written(one.id, done[one.id]) for one in reversed(inner))
    return Response(f'{{"responses": [{answers}]}}', content_type="application/json")


def _run_wave(
    graph: Graph,
    outer: Request,
    base: str,
    wave: Sequence[Inner],
    free: int,
    faults: Faults,
    done: dict[str, Response],
) -> None:
    """Run a few requests at the same moment: their dialled delays pass together, not one after another."""
    struck = {one.id: faults.strike(SERVICE, one.method, one.url.partition("?")[0]) for one in wave}
    arrived = time.monotonic()
    faults.linger(_longest(struck.values(), Kind.DELAY))
    for one in wave:
        hard = next((fault for fault in struck[one.id] if fault.kind is Kind.STATUS), None)
        if any(done[other].status_code >= 400 for other in one.depends_on):
            answer = GraphError(424, "FailedDependency", "A request this one depends on failed.").response(
                graph.realm.now()
            )
        elif not free:
            answer = too_many_at_once().response(graph.realm.now())
        elif hard is not None:
            answer = dialled(hard.status, hard.retry_after).response(graph.realm.now())
        else:
            answer = graph.serve(_request(outer, one), base)
        faults.record(Recorded(SERVICE, one.method, one.url.partition("?")[0], answer.status_code))
        done[one.id] = answer
    faults.linger(max(0.0, _longest(struck.values(), Kind.LATENCY) - (time.monotonic() - arrived)))


def _longest(struck: Iterable[Sequence[Fault]], kind: Kind) -> float:
    """Tell for how long the slowest of a wave is held up."""
    sums = (sum(fault.seconds for fault in met if fault.kind is kind) for met in struck)
    return max(sums, default=0.0)


def _read(data: bytes, most: int) -> list[Inner]:
    try:
        given = json.loads(data)
    except ValueError:
        raise bad_request("Invalid batch payload format.") from None
    listed = given.get("requests") if isinstance(given, dict) else None
    if not isinstance(listed, list) or not listed:
        raise bad_request("Invalid batch payload format.")
    if len(listed) > most:
        raise bad_request(f"Number of batch request steps exceeds the maximum value of {most}.")
    found: list[Inner] = []
    for one in listed:
        made = _inner(one)
        if any(made.id == other.id for other in found):
            raise bad_request("Duplicate request id in the batch.")
        if set(made.depends_on) - {other.id for other in found}:
            raise bad_request("A request depends on one that does not come before it.")
        found.append(made)
    return found


def _inner(one: object) -> Inner:
    if not isinstance(one, dict) or not isinstance(one.get("id"), str) or not one["id"]:
        raise bad_request("Invalid batch payload format: each request needs an id.")
    method, url = one.get("method"), one.get("url")
    if not isinstance(method, str) or not isinstance(url, str) or url.startswith("http"):
        raise bad_request("Invalid batch payload format: method and relative url are needed.")
    headers = one.get("headers") or {}
    if not isinstance(headers, dict):
        raise bad_request("Invalid batch payload format: headers.")
    if one.get("body") is not None and not any(name.lower() == "content-type" for name in headers):
        raise bad_request("Invalid batch payload format: a body needs a Content-Type header.")
    depends = one.get("dependsOn") or []
    if not isinstance(depends, list):
        raise bad_request("Invalid batch payload format: dependsOn.")
    given = {str(name): str(value) for name, value in headers.items()}
    body, before = one.get("body"), tuple(str(name) for name in depends)
    return Inner(one["id"], method.upper(), "/" + url.lstrip("/"), given, body, before)


def _request(outer: Request, one: Inner) -> Request:
    """Make a request of an inner one. Of the outer headers only Authorization holds inside."""
    headers = Headers(list(one.headers.items()))
    if "Authorization" not in headers:
        headers["Authorization"] = outer.headers["Authorization"]
    path, _, query = one.url.partition("?")
    json_body = "json" in headers.get("Content-Type", "")
    data = b"" if one.body is None else json.dumps(one.body).encode() if json_body else str(one.body).encode()
    builder = EnvironBuilder(
        path=VERSION + path, query_string=query, method=one.method, headers=headers, data=data
    )
    return Request(builder.get_environ())


def _written(name: str, answer: Response) -> str:
    """Write one answer; its body goes in as it is."""
    kept = ("Content-Type", "Retry-After", "WWW-Authenticate", "Preference-Applied")
    headers = {key: answer.headers[key] for key in kept if key in answer.headers}
    head = json.dumps({"id": name, "status": answer.status_code, "headers": headers})
    data = answer.get_data()
    if not data:
        return head
    is_json = "json" in (answer.content_type or "")
    body = data.decode() if is_json else json.dumps(base64.b64encode(data).decode())
    return f'{head[:-1]}, "body": {body}}}'
