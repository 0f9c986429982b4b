"""What Graph says of an invitation → the calendar part that other providers deliver with it.

Graph takes the text/calendar part out of a mail and shows its content as properties (eventMessage); written
as iCalendar again, it is read like every other invitation. Invitations carry no list of the invited here.
Source: https://learn.microsoft.com/graph/api/resources/eventmessage, RFC 5545, RFC 5546
"""

import re
from collections.abc import Iterator

from providers.damaged import Json, map_at, text_at
from providers.mail import ContentPart, EmailAddress

PROPERTIES = ("meetingMessageType", "startDateTime", "endDateTime", "location", "isAllDay")
TYPE = "microsoft.graph.eventMessage"

_METHODS = {
    "meetingRequest": ("REQUEST", ""),
    "meetingCancelled": ("CANCEL", ""),
    "meetingAccepted": ("REPLY", "ACCEPTED"),
    "meetingTenativelyAccepted": ("REPLY", "TENTATIVE"),  # Microsoft's spelling
    "meetingTentativelyAccepted": ("REPLY", "TENTATIVE"),
    "meetingDeclined": ("REPLY", "DECLINED"),
}
_MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)")


def is_meeting(raw: Json) -> bool:
    """Say whether a message is an invitation, an answer to one or a cancellation."""
    return text_at(raw, "@odata.type").lstrip("#").startswith(TYPE)


def calendar_of(raw: Json, subject: str, sender: EmailAddress) -> tuple[ContentPart, ...]:
    """Write what the message says of its meeting; nothing for an ordinary message."""
    method, answer = _METHODS.get(text_at(raw, "meetingMessageType"), ("", ""))
    if not is_meeting(raw) or not method:
        return ()
    written = "\r\n".join(_lines(raw, method, answer, subject, sender))
    return (ContentPart(f"text/calendar; method={method}", written),)


def _lines(raw: Json, method: str, answer: str, subject: str, sender: EmailAddress) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"METHOD:{method}", "BEGIN:VEVENT")
    yield f"SUMMARY:{_escaped(subject)}"
    all_day = raw.get("isAllDay") is True
    for name, key in (("DTSTART", "startDateTime"), ("DTEND", "endDateTime")):
        if moment := _moment(map_at(raw, key), all_day):
            yield f"{name}{moment}"
    if place := text_at(map_at(raw, "location"), "displayName"):
        yield f"LOCATION:{_escaped(place)}"
    if answer:
        yield f"ATTENDEE;PARTSTAT={answer}:mailto:{_escaped(sender.address)}"
    elif sender.address:
        yield f"ORGANIZER:mailto:{_escaped(sender.address)}"
    yield from ("END:VEVENT", "END:VCALENDAR", "")


def _moment(value: Json, all_day: bool) -> str:
    """Write a moment; Graph gives UTC unless it is asked for another zone."""
    found = _MOMENT.match(text_at(value, "dateTime"))
    if not found:
        return ""
    day, time = "".join(found.groups()[:3]), "".join(found.groups()[3:])
    if all_day:
        return f";VALUE=DATE:{day}"
    zone = text_at(value, "timeZone")
    known = "" if zone in ("", "UTC", "Etc/UTC") or re.search(r'[";:,\r\n]', zone) else f';TZID="{zone}"'
    return f"{known}:{day}T{time}" if known else f":{day}T{time}Z"


def _escaped(text: str) -> str:
    line = " ".join(text.split())[:300]
    return re.sub(r"([\\,;])", r"\\\1", line)
