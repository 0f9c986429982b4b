"""An event as a client writes it: read strictly into what a calendar keeps.

Source: https://learn.microsoft.com/graph/api/user-post-events, event-update
"""

import re
from datetime import timedelta
from typing import Any

from sandbox.calendars.entries import Days, Entry, Hours
from sandbox.microsoft.graph.calendars import zones
from sandbox.microsoft.graph.call import Json
from sandbox.microsoft.graph.errors import GraphError, bad_request
from sandbox.microsoft.graph.properties import read_properties

_LONGEST = 255
_TAGS = re.compile(r"<[^>]*>")
_SHOWN = ("free", "tentative", "busy", "oof", "workingElsewhere")
WRITABLE = frozenset(
    {"subject", "body", "location", "start", "end", "isAllDay", "showAs", "isReminderOn", "attendees"}
    | {"reminderMinutesBeforeStart", "singleValueExtendedProperties", "transactionId"}
)


def values_of(given: Json, held: Entry | None) -> dict[str, Any]:
    """Read what is named; what a held event has already stays. Raises GraphError (400)."""
    if strange := {name for name in given if not name.startswith("@odata.")} - WRITABLE:
        raise bad_request(f"Not supported in this sandbox: {min(strange)[:40]}", "ErrorInvalidRequest")
    values: dict[str, Any] = {}
    if "subject" in given:
        values["title"] = _text(given["subject"], "subject")
    if "location" in given:
        values["place"] = _text(_inside(given["location"], "location").get("displayName"), "displayName")
    if "body" in given:
        values["notes"] = _notes(_inside(given["body"], "body"))
    if "showAs" in given:
        if given["showAs"] not in _SHOWN:
            raise bad_request("The value of 'showAs' is not one.", "RequestBodyRead")
        values["busy"] = given["showAs"] != "free"
    if "attendees" in given:
        values["guests"] = tuple(_guests(given["attendees"]))
    if "singleValueExtendedProperties" in given:
        new = read_properties(given["singleValueExtendedProperties"])
        values["properties"] = {**(held.properties if held else {}), **new}
    if {"isReminderOn", "reminderMinutesBeforeStart"} & set(given):
        values["reminder"] = _reminder(given, held)
    if held is None or {"start", "end", "isAllDay"} & set(given):
        values["when"] = _when(given, held)
    return values


def _inside(value: object, name: str) -> Json:
    if not isinstance(value, dict):
        raise bad_request(f"'{name}' is no object.", "RequestBodyRead")
    return value


def _text(value: object, name: str) -> str:
    if not isinstance(value, str | None):
        raise bad_request(f"'{name}' is no text.", "RequestBodyRead")
    if len(value or "") > _LONGEST:
        raise GraphError(400, "ErrorPropertyValidationFailure", f"'{name}' is too long.")
    return value or ""


def _notes(body: Json) -> str:
    content, kind = body.get("content"), str(body.get("contentType", "text")).lower()
    if not isinstance(content, str | None) or kind not in ("text", "html"):
        raise bad_request("'body' is not one.", "RequestBodyRead")
    return _TAGS.sub("", content or "") if kind == "html" else content or ""


def _guests(given: object) -> list[str]:
    found = []
    for one in given if isinstance(given, list) else [given]:
        address = _inside(_inside(one, "attendee").get("emailAddress"), "emailAddress").get("address")
        if not isinstance(address, str) or "@" not in address:
            raise bad_request("An attendee has no address.", "ErrorInvalidRecipients")
        found.append(address)
    return found


def _reminder(given: Json, held: Entry | None) -> int | None:
    minutes = given.get("reminderMinutesBeforeStart", held.reminder if held else None)
    if not given.get("isReminderOn", True):
        return None
    if minutes is None:
        return 15  # Outlook's usual
    if type(minutes) is not int or minutes < 0:
        raise bad_request("'reminderMinutesBeforeStart' is no number.", "RequestBodyRead")
    return minutes


def _when(given: Json, held: Entry | None) -> Hours | Days:
    if not {"start", "end"} <= set(given):  # stricter than Graph: times are changed together
        raise bad_request("Start and end are needed.", "ErrorInvalidRequest")
    (begin, zone), (end, other) = zones.read(given["start"], "start"), zones.read(given["end"], "end")
    whole = given.get("isAllDay", held is not None and isinstance(held.when, Days))
    if not isinstance(whole, bool):
        raise bad_request("'isAllDay' is not true or false.", "RequestBodyRead")
    if not whole:
        starts, ends = zones.instant(begin, zone), zones.instant(end, other)
        if ends < starts:
            raise _backwards()
        return Hours(starts, ends, zone)
    if zone != other:
        text = "The start and end of an all-day event need the same time zone."
        raise GraphError(400, "ErrorPropertyValidationFailure", text)
    if any((one.hour, one.minute, one.second) != (0, 0, 0) for one in (begin, end)):
        text = "The Event.Start property for an all-day event needs to be set to midnight."
        raise GraphError(400, "ErrorPropertyValidationFailure", text)
    if end <= begin:
        raise _backwards()
    return Days(begin.date(), end.date() - timedelta(days=1))


def _backwards() -> GraphError:
    text = "The end date is earlier than the start date."
    return GraphError(400, "ErrorCalendarEndDateIsEarlierThanStartDate", text)
