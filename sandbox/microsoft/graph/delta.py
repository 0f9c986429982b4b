"""What came into a folder since the last time: rounds of pages, each ended by a link to the next round.

Source: https://learn.microsoft.com/graph/api/message-delta
"""

import hashlib
import re
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

from sandbox.microsoft.graph.call import Call, Json
from sandbox.microsoft.graph.errors import GraphError, bad_request
from sandbox.microsoft.graph.facts import received_at
from sandbox.microsoft.graph.reading import Expand, read_select, write
from sandbox.microsoft.graph.shelf import LABELS, Item

_SINCE = re.compile(r"receivedDateTime (ge|gt) (\S+)")
_OF_TYPE = "microsoft.graph."
_KEPT = ("$select", "changeType")


def list_delta(call: Call) -> Json:
    """Answer /me/mailFolders/{id}/messages/delta."""
    if {"$search", "$count", "$skip"} & set(call.query):
        raise bad_request(
            "The query parameter is not supported with change tracking.", "ErrorInvalidUrlQuery"
        )
    if _OF_TYPE in call.query.get("$select", ""):
        raise bad_request("Properties of a derived type are not supported with change tracking.")
    folder = call.folder(call.path["folder"])
    created_only = call.query.get("changeType", "") == "created"
    if call.query.get("changeType", "created") not in ("created", "updated", "deleted"):
        raise bad_request("The value of changeType is not valid.")
    token = call.query.get("$skiptoken") or call.query.get("$deltatoken")
    if token:
        values = call.state.ids.unseal(token)
        if len(values) != 4 or values[0] != f"{call.box}:{folder}":
            raise bad_request("Badly formed token.", "SyncStateInvalid")
        since, until, at = int(values[1]), int(values[2]), int(values[3])
    else:
        since, until, at = -1, call.shelf.mailbox.history_id, 0
    until = until or call.shelf.mailbox.history_id
    if since < 0:
        found = [write(call, one, read_select(call), Expand()) for one in _first_round(call, folder)]
    else:
        found = _replayed(call, folder, since) + _changes(
            call, folder, since, until, created_only=created_only
        )
    return _round(call, folder, found, (since, until, at))


def _first_round(call: Call, folder: str) -> list[Item]:
    items = [one for one in call.shelf.items() if one.folder == folder]
    text = call.query.get("$filter", "")
    order = call.query.get("$orderby", "")
    if order not in ("", "receivedDateTime desc"):
        raise bad_request("Only receivedDateTime desc is supported.", "ErrorInvalidUrlQuery")
    if text:
        found = _SINCE.fullmatch(text.strip())
        if found is None:
            raise bad_request("Only a filter on receivedDateTime is supported.", "ErrorInvalidUrlQueryFilter")
        since = datetime.fromisoformat(found.group(2))
        since = since if since.tzinfo else since.replace(tzinfo=UTC)
        items = [one for one in items if received_at(one.filed) >= since][: call.state.limits.delta]
    if order:
        return sorted(items, key=lambda item: received_at(item.filed), reverse=True)
    return sorted(items, key=lambda item: hashlib.sha256(item.key.encode()).digest())  # none is promised


def _replayed(call: Call, folder: str, since: int) -> list[Json]:
    """Tell some of what an earlier round told already, as Graph may."""
    told = [one for one in call.shelf.items() if one.folder == folder and one.filed.history_id <= since]
    return [write(call, one, read_select(call), Expand()) for one in told[: call.state.limits.replayed]]


def _changes(call: Call, folder: str, since: int, until: int, *, created_only: bool) -> list[Json]:
    """Write what is new whole; what only changed with three properties; what left as removed."""
    history = call.shelf.mailbox.history_since(since)
    if history is None:
        raise GraphError(410, "SyncStateNotFound", "The sync state generation is not found; start again.")
    select = read_select(call)
    made: dict[str, Json] = {}
    for entry in history:
        if entry.history_id > until:
            break
        filed = call.shelf.mailbox.message(entry.message_id)
        items = call.shelf.items_of(filed) if filed else ()
        here = next((item for item in items if item.folder == folder), None)
        if here is None:
            was = made.pop(entry.message_id, None)
            left = entry.change in ("removed", "labels_removed") and LABELS.get(folder) in entry.labels
            if left and was is None and not created_only:
                gone = call.gone_id(entry.message_id, folder)
                made[entry.message_id] = {"id": gone, "@removed": {"reason": "deleted"}}
        elif entry.change == "added" or LABELS.get(folder) in entry.labels:
            made[here.key] = write(call, here, select, Expand())
        elif not created_only and here.key not in made:
            made[here.key] = write(call, here, ("isRead", "parentFolderId"), Expand())
    return list(made.values())


def _round(call: Call, folder: str, found: list[Json], place: tuple[int, int, int]) -> Json:
    since, until, at = place
    most = call.preferences.get("odata.maxpagesize", "10")
    size = min(int(most), call.state.limits.most) if most.isdigit() and int(most) else 10
    begin = max(0, at - call.state.limits.replayed)
    answer: Json = {"@odata.context": call.context("messages"), "value": found[begin : at + size]}
    holder = f"{call.box}:{folder}"
    if len(found) > at + size:
        token = ("$skiptoken", call.state.ids.seal(holder, since, until, at + size))
        kept = [(name, call.query[name]) for name in (*_KEPT, "$filter", "$orderby") if name in call.query]
        answer["@odata.nextLink"] = _link(call, [*kept, token])
    else:
        token = ("$deltatoken", call.state.ids.seal(holder, until, 0, 0))
        kept = [(name, call.query[name]) for name in _KEPT if name in call.query]
        answer["@odata.deltaLink"] = _link(call, [*kept, token])
    return answer


def _link(call: Call, query: list[tuple[str, str]]) -> str:
    return f"{call.base}{call.address}?{urlencode(query, quote_via=quote)}"
