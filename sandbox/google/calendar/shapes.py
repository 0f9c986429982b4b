"""The resources of Calendar v3 as far as they occur here: property → type.

A name with a capital is another shape, a list of one is written in brackets; "Event.source" is an object that
the document describes in its place. Source: the discovery document that google-api-python-client carries; a
test compares.
"""

_PERSON = {"displayName": "string", "email": "string", "id": "string", "self": "boolean"}
_EVENT_FLAGS = (
    "anyoneCanAddSelf attendeesOmitted endTimeUnspecified guestsCanInviteOthers guestsCanModify "
    "guestsCanSeeOtherGuests locked privateCopy"
)
_EVENT_TEXTS = (
    "colorId created description etag eventLabelId eventType hangoutLink htmlLink iCalUID id kind location "
    "recurringEventId status summary transparency updated visibility"
)
_ENTRY_TEXTS = (
    "accessRole backgroundColor colorId dataOwner description etag foregroundColor id kind location summary "
    "summaryOverride timeZone"
)

SHAPES: dict[str, dict[str, str]] = {
    "Event": {
        **dict.fromkeys(_EVENT_FLAGS.split(), "boolean"),
        **dict.fromkeys(_EVENT_TEXTS.split(), "string"),
        "attachments": "[EventAttachment]",
        "attendees": "[EventAttendee]",
        "birthdayProperties": "EventBirthdayProperties",
        "conferenceData": "ConferenceData",
        "creator": "Event.creator",
        "end": "EventDateTime",
        "extendedProperties": "Event.extendedProperties",
        "focusTimeProperties": "EventFocusTimeProperties",
        "gadget": "Event.gadget",
        "organizer": "Event.organizer",
        "originalStartTime": "EventDateTime",
        "outOfOfficeProperties": "EventOutOfOfficeProperties",
        "recurrence": "[string]",
        "reminders": "Event.reminders",
        "sequence": "integer",
        "source": "Event.source",
        "start": "EventDateTime",
        "workingLocationProperties": "EventWorkingLocationProperties",
    },
    "Event.creator": _PERSON,
    "Event.organizer": _PERSON,
    "Event.extendedProperties": {"private": "Texts", "shared": "Texts"},
    "Event.reminders": {"overrides": "[EventReminder]", "useDefault": "boolean"},
    "Event.source": {"title": "string", "url": "string"},
    "EventDateTime": {"date": "string", "dateTime": "string", "timeZone": "string"},
    "EventReminder": {"method": "string", "minutes": "integer"},
    "EventAttendee": {
        "additionalGuests": "integer",
        "asyncOperation": "string",
        "comment": "string",
        "displayName": "string",
        "email": "string",
        "id": "string",
        "optional": "boolean",
        "organizer": "boolean",
        "resource": "boolean",
        "responseStatus": "string",
        "self": "boolean",
    },
    "Events": {
        "accessRole": "string",
        "defaultReminders": "[EventReminder]",
        "description": "string",
        "etag": "string",
        "items": "[Event]",
        "kind": "string",
        "nextPageToken": "string",
        "nextSyncToken": "string",
        "summary": "string",
        "timeZone": "string",
        "updated": "string",
    },
    "CalendarList": {
        "etag": "string",
        "items": "[CalendarListEntry]",
        "kind": "string",
        "nextPageToken": "string",
        "nextSyncToken": "string",
    },
    "CalendarListEntry": {
        **dict.fromkeys(("autoAcceptInvitations", "deleted", "hidden", "primary", "selected"), "boolean"),
        **dict.fromkeys(_ENTRY_TEXTS.split(), "string"),
        "conferenceProperties": "ConferenceProperties",
        "defaultReminders": "[EventReminder]",
        "notificationSettings": "CalendarListEntry.notificationSettings",
    },
    "Texts": {},  # any names
}
_PLAIN: dict[str, type] = {"string": str, "boolean": bool, "integer": int}


def inner(shape: str, name: str) -> str | None:
    """Name the shape behind a property, "" for a plain value, None when there is no such property."""
    if shape == "Texts":
        return ""
    kind = SHAPES.get(shape, {}).get(name)
    if kind is None:
        return None
    kind = kind.strip("[]")
    return "" if kind in _PLAIN else kind


def misfit(value: object, kind: str) -> str:
    """Name the first property that is not what the shapes say, "" when all are; null takes any place."""
    if value is None:
        return ""
    if kind.startswith("["):
        if not isinstance(value, list):
            return "a list"
        misfits = [misfit(one, kind[1:-1]) for one in value]
        return next((one for one in misfits if one), "")
    if kind in _PLAIN:
        return "" if type(value) is _PLAIN[kind] else f"a {kind}"
    if not isinstance(value, dict):
        return "an object"
    for name, one in value.items():
        below = "string" if kind == "Texts" else SHAPES.get(kind, {}).get(name)
        if below is None:
            return str(name)
        if found := misfit(one, below):
            return f"{name}: {found}"
    return ""
