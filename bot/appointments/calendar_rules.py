"""What stands in the calendar for an appointment, and what a change made there means for it. Pure."""

import hashlib
from dataclasses import replace
from datetime import timedelta

from bot.appointments.rules import DAY, entry_of, read
from bot.local_time import is_zone
from bot.words import zone_named
from providers.calendar import Days, Event, ExternalEvent, Hours
from store.appointments import Appointment, Planned

FULL, NAME, BUSY = "full", "name", "busy"
TITLES = (FULL, NAME, BUSY)


def key_of(one: Appointment | str, member_id: str) -> str:
    """Name an event: the same for every attempt, after switching off and on, and from a restored backup."""
    return f"{one if isinstance(one, str) else one.id}.{member_id}"


def appointment_of(key: str, member_id: str) -> str:
    """Say which appointment an event of ours is for; "" for somebody else's."""
    appointment_id, _, owner = key.partition(".")
    return appointment_id if owner == member_id else ""


def event_of(one: Appointment, contact: str, titles: str, busy: str, link: str, words: str = "") -> Event:
    """Say what shall stand in the calendar.

    `busy` is the word for what is not to be read there, `words` stand before the link.
    """
    return Event(
        title=title_of(one, contact, titles, busy),
        when=_when(one),
        place="" if titles == BUSY else one.place,
        notes=one.notes if titles == FULL else "",
        link=link,
        link_words=words if link else "",
        reminder=None if one.all_day else one.remind_minutes,
        busy=not one.all_day,
    )


def title_of(one: Appointment, contact: str, titles: str, busy: str) -> str:
    """Say what stands above it."""
    if titles == BUSY:
        return busy
    if titles == NAME:
        return contact or busy
    return " · ".join(part for part in (one.title, contact) if part)


def _when(one: Appointment) -> Hours | Days:
    if one.all_day:
        return Days(one.day, one.day + timedelta(minutes=max(DAY, one.minutes) - DAY))
    return Hours(one.starts_at, one.ends_at, one.zone if is_zone(one.zone) else "UTC")


def digest(event: Event) -> str:
    """Hash what is written, so that nothing is written twice."""
    return short(repr(event))


def short(text: str) -> str:
    """Hash a text to what fits into a key."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def value_of(calendar_id: str) -> str:
    """Name a calendar in a menu: a provider's own id may be longer than Slack takes."""
    return short(calendar_id)


def taken(one: Appointment, theirs: ExternalEvent, mine: Event, contact: str, titles: str) -> Planned | None:
    """Read a change made in the calendar as one of the appointment. None: nothing that could be kept.

    What the calendar hides (title, place) is not taken from there.
    """
    entry = entry_of(one)
    if isinstance(theirs.when, Days):
        days = (theirs.when.last - theirs.when.first).days + 1
        entry = replace(
            entry, all_day=True, clock="", day=theirs.when.first.isoformat(), minutes=str(days * DAY)
        )
    elif not isinstance(mine.when, Hours) or _instants(theirs.when) != _instants(mine.when):
        local = theirs.when.starts.astimezone(zone_named(one.zone))
        minutes = int((theirs.when.ends - theirs.when.starts).total_seconds() // 60)
        entry = replace(
            entry,
            all_day=False,
            day=local.date().isoformat(),
            clock=local.strftime("%H:%M"),
            minutes=str(max(1, minutes)),
        )
    if titles != BUSY and theirs.place != mine.place:
        entry = replace(entry, place=theirs.place)
    if titles == FULL and theirs.title != mine.title:
        entry = replace(entry, title=theirs.title.removesuffix(f" · {contact}") or one.title)
    found = read(entry)
    return found if isinstance(found, Planned) else None


def _instants(when: Hours) -> tuple[float, float]:
    return when.starts.timestamp(), when.ends.timestamp()
