"""threads.list/get, messages.list/get, attachments.get."""

import hashlib
from collections.abc import Callable, Iterable
from typing import TypeVar

from sandbox.google.gmail.call import Call
from sandbox.google.gmail.errors import invalid, metadata_scope, not_found
from sandbox.google.gmail.resources import (
    Json,
    attachment_resource,
    message_resource,
    snippet,
    thread_resource,
)
from sandbox.google.gmail.search import parse
from sandbox.google.gmail.terms import Seen
from sandbox.mail.mailbox import SPAM, TRASH, FiledMessage

Key = tuple[int, str]  # milliseconds and id: where a page ended


def get_message(call: Call) -> Json:
    form = call.choice("format", ("full", "metadata", "minimal", "raw"))
    _allow_format(call, form)
    filed = call.mailbox.message(call.id())
    if filed is None:
        raise not_found()
    return message_resource(call.state, call.mailbox, filed, form, call.several("metadataHeaders"))


def get_thread(call: Call) -> Json:
    form = call.choice("format", ("full", "metadata", "minimal"))
    _allow_format(call, form)
    messages = call.mailbox.thread(call.id())
    if not messages:
        raise not_found()
    return thread_resource(call.state, call.mailbox, messages, form, call.several("metadataHeaders"))


def _allow_format(call: Call, form: str) -> None:
    if call.poor and form in ("full", "raw"):
        raise metadata_scope(f"doesn't allow format {form.upper()}")


def get_attachment(call: Call) -> Json:
    if call.poor:
        raise metadata_scope("doesn't allow attachments")
    filed = call.mailbox.message(call.id("messageId"))
    if filed is None:
        raise not_found()
    found = attachment_resource(call.state, filed, call.path["id"])
    if found is None:
        raise invalid("Invalid attachment token")
    return found


def found_messages(call: Call) -> list[FiledMessage]:
    """Search the mailbox, newest first. It matches message by message, never a thread as a whole."""
    if "q" in call.query and call.poor:
        raise metadata_scope("does not support 'q' parameter")
    query = parse(call.text("q"), call.state.now(), call.state.index)
    labels = [call.state.label_of(call.mailbox, one) for one in call.several("labelIds")]
    if None in labels:
        raise invalid("Invalid label: " + call.several("labelIds")[labels.index(None)][:80])
    hidden = {SPAM, TRASH} - set(labels)
    if call.flag("includeSpamTrash") or query.everywhere:
        hidden = set()
    return [
        one
        for one in call.mailbox.messages()
        if not one.labels & hidden
        and all(label in one.labels for label in labels)
        and query.matches(Seen(one))
    ]


def list_messages(call: Call) -> Json:
    found = found_messages(call)
    return paged(call, "messages", found, _message_key, lambda one: {"id": one.id, "threadId": one.thread_id})


def list_threads(call: Call) -> Json:
    ids = dict.fromkeys(one.thread_id for one in found_messages(call))
    threads = [thread for one in ids if (thread := call.mailbox.thread(one))]
    threads.sort(key=_thread_key, reverse=True)
    return paged(call, "threads", threads, _thread_key, lambda one: _listed(call, one))


def _listed(call: Call, thread: tuple[FiledMessage, ...]) -> Json:
    return {
        "id": thread[0].thread_id,
        "snippet": snippet(call.state, thread[-1]),
        "historyId": str(max(one.history_id for one in thread)),
    }


def _message_key(filed: FiledMessage) -> Key:
    return int(filed.at.timestamp() * 1000), filed.id


def _thread_key(thread: tuple[FiledMessage, ...]) -> Key:
    return _message_key(thread[-1])[0], thread[0].thread_id


T = TypeVar("T")


def paged(
    call: Call, name: str, items: Iterable[T], key: Callable[[T], Key], write: Callable[[T], Json]
) -> Json:
    """Cut a page out of a list that falls by `key`; the token says where it ended and of which list."""
    found = list(items)
    most = call.number("maxResults", 100, 500)
    which = _fingerprint(call)
    if token := call.text("pageToken"):
        values = call.state.unseal(token, "pageToken")
        if len(values) != 3 or values[0] != which:
            raise invalid("Invalid pageToken")
        last = (int(str(values[1])), str(values[2]))
        found = [one for one in found if key(one) < last]
    page = found[:most]
    answer: Json = {}
    if page:
        answer[name] = [write(one) for one in page]
    if len(found) > len(page):
        answer["nextPageToken"] = call.state.seal(which, *key(page[-1]))
    answer["resultSizeEstimate"] = len(found)
    return answer


def _fingerprint(call: Call) -> str:
    kept = sorted(
        (name, value)
        for name, value in call.query.items(multi=True)
        if name in ("q", "labelIds", "includeSpamTrash")
    )
    return hashlib.sha256(f"{call.person.subject}{kept}".encode()).hexdigest()[:12]
