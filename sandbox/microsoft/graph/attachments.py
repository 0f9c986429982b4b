"""Attachments: files with their bytes, messages inside messages, links into the cloud."""

import base64

from werkzeug.wrappers import Response

from sandbox.mail.content import Part
from sandbox.mail.raw import RawMessage
from sandbox.microsoft.graph.bodies import body, files_of, is_inline
from sandbox.microsoft.graph.call import Call, Json
from sandbox.microsoft.graph.errors import GraphError, malformed_id, no_property, not_found
from sandbox.microsoft.graph.facts import received_at
from sandbox.microsoft.graph.resources import recipient, stamp
from sandbox.microsoft.graph.shelf import Item, Reference

_COMMON = frozenset({"id", "lastModifiedDateTime", "name", "contentType", "size", "isInline"})
_FILE = frozenset({"contentBytes", "contentId", "contentLocation"})
EXPAND_ITEM = "microsoft.graph.itemAttachment/item"


def attachment_id(call: Call, item: Item, path: str) -> str:
    kind = call.id_kind
    place = (call.shelf.place(item),) if kind == "plain" else ()
    return call.state.ids.make(kind, call.box, item.key, *place, "part", path)


def list_attachments(call: Call, item: Item, select: tuple[str, ...], *, expand: bool = False) -> list[Json]:
    """List what is attached, with the bytes unless $select leaves them out."""
    root = call.state.parts.read(item.filed.raw)
    found = [_written(call, item, part, select, expand=expand) for part in files_of(root)]
    found += [
        _reference(call, item, place, one, select)
        for place, one in enumerate(call.shelf.references.get(item.key, []))
    ]
    return found


def find(call: Call, item: Item) -> Part | Reference:
    """Find the attachment named in the address. Raises GraphError."""
    parts = call.state.ids.read(call.id_kind, call.box, call.path["attachment"])
    if len(parts) < 3 or parts[-2] != "part":
        raise malformed_id()
    if parts[0] != item.key:
        raise not_found()
    path = parts[-1]
    if path.startswith("link"):
        links = call.shelf.references.get(item.key, [])
        return links[int(path[4:])]
    root = call.state.parts.read(item.filed.raw)
    part = next((one for one in files_of(root) if one.path == path), None)
    if part is None:
        raise not_found()
    return part


def get_attachment(call: Call, item: Item, select: tuple[str, ...], *, expand: bool) -> Json:
    found = find(call, item)
    if isinstance(found, Reference):
        place = call.shelf.references[item.key].index(found)
        return _reference(call, item, place, found, select)
    return _written(call, item, found, select, expand=expand)


def get_value(call: Call, item: Item) -> Response:
    """Answer …/attachments/{id}/$value: the bytes themselves."""
    found = find(call, item)
    if isinstance(found, Reference):
        raise GraphError(405, "ErrorInvalidRequest", "A reference attachment has no content.")
    kind = "text/plain" if found.type == "message/rfc822" else found.type
    return Response(found.content, content_type=kind)


def check_select(names: tuple[str, ...]) -> None:
    for name in names:
        if name.removeprefix("microsoft.graph.fileAttachment/") not in _COMMON | _FILE:
            raise no_property(name, "attachment")


def _written(call: Call, item: Item, part: Part, select: tuple[str, ...], *, expand: bool) -> Json:
    inner = part.type == "message/rfc822"
    names = {name.lower(): value for name, value in part.headers}
    subject = RawMessage(part.content).subject if inner else ""
    made: Json = {
        "id": attachment_id(call, item, part.path),
        "lastModifiedDateTime": stamp(received_at(item.filed)),
        "name": part.name or subject or "attachment",
        "contentType": None if inner else part.type,
        "size": len(part.content) + 150,  # as Exchange counts: with what it keeps about the file
        "isInline": is_inline(part),
    }
    if not inner:
        made["contentId"] = names.get("content-id", "").strip("<> ") or None
        made["contentLocation"] = names.get("content-location") or None
        made["contentBytes"] = base64.b64encode(part.content).decode()
    made = _selected(made, select)
    made["@odata.type"] = "#microsoft.graph.itemAttachment" if inner else "#microsoft.graph.fileAttachment"
    if inner and expand:
        made["item"] = _inner(part)
    return made


def _inner(part: Part) -> Json:
    raw = RawMessage(part.content)
    authors = raw.addresses("From")
    made: Json = {
        "@odata.type": "#microsoft.graph.message",
        "subject": raw.subject,
        "internetMessageId": raw.message_id or None,
        "toRecipients": [recipient(name, address) for name, address in raw.addresses("To")],
        "ccRecipients": [recipient(name, address) for name, address in raw.addresses("Cc")],
    }
    if authors:
        made["from"] = recipient(*authors[0])
    if part.parts:
        made["body"] = body(part.parts[0], "html")
    return made


def _reference(call: Call, item: Item, place: int, one: Reference, select: tuple[str, ...]) -> Json:
    made: Json = {
        "id": attachment_id(call, item, f"link{place}"),
        "lastModifiedDateTime": stamp(received_at(item.filed)),
        "name": one.name,
        "contentType": None,
        "size": 0,
        "isInline": False,
    }
    return _selected(made, select) | {"@odata.type": "#microsoft.graph.referenceAttachment"}


def _selected(made: Json, select: tuple[str, ...]) -> Json:
    if not select:
        return made
    wanted = {"id", *(name.removeprefix("microsoft.graph.fileAttachment/") for name in select)}
    return {name: value for name, value in made.items() if name in wanted}
