"""Events: neutral ones → Graph's JSON, and back. Total: an answer can be damaged.

Source: https://learn.microsoft.com/graph/api/resources/event, reference/providers.md 5
"""

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from providers.calendar import Days, Event, EventRef, ExternalEvent, Hours
from providers.content.events import Standing, mark_of, notes_of, on_the_wall
from providers.damaged import EPOCH, Json, list_at, map_at, text_at

_GUID = "{5d1f0c8e-8a3b-4a55-9c0e-6f2f1b7c4e21}"
OURS = f"String {_GUID} Name MailroomEvent"  # always "1": what the listing finds
KEY = f"String {_GUID} Name MailroomEventKey"
MARK = f"String {_GUID} Name MailroomEventMark"
SELECT = (
    "id,subject,body,start,end,isAllDay,location,isCancelled,attendees,createdDateTime,originalStartTimeZone"
)

_TRANSACTIONS = uuid.UUID("0f6ad3f0-52a5-5a36-a1ce-65a0b7d0a4b1")
_SECONDS = "%Y-%m-%dT%H:%M:%S"


def transaction_id(key: str, before: str, attempt: int) -> str:
    """Make the word by which Exchange knows a repeated POST; another one after the event `before`."""
    return str(uuid.uuid5(_TRANSACTIONS, f"{key} {before} {attempt}"))


def body_of(event: Event, key: str) -> dict[str, Any]:
    """Write an event, for making or changing it. No attendees: nobody is ever mailed."""
    starts, ends = _times(event.when)
    written: dict[str, Any] = {
        "subject": event.title,
        "location": {"displayName": event.place},
        "body": {"contentType": "text", "content": notes_of(event)},
        "start": starts,
        "end": ends,
        "isAllDay": isinstance(event.when, Days),
        "showAs": "busy" if event.busy else "free",
        "isReminderOn": event.reminder is not None,
        "singleValueExtendedProperties": _properties(key, mark_of(event)),
    }
    if event.reminder is not None:
        written["reminderMinutesBeforeStart"] = event.reminder
    return written


def without_notes(body: Mapping[str, Any], key: str, mark: str) -> dict[str, Any]:
    """Leave the person's own notes and reminders alone; the mark goes on saying that they are not ours."""
    left = ("body", "isReminderOn", "reminderMinutesBeforeStart")
    new = next(one["value"] for one in body["singleValueExtendedProperties"] if one["id"] == MARK)
    kept = ".".join([*new.split(".")[:2], mark.split(".")[-1]])
    return {
        **{one: body[one] for one in body if one not in left},
        "singleValueExtendedProperties": _properties(key, kept),
    }


def _properties(key: str, mark: str) -> list[dict[str, str]]:
    return [{"id": OURS, "value": "1"}, {"id": KEY, "value": key}, {"id": MARK, "value": mark}]


def standing_of(raw: Json) -> Standing:
    """Read what stands in the calendar."""
    return Standing(
        text_at(raw, "subject"),
        _when(raw),
        text_at(map_at(raw, "location"), "displayName"),
        text_at(map_at(raw, "body"), "content"),
        _property(raw, MARK),
    )


def external(raw: Json, calendar_id: str) -> ExternalEvent:
    """Convert an event of ours."""
    read, guests = standing_of(raw), has_guests(raw)
    ref = EventRef(calendar_id, key_in(raw), text_at(raw, "id"), "" if guests else etag_of(raw))
    return ExternalEvent(ref, read.title, read.when, read.place, read.by_hand, guests)


def key_in(raw: Json) -> str:
    """Read our key, "" when it is no event of ours."""
    return _property(raw, KEY)


def etag_of(raw: Json) -> str:
    """Read the version, as If-Match wants it."""
    return text_at(raw, "@odata.etag")


def has_guests(raw: Json) -> bool:
    """Say whether somebody is invited: changing or deleting it would mail them."""
    return bool(list_at(raw, "attendees"))


def _property(raw: Json, name: str) -> str:
    for one in list_at(raw, "singleValueExtendedProperties"):
        if text_at(one, "id").lower() == name.lower():  # Graph writes the GUID in small letters
            return text_at(one, "value")
    return ""


def _times(when: Hours | Days) -> tuple[dict[str, str], dict[str, str]]:
    if isinstance(when, Days):  # midnight to midnight, the end is the first day that is free again
        after = when.last + timedelta(days=1)
        starts, ends = ({"dateTime": f"{one}T00:00:00", "timeZone": "UTC"} for one in (when.first, after))
        return starts, ends
    starts, ends = (
        {"dateTime": local.strftime(_SECONDS), "timeZone": zone}
        for local, zone in (on_the_wall(one, when.zone) for one in (when.starts, when.ends))
    )
    return starts, ends


def _when(raw: Json) -> Hours | Days:
    starts, ends = _moment(map_at(raw, "start")), _moment(map_at(raw, "end"))
    if raw.get("isAllDay") is True:
        first, after = ((one + timedelta(hours=12)).date() for one in (starts, ends))
        return Days(first, max(first, after - timedelta(days=1)))
    return Hours(starts, ends, text_at(raw, "originalStartTimeZone") or "UTC")


def _moment(value: Json) -> datetime:
    """Read a time in UTC, as it was asked for; Graph writes seven digits of a second and no offset."""
    try:
        found = datetime.fromisoformat(text_at(value, "dateTime")[:19])
    except ValueError:
        return EPOCH
    return max(found.replace(tzinfo=UTC), EPOCH)
