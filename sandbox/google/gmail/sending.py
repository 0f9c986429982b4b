"""messages.send and the drafts: a draft that is sent goes away, and a message with a new id appears."""

from sandbox.google.gmail.call import Call
from sandbox.google.gmail.errors import invalid, not_found
from sandbox.google.gmail.outgoing import (
    Mail,
    carry,
    file_sent,
    read_upload,
    recipients_of,
    thread_to_join,
)
from sandbox.google.gmail.reading import found_messages, paged
from sandbox.google.gmail.resources import Json, bare_message, message_resource
from sandbox.mail.mailbox import DRAFT, FiledMessage
from sandbox.mail.raw import RawMessage


def send_message(call: Call) -> Json:
    mail = read_upload(call, call.json("Message"))
    if not mail.raw:
        raise invalid("'raw' RFC822 payload message string or uploading message via /upload/* URL required")
    message = RawMessage(mail.raw)
    recipients_of(message)
    thread_id = thread_to_join(call, message, mail.thread_id)
    leaving = file_sent(call, mail.raw, thread_id)
    return bare_message(call.state, call.mailbox, carry(call, leaving))


def create_draft(call: Call) -> Json:
    mail = _draft_mail(call)
    with call.mailbox.lock:
        drafts = call.state.drafts(call.person)
        message = RawMessage(mail.raw)
        thread_id = thread_to_join(call, message, mail.thread_id)
        filed = call.mailbox.file(message, {DRAFT}, call.state.now(), thread_id=thread_id, join=False)
        draft_id = call.state.new_draft_id()
        drafts[draft_id] = filed.id
    return {"id": draft_id, "message": bare_message(call.state, call.mailbox, filed)}


def update_draft(call: Call) -> Json:
    mail = _draft_mail(call)
    with call.mailbox.lock:
        filed = _draft(call, call.path["id"])
        message = RawMessage(mail.raw)
        thread_id = thread_to_join(call, message, mail.thread_id) or filed.thread_id
        call.mailbox.remove(filed.id)
        made = call.mailbox.file(message, {DRAFT}, call.state.now(), thread_id=thread_id)
        call.state.drafts(call.person)[call.path["id"]] = made.id
    return {"id": call.path["id"], "message": bare_message(call.state, call.mailbox, made)}


def get_draft(call: Call) -> Json:
    form = call.choice("format", ("full", "metadata", "minimal", "raw"))
    with call.mailbox.lock:
        filed = _draft(call, call.path["id"])
    return {"id": call.path["id"], "message": message_resource(call.state, call.mailbox, filed, form)}


def list_drafts(call: Call) -> Json:
    with call.mailbox.lock:
        of_message = {message: draft for draft, message in call.state.drafts(call.person).items()}
        found = [one for one in found_messages(call) if one.id in of_message]
    return paged(
        call,
        "drafts",
        found,
        lambda one: (int(one.at.timestamp() * 1000), one.id),
        lambda one: {"id": of_message[one.id], "message": {"id": one.id, "threadId": one.thread_id}},
    )


def delete_draft(call: Call) -> Json:
    with call.mailbox.lock:
        filed = _draft(call, call.path["id"])
        call.mailbox.remove(filed.id)
        del call.state.drafts(call.person)[call.path["id"]]
    return {}


def send_draft(call: Call) -> Json:
    """Send a draft, as it stands or as the call has it. Of two calls at once the second finds nothing."""
    given = call.json("Draft")
    mail = read_upload(call, given.get("message"))
    draft_id = str(given.get("id") or "")
    if not draft_id and not mail.raw:
        raise invalid("Missing draft id")
    with call.mailbox.lock:
        if draft_id:
            filed = _draft(call, draft_id)
            leaving = file_sent(call, mail.raw or filed.raw.bytes(), filed.thread_id)
            call.mailbox.remove(filed.id)
            del call.state.drafts(call.person)[draft_id]
        else:
            thread_id = thread_to_join(call, RawMessage(mail.raw), mail.thread_id)
            leaving = file_sent(call, mail.raw, thread_id)
    return bare_message(call.state, call.mailbox, carry(call, leaving))


def _draft_mail(call: Call) -> Mail:
    given = call.json("Draft")
    mail = read_upload(call, given.get("message"))
    if not mail.raw:
        raise invalid("Missing draft message")
    return mail


def _draft(call: Call, draft_id: str) -> FiledMessage:
    """Find a draft, under the mailbox's lock. Raises ApiError (404)."""
    filed = call.mailbox.message(call.state.drafts(call.person).get(draft_id, ""))
    if filed is None:
        raise not_found()
    return filed
