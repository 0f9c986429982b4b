"""What the calendar pages show, and what a person may do to an entry there by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.calendars.calendar import Calendar
from sandbox.calendars.entries import Days, Entry, Hours
from sandbox.mail.people import Person
from sandbox.world import World


class WrongInput(ValueError):
    """What was typed cannot be a time. The message says what to do."""


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry of a calendar."""

    id: str
    title: str
    place: str
    notes: str
    day: str
    hours: str
    day_after: str  # the last day, where that is another one
    reminder: int | None
    busy: bool
    guests: tuple[str, ...]
    by_app: bool
    fields: Mapping[str, str]  # as a form shows them


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """One calendar with what stands in it."""

    id: str
    name: str
    zone: str
    role: str
    entries: tuple[EntryRow, ...]


@dataclass(frozen=True, slots=True)
class HolderRow:
    """Somebody who has calendars."""

    name: str
    address: str
    kind: str
    entries: int


def holders(world: World) -> list[HolderRow]:
    """List everybody with an account at Google or Microsoft, members of the Slack first."""
    people = [one for one in world.people if one.provider != "elsewhere"]
    people.sort(key=lambda one: (not one.slack, one.name))
    kinds = {"google": "Google", "microsoft": "Outlook"}
    return [
        HolderRow(
            one.name,
            one.address,
            kinds[one.provider],
            sum(len(calendar.entries()) for calendar in world.calendars.of(one)),
        )
        for one in people
    ]


def calendar_rows(world: World, person: Person) -> list[CalendarRow]:
    """List somebody's calendars with their entries, in the order of time."""
    return [
        CalendarRow(one.id, one.name, one.zone, one.role, tuple(_row(one, entry) for entry in one.entries()))
        for one in world.calendars.of(person)
    ]


def find(world: World, person: Person, calendar_id: str, entry_id: str) -> tuple[Calendar, EntryRow] | None:
    """Find an entry that stands there."""
    for calendar in world.calendars.of(person):
        entry = calendar.entry(entry_id) if calendar.id == calendar_id else None
        if entry is not None and not entry.deleted:
            return calendar, _row(calendar, entry)
    return None


def _row(calendar: Calendar, entry: Entry) -> EntryRow:
    when = entry.when
    if isinstance(when, Days):
        first, last, hours = when.first, when.last, "All day"
        fields = {"first": f"{first}", "last": f"{last}"}
    else:
        starts, ends = (one.astimezone(ZoneInfo(calendar.zone)) for one in (when.starts, when.ends))
        first, last, hours = starts.date(), ends.date(), f"{starts:%H:%M} to {ends:%H:%M}"
        fields = {"first": f"{first}", "from": f"{starts:%H:%M}", "last": f"{last}", "to": f"{ends:%H:%M}"}
    return EntryRow(
        id=entry.id,
        title=entry.title,
        place=entry.place,
        notes=entry.notes,
        day=_day(first),
        hours=hours,
        day_after=_day(last) if last != first else "",
        reminder=entry.reminder,
        busy=entry.busy,
        guests=entry.guests,
        by_app=bool(entry.properties),
        fields=fields,
    )


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b %Y}"


def change(calendar: Calendar, row: EntryRow, form: Mapping[str, str]) -> None:
    """Do what a form says; times that were not touched stay as they are, to the second.

    Raises WrongInput, and GoneError when it was deleted meanwhile.
    """
    values: dict[str, Any] = {"title": form.get("title", "").strip(), "place": form.get("place", "").strip()}
    if any(form.get(name) != shown for name, shown in row.fields.items()):
        values["when"] = _when(calendar, form)
    calendar.change(row.id, **values)


def _when(calendar: Calendar, form: Mapping[str, str]) -> Hours | Days:
    first, last = _date(form.get("first", "")), _date(form.get("last", ""))
    if "from" not in form:
        if last < first:
            raise WrongInput("The last day is before the first one. Choose a later day.")
        return Days(first, last)
    here = ZoneInfo(calendar.zone)
    starts = datetime.combine(first, _time(form["from"]), here).astimezone(UTC)
    ends = datetime.combine(last, _time(form.get("to", "")), here).astimezone(UTC)
    if ends < starts:
        raise WrongInput("It ends before it begins. Choose a later end.")
    return Hours(starts, ends, calendar.zone)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongInput("This is no day. Write it like 2026-11-25.") from None


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise WrongInput("This is no time. Write it like 14:00.") from None
