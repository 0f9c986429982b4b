"""Graph's JSON → neutral messages. Total: mail can hold anything, and an answer can be damaged.

Source: https://learn.microsoft.com/graph/api/resources/message, reference/providers.md 3.1
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from html import unescape

from providers.content.addresses import clean_name, normalise
from providers.content.clean import one_line
from providers.damaged import Json, list_at, map_at, moment_at, text_at
from providers.mail import Attachment, EmailAddress, Message, Thread
from providers.microsoft.enclosed import ITEM, enclosed_in
from providers.microsoft.folders import Folders
from providers.microsoft.meetings import calendar_of, is_meeting
from providers.microsoft.search import IN_REPLY_TO, MESSAGE_CLASS, REFERENCES, safe_link

REFERENCE = "#microsoft.graph.referenceAttachment"
CLOUD_LINK = "application/vnd.mailroom.cloud-link"  # a file that is not in the mail but somewhere in a cloud

_LARGEST_TEXT = 256 * 1024  # of HTML whose words are written out; the HTML itself stays whole
_CHAT = "IPM.SKYPETEAMS."
_BULKY = re.compile(r"(?:x-)?received(?:-spf)?|arc-.*|dkim-signature|x-ms-.*|x-microsoft-.*|x-forefront-.*")
_KEPT_EXCHANGE = frozenset(
    {
        "x-ms-exchange-generated-message-source",
        "x-ms-exchange-parent-message-id",
        "x-ms-exchange-inbox-rules-loop",
    }
)
_UNSHOWN = re.compile(r"<!--.*?-->|<(style|script|head|title)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_LINES = re.compile(r"</?(?:br|p|div|tr|li|h[1-6]|table|blockquote)\b[^<>]*>", re.IGNORECASE)
_TAGS = re.compile(r"<[a-z/!][^<>]*>", re.IGNORECASE)
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,990}>")


def is_kept(raw: Json, folders: Folders) -> bool:
    """Say whether it is mail of a conversation: no draft, nothing thrown away, no chat of Teams."""
    return (
        raw.get("isDraft") is not True
        and text_at(raw, "parentFolderId") not in folders.left_out
        and not _property(raw, MESSAGE_CLASS).upper().startswith(_CHAT)
    )


def takes_part(raw: Json, addresses: Iterable[str]) -> bool:
    """Say whether one of the addresses wrote the message or got it: search compares words, this compares."""
    there = {one.address for one in _everybody(raw)}
    return any(one in there for one in addresses)


def was_written_to(raw: Json, address: str) -> bool:
    """Say whether an address is among the recipients of a message."""
    names = ("toRecipients", "ccRecipients", "bccRecipients")
    sent = raw.get("isDraft") is not True
    return sent and any(one.address == address for name in names for one in _people(list_at(raw, name)))


def _everybody(raw: Json) -> Iterable[EmailAddress]:
    for name in ("from", "sender"):
        yield from _people([map_at(raw, name)])
    for name in ("toRecipients", "ccRecipients", "bccRecipients", "replyTo"):
        yield from _people(list_at(raw, name))


def thread_of(
    conversation_id: str, raws: Sequence[Json], folders: Folders, account: str, *, bodies: bool = True
) -> Thread:
    """Convert the messages of a conversation, in whatever order they came. A list needs no `bodies`."""
    kept = {text_at(one, "id"): one for one in raws if is_kept(one, folders)}
    messages = sorted(
        (message_of(one, folders, account, bodies=bodies) for one in kept.values()),
        key=lambda one: (one.date, one.id),
    )
    newest = kept[messages[-1].id] if messages else {}
    return Thread(
        id=conversation_id,
        subject=messages[0].subject if messages else "",
        messages=tuple(messages),
        version=_version(messages),
        link=safe_link(text_at(newest, "webLink"), account),
    )


def body_size(raw: Json) -> int:
    """Count the characters of a message's bodies."""
    return sum(len(text_at(map_at(raw, name), "content")) for name in ("body", "uniqueBody"))


def _version(messages: Sequence[Message]) -> str:
    """Name what a thread holds. Exchange lets nobody change a message that was sent or received."""
    held = "\n".join(f"{one.id} {one.outgoing}" for one in messages)
    return hashlib.sha256(held.encode()).hexdigest()[:32]


