"""Invitations: what a text/calendar part says (RFC 5545, RFC 5546), as far as a reader needs it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from providers.content.calendar_words import title_alone
from providers.content.clean import one_line
from providers.content.notes import Invitation, Recurrence
from providers.content.recurrence import read_recurrence
from providers.content.zones import Zones, local_moment
from providers.mail import EmailAddress

MAX_ATTENDEES = 30
MAX_LINES = 5000
_DURATION = re.compile(
    r"^([+-]?)P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,4})M)?(?:(\d{1,6})S)?)?$"
)
_ESCAPED = re.compile(r"\\([\\,;nN])")


@dataclass(slots=True)
class _Property:
    name: str
    value: str
    parameters: dict[str, str] = field(default_factory=dict)


def read_invitation(text: str, method: str = "") -> Invitation | None:
    """Read the first event (or task) of a calendar part; None when there is none. Never raises."""
    event: dict[str, _Property] = {}
    attendees: list[EmailAddress] = []
    answer = ""
    zones = Zones()
    inside: list[str] = []
    done = False
    for prop in _properties(text):
        if prop.name == "BEGIN":
            inside.append(prop.value.upper())
            zones.begin(inside[-1])
        elif prop.name == "END":
            done = done or bool(inside and inside.pop() in ("VEVENT", "VTODO"))
            zones.end(prop.value.upper())
        elif inside[-1:] == ["VCALENDAR"] and prop.name == "METHOD":
            method = method or prop.value
        elif "VTIMEZONE" in inside:
            zones.take(prop.name, prop.value)
        elif inside[-1:] in (["VEVENT"], ["VTODO"]) and not done:
            if prop.name == "ATTENDEE":
                attendees.append(_person(prop))
                answer = answer or prop.parameters.get("PARTSTAT", "")
            event.setdefault(prop.name, prop)
    if not event or not done:
        return None
    return _invitation(event, attendees, method.strip().upper() or "PUBLISH", answer.upper(), zones)


def _invitation(
    event: dict[str, _Property], attendees: list[EmailAddress], method: str, answer: str, zones: Zones
) -> Invitation:
    organizer = event.get("ORGANIZER")
    start = _moment(event.get("DTSTART"), zones)
    return Invitation(
        method=method,
        what=title_alone(_text(event.get("SUMMARY"))[:300], method),
        start=start,
        end=_end(event, start, zones),
        where=_text(event.get("LOCATION"))[:300],
        organizer=_person(organizer) if organizer else None,
        attendees=tuple(attendees[:MAX_ATTENDEES]),
        answer=answer if method == "REPLY" else "",
        repeats=_repeats(event, zones),
        clipped=max(0, len(attendees) - MAX_ATTENDEES),
    )


def words_in(text: str) -> str:
    """Return what a person wrote into a calendar part: the comment on an answer, else the description."""
    inside: list[str] = []
    words: dict[str, str] = {}
    for prop in _properties(text):
        if prop.name == "BEGIN":
            inside.append(prop.value.upper())
        elif prop.name == "END" and inside:
            inside.pop()
        elif prop.name in ("COMMENT", "DESCRIPTION") and inside[-1:] in (["VEVENT"], ["VTODO"]):
            words.setdefault(prop.name, _lines(prop))
    return words.get("COMMENT", "").strip() or words.get("DESCRIPTION", "").strip()


def _repeats(event: dict[str, _Property], zones: Zones) -> Recurrence | None:
    """Say how an event comes again, None for one that does not."""
    rule, start = event.get("RRULE"), event.get("DTSTART")
    if rule is None or start is None:
        return Recurrence("") if "RDATE" in event or rule is not None else None
    at_home = _moment(_Property("DTSTART", start.value[:8]), zones)
    return read_recurrence(rule.value, at_home, lambda until: _moment(_Property("UNTIL", until), zones))


def _properties(text: str) -> Iterator[_Property]:
    """Unfold the lines and take them apart; lines that are none are left out."""
    unfolded = re.sub(r"\r?\n[ \t]", "", text).splitlines()
    for line in unfolded[:MAX_LINES]:
        head, value = _cut_at_colon(line)
        if not head:
            continue
        name, *parameters = head.split(";")
        pairs = (parameter.partition("=") for parameter in parameters[:20])
        yield _Property(
            name.strip().upper(), value, {key.strip().upper(): given.strip('" ') for key, _, given in pairs}
        )


def _cut_at_colon(line: str) -> tuple[str, str]:
    """Cut at the first colon outside of quotation marks."""
    head, colon, value = line[:2000].partition(":")
    if '"' not in head:
        return (head, value + line[2000:]) if colon else ("", "")
    quoted = False
    for at, char in enumerate(line[:2000]):
        if char == '"':
            quoted = not quoted
        elif char == ":" and not quoted:
            return line[:at], line[at + 1 :]
    return "", ""


def _text(prop: _Property | None) -> str:
    if prop is None:
        return ""
    return one_line(_ESCAPED.sub(lambda m: " " if m.group(1) in "nN" else m.group(1), prop.value[:2000]))


def _lines(prop: _Property) -> str:
    """Undo the escapes of a text and keep its lines."""
    return _ESCAPED.sub(lambda m: "\n" if m[1] in "nN" else m[1], prop.value)


def _person(prop: _Property) -> EmailAddress:
    address = prop.value.strip()
    if address[:7].casefold() == "mailto:":
        address = address[7:]
    return EmailAddress(one_line(address).casefold()[:320], one_line(prop.parameters.get("CN", ""))[:200])


def _moment(prop: _Property | None, zones: Zones) -> datetime | date | None:
    if prop is None:
        return None
    value = prop.value.strip()
    if len(value) == 8:
        day = local_moment(f"{value}T000000")
        return day.date() if day else None
    at = local_moment(value)
    if at is None:
        return None
    if value.endswith(("Z", "z")):
        return at.replace(tzinfo=UTC)
    return zones.instant(at, prop.parameters.get("TZID", ""))


def _end(event: dict[str, _Property], start: datetime | date | None, zones: Zones) -> datetime | date | None:
    end = _moment(event.get("DTEND"), zones) or _moment(event.get("DUE"), zones)
    if end is None and start is not None and "DURATION" in event:
        length = _length(event["DURATION"].value)
        try:
            end = start + length if length else None
        except OverflowError:
            return None
    if isinstance(end, date) and not isinstance(end, datetime):
        if isinstance(start, datetime) or start is None:
            return end
        return max(start, end - timedelta(days=1)) if end > date.min else end
    return end


def _length(value: str) -> timedelta | None:
    found = _DURATION.match(value.strip().upper())
    if not found or found.group(1) == "-":
        return None
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
