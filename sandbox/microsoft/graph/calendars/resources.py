"""Calendars and events as Graph writes them in JSON."""

import base64
import hashlib
from datetime import timedelta

from sandbox.calendars.calendar import Calendar
from sandbox.calendars.entries import Days, Entry
from sandbox.microsoft.graph.calendars import zones
from sandbox.microsoft.graph.call import Call, Json
from sandbox.microsoft.graph.errors import no_property
from sandbox.microsoft.graph.resources import recipient, stamp

_ALIKE: Json = {
    "allowNewTimeProposals": True,
    "categories": [],
    "hasAttachments": False,
    "hideAttendees": False,
    "importance": "normal",
    "isCancelled": False,
    "isDraft": False,
    "isOnlineMeeting": False,
    "isOrganizer": True,
    "onlineMeeting": None,
    "onlineMeetingProvider": "unknown",
    "onlineMeetingUrl": None,
    "recurrence": None,
    "responseRequested": True,
    "responseStatus": {"response": "organizer", "time": "0001-01-01T00:00:00Z"},
    "sensitivity": "normal",
    "seriesMasterId": None,
    "type": "singleInstance",
}
_CALENDAR = (
    "id name color hexColor isDefaultCalendar changeKey canShare canViewPrivateItems canEdit "
    "allowedOnlineMeetingProviders defaultOnlineMeetingProvider isTallyingResponses isRemovable owner"
)
_EVENT = (
    "id createdDateTime lastModifiedDateTime changeKey transactionId originalStartTimeZone iCalUId body "
    "start originalEndTimeZone reminderMinutesBeforeStart isReminderOn subject bodyPreview isAllDay showAs "
    "webLink end location locations attendees organizer"
)
CALENDAR = frozenset(_CALENDAR.split())
EVENT = frozenset(_EVENT.split()) | frozenset(_ALIKE)


def read_select(call: Call, known: frozenset[str], kind: str) -> frozenset[str]:
    """Read $select; everything where it is not given. Raises GraphError for what does not exist."""
    names = frozenset(one.strip() for one in call.option("$select").split(",") if one.strip())
    for name in sorted(names - known):
        raise no_property(name, kind)
    return (names | {"id"}) if names else known


def calendar_id(call: Call, calendar: Calendar) -> str:
    return call.state.ids.make("calendar", call.box, calendar.id)


def event_id(call: Call, entry: Entry, calendar: Calendar) -> str:
    place = () if call.id_kind == "immutable" else (calendar.id,)
    return call.state.ids.make(call.id_kind, call.box, "event", entry.id, *place)


def calendar(call: Call, one: Calendar, names: frozenset[str]) -> Json:
    """Write a calendar."""
    own = one.role == "owner"
    whole: Json = {
        "id": calendar_id(call, one),
        "name": one.name,
        "color": "auto",
        "hexColor": "",
        "isDefaultCalendar": one.is_primary,
        "changeKey": change_key(one.id, 1),
        "canShare": own,
        "canViewPrivateItems": own,
        "canEdit": one.role != "reader",
        "allowedOnlineMeetingProviders": [],
        "defaultOnlineMeetingProvider": "unknown",
        "isTallyingResponses": one.is_primary,
        "isRemovable": not one.is_primary,
        "owner": {"name": one.holder, "address": one.holder},
    }
    return {name: value for name, value in whole.items() if name in names}


def change_key(item: str, version: int) -> str:
    digest = hashlib.sha256(f"{item} {version}".encode()).digest()[:12]
    return base64.b64encode(b"\x00" * 4 + digest).decode()


def etag(entry: Entry) -> str:
    """Make the etag: another one after every change."""
    return f'W/"{change_key(entry.id, entry.version)}"'


def event(call: Call, where: Calendar, entry: Entry, names: frozenset[str], marks: tuple[str, ...]) -> Json:
    """Write an event with what was asked for beside it."""
    whole = {**_ALIKE, **_times(call, entry), **_words(call, where, entry)}
    whole |= {
        "id": event_id(call, entry, where),
        "createdDateTime": stamp(entry.created),
        "lastModifiedDateTime": stamp(entry.changed),
        "changeKey": change_key(entry.id, entry.version),
        "transactionId": entry.more.get("transactionId"),
        "iCalUId": hashlib.sha256(entry.id.encode()).hexdigest().upper(),
        "webLink": f"https://outlook.office365.com/owa/?itemid={entry.id[:12]}&exvsurl=1&path=/calendar/item",
    }
    made: Json = {"@odata.etag": etag(entry)}
    made |= {name: value for name, value in whole.items() if name in names}
    if held := [{"id": one, "value": entry.properties[one]} for one in marks if one in entry.properties]:
        made["singleValueExtendedProperties"] = held
    return made


def _times(call: Call, entry: Entry) -> Json:
    zone = call.preferences.get("outlook.timezone", "UTC")
    when = entry.when
    if isinstance(when, Days):  # whole days float: midnight in whatever zone was asked for
        first, after = when.first, when.last + timedelta(days=1)
        starts, ends = (zones.midnight(one, zone) for one in (first, after))
        own = "UTC"
    else:
        starts, ends = (zones.write(one, zone) for one in (when.starts, when.ends))
        own = when.zone
    return {
        "start": starts,
        "end": ends,
        "isAllDay": isinstance(when, Days),
        "originalStartTimeZone": own,
        "originalEndTimeZone": own,
    }


def _words(call: Call, where: Calendar, entry: Entry) -> Json:
    plain = call.preferences.get("outlook.body-content-type", "") == "text"
    text = entry.notes.replace("\r\n", "\n").replace("\n", "\r\n")
    place = {"displayName": entry.place, "locationType": "default", "uniqueIdType": "unknown"}
    return {
        "subject": entry.title,
        "bodyPreview": entry.notes[:255],
        "body": {
            "contentType": "text" if plain else "html",
            "content": f"{text}\r\n" if plain else f"<html><body><div>{text}</div></body></html>",
        },
        "location": place,
        "locations": [place] if entry.place else [],
        "showAs": "busy" if entry.busy else "free",
        "isReminderOn": entry.reminder is not None,
        "reminderMinutesBeforeStart": 15 if entry.reminder is None else entry.reminder,
        "attendees": [
            {
                "type": "required",
                "status": {"response": "none", "time": "0001-01-01T00:00:00Z"},
                **recipient("", one),
            }
            for one in entry.guests
        ],
        "organizer": recipient("", where.holder),
    }