def message_of(raw: Json, folders: Folders, account: str, *, bodies: bool = True) -> Message:
    """Convert a message of the account with this login address; without `bodies` its texts stay away."""
    headers = _headers(raw)
    sender = next(iter(_people([map_at(raw, "from") or map_at(raw, "sender")])), EmailAddress(""))
    subject = one_line(text_at(raw, "subject"))[:1000]
    html, text = _body(map_at(raw, "body")) if bodies else (None, None)
    return Message(
        id=text_at(raw, "id"),
        thread_id=text_at(raw, "conversationId"),
        sender=sender,
        to=_people(list_at(raw, "toRecipients")),
        cc=_people(list_at(raw, "ccRecipients")),
        bcc=_people(list_at(raw, "bccRecipients")),
        reply_to=_people(list_at(raw, "replyTo")),
        subject=subject,
        date=moment_at(raw, "receivedDateTime", "sentDateTime"),
        outgoing=_is_outgoing(raw, headers, sender, folders, account),
        message_id=next(iter(_ids([text_at(raw, "internetMessageId")])), ""),
        references=_ancestors(raw, headers),
        html=html,
        text=text,
        unique_html=_html_of(map_at(raw, "uniqueBody")) if bodies else None,
        attachments=tuple(attachment_of(one) for one in list_at(raw, "attachments")),
        headers=_evidence(headers),
        parts=(*calendar_of(raw, subject, sender), *enclosed_in(raw)) if bodies else (),
        preview=one_line(text_at(raw, "bodyPreview"))[:300],
        kind="meeting" if is_meeting(raw) else "mail",
    )


def _is_outgoing(
    raw: Json, headers: Mapping[str, list[str]], sender: EmailAddress, folders: Folders, account: str
) -> bool:
    """Say whether it was sent from here: it lies in Sent Items, or was put from there into another folder.

    What came in has the headers of its way here, whatever its From says; what was sent has none.
    """
    if text_at(raw, "parentFolderId") == folders.sent:
        return True
    return not headers and sender.address == account


def attachment_of(raw: Json) -> Attachment:
    """Convert what is said of an attachment."""
    of, kind, size = text_at(raw, "@odata.type"), text_at(raw, "contentType"), raw.get("size")
    if of == REFERENCE:
        kind = CLOUD_LINK
    elif of == ITEM:
        kind = "message/rfc822"
    kind = kind.split(";")[0].strip().lower() or "application/octet-stream"
    return Attachment(
        part=text_at(raw, "id"),
        name=one_line(text_at(raw, "name"))[:255],
        type=kind,
        size=size if isinstance(size, int) else 0,
        inline=raw.get("isInline") is True and kind.startswith("image/"),
        content_id=text_at(raw, "contentId").strip().strip("<>"),
    )


def _people(entries: Iterable[Json]) -> tuple[EmailAddress, ...]:
    found = (map_at(one, "emailAddress") for one in entries)
    parties = (_party(text_at(one, "address"), text_at(one, "name")) for one in found)
    return tuple(one for one in parties if one)


@lru_cache(maxsize=4096)  # the messages of a thread repeat the same few people
def _party(address: str, name: str) -> EmailAddress | None:
    """Convert a party; one whose address is no address is kept as it stands: nobody may vanish."""
    written = clean_name(address).lower()
    with suppress(ValueError):
        written = normalise(address)
    shown = clean_name(name)
    if not written and not shown:
        return None
    return EmailAddress(written, "" if shown.lower() == written else shown)


def _body(body: Json) -> tuple[str | None, str | None]:
    """Read a body as HTML and text; Graph gives one of them, the other is made or missing."""
    html = _html_of(body)
    if html is not None:
        return html, plain(html[:_LARGEST_TEXT])
    return None, text_at(body, "content") if body else None


def _html_of(body: Json) -> str | None:
    content = body.get("content")
    said = text_at(body, "contentType").lower() != "text"
    return content if said and isinstance(content, str) else None


def plain(html: str) -> str:
    """Write HTML as its bare words, line for line: enough to search and to fall back on, and quick."""
    broken = _LINES.sub("\n", " ".join(_UNSHOWN.sub("", html).split()))
    words = unescape(_TAGS.sub("", broken))
    return "\n".join(line.strip() for line in words.split("\n")).strip("\n")


def _headers(raw: Json) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for header in list_at(raw, "internetMessageHeaders"):
        found.setdefault(text_at(header, "name").lower(), []).append(text_at(header, "value"))
    return found


def _ancestors(raw: Json, headers: Mapping[str, list[str]]) -> tuple[str, ...]:
    listed = [headers.get("references", []), headers.get("in-reply-to", [])]
    listed += [[_property(raw, REFERENCES)], [_property(raw, IN_REPLY_TO)]]
    return next((found for values in listed if (found := _ids(values))), ())


def _property(raw: Json, wanted: str) -> str:
    held = list_at(raw, "singleValueExtendedProperties")
    return next((text_at(one, "value") for one in held if text_at(one, "id").lower() == wanted.lower()), "")


def _ids(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found for value in values for found in _MESSAGE_ID.findall(value[:100_000])))


def _evidence(headers: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    """Keep what can tell a machine's mail from a person's; traces and verdicts only take room."""
    wanted = [name for name in headers if name in _KEPT_EXCHANGE or (name and not _BULKY.fullmatch(name))]
    return {name: tuple(value[:2000] for value in headers[name][:10]) for name in wanted[:100]}
