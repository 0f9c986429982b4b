"""Messages attached to a mail that says nothing of its own, as "Forward as attachment" makes them.

Graph tells their names with the mail, and what they say only for one more question each, all in one batch.
Source: https://learn.microsoft.com/graph/api/attachment-get (expand the item)
"""

from collections.abc import Iterator, Mapping
from email.utils import quote
from itertools import chain

from providers.content.clean import one_line
from providers.content.parts import MAX_SPEAKING_BYTES
from providers.damaged import Json, list_at, map_at, text_at
from providers.errors import RateLimited, Unavailable
from providers.mail import ContentPart
from providers.microsoft import search
from providers.microsoft.batch import Outcomes, read_many
from providers.microsoft.graph import Access, Graph

ITEM = "#microsoft.graph.itemAttachment"

_MOST = 10  # asked for in one go
_LARGEST = 4 * 1024 * 1024  # bytes of one, with the files in it, which do not come along
_ASKED = "?$expand=microsoft.graph.itemAttachment/item"


def with_enclosed(graph: Graph, access: Access, found: dict[str, list[Json]]) -> dict[str, list[Json]]:
    """Add to messages without a word of their own what the messages attached to them say.

    What cannot be had now stays away: the file is there all the same. Raises what refuses everything.
    """
    wanted = list(chain.from_iterable(_wanted(raw) for raws in found.values() for raw in raws))[:_MOST]
    if not wanted:
        return found
    try:
        outcomes = read_many(graph, access, {path: f"{path}{_ASKED}" for path in wanted})
    except (RateLimited, Unavailable):
        return found
    return {key: [_filled(raw, outcomes) for raw in raws] for key, raws in found.items()}


def _wanted(raw: Json) -> Iterator[str]:
    """Name the questions for what is attached to a message."""
    if text_at(raw, "bodyPreview").strip():
        return
    for one in list_at(raw, "attachments"):
        size = one.get("size")
        if text_at(one, "@odata.type") == ITEM and isinstance(size, int) and size <= _LARGEST:
            yield _path(raw, one)


def _path(raw: Json, one: Json) -> str:
    return search.message(text_at(raw, "id"), "attachments", text_at(one, "id"))


def _filled(raw: Json, outcomes: Outcomes) -> Json:
    attached = list_at(raw, "attachments")
    answers = (outcomes.get(_path(raw, one), {}) for one in attached)
    items = [map_at(answer, "item") if isinstance(answer, Mapping) else {} for answer in answers]
    if not any(items):
        return raw
    return {**raw, "attachments": [{**one, "item": item} for one, item in zip(attached, items, strict=True)]}


def enclosed_in(raw: Json) -> tuple[ContentPart, ...]:
    """Convert the messages that were fetched; appointments and contacts can be attached as well."""
    items = (map_at(one, "item") for one in list_at(raw, "attachments"))
    return tuple(_part(item) for item in items if text_at(item, "@odata.type").endswith(".message"))


def _part(item: Json) -> ContentPart:
    sender, body = map_at(map_at(item, "from"), "emailAddress"), map_at(item, "body")
    name, address = one_line(text_at(sender, "name")), one_line(text_at(sender, "address"))
    head = f'From: "{quote(name)}" <{address}>\nSubject: {one_line(text_at(item, "subject"))}'
    content = text_at(body, "content")[:MAX_SPEAKING_BYTES]
    plain = text_at(body, "contentType").lower() == "text"
    return ContentPart("message/rfc822", head, None if plain else content, content if plain else None)
