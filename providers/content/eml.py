"""A message file → the neutral message. Total: any bytes give a message, read as far as they go.

`email.policy.compat32` is used on purpose: the modern policy raises LookupError and IndexError on broken
mail on the Pythons in use (reliability.md T17). Here every header is decoded by our own code.
"""

import binascii
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message as Tree
from email.parser import BytesFeedParser, BytesParser
from email.policy import Compat32
from email.utils import parsedate_to_datetime
from typing import TypeVar

from providers.content.addresses import parse_addresses
from providers.content.charsets import decode
from providers.content.clean import one_line
from providers.content.encoded_words import decode_words
from providers.content.parts import ENCLOSING, MAX_DEPTH, MAX_PARTS, Part, gather
from providers.mail import Attachment, EmailAddress, Message

T = TypeVar("T")
MAX_BYTES = 64 * 1024 * 1024
MAX_RAW = 1024 * 1024  # of a message that cannot be taken apart
DEEPEST = MAX_DEPTH + 5  # parts in one another that are taken apart at all
_PIECE = 256 * 1024
MAX_HEADERS = 1000
MAX_HEADER = 20_000
MAX_HEAD = 1024 * 1024  # of all headers of a message
MAX_PARAMETERS = 100  # of one header; the standard library's time grows with their square
NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)
_BODY = re.compile(rb"(?<=\n)\r?\n")


class _Bounded(Compat32):
    """The oldest policy, which never raises over a header, for headers of bounded length."""

    def header_source_parse(self, sourcelines: Sequence[str]) -> tuple[str, str]:
        """Take a header as it was read; what describes a part is cut as well."""
        name, value = super().header_source_parse(list(sourcelines))
        if name[:8].casefold() == "content-" and value.count(";") >= MAX_PARAMETERS:
            value = ";".join(value.split(";", MAX_PARAMETERS)[:MAX_PARAMETERS])
        return name, value[:MAX_HEADER]


class _Node(Tree):
    """A node of the tree that knows how deep it lies: at each line the parser asks all parts around it."""

    depth = 0

    def attach(self, payload: Tree | str) -> None:
        """Take a part in."""
        if isinstance(payload, _Node):
            payload.depth = self.depth + 1
        super().attach(payload)

    def get_content_maintype(self) -> str:
        """Say what kind of content it is; too deep, it is text that is shown as it stands."""
        return "text" if self.depth > DEEPEST else super().get_content_maintype()

    def held(self) -> object:
        """Return what it holds, 8-bit text as the parser keeps it, whatever charset it claims to be in."""
        return self.__dict__["_payload"]  # get_payload() would decode it on the way


_POLICY = _Bounded()


@dataclass(frozen=True, slots=True)
class ParsedMail:
    """A file's message. `dated` is false when it has no readable date (`message.date` is then 1970)."""

    message: Message
    dated: bool

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """The files in it."""
        return self.message.attachments


def parse_eml(data: bytes) -> ParsedMail:
    """Parse an RFC 5322 message. Never raises."""
    data = data[:MAX_BYTES].lstrip(b"\r\n\t \xef\xbb\xbf")
    if data.startswith(b"From ") and b":" not in data.partition(b"\n")[0].split(b" ")[0]:
        data = data.partition(b"\n")[2]  # the separator line of a mailbox file
    tree = _tree(data)
    headers = _headers(tree)
    bodies = gather(_part(tree, "", 0, [0]))
    date = _date(headers)
    senders = _people(headers, "from") or _people(headers, "sender") or (EmailAddress(""),)
    message_id = one_line(" ".join(headers.get("message-id", ())[:1]))[:998]
    message = Message(
        id=hashlib.sha256(data[:1_000_000]).hexdigest()[:26],
        thread_id="",
        sender=senders[0],
        to=_people(headers, "to"),
        cc=_people(headers, "cc"),
        bcc=_people(headers, "bcc"),
        reply_to=_people(headers, "reply-to"),
        subject=one_line(decode_words(" ".join(headers.get("subject", ())[:1])))[:2000],
        date=date or NO_DATE,
        outgoing=False,
        message_id=message_id,
        references=tuple(" ".join(headers.get("references", ())[:1]).split())[:200],
        html=bodies.html,
        text=bodies.text,
        attachments=bodies.attachments,
        headers=headers,
        parts=bodies.parts,
    )
    return ParsedMail(message, date is not None)


def _tree(data: bytes) -> _Node:
    """Parse in pieces: `parsebytes` would hold a large message several times over."""
    nodes: list[None] = []

    def node() -> _Node:
        nodes.append(None)
        return _Node(_POLICY)

    parser = BytesFeedParser(node, policy=_POLICY)
    try:
        for piece in _pieces_of(data):
            parser.feed(piece)
            if len(nodes) > 2 * MAX_PARTS:
                break
        return _whole(parser.close())
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError, AssertionError):
        # What nobody can take apart is shown as it stands.
        return _whole(BytesParser(_Node, policy=_POLICY).parsebytes(data[:MAX_RAW], headersonly=True))


def _whole(tree: Tree) -> _Node:
    assert isinstance(tree, _Node)  # both parsers make nothing else
    return tree


def _pieces_of(data: bytes) -> Iterator[bytes]:
    """Cut a message for the parser, without the headers beyond MAX_HEAD."""
    start = 0
    if len(data) > MAX_HEAD:
        found = _BODY.search(data)
        body = found.start() if found else len(data)
        if body > MAX_HEAD:
            yield data[: data.rfind(b"\n", 0, MAX_HEAD) + 1]
            start = body
    for at in range(start, len(data), _PIECE):
        yield data[at : at + _PIECE]


