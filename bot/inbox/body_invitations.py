"""Invitations in plain sentences: what, when on the reader's clock, how often, who."""

from datetime import date, datetime, timedelta

from bot.blocks import one_line
from bot.words import Reader
from providers.content.notes import Invitation, Recurrence
from providers.mail import EmailAddress

MAX_NAMES = 8


def invitation_lines(note: Invitation, reader: Reader) -> list[str]:
    """Say an invitation, an answer to one or a cancellation: the first line says what it is."""
    who = name_of(note.organizer)
    what = note.what or reader.say("no title")
    answered = name_of(note.attendees[0]) if note.attendees else reader.say("Somebody")
    if note.method == "CANCEL":
        title = reader.say("Cancelled: {what}", what=what)
    elif note.method == "REPLY":
        title = _answer(note, answered, what, reader)
    elif note.method == "COUNTER":
        title = reader.say("{who} suggests another time: {what}", who=answered, what=what)
    else:
        title = reader.say("Invitation: {what}", what=what)
    lines = [title]
    if note.start is not None:
        lines.append(_when(note, reader))
    if note.where:
        lines.append(reader.say("Where: {where}", where=note.where))
    if who and note.method != "REPLY":
        lines.append(reader.say("From: {who}", who=who))
    if note.attendees and note.method != "REPLY":
        names = [name for name in map(name_of, note.attendees[:MAX_NAMES]) if name]
        more = len(note.attendees) + note.clipped - len(names)
        people = ", ".join(names)
        if more > 0:
            people = reader.count("{people} and {n} more", "{people} and {n} more", more, people=people)
        lines.append(reader.say("With: {people}", people=people))
    return lines


def _answer(note: Invitation, who: str, what: str, reader: Reader) -> str:
    if note.answer == "ACCEPTED":
        return reader.say("{who} accepted: {what}", who=who, what=what)
    if note.answer == "DECLINED":
        return reader.say("{who} declined: {what}", who=who, what=what)
    if note.answer == "TENTATIVE":
        return reader.say("{who} may come: {what}", who=who, what=what)
    return reader.say("{who} answered the invitation: {what}", who=who, what=what)


def _when(note: Invitation, reader: Reader) -> str:
    start, end = note.start, note.end
    if isinstance(start, datetime):
        local = _local(start, reader)
        times = f"{_day(local, reader)}, {local:%H:%M}"
        if isinstance(end, datetime):
            until = _local(end, reader)
            same = until.date() == local.date()
            times += f"–{until:%H:%M}" if same else f" – {_day(until, reader)}, {until:%H:%M}"
        if start.tzinfo is None:
            times = reader.say("{times} (time zone not given)", times=times)
    else:
        times = _day(start, reader) if start else ""
        if end is not None and start is not None and _date(end) - _date(start) >= timedelta(days=1):
            times += f" – {_day(end, reader)}"
    again = [_again(note.repeats, start, reader)] if note.repeats else []
    return reader.say("When: {times}", times=", ".join([times, *again]))


def _again(rule: Recurrence, start: datetime | date | None, reader: Reader) -> str:
    """Say how often: "every 2 weeks on Thursday, 6 times"."""
    if rule.unit not in _EVERY or start is None:
        return reader.say("repeated")
    one, many = _EVERY[rule.unit]
    every = reader.count(one, many, rule.every)
    # On the reader's clock it may be the day after.
    shift = (_local(start, reader) if isinstance(start, datetime) else start).weekday() - rule.begins
    if rule.nth and not shift:
        nth = reader.say(_NTH[rule.nth])
        every = reader.say(
            "{every} on the {nth} {day}", every=every, nth=nth, day=reader.weekday(rule.days[0])
        )
    elif rule.days and not rule.nth:
        days = sorted((day + shift) % 7 for day in rule.days)
        every = reader.say(
            "{every} on {days}", every=every, days=reader.listed(list(map(reader.weekday, days)))
        )
    elif rule.month_day and not shift:
        every = reader.say("{every} on day {n}", every=every, n=rule.month_day)
    if rule.times:
        return reader.count("{every}, once", "{every}, {n} times", rule.times, every=every)
    if rule.until is not None:
        last = rule.until
        day = _day(_local(last, reader) if isinstance(last, datetime) else last, reader)
        return reader.say("{every}, until {day}", every=every, day=day)
    return every


_EVERY = {
    "DAILY": ("every day", "every {n} days"),
    "WEEKLY": ("every week", "every {n} weeks"),
    "MONTHLY": ("every month", "every {n} months"),
    "YEARLY": ("every year", "every {n} years"),
}
_NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}


def _local(at: datetime, reader: Reader) -> datetime:
    try:
        return reader.local(at) if at.tzinfo else at
    except (OverflowError, ValueError):
        return at


def _date(day: date | datetime) -> date:
    return day.date() if isinstance(day, datetime) else day


def _day(day: date | datetime, reader: Reader) -> str:
    return reader.full_date(_date(day))


def name_of(person: EmailAddress | None) -> str:
    """Return what to call somebody whom a mail names."""
    return one_line(person.name or person.address) if person else ""
