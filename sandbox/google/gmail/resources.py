"""Messages, threads and parts as Gmail writes them in JSON."""

import base64
import html
from collections.abc import Collection, Sequence

from sandbox.google.gmail.state import GmailState
from sandbox.mail.content import Part
from sandbox.mail.mailbox import FiledMessage, Mailbox

Json = dict[str, object]
SNIPPET = 200


def encode(content: bytes, *, padded: bool) -> str:
    """Encode as base64url; Gmail promises no padding."""
    text = base64.urlsafe_b64encode(content).decode()
    return text if padded else text.rstrip("=")


def message_resource(
    state: GmailState,
    mailbox: Mailbox,
    filed: FiledMessage,
    form: str,
    headers: Collection[str] = (),
) -> Json:
    """Write one message in one of the four formats."""
    made: Json = {"id": filed.id, "threadId": filed.thread_id}
    if filed.labels:
        made["labelIds"] = state.label_ids(mailbox, filed.labels)
    made["snippet"] = snippet(state, filed)
    if form == "full":
        made["payload"] = _payload(state, filed, state.parts.read(filed.raw))
    elif form == "metadata":
        wanted = {name.lower() for name in headers}
        root = state.parts.read(filed.raw)
        listed = [
            {"name": name, "value": value}
            for name, value in (*filed.trace, *root.headers)
            if not wanted or name.lower() in wanted
        ]
        made["payload"] = {"mimeType": root.type, "headers": listed}
    elif form == "raw":
        made["raw"] = encode(_as_delivered(filed), padded=filed.history_id % 2 == 0)
    made["sizeEstimate"] = filed.raw.size
    made["historyId"] = str(filed.history_id)
    made["internalDate"] = str(int(filed.at.timestamp() * 1000))
    return made


def snippet(state: GmailState, filed: FiledMessage) -> str:
    """Write the first words of a message, HTML-escaped as Gmail does it."""
    line = state.index.body(filed.raw).opening
    if len(line) > SNIPPET:
        line = line[:SNIPPET].rpartition(" ")[0] or line[:SNIPPET]
    return html.escape(line).replace("&#x27;", "&#39;")


def bare_message(state: GmailState, mailbox: Mailbox, filed: FiledMessage) -> Json:
    """Write a message as sending, drafts and history do: ids and labels."""
    labels = state.label_ids(mailbox, filed.labels)
    return {"id": filed.id, "threadId": filed.thread_id, "labelIds": labels}


def thread_resource(
    state: GmailState,
    mailbox: Mailbox,
    messages: Sequence[FiledMessage],
    form: str,
    headers: Collection[str] = (),
) -> Json:
    """Write a thread with all its messages, oldest first."""
    return {
        "id": messages[0].thread_id,
        "historyId": str(max(one.history_id for one in messages)),
        "messages": [message_resource(state, mailbox, one, form, headers) for one in messages],
    }


def _as_delivered(filed: FiledMessage) -> bytes:
    return b"".join(f"{name}: {value}\r\n".encode() for name, value in filed.trace) + filed.raw.bytes()


def _payload(state: GmailState, filed: FiledMessage, part: Part) -> Json:
    trace = filed.trace if not part.path else ()
    made: Json = {
        "partId": part.path,
        "mimeType": part.type,
        "filename": part.name,
        "headers": [{"name": name, "value": value} for name, value in (*trace, *part.headers)],
        "body": _body(state, filed, part),
    }
    if part.parts:
        made["parts"] = [_payload(state, filed, one) for one in part.parts]
    return made


def _body(state: GmailState, filed: FiledMessage, part: Part) -> Json:
    size = len(part.content)
    if part.type.startswith("multipart/"):
        return {"size": 0}
    if part.attached or size > state.limits.inline_text:
        return {"attachmentId": state.seal(filed.id, part.path), "size": size}
    if not size:
        return {"size": 0}
    return {"size": size, "data": encode(part.content, padded=size % 2 == 0)}


def attachment_resource(state: GmailState, filed: FiledMessage, attachment_id: str) -> Json | None:
    """Write what is behind an attachment id; None when it belongs to another message."""
    values = state.unseal(attachment_id, "attachment token")
    if not values or values[0] != filed.id:
        return None
    for part in state.parts.read(filed.raw).walk():
        if part.path == values[1]:
            return {"size": len(part.content), "data": encode(part.content, padded=False)}
    return None
