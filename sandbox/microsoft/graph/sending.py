"""reply, sendMail, send: taken with 202 and an empty body, filed under Sent Items, carried by the post."""

import base64
import binascii
import secrets

from werkzeug.wrappers import Response

from sandbox.mail.mailbox import SENT, FiledMessage
from sandbox.mail.raw import RawMessage, parse_addresses, with_header
from sandbox.microsoft.graph import compose
from sandbox.microsoft.graph.call import Call, Json
from sandbox.microsoft.graph.compose import Written, change, quoted, to_bytes
from sandbox.microsoft.graph.errors import GraphError, bad_request, invalid_recipients, not_found
from sandbox.microsoft.graph.properties import read_properties
from sandbox.microsoft.graph.resources import stamp
from sandbox.microsoft.graph.shelf import Item


def accepted() -> Response:
    return Response(status=202)


def blank(call: Call) -> Written:
    return Written(sender=(call.account.name, call.account.address))


def reply_to(call: Call, item: Item, *, everyone: bool = False) -> Written:
    """Begin an answer: to whom the original says, else to its author, even if that is oneself."""
    raw = item.filed.raw
    written = blank(call)
    written.to = tuple(raw.addresses("Reply-To") or raw.addresses("From"))
    if everyone:
        own = {one.lower() for one in call.person.addresses}
        written.to = (*written.to, *(one for one in raw.addresses("To") if one[1] not in own))
        written.cc = tuple(one for one in raw.addresses("Cc") if one[1] not in own)
    subject = raw.subject
    written.subject = subject if subject[:3].lower() == "re:" else f"RE: {subject}"
    answered = [("In-Reply-To", raw.message_id)] if raw.message_id else []
    listed = " ".join(dict.fromkeys([*raw.references, raw.message_id])).strip()
    if listed:
        answered.append(("References", listed))
    index = base64.b64encode(item.filed.thread_id.encode()[:22] + secrets.token_bytes(5)).decode()
    written.headers = (*answered, ("Thread-Topic", subject), ("Thread-Index", index))
    return written


def answer_from(call: Call, item: Item, given: Json, *, everyone: bool = False) -> Written:
    """Make the answer that `message` and `comment` describe; both bodies together are refused."""
    names = {name.lower(): value for name, value in given.items()}
    if strange := set(names) - {"message", "comment"}:
        raise bad_request(
            f"The parameter '{min(strange)[:40]}' is not one of this action.", "RequestBodyRead"
        )
    message = names.get("message") or {}
    if not isinstance(message, dict):
        raise bad_request("The parameter 'message' is not valid.", "RequestBodyRead")
    if names.get("comment") is not None and message.get("body") is not None:
        text = "Comment and message body cannot be specified at the same time."
        raise bad_request(text, "ErrorInvalidRequest")
    written = reply_to(call, item, everyone=everyone)
    if message.get("body") is None:
        raw = item.filed.raw
        root = call.state.parts.read(raw)
        comment = str(names.get("comment") or "")
        written.kind, written.content = "html", quoted(comment, raw, root, stamp(item.filed.at))
    return change(written, message, call.state.limits.file_bytes)


def reply(call: Call) -> Response:
    """Answer POST /messages/{id}/reply."""
    return _reply(call, everyone=False)


def reply_all(call: Call) -> Response:
    return _reply(call, everyone=True)


def _reply(call: Call, *, everyone: bool) -> Response:
    item, given = call.item(), call.json()
    written = answer_from(call, item, given, everyone=everyone)
    message = next((value for name, value in given.items() if name.lower() == "message"), None)
    marks = marks_of(message)
    raw = to_bytes(written, call.state.now())
    send_out(call, raw, marks=marks, thread_id=item.filed.thread_id)
    return accepted()


def marks_of(message: object) -> dict[str, str]:
    given = message.get("singleValueExtendedProperties") if isinstance(message, dict) else None
    return read_properties(given) if given is not None else {}


def send_mail(call: Call) -> Response:
    """Answer POST /me/sendMail: JSON, or MIME in base64 as text/plain."""
    if call.headers.get("Content-Type", "").startswith("text/plain"):
        send_out(call, read_mime(call))
        return accepted()
    given = {name.lower(): value for name, value in call.json().items()}
    message = given.get("message")
    if set(given) - {"message", "savetosentitems"} or not isinstance(message, dict):
        raise bad_request("The parameter 'Message' is missing or others are there.", "RequestBodyRead")
    written = change(blank(call), message, call.state.limits.file_bytes)
    save = given.get("savetosentitems") is not False
    send_out(call, to_bytes(written, call.state.now()), marks=marks_of(message), save=save)
    return accepted()


def read_mime(call: Call) -> bytes:
    """Read MIME content. Its Message-ID gives way to one of Exchange's. Raises GraphError."""
    if len(call.data) > call.state.limits.json_bytes:
        raise GraphError(413, "RequestEntityTooLarge", "The request is too large.")
    try:
        raw = base64.b64decode(b"".join(call.data.split()), validate=True)
    except binascii.Error:
        raise bad_request(
            "Invalid base64 string for MIME content.", "ErrorMimeContentInvalidBase64String"
        ) from None
    if not RawMessage(raw).headers:
        raise bad_request("Invalid MIME content.", "ErrorMimeContentInvalid")
    return with_header(raw, "Message-ID", compose.message_id())


def recipients_of(raw: RawMessage) -> list[str]:
    """List exactly those that the bytes name in To, Cc and Bcc. Raises GraphError."""
    found = [address for name in ("To", "Cc", "Bcc") for _, address in parse_addresses(raw.all(name))]
    if not found:
        raise invalid_recipients()
    return list(dict.fromkeys(found))


def check_sender(call: Call, raw: RawMessage) -> None:
    """Let nobody write as somebody else. Raises GraphError (ErrorSendAsDenied)."""
    if code := call.state.cannot_send.get(call.account.address.lower()):
        raise GraphError(403, code, "Sending is not possible for this account now.")
    allowed = {one.address.lower() for one in call.person.identities() if one.accepted}
    if any(address not in allowed for _, address in raw.addresses("From")):
        text = "This user account does not have the right to send mail on behalf of the sending account."
        raise GraphError(403, "ErrorSendAsDenied", text)


def send_out(
    call: Call,
    raw: bytes,
    *,
    marks: dict[str, str] | None = None,
    thread_id: str | None = None,
    save: bool = True,
    draft: Item | None = None,
) -> None:
    """Check, file under Sent Items, deliver. A draft goes on as the sent item, with its immutable id."""
    message = RawMessage(raw)
    recipients = recipients_of(message)
    check_sender(call, message)
    if not message.first("From"):
        message = RawMessage(with_header(raw, "From", call.account.address))
    now = call.state.now()
    if save:
        filed = _file(call, message, thread_id, draft)
        if marks:
            key = call.shelf.items_of(filed)[0].key
            call.shelf.properties.setdefault(key, {}).update(marks)
    # Never under a mailbox's lock: two people who write to each other would wait for ever.
    call.state.world.deliver(message, call.account.address, recipients, now)


def _file(call: Call, message: RawMessage, thread_id: str | None, draft: Item | None) -> FiledMessage:
    mailbox = call.shelf.mailbox
    with mailbox.lock:
        if draft is not None:
            if mailbox.message(draft.filed.id) is None:
                raise not_found()  # another request sent it in between
            mailbox.remove(draft.filed.id)
        filed = mailbox.file(message, {SENT}, call.state.now(), thread_id=thread_id)
        if draft is not None:
            call.shelf.adopt(filed, draft.key)
        return filed
