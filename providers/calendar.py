"""Calendars in neutral words: which there are, and the few events in them that Mailroom wrote.

Words are RFC 5545's and JMAP's for calendars (RFC 8984). Every datetime is aware and in UTC. No event has
guests and nothing here ever mails anybody: an event that the person invited guests to is left alone.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class CalendarInfo:
    """A calendar that the member owns and that can be written. `zone` is an IANA name, "" where unknown."""

    id: str
    name: str
    is_primary: bool
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Hours:
    """From one instant to another. `zone` (IANA) is the one that the calendar shows as the event's own."""

    starts: datetime
    ends: datetime
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Days:
    """Whole days, wherever one is: the first and the last, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Event:
    """What shall stand in the calendar. `notes` is plain text; `link` stands beneath it, after its words."""

    title: str
    when: Hours | Days
    place: str = ""
    notes: str = ""
    link: str = ""
    link_words: str = ""
    reminder: int | None = None  # minutes before the start; None: the calendar does not remind
    busy: bool = True


@dataclass(frozen=True, slots=True)
class EventRef:
    """Where an event of ours stands.

    `key` is ours, the same for every attempt at the same event in the same calendar (up to 200 letters,
    digits, `-_.:`), and stands in the event itself. `event_id` and `etag` are the provider's and "" before
    the first put; `etag` says which state of the event the caller knows.
    """

    calendar_id: str
    key: str
    event_id: str = ""
    etag: str = ""


@dataclass(frozen=True, slots=True)
class ExternalEvent:
    """What stands in the calendar, whoever changed it last.

    `by_hand`: title, time or place are not what Mailroom wrote there. `guests`: the person invited somebody;
    then `ref` comes without an etag, so that nothing overwrites it.
    """

    ref: EventRef
    title: str
    when: Hours | Days
    place: str
    by_hand: bool
    guests: bool


class Calendar(Protocol):
    """One person's calendars, opened with a bare access token. Not thread-safe; open one per task.

    Each method repeats safely. Raises: providers.errors, nothing else; PermissionMissing(CALENDAR) until
    the person has allowed it.
    """

    def calendars(self) -> tuple[CalendarInfo, ...]:
        """List the calendars that the person owns and Mailroom can write, the primary one first."""

    def put(self, ref: EventRef, event: Event, again: bool = False) -> EventRef:
        """Make the event stand there once, as said; in the ordinary case with one request.

        With no etag in `ref` it is made. One that stands under the key already is brought up to date, one
        that was deleted stands again. `again` says that an earlier attempt may have come through: it is
        looked for first. With an etag it is changed: what Mailroom wrote and nobody touched is brought up to
        date, also when the etag is old; notes that the person changed stay theirs.
        Raises Conflict: "by_hand" when the person changed it (`get` it; put with the ref found there
        overwrites), "guests" when the person invited somebody (nothing overwrites). Raises NotFound when it
        was deleted there, or NotFound ("calendar") when the calendar was. Raises Refused when the provider
        will not have it under this key any more: take another.
        """

    def remove(self, ref: EventRef) -> None:
        """Take the event out, also one moved by hand; one that is gone already is fine.

        Raises Conflict ("guests") when the person invited somebody: nothing was done.
        """

    def get(self, ref: EventRef) -> ExternalEvent:
        """Look at one event, by its key where its id is not known.

        Raises NotFound when it was deleted ("calendar": with the whole calendar).
        """

    def events(self, calendar_id: str, since: datetime, until: datetime) -> tuple[ExternalEvent, ...]:
        """List ours that touch that time. One that is missing was deleted or moved away: `get` says which.

        Raises NotFound ("calendar") when the calendar is gone.
        """
