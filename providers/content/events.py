"""What an event says, told apart from what Mailroom wrote: the same for every calendar.

An event of ours carries a mark, a digest of what was written. Whether a person changed it is then seen from
the event alone, also when an answer was lost or a backup was restored. The digest is cut short: it tells
changes, it proves nothing.
"""

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from providers.calendar import Days, Event, Hours
from providers.content.clean import lines_of, one_line
from providers.errors import Refused

LONGEST_TITLE = 255  # Outlook's; Google's is longer
LONGEST_NOTES = 8000  # Google's is 8192 with everything
LONGEST_WORDS = 60  # ours, before the link
LONGEST_REMINDER = 28 * 24 * 60  # minutes; Google's

_KEY = re.compile(r"[A-Za-z0-9_.:-]{1,200}")
_MARK = re.compile(r"1\.[0-9a-f]{20}\.[0-9a-f]{20}")


@dataclass(frozen=True, slots=True)
class Standing:
    """What a calendar holds of an event: in its own words, and the mark that it carries."""

    title: str
    when: Hours | Days
    place: str
    notes: str
    mark: str

    @property
    def by_hand(self) -> bool:
        """Say whether title, time or place are not what was written. Without a mark nobody can know."""
        return bool(_MARK.fullmatch(self.mark)) and self.mark.split(".")[1] != _seen(self)

    @property
    def notes_by_hand(self) -> bool:
        """Say whether the notes are not what was written."""
        return not _MARK.fullmatch(self.mark) or self.mark.split(".")[2] != _digest(self.notes)

    def says(self, event: Event) -> bool:
        """Say whether exactly this event was written last and stands as it was written."""
        return self.mark == mark_of(event) and not self.by_hand


def fitting(event: Event) -> Event:
    """Cut an event to what every calendar takes. Raises Refused when it ends before it begins."""
    when = event.when
    if isinstance(when, Hours):
        zone = when.zone if _is_zone(when.zone) else "UTC"
        when = Hours(_second(when.starts), _second(when.ends), zone)
        backwards = when.ends < when.starts
    else:
        backwards = when.last < when.first
    if backwards:
        raise Refused("unsendable_times")
    reminder = event.reminder
    if reminder is not None:
        reminder = max(0, min(reminder, LONGEST_REMINDER))
    return replace(
        event,
        title=one_line(event.title)[:LONGEST_TITLE].strip(),
        when=when,
        place=one_line(event.place)[:LONGEST_TITLE].strip(),
        notes="\n".join(lines_of(event.notes)).strip()[:LONGEST_NOTES].strip(),
        link_words=one_line(event.link_words)[:LONGEST_WORDS].strip(),
        link=event.link if event.link.startswith(("https://", "http://")) else "",
        reminder=reminder,
    )


def notes_of(event: Event) -> str:
    """Write what stands beneath the event: the notes, then the link."""
    link = f"{event.link_words} {event.link}".strip() if event.link else ""
    return "\n\n".join(one for one in (event.notes, link) if one)


def mark_of(event: Event) -> str:
    """Make the mark for an event as it is written now."""
    written = Standing(event.title, event.when, event.place, "", "")
    return f"1.{_seen(written)}.{_digest(notes_of(event))}"


def key_of(key: str) -> str:
    """Check a key of ours before it stands in a question."""
    if not _KEY.fullmatch(key):
        raise Refused("unsendable_key")
    return key


def in_utc(event: Event) -> Event:
    """Tell the same instants in UTC, for a calendar that does not know the zone."""
    return replace(event, when=replace(event.when, zone="UTC")) if isinstance(event.when, Hours) else event


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return False
    return True


def on_the_wall(instant: datetime, zone: str) -> tuple[datetime, str]:
    """Say what a clock in the zone shows, and the zone; in UTC where that would name two instants."""
    local = instant.astimezone(ZoneInfo(zone))
    if local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset():
        return instant.astimezone(UTC), "UTC"
    return local, zone


def _seen(standing: Standing) -> str:
    """Digest what everybody sees. The zone is left out: it moves nothing."""
    when = standing.when
    if isinstance(when, Days):
        told = f"{when.first} {when.last}"
    else:
        told = f"{_second(when.starts).isoformat()} {_second(when.ends).isoformat()}"
    return _digest(f"{one_line(standing.title)}\n{told}\n{one_line(standing.place)}")


def _digest(text: str) -> str:
    # Calendars wrap lines and trim ends as they like.
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:20]


def _second(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
