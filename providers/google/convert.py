"""Gmail's JSON → neutral messages. Total: mail can hold anything, and an answer can be damaged.

Source: https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages
and reference/providers.md 1.6
"""

import base64
import binascii
import email.message
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import collapse_rfc2231_value, parsedate_to_datetime
from functools import lru_cache
from html import unescape

from providers.content.addresses import parse_addresses
from providers.content.clean import one_line
from providers.content.encoded_words import decode_words
from providers.content.parts import (
    ENCLOSING,
    MAX_DEPTH,
    MAX_PARTS,
    MAX_SPEAKING_BYTES,
    SPEAKING,
    Bodies,
    Part,
    files,
    gather,
)
from providers.damaged import EPOCH, Json, list_at, map_at, text_at
from providers.mail import EmailAddress, Message

LEFT_OUT_LABELS = frozenset({"DRAFT", "SPAM", "TRASH", "CHAT"})
ROOT_PART = "0"  # Gmail calls the only part of a simple message ""; the first of several is "0"

_LARGEST_FETCH = 8 * 1024 * 1024
_TEXT = ("text/plain", "text/html", "text/enriched", "text/richtext", "application/xhtml+xml")
_TOLD_BY_HEADERS = frozenset({"message/partial", "message/external-body"})
# Of the parts that speak by their type, those that a reader of the mail needs; an attached message is a file.
_FETCHED = SPEAKING - ENCLOSING - _TOLD_BY_HEADERS
_BULKY = re.compile(r"(?:x-)?received(?:-spf)?|arc-.*|dkim-signature|x-google-.*|x-gm-.*|domainkey-signature")
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,990}>")


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A part that counts for reading but is not in the answer: Gmail keeps large text behind an id."""

    message_id: str
    path: str
    attachment_id: str
    size: int


def labels_of(raw: Json) -> frozenset[str]:
    """List the labels of a message."""
    found = raw.get("labelIds")
    return frozenset(str(one) for one in found) if isinstance(found, list) else frozenset()


def date_of(raw: Json) -> datetime:
    """Read when Gmail took the message; its Date header is the sender's claim and only second choice."""
    try:
        return datetime.fromtimestamp(int(raw["internalDate"]) / 1000, UTC)
    except (LookupError, TypeError, ValueError, OverflowError, OSError):
        pass
    try:
        return parsedate_to_datetime(first(headers_of(raw), "date")).astimezone(UTC)
    except (TypeError, ValueError, LookupError, OverflowError):
        return EPOCH


def headers_of(raw: Json) -> dict[str, list[str]]:
    """Collect the headers of a message by lower-case name, in their order."""
    found: dict[str, list[str]] = {}
    for header in list_at(map_at(raw, "payload"), "headers"):
        found.setdefault(text_at(header, "name").lower(), []).append(text_at(header, "value"))
    return found


def first(headers: Mapping[str, list[str]], name: str) -> str:
    """Read the first header of a name."""
    return next(iter(headers.get(name, ())), "")


def message_of(raw: Json, fetched: Mapping[str, bytes], complete: bool, *, evidence: bool = True) -> Message:
    """Convert a message; `fetched` are the parts from elsewhere.

    `complete` false leaves the bodies out, `evidence` false the headers that tell of machines.
    """
    headers = headers_of(raw)
    root = part_of(map_at(raw, "payload"), fetched, bodies=complete)
    bodies = gather(root) if complete else Bodies(None, None, files(root), ())
    labels = labels_of(raw)
    sender = _people(headers, "from")
    nothing = complete and bodies.html is None and bodies.text is None
    return Message(
        id=text_at(raw, "id"),
        thread_id=text_at(raw, "threadId"),
        sender=sender[0] if sender else EmailAddress(""),
        to=_people(headers, "to"),
        cc=(*_people(headers, "cc"), *sender[1:]),  # several authors: the others take part all the same
        bcc=_people(headers, "bcc"),
        reply_to=_people(headers, "reply-to"),
        subject=one_line(decode_words(first(headers, "subject")))[:1000],
        date=date_of(raw),
        outgoing="SENT" in labels,
        message_id=next(iter(_ids(headers.get("message-id", ()))), ""),
        references=_ids(headers.get("references", ())) or _ids(headers.get("in-reply-to", ())),
        html=bodies.html,
        text="" if nothing else bodies.text,
        attachments=bodies.attachments,
        headers=_evidence(headers) if evidence else {},
        parts=bodies.parts,
        preview=one_line(unescape(text_at(raw, "snippet")))[:300],
        kind="meeting" if _has_invitation(root) else "mail",
    )


def _people(headers: Mapping[str, list[str]], name: str) -> tuple[EmailAddress, ...]:
    return parse_addresses(headers.get(name, ()))


def _ids(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found for value in values for found in _MESSAGE_ID.findall(value[:100_000])))


