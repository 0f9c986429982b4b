"""Bodies of writing calls: plain JSON, a bare message, or both in multipart/related."""

import email.policy
from email.parser import BytesParser

from werkzeug.wrappers import Request

from sandbox.google.gmail.errors import ApiError
from sandbox.google.gmail.quota import Limits


def read_upload_body(
    request: Request, body: bytes, limits: Limits, *, upload: bool
) -> tuple[bytes, bytes | None]:
    """Split a body into its JSON and, on the upload address, the message. Raises ApiError."""
    if not upload:
        if len(body) > limits.json_bytes:
            text = f"Request payload size exceeds the limit: {limits.json_bytes} bytes."
            raise ApiError(413, "uploadTooLarge", text)
        return body, None
    if len(body) > limits.upload_bytes:
        raise ApiError(413, "uploadTooLarge", f"Media larger than {limits.upload_bytes} bytes.")
    kind = request.args.get("uploadType", "")
    if kind == "media":
        return b"{}", _message(request.mimetype, body)
    if kind != "multipart":
        raise ApiError(400, "badRequest", "This sandbox takes uploadType=media and uploadType=multipart.")
    head = b"Content-Type: " + request.headers.get("Content-Type", "").encode("latin-1") + b"\r\n\r\n"
    parts = _split(head + body)
    if len(parts) != 2:
        raise ApiError(400, "badContent", "Multipart must have exactly two parts")
    (_, first), (kind, second) = parts
    return first, _message(kind, second)


def _message(mimetype: str, content: bytes) -> bytes:
    if not mimetype.startswith("message/"):
        raise ApiError(
            400,
            "badContent",
            f"Media type '{mimetype[:80]}' is not supported. Valid media types: [message/*]",
        )
    return content


def _split(document: bytes) -> list[tuple[str, bytes]]:
    """Split multipart/related by its boundary, leaving every byte of the parts as it is."""
    headers = BytesParser(policy=email.policy.compat32).parsebytes(
        document.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    )
    boundary = headers.get_boundary()
    if not boundary or headers.get_content_type() != "multipart/related":
        raise ApiError(400, "badContent", "Missing multipart boundary")
    body = b"\n" + document.partition(b"\r\n\r\n")[2]
    found: list[tuple[str, bytes]] = []
    for piece in body.split(b"\n--" + boundary.encode())[1:]:
        if piece.startswith(b"--"):
            break
        piece = piece.split(b"\n", 1)[1] if b"\n" in piece else b""
        mark = b"\r\n\r\n" if b"\r\n\r\n" in piece else b"\n\n"
        head, _, content = piece.partition(mark)
        parsed = BytesParser(policy=email.policy.compat32).parsebytes(head + b"\n\n", headersonly=True)
        if parsed.get("Content-Transfer-Encoding", "").lower() == "base64":
            part = BytesParser(policy=email.policy.compat32).parsebytes(head + mark + content)
            decoded = part.get_payload(decode=True)
            content = decoded if isinstance(decoded, bytes) else content
        else:
            content = content[:-1] if content.endswith(b"\r") else content
        found.append((parsed.get_content_type(), content))
    return found
