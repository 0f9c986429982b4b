"""Messages as Graph writes them in JSON: what comes by itself, and what only $select and $expand bring."""

import base64
from collections.abc import Callable
from datetime import datetime

from sandbox.mail.content import Part
from sandbox.mail.raw import RawMessage
from sandbox.microsoft.graph.bodies import Meeting, body, files_of, is_inline, meeting_of, unique_body
from sandbox.microsoft.graph.call import Call, Json
from sandbox.microsoft.graph.facts import importance, received_at, sent_at
from sandbox.microsoft.graph.shelf import Item
from sandbox.microsoft.scopes import MAIL_READ, MAIL_WRITE

PREVIEW = 255
ONLY_SELECTED = frozenset({"uniqueBody", "internetMessageHeaders"})
BODY = ("body", "bodyPreview", "uniqueBody")  # what Mail.ReadBasic does not show


def stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def recipient(name: str, address: str) -> Json:
    return {"emailAddress": {"name": name or address, "address": address}}


def _people(raw: RawMessage, *headers: str) -> list[Json]:
    return [recipient(name, address) for name, address in raw.addresses(*headers)]


def _author(item: Item) -> Json | None:
    found = _people(item.filed.raw, "From")
    return None if item.is_draft or not found else found[0]


def _sender(item: Item) -> Json | None:
    found = _people(item.filed.raw, "Sender")
    return found[0] if found and not item.is_draft else _author(item)


def _parts(call: Call, item: Item) -> Part:
    return call.state.parts.read(item.filed.raw)


def _body_kind(call: Call) -> str:
    return "text" if call.preferences.get("outlook.body-content-type", "") == "text" else "html"


def _headers(item: Item) -> list[Json] | None:
    """Give the headers of what came in; Sent Items and drafts have none."""
    if item.folder in ("sentitems", "drafts") or not item.filed.trace:
        return None
    listed = (*item.filed.trace, *item.filed.raw.headers)
    return [{"name": name, "value": value} for name, value in listed]


def has_files(call: Call, item: Item) -> bool:
    if call.shelf.references.get(item.key):
        return True
    return any(not is_inline(part) for part in files_of(_parts(call, item)))


def _change_key(item: Item) -> str:
    return base64.b64encode(b"\x00" * 8 + item.filed.history_id.to_bytes(8, "big")).decode()


def _web_link(call: Call, item: Item) -> str:
    host = "outlook.live.com" if call.account.tenant.personal else "outlook.office365.com"
    quoted = call.item_id(item).replace("=", "%3D")
    return f"https://{host}/owa/?ItemID={quoted}&exvsurl=1&viewmodel=ReadMessageItem"


def _class(item: Item) -> str:
    return "other" if any(one.startswith("CATEGORY_PROMO") for one in item.filed.labels) else "focused"


_ALIKE: Json = {
    "categories": [],
    "isDeliveryReceiptRequested": False,
    "flag": {"flagStatus": "notFlagged"},
}
_OF_ITEM: dict[str, Callable[[Item], object]] = {
    "inferenceClassification": _class,
    "sender": _sender,
    "from": _author,
    "internetMessageHeaders": _headers,
    "createdDateTime": lambda item: stamp(received_at(item.filed)),
    "lastModifiedDateTime": lambda item: stamp(received_at(item.filed)),
    "changeKey": lambda item: _change_key(item),
    "receivedDateTime": lambda item: stamp(received_at(item.filed)),
    "sentDateTime": lambda item: stamp(sent_at(item.filed)),
    "internetMessageId": lambda item: item.filed.raw.message_id or None,
    "subject": lambda item: item.filed.raw.subject,
    "importance": lambda item: importance(item.filed),
    "conversationIndex": lambda item: base64.b64encode(item.filed.thread_id.encode()[:22]).decode(),
    "isReadReceiptRequested": lambda item: bool(item.filed.raw.first("Disposition-Notification-To")),
    "isRead": lambda item: item.is_read,
    "isDraft": lambda item: item.is_draft,
    "toRecipients": lambda item: _people(item.filed.raw, "To"),
    "ccRecipients": lambda item: _people(item.filed.raw, "Cc"),
    "bccRecipients": lambda item: _people(item.filed.raw, "Bcc"),
    "replyTo": lambda item: _people(item.filed.raw, "Reply-To"),
}
_OF_CALL: dict[str, Callable[[Call, Item], object]] = {
    "hasAttachments": has_files,
    "bodyPreview": lambda call, item: call.state.index.body(item.filed.raw).opening[:PREVIEW],
    "parentFolderId": lambda call, item: call.folder_id(item.folder),
    "conversationId": lambda call, item: call.conversation_id(item),
    "webLink": _web_link,
    "body": lambda call, item: body(_parts(call, item), _body_kind(call)),
    "uniqueBody": lambda call, item: unique_body(_parts(call, item), _body_kind(call)),
}
PROPERTIES = frozenset({"id", *_ALIKE, *_OF_ITEM, *_OF_CALL})
_MEETING = "microsoft.graph.eventMessage/"
MEETING_PROPERTIES = frozenset(
    {"meetingMessageType", "type", "isOutOfDate", "isAllDay", "isDelegated", "startDateTime", "endDateTime"}
    | {"location"}
)


def known(name: str) -> bool:
    """Say whether $select may name this property; those of meetings want their type in front."""
    return name in PROPERTIES or (name.removeprefix(_MEETING) in MEETING_PROPERTIES and _MEETING in name)


def message_resource(call: Call, item: Item, select: tuple[str, ...]) -> Json:
    """Write one message. Without `select` everything comes that comes by itself."""
    names = select or tuple(sorted(PROPERTIES - ONLY_SELECTED))
    poor = not call.scopes & {MAIL_READ, MAIL_WRITE}
    made: Json = {}
    meeting = meeting_of(_parts(call, item))
    if meeting is not None:
        made["@odata.type"] = meeting.type
    made["@odata.etag"] = f'W/"{_change_key(item)}"'
    made["id"] = call.item_id(item)
    for name in names:
        if name == "id" or name not in PROPERTIES or (poor and name in BODY):
            continue
        value = _value(call, item, name)
        if value is not None or name not in ("from", "sender", "internetMessageHeaders"):
            made[name] = value
    if meeting is not None:
        made |= _meeting(meeting, select)
    return made


def _value(call: Call, item: Item, name: str) -> object:
    if name in _OF_CALL:
        return _OF_CALL[name](call, item)
    return _OF_ITEM[name](item) if name in _OF_ITEM else _ALIKE[name]


def _meeting(meeting: Meeting, select: tuple[str, ...]) -> Json:
    def zoned(moment: datetime | None) -> Json | None:
        text = moment.strftime("%Y-%m-%dT%H:%M:%S.0000000") if moment else ""
        return {"dateTime": text, "timeZone": "UTC"} if moment else None

    whole: Json = {
        "meetingMessageType": meeting.kind,
        "type": "singleInstance",
        "isOutOfDate": False,
        "isAllDay": False,
        "isDelegated": False,
        "startDateTime": zoned(meeting.start),
        "endDateTime": zoned(meeting.end),
        "location": {"displayName": meeting.location, "locationType": "default"},
    }
    if not select:
        if meeting.type.endswith("Response"):
            whole["responseType"] = meeting.answer
        return whole
    return {name: value for name, value in whole.items() if _MEETING + name in select}
