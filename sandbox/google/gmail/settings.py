"""getProfile, labels.list, settings.sendAs.list, history.list."""

from sandbox.google.gmail.call import Call, bad_value
from sandbox.google.gmail.errors import ApiError, not_found
from sandbox.google.gmail.resources import Json
from sandbox.mail.mailbox import CATEGORIES, SYSTEM, HistoryEntry

_HISTORY = {
    "added": ("messageadded", "messagesAdded"),
    "removed": ("messagedeleted", "messagesDeleted"),
    "labels_added": ("labeladded", "labelsAdded"),
    "labels_removed": ("labelremoved", "labelsRemoved"),
}


def get_profile(call: Call) -> Json:
    call.state.remembered_from(call.mailbox)
    return {
        "emailAddress": call.person.address,
        "messagesTotal": len(call.mailbox.messages()),
        "threadsTotal": call.mailbox.thread_count(),
        "historyId": str(call.mailbox.history_id),
    }


def list_labels(call: Call) -> Json:
    listed: list[Json] = [
        {
            "id": one,
            "name": one,
            "type": "system",
            "messageListVisibility": "hide",
            "labelListVisibility": "labelHide",
        }
        for one in (*sorted(SYSTEM), *CATEGORIES)
    ]
    listed += [
        {"id": one, "name": label, "type": "user"}
        for label, one in call.state.user_labels(call.mailbox).items()
    ]
    return {"labels": listed}


def list_send_as(call: Call) -> Json:
    """List the identities. The primary one has no verificationStatus: that is for added ones only."""
    listed: list[Json] = []
    for place, one in enumerate(call.person.identities()):
        entry: Json = {
            "sendAsEmail": one.address,
            "displayName": one.name,
            "replyToAddress": one.reply_to,
            "signature": one.signature,
        }
        if place == 0:
            entry |= {"isPrimary": True, "isDefault": True}
        else:
            status = "accepted" if one.accepted else "pending"
            entry |= {"treatAsAlias": True, "verificationStatus": status}
        listed.append(entry)
    return {"sendAs": listed}


def list_history(call: Call) -> Json:
    start = call.text("startHistoryId")
    if not start:
        raise ApiError(400, "required", "Missing required parameter: startHistoryId")
    if not start.isdigit():
        raise bad_value("start_history_id", "TYPE_UINT64", start)
    too_old = call.state.remembered_from(call.mailbox)
    entries = call.mailbox.history_since(int(start))
    if entries is None or (entries and int(start) <= too_old):
        raise not_found()
    kinds = {one.lower() for one in call.several("historyTypes")}
    if strange := kinds - {wanted for wanted, _ in _HISTORY.values()}:
        raise bad_value("history_types", "type.googleapis.com/HistoryType", sorted(strange)[0])
    label = call.state.label_of(call.mailbox, call.text("labelId")) if call.text("labelId") else None
    kept = [
        one
        for one in entries
        if (not kinds or _HISTORY[one.change][0] in kinds) and (label is None or _bears(call, one, label))
    ]
    return _page(call, kept)


def _bears(call: Call, entry: HistoryEntry, label: str) -> bool:
    filed = call.mailbox.message(entry.message_id)
    return label in (entry.labels | (filed.labels if filed else frozenset()))


def _page(call: Call, kept: list[HistoryEntry]) -> Json:
    most = call.number("maxResults", 100, 500)
    if token := call.text("pageToken"):
        values = call.state.unseal(token, "pageToken")
        kept = [one for one in kept if one.history_id > int(str(values[0]))]
    answer: Json = {}
    if page := kept[:most]:
        answer["history"] = [_record(call, one) for one in page]
    if len(kept) > most:
        answer["nextPageToken"] = call.state.seal(kept[most - 1].history_id)
    answer["historyId"] = str(call.mailbox.history_id)
    return answer


def _record(call: Call, entry: HistoryEntry) -> Json:
    bare: Json = {"id": entry.message_id, "threadId": entry.thread_id}
    labels = call.state.label_ids(call.mailbox, entry.labels)
    change: Json
    if entry.change in ("added", "removed"):
        change = {"message": {**bare, "labelIds": labels}}
    else:
        change = {"message": bare, "labelIds": labels}
    return {"id": str(entry.history_id), "messages": [bare], _HISTORY[entry.change][1]: [change]}
