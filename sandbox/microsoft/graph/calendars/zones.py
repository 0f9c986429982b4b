"""Times as Graph writes and reads them: a wall clock and the name of its zone, IANA's or Windows'.

Source: https://learn.microsoft.com/graph/api/resources/datetimetimezone
"""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sandbox.microsoft.graph.call import Json
from sandbox.microsoft.graph.errors import GraphError, bad_request

_WINDOWS = {
    "W. Europe Standard Time": "Europe/Berlin",
    "Romance Standard Time": "Europe/Paris",
    "GMT Standard Time": "Europe/London",
    "Eastern Standard Time": "America/New_York",
    "Pacific Standard Time": "America/Los_Angeles",
    "India Standard Time": "Asia/Kolkata",
    "Tokyo Standard Time": "Asia/Tokyo",
}
_OLD = (
    "US/",
    "Canada/",
    "Brazil/",
    "Mexico/",
    "Chile/",
    "SystemV/",
)  # names that IANA keeps for old programs
_WALL = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d)(:\d\d)?(\.\d{1,7})?")


def zone_named(name: str) -> ZoneInfo:
    """Find a zone. Raises GraphError."""
    try:
        if name.startswith(_OLD):
            raise LookupError(name)
        return ZoneInfo(_WINDOWS.get(name, name))
    except (LookupError, ValueError, OSError):
        text = f"A time zone with the specified ID '{name[:40]}' could not be found."
        raise GraphError(400, "TimeZoneNotSupportedException", text) from None


def read(value: object, what: str) -> tuple[datetime, str]:
    """Read a dateTimeTimeZone: what its wall shows, and the zone. Raises GraphError."""
    if not isinstance(value, dict) or set(value) - {"dateTime", "timeZone"}:
        raise bad_request(f"'{what}' is no dateTimeTimeZone.", "RequestBodyRead")
    text, zone = value.get("dateTime"), value.get("timeZone")
    found = _WALL.fullmatch(text) if isinstance(text, str) else None
    if found is None:  # with an offset too: stricter than Graph, which passes over it
        raise bad_request(f"The value of '{what}' is no date and time.", "ErrorInvalidRequest")
    if not isinstance(zone, str):
        raise bad_request(f"'{what}' has no time zone.", "ErrorInvalidRequest")
    zone_named(zone)
    return datetime.fromisoformat(found[1] + (found[2] or ":00")), zone


def instant(wall: datetime, zone: str) -> datetime:
    """Say which instant a wall shows; of two that it shows, Windows takes the later one."""
    return wall.replace(tzinfo=zone_named(zone), fold=1).astimezone(UTC)


def write(moment: datetime, zone: str) -> Json:
    """Write an instant as a wall in this zone shows it."""
    local = moment.astimezone(zone_named(zone))
    return {"dateTime": local.strftime("%Y-%m-%dT%H:%M:%S.0000000"), "timeZone": zone}


def midnight(day: date, zone: str) -> Json:
    """Write the beginning of a whole day: the same in every zone."""
    return {"dateTime": f"{day}T00:00:00.0000000", "timeZone": zone}
