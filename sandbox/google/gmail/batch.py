"""Batches: many requests in one, run at the same moment, so that they hit the concurrency wall together.

Source: https://developers.google.com/workspace/gmail/api/guides/batch
"""

import secrets
from email.parser import BytesHeaderParser
from http.client import responses as status_words

from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request, Response

from sandbox.faults import Call as Recorded
from sandbox.faults import Faults, Kind
from sandbox.google.gmail.app import Gmail
from sandbox.google.gmail.errors import ApiError, dialled, too_many_at_once, unauthenticated

SERVICE = "google.batch"  # the name under which inner requests are recorded and can be made to fail
MARK = b"application/http"


def inner_count(body: bytes) -> int:
    """Count the requests inside, before anything is read."""
    return body.lower().count(b"content-type: " + MARK)


def serve_batch(gmail: Gmail, request: Request, free: int, faults: Faults) -> Response:
    """Answer a batch. `free` is how many of its requests find a place; the rest are refused."""
    try:
        if request.mimetype != "multipart/mixed":
            raise ApiError(400, "badRequest", "The batch request must be multipart/mixed.")
        boundary = request.mimetype_params.get("boundary", "")
        inner = _split(request.get_data(), boundary.encode())
        if len(inner) > gmail.state.limits.batch:
            raise ApiError(
                400,
                "invalidArgument",
                f"The batch request has too many requests: at most {gmail.state.limits.batch}.",
            )
        if not inner:
            raise ApiError(400, "badRequest", "Failed to parse batch request, error: 0 items.")
    except ApiError as error:
        return error.response()
    mark = "batch_" + secrets.token_urlsafe(16)
    pieces = []
    for place, (content_id, one) in enumerate(inner):
        answer = _answer(gmail, request, one, faults, let_in=place < free)
        pieces.append(_part(mark, content_id, answer))
    body = b"".join(pieces) + f"--{mark}--".encode()
    return Response(body, content_type=f"multipart/mixed; boundary={mark}")


def _answer(gmail: Gmail, outer: Request, raw: bytes, faults: Faults, *, let_in: bool) -> Response:
    try:
        inner = _request(outer, raw)
    except ValueError:  # no request line, or headers that are none
        return ApiError(400, "badRequest", "Failed to parse batch request.").response()
    answer = _run(gmail, inner, faults, let_in=let_in)
    faults.record(Recorded(SERVICE, inner.method, inner.path, answer.status_code))
    return answer


def _run(gmail: Gmail, inner: Request, faults: Faults, *, let_in: bool) -> Response:
    if gmail.bearer(inner.headers) is None:
        return unauthenticated(missing="Authorization" not in inner.headers).response()
    if not let_in:
        return too_many_at_once().response()
    for fault in faults.strike(SERVICE, inner.method, inner.path):
        if fault.kind is Kind.STATUS:
            return dialled(fault.status).response()
    return gmail.serve(inner)


def _split(body: bytes, boundary: bytes) -> list[tuple[str, bytes]]:
    """Split into (Content-ID, inner HTTP request)."""
    found = []
    for piece in (b"\n" + body).split(b"\n--" + boundary)[1:]:
        if piece.startswith(b"--"):
            break
        piece = piece.partition(b"\n")[2].replace(b"\r\n", b"\n")
        head, _, rest = piece.partition(b"\n\n")
        headers = BytesHeaderParser().parsebytes(head)
        found.append((str(headers.get("Content-ID", "")).strip(), rest))
    return found


def _request(outer: Request, raw: bytes) -> Request:
    """Make a request of an inner one; its own Authorization goes before the outer one's."""
    head, _, body = raw.partition(b"\n\n")
    line, _, header_lines = head.partition(b"\n")
    words = line.decode("latin-1").split()
    method, target = (words[0], words[1]) if len(words) >= 2 else ("GET", "/")
    headers = Headers(
        [(name, str(value)) for name, value in BytesHeaderParser().parsebytes(header_lines).items()]
    )
    if "Authorization" not in headers and "Authorization" in outer.headers:
        headers["Authorization"] = outer.headers["Authorization"]
    headers.remove("Content-Length")
    if outer.script_root and target.startswith(outer.script_root + "/"):
        target = target[len(outer.script_root) :]  # clients derive it from a root address with a path
    path, _, query = target.partition("?")
    builder = EnvironBuilder(
        path=path, query_string=query, method=method, headers=headers, data=body.rstrip(b"\n")
    )
    return Request(builder.get_environ())


def _part(mark: str, content_id: str, answer: Response) -> bytes:
    reply_id = f"<response-{content_id.strip('<>')}>" if content_id else ""
    head = f"--{mark}\r\nContent-Type: application/http\r\n"
    if reply_id:
        head += f"Content-ID: {reply_id}\r\n"
    words = status_words.get(answer.status_code, "Unknown")
    head += f"\r\nHTTP/1.1 {answer.status_code} {words}\r\n"
    body = answer.get_data()
    head += f"Content-Type: {answer.content_type}\r\nVary: Origin\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body + b"\r\n"
