"""What is asked of Graph about calendars, in its query language.

Source: https://learn.microsoft.com/graph/api/resources/extended-properties-overview, reference/providers.md 5
"""

from urllib.parse import quote

from providers.microsoft.calendar_events import KEY, MARK, OURS, SELECT

PREFER = 'IdType="ImmutableId", outlook.timezone="UTC", outlook.body-content-type="text"'
CALENDARS = "/me/calendars?$select=id,name,isDefaultCalendar,canEdit,owner&$top=100"

_PROPERTIES = " or ".join(f"id eq '{one}'" for one in (OURS, KEY, MARK))
_EXPAND = f"singleValueExtendedProperties($filter={_PROPERTIES})"


def bare_calendar(calendar_id: str) -> str:
    """Write the question whether a calendar is there."""
    return _question(f"/me/calendars/{_id(calendar_id)}", select="id")


def events(calendar_id: str) -> str:
    """Write the path of a calendar's events."""
    return f"/me/calendars/{_id(calendar_id)}/events"


def event(event_id: str) -> str:
    """Write the path of an event."""
    return f"/me/events/{_id(event_id)}"


def marked(calendar_id: str, name: str, value: str) -> str:
    """Write the question for the events that carry a property of ours; the value is one of ours, checked."""
    wanted = f"singleValueExtendedProperties/Any(ep: ep/id eq '{name}' and ep/value eq '{value}')"
    return _question(events(calendar_id), filter=wanted, select=SELECT, expand=_EXPAND, top=250)


def _question(path: str, **options: object) -> str:
    return f"{path}?" + "&".join(f"${name}={quote(str(value), safe='')}" for name, value in options.items())


def _id(text: str) -> str:
    return quote(text, safe="")
