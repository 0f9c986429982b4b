"""Drafts and changes: create, createReply, PATCH, attach, send, move, delete."""

from dataclasses import replace
from email.utils import format_datetime

from werkzeug.wrappers import Response

from sandbox.mail.mailbox import DRAFT, UNREAD
from sandbox.mail.raw import RawMessage, with_header
from sandbox.microsoft.graph import attachments
from sandbox.microsoft.graph.bodies import files_of
from sandbox.microsoft.graph.call import Call, Json
from sandbox.microsoft.graph.compose import change, message_id, read_back, read_file, to_bytes
from sandbox.microsoft.graph.errors import bad_request, not_found
from sandbox.microsoft.graph.reading import Expand, write
from sandbox.microsoft.graph.sending import (
    accepted,
    answer_from,
    blank,
    marks_of,
    read_mime,
    send_out,
)
from sandbox.microsoft.graph.shelf import Item

_ANY_TIME = frozenset({"isRead", "categories", "importance", "flag", "inferenceClassification"})
_MARKS = "singleValueExtendedProperties"


def _file_draft(call: Call, raw: bytes, marks: dict[str, str], thread_id: str | None) -> Item:
    filed = call.shelf.mailbox.file(RawMessage(raw), {DRAFT}, call.state.now(), thread_id=thread_id)
    item = call.shelf.items_of(filed)[0]
    if marks:
        call.shelf.properties.setdefault(item.key, {}).update(marks)
    return item


def _shown(call: Call, item: Item) -> Json:
    return {"@odata.context": call.context("messages/$entity"), **write(call, item, (), Expand())}


def create(call: Call) -> Json:
    """Answer POST /me/messages: a draft, from JSON or from MIME."""
    if call.headers.get("Content-Type", "").startswith("text/plain"):
        return _shown(call, _file_draft(call, read_mime(call), {}, None))
    given = call.json()
    written = change(blank(call), given, call.state.limits.file_bytes)
    raw = to_bytes(written, call.state.now())
    return _shown(call, _file_draft(call, raw, marks_of(given), None))


def create_reply(call: Call) -> Json:
    return _create_reply(call, everyone=False)


def create_reply_all(call: Call) -> Json:
    return _create_reply(call, everyone=True)


def _create_reply(call: Call, *, everyone: bool) -> Json:
    item = call.item()
    given = call.json() if call.data else {}
    written = answer_from(call, item, given, everyone=everyone)
    message = next((value for name, value in given.items() if name.lower() == "message"), None)
    raw = to_bytes(written, call.state.now())
    return _shown(call, _file_draft(call, raw, marks_of(message), item.filed.thread_id))


def update(call: Call) -> Json:
    """Answer PATCH: everything of a draft, little of a message that was sent or came in."""
    given = call.json()
    with call.shelf.mailbox.lock:
        item = call.item()
        if not item.is_draft and (strange := set(given) - _ANY_TIME - {_MARKS, "@odata.type"}):
            text = f"The property '{min(strange)[:40]}' can be changed in drafts only."
            raise bad_request(text, "ErrorInvalidPropertySet")
        if marks := marks_of(given):
            call.shelf.properties.setdefault(item.key, {}).update(marks)
        if item.is_draft:
            item = _rewrite(call, item, given)
        elif isinstance(read := given.get("isRead"), bool):
            labels = {UNREAD}
            none: set[str] = set()
            mailbox = call.shelf.mailbox
            mailbox.relabel(item.filed.id, none if read else labels, labels if read else none)
            item = call.shelf.item(item.key) or item
    return _shown(call, item)


def _rewrite(call: Call, item: Item, given: Json, *, more: Json | None = None) -> Item:
    """File a draft anew with what was changed; it stays the same item."""
    mailbox = call.shelf.mailbox
    written = read_back(item.filed.raw, call.state.parts.read(item.filed.raw))
    if "attachments" in given:
        written = replace(written, files=())
    written = change(written, given, call.state.limits.file_bytes)
    if more is not None:
        written.files = (*written.files, read_file(more, call.state.limits.file_bytes))
    thread_id = item.filed.thread_id
    message = RawMessage(to_bytes(written, call.state.now()))
    mailbox.remove(item.filed.id)
    filed = mailbox.file(message, {DRAFT}, call.state.now(), thread_id=thread_id)
    call.shelf.adopt(filed, item.key)
    return call.shelf.items_of(filed)[0]


def attach(call: Call) -> Json:
    """Answer POST /messages/{id}/attachments on a draft."""
    given = call.json()
    with call.shelf.mailbox.lock:
        item = call.item()
        if not item.is_draft:
            raise bad_request("Attachments can be added to drafts only.", "ErrorInvalidPropertySet")
        item = _rewrite(call, item, {}, more=given)
        last = files_of(call.state.parts.read(item.filed.raw))[-1]
    made = attachments.list_attachments(call, item, ())
    wanted = attachments.attachment_id(call, item, last.path)
    return next(one for one in made if one["id"] == wanted)


def send_draft(call: Call) -> Response:
    """Answer POST /messages/{id}/send. Of two calls at once the second finds no draft."""
    with call.shelf.mailbox.lock:
        item = call.item()
        if not item.is_draft:
            raise not_found()
        raw = item.filed.raw.bytes()
    raw = with_header(raw, "Date", format_datetime(call.state.now()))
    if not item.filed.raw.message_id:
        raw = with_header(raw, "Message-ID", message_id())
    send_out(call, raw, thread_id=item.filed.thread_id, draft=item)
    return accepted()


def move(call: Call) -> Json:
    """Answer POST /messages/{id}/move: the plain id changes, the immutable one does not."""
    given = {name.lower(): value for name, value in call.json().items()}
    if not isinstance(given.get("destinationid"), str):
        raise bad_request("The parameter 'DestinationId' is missing.", "RequestBodyRead")
    item = call.item()
    return _shown(call, call.shelf.move(item, call.folder(str(given["destinationid"]))))


def delete(call: Call) -> Response:
    """Answer DELETE: into Deleted Items, from there for good."""
    item = call.item()
    if item.folder in ("deleteditems", "drafts"):
        call.shelf.mailbox.remove(item.filed.id)
    else:
        call.shelf.move(item, "deleteditems")
    return Response(status=204)
