"""Events: neutral ones → Google's JSON, and back. Total: an answer can be damaged.

Source: https://developers.google.com/workspace/calendar/api/v3/reference/events, reference/providers.md 5
"""

import base64
import hashlib
import html
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from providers.calendar import Days, Event, EventRef, ExternalEvent, Hours
from providers.content.events import Standing, mark_of, notes_of
from providers.damaged import EPOCH, Json, list_at, map_at, text_at

OURS = "mailroom=1"  # the private property by which the listing finds our events
FIELDS = (
    "id,etag,status,summary,description,location,start,end,"
    "attendees(email,self,resource),extendedProperties/private"
)

_LIVES = 3
_MARKUP = re.compile(r"<[A-Za-z/!?]|&#?\w+;")


def event_ids(key: str) -> tuple[str, ...]:
    """Make Google's ids of our key: base32hex (RFC 4648 7) in lower case, unique in a calendar for ever.

    The first one is the event's; the others are for when Google keeps it and will not give it again.
    """
    digests = (hashlib.sha256(f"{key}{'#' * lives}".encode()).digest() for lives in range(_LIVES))
    return tuple(base64.b32hexencode(one).decode("ascii").rstrip("=").lower() for one in digests)


def body_of(event: Event, key: str, *, changing: bool) -> dict[str, Any]:
    """Write an event. `changing` also takes away what an event of the other kind of times has."""
    starts, ends = _times(event.when)
    if changing:
        other = ("dateTime", "timeZone") if "date" in starts else ("date",)
        starts, ends = ({**one, **dict.fromkeys(other)} for one in (starts, ends))
    overrides = [] if event.reminder is None else [{"method": "popup", "minutes": event.reminder}]
    written: dict[str, Any] = {
        "summary": event.title,
        "location": event.place,
        "description": _described(notes_of(event)),
        "start": starts,
        "end": ends,
        "transparency": "opaque" if event.busy else "transparent",
        "reminders": {"useDefault": False, "overrides": overrides},
        "extendedProperties": {
            "private": {"mailroom": "1", "mailroomKey": key, "mailroomMark": mark_of(event)}
        },
    }
    if event.link:
        written["source"] = {"url": event.link, "title": event.title}
    elif changing:
        written["source"] = None
    return written


def without_notes(body: Mapping[str, Any], mark: str) -> dict[str, Any]:
    """Leave the person's own notes and reminders alone; the mark goes on saying that they are not ours."""
    kept = {one: body[one] for one in body if one not in ("description", "reminders", "source")}
    ours = dict(body["extendedProperties"]["private"])
    ours["mailroomMark"] = ".".join([*ours["mailroomMark"].split(".")[:2], mark.split(".")[-1]])
    return {**kept, "extendedProperties": {"private": ours}}


def standing_of(raw: Json) -> Standing:
    """Read what stands in the calendar."""
    return Standing(
        text_at(raw, "summary"),
        _when(map_at(raw, "start"), map_at(raw, "end")),
        text_at(raw, "location"),
        html.unescape(text_at(raw, "description")),
        text_at(_ours(raw), "mailroomMark"),
    )


def external(raw: Json, calendar_id: str) -> ExternalEvent:
    """Convert an event of ours."""
    read = standing_of(raw)
    guests = has_guests(raw)
    ref = EventRef(calendar_id, key_in(raw), text_at(raw, "id"), "" if guests else text_at(raw, "etag"))
    return ExternalEvent(ref, read.title, read.when, read.place, read.by_hand, guests)


def key_in(raw: Json) -> str:
    """Read our key, "" when it is no event of ours."""
    return text_at(_ours(raw), "mailroomKey")


def is_ours(raw: Json) -> bool:
    """Say whether it is the very event that we wrote: a copy carries our key under another id."""
    return bool(key_in(raw)) and text_at(raw, "id") in event_ids(key_in(raw))


def is_gone(raw: Json) -> bool:
    """Say whether it was deleted; Google goes on answering for its id."""
    return raw.get("status") == "cancelled"


def has_guests(raw: Json) -> bool:
    """Say whether somebody beside the owner is invited."""
    return any(not one.get("self") and not one.get("resource") for one in list_at(raw, "attendees"))


def _ours(raw: Json) -> Json:
    return map_at(map_at(raw, "extendedProperties"), "private")


def _described(notes: str) -> str:
    """Google shows a description as HTML: what looks like it, but is typed text, is written out."""
    return html.escape(notes, quote=False) if _MARKUP.search(notes) else notes


def _times(when: Hours | Days) -> tuple[dict[str, Any], dict[str, Any]]:
    if isinstance(when, Days):  # the end is the first day that is free again
        return {"date": when.first.isoformat()}, {"date": (when.last + timedelta(days=1)).isoformat()}
    starts, ends = ({"dateTime": _instant(one), "timeZone": when.zone} for one in (when.starts, when.ends))
    return starts, ends


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _when(starts: Json, ends: Json) -> Hours | Days:
    if text_at(starts, "date"):
        first = _date(text_at(starts, "date"))
        return Days(first, max(first, _date(text_at(ends, "date")) - timedelta(days=1)))
    zone = text_at(starts, "timeZone") or "UTC"
    return Hours(_moment(text_at(starts, "dateTime")), _moment(text_at(ends, "dateTime")), zone)


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return EPOCH


def _date(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return EPOCH.date()
    return max(found, EPOCH.date())
