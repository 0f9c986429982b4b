"""Gmail's JSON of a thread → a neutral thread: whole, or as a list needs it with the bodies still packed.

Unpacking base64 and charsets of what a list brings costs more than reading the JSON, and a list shows none of
it; so it waits until a thread is opened (20 threads of 3 messages of 20 KiB: 14 ms, measured with 3.11).
"""

from collections.abc import Mapping
from functools import partial

from providers.damaged import Json, list_at, text_at
from providers.google import search
from providers.google.convert import LEFT_OUT_LABELS, body_size, elsewhere, labels_of, message_of
from providers.mail import Packed, Thread

LARGEST_IN_LIST = 1024 * 1024  # characters of packed text a thread may bring into a list

_AROUND = 4096  # bytes of a message's JSON beside its bodies, as objects, measured generously


def kept(raw: Json) -> list[Json]:
    """List the messages of a thread that are mail: no drafts, spam, trash or chats."""
    return [one for one in list_at(raw, "messages") if not labels_of(one) & LEFT_OUT_LABELS]


def thread_of(
    raw: Json,
    fetched: Mapping[str, Mapping[str, bytes]],
    address: str,
    *,
    bodies: bool = True,
    evidence: bool = True,
) -> Thread:
    """Convert a thread of the mailbox that logs in with `address`.

    `fetched` holds the parts from elsewhere by message and path; a message that lacks one comes without
    bodies, and so does every message where `bodies` is false. `evidence` as in `message_of`.
    """
    messages = []
    for one in kept(raw):
        parts = fetched.get(text_at(one, "id"), {})
        whole = bodies and all(part.path in parts for part in elsewhere(one))
        messages.append(message_of(one, parts, whole, evidence=evidence))
    messages.sort(key=lambda one: one.date)
    return Thread(
        id=text_at(raw, "id"),
        subject=messages[0].subject if messages else "",
        messages=tuple(messages),
        version=text_at(raw, "historyId"),
        link=search.thread_link(address, text_at(raw, "id")),
    )


def listed(raw: Json, address: str) -> Thread:
    """Convert a thread as a list needs it. With parts elsewhere or too much text its bodies stay away."""
    messages = kept(raw)
    size = sum(body_size(one) for one in messages)
    if size > LARGEST_IN_LIST or any(elsewhere(one) for one in messages):
        return thread_of(raw, {}, address, bodies=False)
    bare = thread_of(raw, {}, address, bodies=False, evidence=False)
    by_id = {text_at(one, "id"): one for one in messages}
    packed = Packed(
        size + _AROUND * len(messages),
        partial(thread_of, raw, {}, address),
        lambda message: message_of(by_id[message], {}, True),
    )
    return Thread(bare.id, bare.subject, bare.messages, bare.version, bare.link, packed)
