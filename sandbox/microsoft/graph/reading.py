"""GET: messages, folders, attachments, and the person themself."""

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TypeVar
from urllib.parse import quote, urlencode

from werkzeug.wrappers import Response

from sandbox.microsoft.graph import attachments
from sandbox.microsoft.graph.call import Call, Json
from sandbox.microsoft.graph.errors import GraphError, access_denied, bad_request, no_property
from sandbox.microsoft.graph.facts import FACTS, Fact, received_at, sent_at
from sandbox.microsoft.graph.kql import parse_search
from sandbox.microsoft.graph.odata import check_order, parse_filter, parse_order
from sandbox.microsoft.graph.properties import mapi_properties, normal_property_id
from sandbox.microsoft.graph.ready import Ready
from sandbox.microsoft.graph.resources import known, message_resource
from sandbox.microsoft.graph.shelf import Item
from sandbox.microsoft.scopes import MAIL_READ, MAIL_WRITE

T = TypeVar("T")

_EXPANDED = re.compile(r"(\w[\w./]*)(?:\((.*)\))?", re.DOTALL)
_CONVERSATION = re.compile(r"\s*conversationId eq '([^']*)'(?: and |\s*$)")
_MARKS = re.compile(r"id eq '((?:[^']|'')*)'")


@dataclass(frozen=True, slots=True)
class Expand:
    """What $expand asks for: extended properties by id, attachments with what of them."""

    marks: tuple[str, ...] = ()
    attachments: bool = False
    select: tuple[str, ...] = ()


def read_select(call: Call) -> tuple[str, ...]:
    """Read $select. Raises GraphError for what does not exist."""
    names = tuple(one.strip() for one in call.option("$select").split(",") if one.strip())
    for name in names:
        parses = call.account.address not in call.state.without_invitations
        if not known(name) or ("/" in name and not parses):
            raise no_property(name)
    return names


def read_expand(call: Call) -> Expand:
    """Read $expand: attachments($select=…), singleValueExtendedProperties($filter=id eq '…')."""
    text = call.option("$expand")
    marks: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    files = False
    for one in _split(text) if text else ():
        found = _EXPANDED.fullmatch(one.strip())
        name, inside = (found.group(1), found.group(2) or "") if found else ("", "")
        if name == "singleValueExtendedProperties":
            ids = _MARKS.findall(inside) if inside.startswith("$filter=") else []
            if not ids:
                text = "Expanding extended properties needs a filter on their ids."
                raise bad_request(text, "ErrorInvalidUrlQuery")
            marks = tuple(normal_property_id(mark.replace("''", "'")) for mark in ids)
        elif name == "attachments":
            files = True
            select = tuple(
                part.strip() for part in inside.removeprefix("$select=").split(",") if part.strip()
            )
            attachments.check_select(select)
        else:
            raise no_property(name or one)
    return Expand(marks, files, select)


def _split(text: str) -> list[str]:
    """Split at the commas that stand in no bracket."""
    pieces, depth = [""], 0
    for sign in text:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and not depth:
            pieces.append("")
        else:
            pieces[-1] += sign
    return pieces


def write(call: Call, item: Item, select: tuple[str, ...], expand: Expand) -> Json:
    """Write a message with what was asked for beside it."""
    made = message_resource(call, item, select)
    chat = item.folder == "teamsmessagesdata"
    held = mapi_properties(item.filed.raw, chat=chat) | call.shelf.properties.get(item.key, {})
    if marks := [{"id": one, "value": held[one]} for one in expand.marks if one in held]:
        made["singleValueExtendedProperties"] = marks
    if expand.attachments:
        if not call.scopes & {MAIL_READ, MAIL_WRITE}:
            raise access_denied()
        made["attachments"] = attachments.list_attachments(call, item, expand.select)
    return made


def ready(call: Call, item: Item, select: tuple[str, ...], expand: Expand) -> Ready:
    """Write a message, or find it written: under the same question it says the same until it changes."""
    marks = tuple(sorted(call.shelf.properties.get(item.key, {}).items()))
    links = len(call.shelf.references.get(item.key, ()))
    body = call.preferences.get("outlook.body-content-type", "")
    asked = (call.id_kind, body, call.scopes, select, expand)
    state = (call.box, item.key, item.filed.id, item.filed.history_id, call.shelf.place(item), marks, links)
    return call.state.ready.get((asked, state), lambda: write(call, item, select, expand))


def get_message(call: Call) -> Json:
    select, expand = read_select(call), read_expand(call)
    made = write(call, call.item(), select, expand)
    return {"@odata.context": call.context("messages/$entity"), **made}


def get_mime(call: Call) -> Response:
    """Answer /messages/{id}/$value."""
    filed = call.item().filed
    trace = b"".join(f"{name}: {value}\r\n".encode() for name, value in filed.trace)
    return Response(trace + filed.raw.bytes(), content_type="text/plain")