def _evidence(headers: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    """Keep what can tell a machine's mail from a person's; traces and signatures only take room."""
    wanted = [name for name in headers if name and not _BULKY.fullmatch(name)][:100]
    return {name: tuple(value[:2000] for value in headers[name][:10]) for name in wanted}


def _has_invitation(root: Part) -> bool:
    return root.type == "text/calendar" or any(_has_invitation(child) for child in root.children)


def part_of(payload: Json, fetched: Mapping[str, bytes], depth: int = 0, *, bodies: bool = True) -> Part:
    """Convert a part and what is under it. Without `bodies`, a part that has one has an empty one."""
    own = _described(payload)
    body = map_at(payload, "body")
    path = text_at(payload, "partId") or ROOT_PART
    data = fetched.get(path)
    kind = text_at(payload, "mimeType").strip().lower()
    enclosed = list_at(payload, "parts")[:1] if kind in ENCLOSING and depth <= MAX_DEPTH else []
    if enclosed:
        data = _head(enclosed[0])
    if data is None and not body.get("attachmentId"):
        data = unpacked(text_at(body, "data")) if bodies else b""
    if data is None and (kind in _TOLD_BY_HEADERS or _counts_for_reading(payload)):
        data = b""  # not fetched, but a body all the same and no file
    size = body.get("size")
    children = enclosed or (_branches(payload)[:MAX_PARTS] if depth <= MAX_DEPTH else [])
    return Part(
        path=path,
        type=kind,
        parameters=_parameters(own.get("content-type", "")),
        name=one_line(decode_words(text_at(payload, "filename")))[:255],
        disposition=own.get("content-disposition", "").split(";")[0].strip().lower(),
        content_id=own.get("content-id", "").strip().strip("<>"),
        size=size if isinstance(size, int) else 0,
        body=data,
        children=tuple(part_of(child, fetched, depth + 1, bodies=bodies) for child in children),
    )


def _head(payload: Json) -> bytes:
    """Write the headers of an attached message as they stand in mail."""
    lines = (f"{text_at(one, 'name')}: {text_at(one, 'value')}" for one in list_at(payload, "headers"))
    return "\n".join(lines).encode("utf-8", "replace")


def _described(payload: Json) -> dict[str, str]:
    """Read the headers of a part that say what it is; the first part's are those of the whole message."""
    found: dict[str, str] = {}
    for one in list_at(payload, "headers"):
        name = text_at(one, "name")
        if name[:8].lower() == "content-":
            found[name.lower()] = text_at(one, "value")
    return found


def elsewhere(raw: Json) -> list[Elsewhere]:
    """List the parts that reading needs and that have to be fetched one by one."""
    found: list[Elsewhere] = []
    waiting = [map_at(raw, "payload")]
    while waiting and len(found) < MAX_PARTS:
        payload = waiting.pop()
        waiting.extend(_branches(payload))
        body = map_at(payload, "body")
        key, size = text_at(body, "attachmentId"), body.get("size")
        size = size if isinstance(size, int) else 0
        if key and not body.get("data") and _counts_for_reading(payload):
            path = text_at(payload, "partId") or ROOT_PART
            found.append(Elsewhere(text_at(raw, "id"), path, key, size))
    return [one for one in found if one.size <= _LARGEST_FETCH]


def body_size(raw: Json) -> int:
    """Count the characters of the bodies that came with a message, as they came."""
    size, waiting, seen = 0, [map_at(raw, "payload")], 0
    while waiting and seen < MAX_PARTS:
        payload = waiting.pop()
        seen += 1
        waiting.extend(list_at(payload, "parts"))
        size += len(text_at(map_at(payload, "body"), "data"))
    return size


def _branches(payload: Json) -> list[Json]:
    """List the parts under this one, but not those of a message that is only attached."""
    return list_at(payload, "parts") if text_at(payload, "mimeType").lower().startswith("multipart/") else []


def _counts_for_reading(payload: Json) -> bool:
    kind, size = text_at(payload, "mimeType").lower(), map_at(payload, "body").get("size")
    if kind in _FETCHED:
        return isinstance(size, int) and size <= MAX_SPEAKING_BYTES
    own = _described(payload)
    attached = own.get("content-disposition", "").strip().lower().startswith("attachment")
    return kind in _TEXT and not attached and not payload.get("filename")


@lru_cache(maxsize=1024)
def _parameters(content_type: str) -> Mapping[str, str]:
    holder = email.message.Message()
    try:
        holder["content-type"] = content_type
        found = holder.get_params(failobj=[])[1:]
        return {name.lower(): collapse_rfc2231_value(value) for name, value in found}
    except (ValueError, LookupError, TypeError, AttributeError):
        return {}


def unpacked(data: str) -> bytes:
    """Decode base64url with or without its padding; garbage gives what could be read of it, or nothing."""
    wanted = data.rstrip("=").encode("ascii", "ignore")
    try:
        return base64.urlsafe_b64decode(wanted + b"=" * (-len(wanted) % 4))
    except (binascii.Error, ValueError):
        return b""
