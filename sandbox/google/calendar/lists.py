"""calendarList.list."""

from sandbox.google.calendar.call import Call, Json
from sandbox.google.calendar.errors import CalendarError, wrong
from sandbox.google.calendar.resources import list_entry

_ROLES = ("freeBusyReader", "reader", "writerWithoutPrivateAccess", "writer", "owner")


def list_calendars(call: Call) -> Json:
    """List the calendars that somebody sees; `minAccessRole` narrows."""
    if "syncToken" in call.query:
        raise CalendarError(
            410, "fullSyncRequired", "Sync token is no longer valid, a full sync is required."
        )
    least = call.query.get("minAccessRole", _ROLES[0])
    if least not in _ROLES:
        raise wrong("Invalid value for: minAccessRole")
    found = [one for one in call.calendars.of(call.person) if _ROLES.index(one.role) >= _ROLES.index(least)]
    start, most = call.page(250, 100)
    made: Json = {
        "kind": "calendar#calendarList",
        "etag": f'"p32{len(found):04d}"',
        "items": [list_entry(one) for one in found[start : start + most]],
    }
    if len(found) > start + most:
        made["nextPageToken"] = call.token(start + most)
    return made