def list_attachments(call: Call) -> Json:
    select = tuple(one.strip() for one in call.option("$select").split(",") if one.strip())
    attachments.check_select(select)
    expand = call.option("$expand") == attachments.EXPAND_ITEM
    found = attachments.list_attachments(call, call.item(), select, expand=expand)
    return {"@odata.context": call.context("messages/attachments"), "value": found}


def get_attachment(call: Call) -> Json:
    select = tuple(one.strip() for one in call.option("$select").split(",") if one.strip())
    attachments.check_select(select)
    expand = call.option("$expand") == attachments.EXPAND_ITEM
    found = attachments.get_attachment(call, call.item(), select, expand=expand)
    return {"@odata.context": call.context("messages/attachments/$entity"), **found}


def get_attachment_value(call: Call) -> Response:
    return attachments.get_value(call, call.item())


def list_messages(call: Call) -> Json:
    """List the whole mailbox or one folder: hidden folders, drafts and deleted mail included."""
    select, expand = read_select(call), read_expand(call)
    folder = call.folder(call.path["folder"]) if "folder" in call.path else ""
    searching = "$search" in call.query
    if searching:
        _check_search(call)
    items = [item for item in _candidates(call) if _is_seen(call, item, folder, searching=searching)]
    found = _searched(call, items) if searching else _filtered(call, items)
    return page(call, found, lambda item: ready(call, item, select, expand))


def _check_search(call: Call) -> None:
    if not call.scopes & {MAIL_READ, MAIL_WRITE}:
        raise access_denied()
    others = {"$filter": "SearchWithFilter", "$orderby": "SearchWithOrderBy", "$skip": "SearchWithSkip"}
    for name, code in {**others, "$count": "SearchWithCount"}.items():
        if name in call.query:
            raise GraphError(400, code, f"The query parameter '{name}' is not supported with '$search'.")


def _candidates(call: Call) -> Iterable[Item]:
    """List what can be meant at all: of one conversation, where that is what the filter begins with."""
    text = call.option("$filter")
    found = _CONVERSATION.match(text)
    if found is None or " or " in text:
        return call.shelf.items()
    return call.shelf.thread(call.key_of("conversationId", found.group(1)))


def _is_seen(call: Call, item: Item, folder: str, *, searching: bool) -> bool:
    """Say whether an item lies there, and has had the time to be known."""
    limits = call.state.limits
    lag = limits.sent_lag if item.folder == "sentitems" else timedelta(0)
    lag = max(lag, limits.search_lag) if searching else lag
    return (not folder or item.folder == folder) and (not lag or item.filed.at + lag <= call.state.now())


def _searched(call: Call, items: Sequence[Item]) -> list[Item]:
    asks = parse_search(call.option("$search"), call.state.index)
    found = [item for item in items if asks(item)]
    found.sort(key=lambda item: (sent_at(item.filed), item.key), reverse=True)
    return found[: call.state.limits.found]


def _filtered(call: Call, items: Sequence[Item]) -> list[Item]:
    """Filter and sort. What is filtered without an order comes in none: Graph promises none."""
    filtered = None
    if call.option("$filter"):
        filtered = parse_filter(call.option("$filter"), call.shelf, call.key_of)
    order = parse_order(call.option("$orderby")) if call.option("$orderby") else ()
    check_order(filtered, order)
    found = [item for item in items if filtered is None or filtered.asks(item)]
    if filtered is not None and not order:
        return sorted(found, key=lambda item: hashlib.sha256(item.key.encode()).digest())
    found.sort(key=lambda item: (received_at(item.filed), item.key), reverse=True)
    for one in reversed(order):
        found.sort(key=partial(_place_in_order, FACTS[one.path]), reverse=one.falling)
    return found


def _place_in_order(fact: Fact, item: Item) -> str:
    return str(fact.of(item)).casefold()


def page(
    call: Call, found: Sequence[T], write_one: Callable[[T], Ready | Json], what: str = "messages"
) -> Json:
    """Cut a page out of a list; the link to the next one is opaque and belongs to this list."""
    limits = call.state.limits
    most = call.number("$top", limits.page, 1, limits.most)
    start = call.number("$skip", 0, 0, 1_000_000)
    which = call.fingerprint()
    if token := call.option("$skiptoken"):
        values = call.state.ids.unseal(token)
        if len(values) != 2 or values[0] != which:
            raise bad_request("Badly formed token.")
        start = int(values[1])
    answer: Json = {"@odata.context": call.context(what)}
    if call.option("$count") == "true":
        answer["@odata.count"] = len(found)
    answer["value"] = [write_one(item) for item in found[start : start + most]]
    if len(found) > start + most:
        kept = [(name, value) for name, value in call.query.items() if name not in ("$skiptoken", "$skip")]
        kept.append(("$skiptoken", call.state.ids.seal(which, start + most)))
        answer["@odata.nextLink"] = f"{call.base}{call.address}?{urlencode(kept, quote_via=quote)}"
    return answer
