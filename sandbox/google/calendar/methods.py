"""Every method that the calendar has here: where it is, who may call it, what it answers."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.google.calendar import events, lists
from sandbox.google.calendar.call import Call, Json
from sandbox.google.scopes import AUTH

EVERYTHING, OWNED = AUTH + "calendar", AUTH + "calendar.events.owned"
APP_MADE = AUTH + "calendar.app.created"
WRITE = frozenset({EVERYTHING, APP_MADE, AUTH + "calendar.events", OWNED})
READ = WRITE | {
    AUTH + "calendar.readonly",
    AUTH + "calendar.events.readonly",
    AUTH + "calendar.events.freebusy",
    AUTH + "calendar.events.owned.readonly",
    AUTH + "calendar.events.public.readonly",
}
LOOK = frozenset(
    {EVERYTHING, AUTH + "calendar.readonly", AUTH + "calendar.calendarlist"}
    | {AUTH + "calendar.calendarlist.readonly"}
)
_WRITING = frozenset(
    {"conferenceDataVersion", "eventLabelVersion", "maxAttendees", "sendNotifications", "sendUpdates"}
    | {"supportsAttachments"}
)
_LISTING = frozenset(
    {"alwaysIncludeEmail", "eventTypes", "iCalUID", "maxAttendees", "maxResults", "orderBy", "pageToken"}
    | {"privateExtendedProperty", "q", "sharedExtendedProperty", "showDeleted", "showHiddenInvitations"}
    | {"singleEvents", "syncToken", "timeMax", "timeMin", "timeZone", "updatedMin"}
)


@dataclass(frozen=True, slots=True)
class Method:
    """One method. `answers` names a shape, "" for none."""

    id: str
    http: str
    path: str  # below /calendar/v3
    answers: str
    scopes: frozenset[str]
    run: Callable[[Call], Json]
    query: frozenset[str]

    @property
    def pattern(self) -> re.Pattern[str]:
        path = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.path)
        return re.compile(rf"/calendar/v3/{path}")


_EVENTS, _EVENT = "calendars/{calendarId}/events", "calendars/{calendarId}/events/{eventId}"
_ALWAYS = frozenset({"alwaysIncludeEmail"})
METHODS = (
    Method(
        "calendarList.list",
        "GET",
        "users/me/calendarList",
        "CalendarList",
        LOOK,
        lists.list_calendars,
        frozenset(
            {"maxResults", "minAccessRole", "pageToken", "showDeleted", "showHidden", "syncToken"}
            | {"showOwnOrganizationOnly"}
        ),
    ),
    Method("events.list", "GET", _EVENTS, "Events", READ, events.list_events, _LISTING),
    Method("events.insert", "POST", _EVENTS, "Event", WRITE, events.insert, _WRITING),
    Method(
        "events.get",
        "GET",
        _EVENT,
        "Event",
        READ,
        events.get,
        _ALWAYS | {"maxAttendees", "timeZone"},
    ),
    Method("events.patch", "PATCH", _EVENT, "Event", WRITE, events.patch, _WRITING | _ALWAYS),
    Method("events.update", "PUT", _EVENT, "Event", WRITE, events.update, _WRITING | _ALWAYS),
    Method(
        "events.delete",
        "DELETE",
        _EVENT,
        "",
        WRITE,
        events.delete,
        frozenset({"sendNotifications", "sendUpdates"}),
    ),
)
_PATTERNS = tuple((method, method.pattern) for method in METHODS)


def find(http: str, path: str) -> tuple[Method, dict[str, str]] | None:
    """Find the method behind a request line."""
    for method, pattern in _PATTERNS:
        if method.http == http and (found := pattern.fullmatch(path)):
            return method, found.groupdict()
    return None
