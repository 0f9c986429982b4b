"""What a message says and carries, for payloads, snippets and search; total over broken mail."""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from threading import Lock

from selectolax.lexbor import LexborHTMLParser

from sandbox.mail.raw import RawMessage, decode, readable

DEPTH = 40
CACHE_BYTES = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Part:
    """One MIME part. `path` counts as Gmail does: "" for the message, "0", "1.2" below it."""

    path: str
    type: str
    name: str
    headers: tuple[tuple[str, str], ...]
    content: bytes  # decoded; text in UTF-8 whenever its charset is known
    parts: tuple["Part", ...]
    attached: bool  # offered as a file rather than shown

    def walk(self) -> Iterator["Part"]:
        yield self
        for part in self.parts:
            yield from part.walk()

    def shown(self) -> Iterator["Part"]:
        """Walk past what stands in attached messages."""
        yield self
        for part in self.parts if self.type != "message/rfc822" else ():
            yield from part.shown()


_FIELDS = frozenset({"message/delivery-status", "message/disposition-notification"})  # no messages inside


def read_parts(raw: RawMessage) -> Part:
    """Take a message apart."""
    return _part(raw.parse(), "", 0)


def _part(message: Message, path: str, depth: int) -> Part:
    kind = message.get_content_type()
    headers = tuple((name, readable(str(value))) for name, value in message.raw_items())
    name = _name(message)
    payload = message.get_payload()
    parts: tuple[Part, ...] = ()
    content = b""
    if kind in _FIELDS and isinstance(payload, list):
        content = b"".join(_bytes_of(one) for one in payload)
    elif isinstance(payload, list) and depth < DEPTH:
        joint = f"{path}." if path else ""
        parts = tuple(_part(one, f"{joint}{i}", depth + 1) for i, one in enumerate(payload))
        if kind == "message/rfc822":
            content = _bytes_of(payload[0]) if payload else b""
    elif not isinstance(payload, list):
        content = _content(message, kind)
    disposition = str(message.get("Content-Disposition", "")).lower()
    attached = bool(name) or disposition.startswith("attachment") or _is_file(kind)
    return Part(path, kind, name, headers, content, parts, attached)


def _bytes_of(inner: object) -> bytes:
    try:
        return inner.as_bytes() if isinstance(inner, Message) else b""
    except (LookupError, ValueError):  # cannot be written out again as it was
        return b""


def _is_file(kind: str) -> bool:
    return not kind.startswith(("text/", "multipart/"))


def _name(message: Message) -> str:
    try:
        return decode(readable(message.get_filename() or ""))
    except (LookupError, ValueError):  # a parameter in a charset that does not exist
        return "noname"


def _content(message: Message, kind: str) -> bytes:
    try:
        data = message.get_payload(decode=True)
    except (LookupError, ValueError):
        data = None
    content = data if isinstance(data, bytes) else str(message.get_payload()).encode("utf-8", "replace")
    if kind.startswith("text/"):
        try:
            charset = message.get_content_charset() or "utf-8"
            return content.decode(charset).encode()
        except (LookupError, ValueError):  # unknown or untrue: the bytes stay as they came
            return content
    return content


def text_of(root: Part) -> str:
    """Read the words of a message: its plain text, else its HTML without tags."""
    for kind in ("text/plain", "text/html"):
        found = [one for one in root.shown() if one.type == kind and not one.attached and one.content]
        if found:
            text = "\n".join(one.content.decode("utf-8", "replace") for one in found)
            return strip_tags(text) if kind == "text/html" else text
    return ""


def strip_tags(html: str) -> str:
    tree = LexborHTMLParser(html)
    tree.strip_tags(["style", "script", "head", "title"])
    return tree.text(separator=" ")


class PartsCache:
    """Keep what was read lately, bounded by the bytes of content held."""

    def __init__(self, most: int = CACHE_BYTES) -> None:
        self._most = most
        self._lock = Lock()
        self._held: OrderedDict[int, tuple[RawMessage, Part, int]] = OrderedDict()
        self._bytes = 0

    @property
    def bytes_held(self) -> int:
        return self._bytes

    def read(self, raw: RawMessage) -> Part:
        with self._lock:
            held = self._held.get(id(raw))
            if held is not None:
                self._held.move_to_end(id(raw))
                return held[1]
        root = read_parts(raw)
        weight = sum(len(one.content) + 500 for one in root.walk())
        with self._lock:
            if id(raw) not in self._held and weight < self._most // 4:
                self._held[id(raw)] = (raw, root, weight)
                self._bytes += weight
                while self._bytes > self._most:
                    _, (_, _, gone) = self._held.popitem(last=False)
                    self._bytes -= gone
        return root
