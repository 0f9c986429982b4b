"""A message as bytes, shared by every mailbox that holds it, and the facts read off it."""

import email.policy
import re
from collections.abc import Callable, Sequence
from email.header import decode_header
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.utils import getaddresses
from functools import cached_property

_IDS = re.compile(r"<[^<>\s]+>")
_FOLD = re.compile(r"\r?\n[ \t]+")
_PREFIX = re.compile(
    r"^\s*(?:(?:re|r|aw|antw|sv|vs|odp|res|ref|rif|fwd?|fw|wg|tr|rv|enc|doorst|vl|i|ynt|ilt|回复|答复|转发|返信)"
    r"\s*(?:\[\d+\]|\(\d+\))?\s*[:：]\s*)+",
    re.IGNORECASE,
)


def readable(value: str) -> str:
    """Undo RFC 5322 folding and give raw 8-bit bytes a meaning: UTF-8 when it is that, else Latin-1."""
    value = _FOLD.sub(" ", value).strip()
    if value.isascii():
        return value
    raw = value.encode("utf-8", "surrogateescape")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def decode(value: str) -> str:
    """Decode RFC 2047 words; what cannot be decoded stays as it was written."""
    value = readable(value)
    if "=?" not in value:
        return value
    out: list[str] = []
    try:
        for chunk, charset in decode_header(value):
            if isinstance(chunk, str):
                out.append(chunk)
            else:
                out.append(chunk.decode(charset or "ascii", "replace"))
    except (LookupError, ValueError):  # unknown charset, broken base64
        return value
    return "".join(out)


def base_subject(subject: str) -> str:
    """Strip reply and forward marks in any language, for comparing."""
    return " ".join(_PREFIX.sub("", subject).split()).casefold()


class RawMessage:
    """The bytes of a message and lazily read facts about them. A broken message never raises.

    `load` fetches the bytes when they are wanted (an mbox on disk stays on disk).
    """

    def __init__(self, load: Callable[[], bytes] | bytes, size: int | None = None) -> None:
        if isinstance(load, bytes):
            held = load
            self._load: Callable[[], bytes] = lambda: held
            self.size = len(held)
        else:
            self._load = load
            self.size = size if size is not None else len(load())

    def bytes(self) -> bytes:
        return self._load()

    def parse(self) -> Message:
        """Parse the whole message into a tree, anew each time: trees are large and not kept."""
        return BytesParser(policy=email.policy.compat32).parsebytes(self._load())

    @cached_property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """Read the headers in order, names as written, values unfolded but still encoded."""
        parsed = BytesHeaderParser(policy=email.policy.compat32).parsebytes(self._load())
        return tuple((name, readable(str(value))) for name, value in parsed.raw_items())

    def all(self, name: str) -> list[str]:
        name = name.lower()
        return [value for key, value in self.headers if key.lower() == name]

    def first(self, name: str) -> str:
        found = self.all(name)
        return found[0] if found else ""

    def addresses(self, *names: str) -> list[tuple[str, str]]:
        """List (name, lower-case address) of the given headers."""
        return parse_addresses([value for name in names for value in self.all(name)])

    @property
    def subject(self) -> str:
        return decode(self.first("Subject"))

    @cached_property
    def message_id(self) -> str:
        found = _IDS.search(self.first("Message-ID"))
        return found.group() if found else ""

    @cached_property
    def references(self) -> tuple[str, ...]:
        """List the ids this message says it answers, the nearest last."""
        listed = _IDS.findall(" ".join(self.all("References")))
        nearest = _IDS.findall(" ".join(self.all("In-Reply-To")))
        return tuple(dict.fromkeys([*listed, *(one for one in nearest if one not in listed)]))

    @cached_property
    def base_subject(self) -> str:
        return base_subject(self.subject)


def parse_addresses(values: Sequence[str]) -> list[tuple[str, str]]:
    """List (decoded name, lower-case address) of address header values; entries without an @ are left out."""
    return [
        (decode(name), address.strip().lower())
        for name, address in getaddresses(list(values))
        if "@" in address
    ]


def without_headers(raw: bytes, *names: str) -> bytes:
    """Remove headers with their folded lines, leaving every other byte as it was."""
    end = re.search(rb"\r?\n\r?\n", raw)
    head, rest = (raw[: end.start()], raw[end.start() :]) if end else (raw, b"")
    wanted = {name.lower().encode() for name in names}
    kept: list[bytes] = []
    dropping = False
    for line in head.splitlines(keepends=True):
        if not line.startswith((b" ", b"\t")):
            dropping = line.partition(b":")[0].strip().lower() in wanted
        if not dropping:
            kept.append(line)
    text = b"".join(kept)
    return (text.rstrip(b"\r\n") if end else text) + rest


def with_header(raw: bytes, name: str, value: str) -> bytes:
    """Set a header, in place of those of that name, as the last of the headers."""
    raw = without_headers(raw, name)
    end = re.search(rb"\r?\n\r?\n", raw)
    newline = b"\r\n" if b"\r\n" in raw[:2048] else b"\n"
    at = end.start() if end else len(raw.rstrip(b"\r\n"))
    rest = raw[at:] if end else newline + newline
    return raw[:at] + newline + f"{name}: {value}".encode() + rest
