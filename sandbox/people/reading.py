"""Read a message of the world for showing: its text, its HTML made harmless, its files."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from sandbox.mail.raw import RawMessage, decode
from sandbox.people.harmless import harmless_html, text_of_html

_MOST = 500_000  # characters of one body


@dataclass(frozen=True, slots=True)
class File:
    """One attachment. `number` counts the leaves of the message from 0."""

    number: int
    name: str
    type: str
    size: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message says. `html` is safe to show, `source` is what was sent; `text` is never missing."""

    text: str
    html: str
    source: str
    files: tuple[File, ...]


def read(raw: RawMessage) -> Reading:
    """Read a message."""
    text, html = "", ""
    files: list[File] = []
    for number, part in enumerate(leaves(raw.parse())):
        kind = part.get_content_type()
        name = file_name(part)
        attached = part.get_content_disposition() == "attachment" or bool(name)
        if kind == "text/plain" and not attached and not text:
            text = decoded(part)
        elif kind == "text/html" and not attached and not html:
            html = decoded(part)
        elif kind not in {"text/plain", "text/html"} or attached:
            files.append(File(number, name or kind, kind, len(content(part))))
    if not text and html:
        text = text_of_html(html)
    return Reading(text[:_MOST], harmless_html(html[:_MOST]), _body(html), tuple(files))


def _body(html: str) -> str:
    """Take what stands in the body of an HTML page, or all of it when it is no page."""
    found = re.search(r"<body[^>]*>(.*?)(?:</body>|\Z)", html, re.DOTALL | re.IGNORECASE)
    return found[1] if found else html


def leaves(message: Message) -> Iterator[Message]:
    """Walk the leaves; an attached message is one leaf."""
    yield from _branches(message) if message.is_multipart() else [message]


def _branches(message: Message) -> Iterator[Message]:
    payload = message.get_payload()
    for part in payload if isinstance(payload, list) else []:
        if not isinstance(part, Message):
            continue
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            yield from _branches(part)
        else:
            yield part


def content(part: Message) -> bytes:
    """Take a leaf's bytes, decoded from its transfer encoding."""
    payload = part.get_payload(decode=True)
    if isinstance(payload, bytes):
        return payload
    inner = part.get_payload()
    if isinstance(inner, list) and inner and isinstance(inner[0], Message):
        return inner[0].as_bytes()
    return b""


def decoded(part: Message) -> str:
    """Decode text: UTF-8 when it is that, else the charset it names, else windows-1252."""
    data = content(part)
    for charset in ("utf-8", part.get_content_charset() or "", "windows-1252"):
        if charset == "utf-8" and b"\x1b" in data:  # ISO-2022 is ASCII bytes, and so valid UTF-8
            continue
        try:
            return data.decode(charset).replace("\r\n", "\n")
        except (LookupError, ValueError):
            continue
    return data.decode("latin-1").replace("\r\n", "\n")


def file_name(part: Message) -> str:
    """Read a leaf's file name, "" when it has none."""
    value = part.get_filename() or ""
    return decode(value).replace("/", "_").replace("\\", "_") if value else ""