def _headers(tree: _Node) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name, value in list(tree.raw_items())[:MAX_HEADERS]:
        text = str(value)[:MAX_HEADER]
        if not text.isascii():  # raw 8-bit, which the parser keeps as surrogates
            text = decode(text.encode("utf-8", "surrogateescape"))
        found.setdefault(name.casefold(), []).append(" ".join(text.split()))
    return {name: tuple(values) for name, values in found.items()}


def _people(headers: Mapping[str, tuple[str, ...]], name: str) -> tuple[EmailAddress, ...]:
    return tuple(parse_addresses(headers.get(name, ())))


def _date(headers: Mapping[str, tuple[str, ...]]) -> datetime | None:
    lines = [
        *headers.get("date", ())[:1],
        *(one.rpartition(";")[2] for one in headers.get("received", ())[:1]),
    ]
    for line in lines:
        try:
            found = parsedate_to_datetime(line.strip()[:200])
            return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def _part(tree: _Node, path: str, depth: int, count: list[int]) -> Part:
    """Convert one node; beyond the bounds its children are left out."""
    count[0] += 1
    kind = _quiet(tree.get_content_type) or "text/plain"
    children: list[Part] = []
    payload = tree.held()
    if isinstance(payload, list) and depth < MAX_DEPTH and kind.startswith(("multipart/", *ENCLOSING)):
        for number, child in enumerate(payload, start=1):
            if count[0] >= MAX_PARTS or not isinstance(child, _Node):
                break
            children.append(_part(child, f"{path}.{number}" if path else str(number), depth + 1, count))
    if kind.startswith("multipart/") and not children:
        kind = "text/plain"  # no part can be found in it: its source is shown rather than nothing
    file = not kind.startswith(("text/", "message/")) and kind != "application/xhtml+xml"
    enclosed = children and kind in ENCLOSING
    body = _body(tree) if enclosed or not (children or file) else None
    return Part(
        path=path or "1",
        type=kind,
        parameters=_parameters(tree),
        name=_name(tree),
        disposition=(_quiet(tree.get_content_disposition) or "").casefold(),
        content_id=one_line(str(tree.get("Content-ID", ""))).strip("<> ")[:200],
        size=0 if enclosed else _file_size(tree) if file and not children else len(body or b""),
        body=body,
        children=tuple(children),
    )


def _body(tree: _Node) -> bytes:
    payload = tree.held()
    if isinstance(payload, list) and tree.get_content_maintype() == "multipart":
        return "\n".join(_deep_text(tree)).encode("utf-8", "replace")
    if isinstance(payload, list):  # message/rfc822 and its like, parsed by the standard library
        return b"\n\n".join(_flat(child) for child in payload[:60] if isinstance(child, _Node))
    if isinstance(payload, str) and _no_base64(tree, payload):
        return payload.encode("utf-8", "surrogateescape")
    try:
        decoded = tree.get_payload(decode=True)
    except (ValueError, LookupError, binascii.Error, AssertionError, TypeError):
        decoded = None
    if isinstance(decoded, bytes):
        return decoded
    return payload.encode("utf-8", "surrogateescape") if isinstance(payload, str) else b""


def _file_size(tree: _Node) -> int:
    """Count the bytes of a file; base64, which nearly all are in, is counted without decoding it."""
    payload = tree.held()
    if isinstance(payload, str) and _in_base64(tree):
        blanks = sum(payload.count(blank) for blank in "\r\n\t ")
        return (len(payload) - blanks - payload.count("=")) * 3 // 4
    return len(_body(tree))


def _in_base64(tree: _Node) -> bool:
    return str(tree.get("Content-Transfer-Encoding", "")).strip().casefold() == "base64"


def _no_base64(tree: _Node, payload: str) -> bool:
    """Tell whether text that calls itself base64 cannot be: a line of base64 has no blanks in it."""
    return _in_base64(tree) and " " in payload.lstrip()[:1000].partition("\n")[0].strip()


def _deep_text(tree: _Node) -> Iterator[str]:
    """Find texts in parts that lie too deep to be gathered."""
    stack, seen = [tree], 0
    while stack and seen < MAX_PARTS:
        inner = stack.pop()
        seen += 1
        payload = inner.held()
        if isinstance(payload, list):
            stack.extend(child for child in reversed(payload) if isinstance(child, _Node))
        elif inner.get_content_maintype() == "text":
            yield decode(_body(inner)[:MAX_RAW])


def _flat(tree: _Node) -> bytes:
    """Write an attached message's headers."""
    lines = [f"{name}: {value}" for name, value in list(tree.raw_items())[:MAX_HEADERS]]
    text = "\n".join(lines)[: 64 * 1024]
    return text.encode("utf-8", "surrogateescape")


def _parameters(tree: _Node) -> dict[str, str]:
    pairs = _quiet(tree.get_params) or []
    return {str(name).casefold(): _flat_parameter(value) for name, value in pairs[1:30]}


def _flat_parameter(value: object) -> str:
    """RFC 2231 values come as (charset, language, value)."""
    return str(value[2]) if isinstance(value, tuple) and len(value) == 3 else str(value)


def _name(tree: _Node) -> str:
    name = _quiet(tree.get_filename) or ""
    return one_line(decode_words(name)).replace("/", "_").replace("\\", "_")[:255]


def _quiet(read: Callable[[], T]) -> T | None:
    try:
        return read()
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError):
        return None
