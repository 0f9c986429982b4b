"""An Event as a client writes it: read strictly into what a calendar keeps.

Source: https://developers.google.com/workspace/calendar/api/v3/reference/events (insert, patch).
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from sandbox.calendars.entries import Days, Hours
from sandbox.google.calendar.errors import wrong
from sandbox.google.calendar.shapes import misfit

Json = dict[str, Any]

KEPT = ("colorId", "visibility", "reminders", "source", "guestsCanModify", "guestsCanInviteOthers")
WRITABLE = frozenset(
    {"id", "status", "summary", "description", "location", "start", "end", "attendees", "transparency"}
    | {"extendedProperties", *KEPT}
)
# What a client may send back as it got it; it changes nothing.
_READ_ONLY = frozenset(
    {"kind", "etag", "htmlLink", "created", "updated", "creator", "organizer", "iCalUID", "sequence"}
    | {"eventType"}
)
_ID = re.compile(r"[a-v0-9]{5,1024}")
_DESCRIPTION = 8192
_MINUTES = 40320
_MOST_OVERRIDES = 5


def check_shape(body: object) -> Json:
    """Let an Event body in as far as its shape goes. Raises ApiError (400)."""
    if not isinstance(body, dict):
        raise wrong("Parse Error", "parseError")
    if found := misfit(body, "Event"):
        raise wrong(f"Invalid value: {found[:80]}")
    if strange := set(body) - WRITABLE - _READ_ONLY:
        raise wrong(f"Not supported in this sandbox: {min(strange)}")
    return {name: value for name, value in body.items() if name in WRITABLE}


def merged(held: Json, patch: Mapping[str, Any]) -> Json:
    """Apply patch semantics: null takes away, objects merge, lists are replaced."""
    made = dict(held)
    for name, value in patch.items():
        if value is None:
            made.pop(name, None)
        elif isinstance(value, dict):
            below = made.get(name)
            made[name] = merged(below if isinstance(below, dict) else {}, value)
        else:
            made[name] = value
    return made


def checked_id(body: Json) -> str:
    """Read the id of a client's choosing, "" when it leaves that to Google. Raises ApiError (400)."""
    chosen = str(body.get("id") or "")
    if chosen and not _ID.fullmatch(chosen):
        raise wrong("Invalid resource id value.")
    return chosen


def values_of(body: Json, zone: str) -> Json:
    """Read a whole Event into the values of an Entry. Raises ApiError (400)."""
    if body.get("status", "confirmed") not in ("confirmed", "tentative", "cancelled"):
        raise wrong("Invalid status value.")
    if body.get("transparency", "opaque") not in ("opaque", "transparent"):
        raise wrong("Invalid transparency value.")
    if len(str(body.get("description", ""))) > _DESCRIPTION:
        raise wrong("The description is too long.")
    _check_source(body.get("source"))
    guests = [str(one.get("email") or "") for one in body.get("attendees", [])]
    if any("@" not in one for one in guests):
        raise wrong("Invalid attendee email.")
    return {
        "title": str(body.get("summary", "")),
        "when": _when(body, zone),
        "place": str(body.get("location", "")),
        "notes": str(body.get("description", "")),
        "busy": body.get("transparency", "opaque") == "opaque",
        "reminder": _reminder(body.get("reminders")),
        "guests": tuple(guests),
        "properties": _private(body),
        "more": {name: body[name] for name in KEPT if name in body},
    }


def _when(body: Json, zone: str) -> Hours | Days:
    starts, ends = body.get("start") or {}, body.get("end") or {}
    for name, one in (("start", starts), ("end", ends)):
        if ("date" in one) is ("dateTime" in one):
            raise wrong(f"Missing {name} time." if not one else f"Invalid {name} time.", "required")
    if ("date" in starts) is not ("date" in ends):
        raise wrong("Start and end times must either both be date or both be dateTime.")
    if "date" in starts:
        first, after = _date(starts["date"]), _date(ends["date"])
        if after <= first:
            raise _empty()
        return Days(first, after - timedelta(days=1))
    begin, end = _moment(starts, "start"), _moment(ends, "end")
    if end < begin:
        raise _empty()
    return Hours(begin, end, str(starts.get("timeZone") or zone))


def _empty() -> Exception:
    return wrong("The specified time range is empty.", "timeRangeEmpty")


def _date(text: str) -> date:
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        raise wrong("Invalid value for: Invalid format") from None


def _moment(value: Mapping[str, Any], name: str) -> datetime:
    zone = value.get("timeZone")
    try:
        here = ZoneInfo(str(zone)) if zone is not None else None
    except (LookupError, ValueError, OSError):
        raise wrong(f"Invalid time zone definition for {name} time.") from None
    try:
        moment = datetime.fromisoformat(str(value["dateTime"]))
    except ValueError:
        raise wrong("Invalid value for: Invalid format") from None
    if moment.tzinfo is None and here is None:
        raise wrong(f"Missing time zone definition for {name} time.", "required")
    return (moment if moment.tzinfo else moment.replace(tzinfo=here)).astimezone(UTC)


def _reminder(reminders: object) -> int | None:
    if not isinstance(reminders, dict):
        return None
    overrides = reminders.get("overrides") or []
    if reminders.get("useDefault") and overrides:
        text = "Cannot specify both default reminders and overrides at the same time."
        raise wrong(text, "cannotUseDefaultRemindersAndSpecifyOverride")
    if len(overrides) > _MOST_OVERRIDES:
        raise wrong("Too many override reminders.", "tooManyOverrideReminders")
    minutes = [one.get("minutes") for one in overrides]
    if any(type(one) is not int or not 0 <= one <= _MINUTES for one in minutes):
        raise wrong("Invalid reminder minutes.")
    if any(one.get("method") not in ("email", "popup") for one in overrides):
        raise wrong("Invalid reminder method.")
    return minutes[0] if minutes else None


def _private(body: Json) -> dict[str, str]:
    given = (body.get("extendedProperties") or {}).get("private") or {}
    for name, value in given.items():
        if not 0 < len(name) <= 44 or len(value) > 1024:
            raise wrong("An extended property is too long.", "invalidExtendedProperty")
    if len(given) > 300:
        raise wrong("Too many extended properties.", "invalidExtendedProperty")
    return dict(given)


def _check_source(source: object) -> None:
    if isinstance(source, dict) and urlsplit(str(source.get("url", ""))).scheme not in ("http", "https"):
        raise wrong("Invalid source url.")
