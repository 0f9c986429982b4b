"""Calendars and events as Google writes them in JSON."""

import base64
import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.calendars.calendar import Calendar
from sandbox.calendars.entries import Days, Entry
from sandbox.mail.people import Person

Json = dict[str, Any]

_USUAL = [{"method": "popup", "minutes": 10}]


def calendar_id(calendar: Calendar) -> str:
    """Name a calendar as Google does: a primary one by its holder's address."""
    if calendar.is_primary:
        return calendar.holder
    group = "group.v" if calendar.role == "reader" else "group"
    return f"{calendar.id}@{group}.calendar.google.com"


def etag(entry: Entry) -> str:
    """Make the etag: another one after every change."""
    digest = hashlib.sha256(f"{entry.id} {entry.version}".encode()).hexdigest()
    return f'"{int(digest[:15], 16)}"'


def list_entry(calendar: Calendar) -> Json:
    """Write a CalendarListEntry."""
    made: Json = {
        "kind": "calendar#calendarListEntry",
        "etag": f'"{calendar.id[:16]}"',
        "id": calendar_id(calendar),
        "summary": calendar.holder if calendar.is_primary else calendar.name,
        "timeZone": calendar.zone,
        "accessRole": calendar.role,
        "defaultReminders": _USUAL if calendar.role == "owner" else [],
        "selected": True,
    }
    if calendar.is_primary:
        made["primary"] = True
    elif calendar.role != "reader":
        made["dataOwner"] = calendar.holder
    return made


def event(calendar: Calendar, person: Person, entry: Entry) -> Json:
    """Write an Event. Of a deleted one only what Google promises: its id, and that it is cancelled."""
    head: Json = {"kind": "calendar#event", "etag": etag(entry), "id": entry.id}
    if entry.deleted:
        return {**head, "status": "cancelled"}
    own = {"email": calendar.holder, **({"self": True} if calendar.holder == person.address else {})}
    return {
        **head,
        "status": "confirmed",
        "htmlLink": f"https://www.google.com/calendar/event?eid={_eid(calendar, entry)}",
        "created": _stamp(entry.created),
        "updated": _stamp(entry.changed),
        "creator": own,
        "organizer": own,
        "iCalUID": f"{entry.id}@google.com",
        "sequence": max(0, entry.version - 1),
        "eventType": "default",
        **writable(calendar, entry),
    }


def writable(calendar: Calendar, entry: Entry) -> Json:
    """Write the part of an Event that a client may change; what is empty is left out."""
    starts, ends = _times(calendar, entry)
    made: Json = {"start": starts, "end": ends, **entry.more}
    if "reminders" not in made:
        made["reminders"] = {"useDefault": True}
    texts = {"summary": entry.title, "location": entry.place, "description": entry.notes}
    made |= {name: text for name, text in texts.items() if text}
    if not entry.busy:
        made["transparency"] = "transparent"
    if entry.guests:
        made["attendees"] = [{"email": one, "responseStatus": "needsAction"} for one in entry.guests]
    if entry.properties:
        made["extendedProperties"] = {"private": dict(entry.properties)}
    return made


def _times(calendar: Calendar, entry: Entry) -> tuple[Json, Json]:
    when = entry.when
    if isinstance(when, Days):
        return {"date": f"{when.first}"}, {"date": f"{when.last + timedelta(days=1)}"}
    here = ZoneInfo(calendar.zone)
    starts, ends = (
        {"dateTime": one.astimezone(here).isoformat(timespec="seconds"), "timeZone": when.zone}
        for one in (when.starts, when.ends)
    )
    return starts, ends


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _eid(calendar: Calendar, entry: Entry) -> str:
    return base64.urlsafe_b64encode(f"{entry.id} {calendar.holder}".encode()).decode().rstrip("=")
