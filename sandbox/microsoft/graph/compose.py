"""A message as JSON on its way to bytes, and back again for a draft that is changed."""

import base64
import binascii
import html
import re
import secrets
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP
from email.utils import format_datetime

from sandbox.mail.content import Part, strip_tags
from sandbox.mail.raw import RawMessage
from sandbox.microsoft.graph.bodies import body, files_of, is_inline
from sandbox.microsoft.graph.call import Json
from sandbox.microsoft.graph.errors import GraphError, bad_request, invalid_recipients

_ADDRESS = re.compile(r"[^\s@<>(),;:\\\"\[\]\x00-\x1f\x7f-\U0010ffff]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_HEADER = re.compile(r"[A-Za-z0-9\-_.]{1,76}")
_TYPE = re.compile(r"[A-Za-z0-9.+-]{1,60}/[A-Za-z0-9.+-]{1,90}(?:;[ -~]*)?")
_CONTENT_ID = re.compile(r"[!-;=?-~]{0,200}")
_POLICY = SMTP.clone(max_line_length=998)
WRITABLE = frozenset(
    {"toRecipients", "ccRecipients", "bccRecipients", "replyTo", "subject", "body", "importance", "from"}
    | {"sender", "attachments", "internetMessageHeaders", "singleValueExtendedProperties", "categories"}
    | {"isDeliveryReceiptRequested", "isReadReceiptRequested", "flag", "hasAttachments", "isRead"}
    | {"internetMessageId", "inferenceClassification", "@odata.type"}
)
People = tuple[tuple[str, str], ...]  # (name, address)


@dataclass(frozen=True, slots=True, repr=False)
class File:
    """One attached file."""

    name: str
    type: str
    content: bytes
    content_id: str = ""
    inline: bool = False


@dataclass(slots=True, repr=False)
class Written:
    """A message that is being written. `headers`: those of the app's own, and what joins it to a thread."""

    sender: tuple[str, str]
    subject: str = ""
    kind: str = "text"
    content: str = ""
    to: People = ()
    cc: People = ()
    bcc: People = ()
    reply_to: People = ()
    importance: str = "normal"
    headers: tuple[tuple[str, str], ...] = ()
    files: tuple[File, ...] = field(default=())


def change(written: Written, given: Json, file_bytes: int) -> Written:
    """Put the properties of a JSON message over what is written. Raises GraphError."""
    if strange := [name for name in given if name not in WRITABLE]:
        text = f"The property '{strange[0][:60]}' does not exist on type 'microsoft.graph.message'."
        raise bad_request(text, "RequestBodyRead")
    made = replace(written)
    made.to = read_people(given["toRecipients"]) if "toRecipients" in given else made.to
    made.cc = read_people(given["ccRecipients"]) if "ccRecipients" in given else made.cc
    made.bcc = read_people(given["bccRecipients"]) if "bccRecipients" in given else made.bcc
    made.reply_to = read_people(given["replyTo"]) if "replyTo" in given else made.reply_to
    made.subject = str(given["subject"] or "") if "subject" in given else made.subject
    made.importance = str(given.get("importance") or made.importance)
    if made.importance not in ("low", "normal", "high"):
        raise bad_request("The value of importance is not valid.", "RequestBodyRead")
    if given.get("body") is not None:
        made.kind, made.content = _read_body(given["body"])
    if "from" in given:
        name, address = read_people([given["from"]])[0]
        made.sender = (name or made.sender[0], address)
    if "internetMessageHeaders" in given:
        made.headers = (*made.headers, *_own_headers(given["internetMessageHeaders"]))
    if "attachments" in given:
        files = (read_file(one, file_bytes) for one in _list(given["attachments"]))
        made.files = (*made.files, *files)
    return made


def _read_body(given: object) -> tuple[str, str]:
    kind = str(given.get("contentType", "text")).lower() if isinstance(given, dict) else ""
    if not isinstance(given, dict) or kind not in ("text", "html") or set(given) - {"contentType", "content"}:
        raise bad_request("The value of body is not valid.", "RequestBodyRead")
    return kind, str(given.get("content") or "")


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise bad_request("An array was expected.", "RequestBodyRead")
    return value


def read_people(given: object) -> People:
    """Read recipients. Raises GraphError (ErrorInvalidRecipients)."""
    found = []
    for one in _list(given):
        inner = one.get("emailAddress") if isinstance(one, dict) else None
        if not isinstance(inner, dict):
            raise invalid_recipients()
        address = str(inner.get("address") or "").strip()
        if not _ADDRESS.fullmatch(address):
            raise invalid_recipients()
        found.append((" ".join(str(inner.get("name") or "").split()), address))
    return tuple(found)


def _own_headers(given: object) -> list[tuple[str, str]]:
    headers = _list(given)
    if len(headers) > 5:
        raise bad_request("Too many custom headers.", "InvalidInternetMessageHeaderCollection")
    found = []
    for one in headers:
        name = str(one.get("name", "")) if isinstance(one, dict) else ""
        if not name.lower().startswith("x-"):
            text = f"The internet message header name '{name[:40]}' should start with 'x-' or 'X-'."
            raise bad_request(text, "InvalidInternetMessageHeader")
        value = str(one.get("value", "")) if isinstance(one, dict) else ""
        if not _HEADER.fullmatch(name) or value.splitlines() not in ([], [value]):
            raise bad_request("A custom header is not valid.", "InvalidInternetMessageHeader")
        found.append((name, value))
    return found


def read_file(given: object, most: int) -> File:
    """Read a fileAttachment. Raises GraphError."""
    if not isinstance(given, dict) or given.get("@odata.type") != "#microsoft.graph.fileAttachment":
        raise bad_request("Only file attachments can be written here.", "RequestBodyRead")
    try:
        content = base64.b64decode(str(given.get("contentBytes") or ""), validate=True)
    except binascii.Error:
        raise bad_request("Cannot convert the contentBytes to binary.", "RequestBodyRead") from None
    if len(content) >= most:
        raise GraphError(413, "ErrorMessageSizeExceeded", "The attachment is too large for one request.")
    if not given.get("name"):
        raise bad_request("The required property 'name' is missing.", "ErrorRequiredPropertyMissing")
    kind = str(given.get("contentType") or "application/octet-stream")
    name, content_id = str(given["name"]), str(given.get("contentId") or "")
    if not _TYPE.fullmatch(kind) or not name.isprintable() or not _CONTENT_ID.fullmatch(content_id):
        raise bad_request("The attachment is not valid.", "RequestBodyRead")
    inline = given.get("isInline") is True
    return File(name, kind, content, content_id, inline)


def message_id() -> str:
    """Make a Message-ID as Exchange does: 81 characters with its brackets."""
    place = f"{secrets.token_hex(3).upper()}PR07MB{secrets.randbelow(9000) + 1000}"
    return f"<{place}{secrets.token_hex(9).upper()}AA@{place}.eurprd07.prod.outlook.com>"


def to_bytes(written: Written, now: datetime) -> bytes:
    """Write a message down."""
    message = EmailMessage(policy=_POLICY)
    message["From"] = _header((written.sender,))
    for name, people in (("To", written.to), ("Cc", written.cc), ("Bcc", written.bcc)):
        if people:
            message[name] = _header(people)
    if written.reply_to:
        message["Reply-To"] = _header(written.reply_to)
    message["Subject"] = " ".join(written.subject.splitlines())
    message["Date"] = format_datetime(now)
    for name, value in written.headers:
        message[name] = value
    if not any(name.lower() == "message-id" for name, _ in written.headers):
        message["Message-ID"] = message_id()
    if written.importance != "normal":
        message["Importance"] = written.importance
    if written.kind == "html":
        message.set_content(strip_tags(written.content).strip() + "\n")
        message.add_alternative(written.content, subtype="html")
    else:
        message.set_content(written.content)
    for one in written.files:
        _attach(message, one)
    return message.as_bytes()


def _attach(message: EmailMessage, one: File) -> None:
    if one.type == "message/rfc822":
        inner = BytesParser(policy=_POLICY).parsebytes(one.content)
        message.add_attachment(inner, filename=one.name)
        return
    kind, _, subkind = one.type.partition(";")[0].strip().partition("/")
    message.add_attachment(
        one.content,
        maintype=kind,
        subtype=subkind or "octet-stream",
        disposition="inline" if one.inline else "attachment",
        filename=one.name,
        cid=f"<{one.content_id}>" if one.content_id else None,
    )


def _header(people: People) -> tuple[Address, ...]:
    return tuple(Address(name, addr_spec=address) for name, address in people)


def read_back(raw: RawMessage, root: Part) -> Written:
    """Take a draft apart again, so that it can be changed."""
    authors = raw.addresses("From")
    kept = ("in-reply-to", "references", "thread-topic", "thread-index", "message-id")
    said = body(root, "html")
    plain = not any(part.type == "text/html" for part in root.walk())
    if plain:
        said = body(root, "text")
    return Written(
        sender=authors[0] if authors else ("", ""),
        subject=raw.subject,
        kind="text" if plain else "html",
        content=said["content"],
        to=tuple(raw.addresses("To")),
        cc=tuple(raw.addresses("Cc")),
        bcc=tuple(raw.addresses("Bcc")),
        reply_to=tuple(raw.addresses("Reply-To")),
        headers=tuple(
            (name, value)
            for name, value in raw.headers
            if name.lower() in kept or name.lower().startswith("x-")
        ),
        files=tuple(_file(part) for part in files_of(root)),
    )


def _file(part: Part) -> File:
    names = {name.lower(): value for name, value in part.headers}
    cid = names.get("content-id", "").strip("<> ")
    return File(part.name or "attachment", part.type, part.content, cid, is_inline(part))


def quoted(comment: str, raw: RawMessage, root: Part, sent: str) -> str:
    """Write a comment above the history, as Outlook does."""
    names = ", ".join(f"{name} &lt;{address}&gt;" for name, address in raw.addresses("From"))
    head = f"<b>From:</b> {names}<br><b>Sent:</b> {sent}<br><b>Subject:</b> {html.escape(raw.subject)}"
    above = html.escape(comment).replace("\n", "<br>\r\n")
    return (
        f'<html><body><div dir="ltr">{above}</div><hr tabindex="-1">'
        f'<div id="divRplyFwdMsg">{head}</div><div>{body(root, "html")["content"]}</div></body></html>'
    )
