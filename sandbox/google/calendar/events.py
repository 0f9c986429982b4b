"""events.list, insert, get, patch, update, delete."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sandbox.calendars.calendar import Calendar
from sandbox.calendars.entries import Entry
from sandbox.google.calendar import errors
from sandbox.google.calendar.bodies import check_shape, checked_id, merged, values_of
from sandbox.google.calendar.call import Call, Json
from sandbox.google.calendar.resources import event, writable


def get(call: Call) -> Json:
    calendar = call.calendar()
    return event(calendar, call.person, call.entry(calendar))


def insert(call: Call) -> Json:
    """Make an event. An id that was ever used in this calendar stays taken."""
    calendar = call.calendar(writing=True)
    given = call.json()
    body = check_shape(given)
    if isinstance(given, dict) and {"id", "iCalUID"} <= set(given):
        raise errors.wrong("Only one of id and iCalUID can be given.")
    chosen, values = checked_id(body), values_of(body, calendar.zone)
    mails = call.mails_guests()
    try:
        made = calendar.write(chosen or secrets.token_hex(13), **values)
    except ValueError:
        raise errors.duplicate() from None
    if mails:
        call.calendars.mail_guests(calendar.holder, made.guests, "invited")
    return event(calendar, call.person, made)


def patch(call: Call) -> Json:
    """Change what is named. `status: confirmed` lets a deleted event stand again; nothing else may."""
    return _write(call, whole=False)


def update(call: Call) -> Json:
    """Replace an event by what is sent."""
    return _write(call, whole=True)


def _write(call: Call, *, whole: bool) -> Json:
    calendar = call.calendar(writing=True)
    body = check_shape(call.json())
    mails = call.mails_guests()
    with calendar.lock:
        entry = call.entry(calendar)
        call.check_match(entry)
        if body.pop("id", entry.id) != entry.id:
            raise errors.wrong("Invalid resource id value.")
        revives = entry.deleted and body.get("status") == "confirmed"
        if entry.deleted and (not revives or call.person.subject in call.state.never_again):
            raise errors.forbidden()
        if body.get("status") == "cancelled":
            changed = calendar.delete(entry.id)
        else:
            values = values_of(body if whole else merged(writable(calendar, entry), body), calendar.zone)
            changed = calendar.change(entry.id, **values, deleted=False)
    if mails:
        call.calendars.mail_guests(calendar.holder, {*entry.guests, *changed.guests}, "updated")
    return event(calendar, call.person, changed)


def delete(call: Call) -> Json:
    """Delete an event. A second time is answered differently from an event that never was."""
    calendar = call.calendar(writing=True)
    mails = call.mails_guests()
    with calendar.lock:
        entry = call.entry(calendar)
        if entry.deleted:
            raise errors.gone()
        call.check_match(entry)
        calendar.delete(entry.id)
    if mails:
        call.calendars.mail_guests(calendar.holder, entry.guests, "cancelled")
    return {}


def list_events(call: Call) -> Json:
    """List a calendar's events by time and by private properties."""
    calendar = call.calendar()
    if "syncToken" in call.query:
        if "privateExtendedProperty" in call.query:
            raise errors.wrong("Sync tokens cannot be combined with properties.", "cannotCombineSyncToken")
        text = "Sync token is no longer valid, a full sync is required."
        raise errors.CalendarError(410, "fullSyncRequired", text)
    _check_order(call)
    deleted = call.flag("showDeleted")
    entries: Iterable[Entry] = calendar.known() if deleted else calendar.entries()
    found = [one for one in _within(call, calendar, entries) if _carries(one, call)]
    start, most = call.page(2500, 250)
    made: dict[str, Any] = {
        "kind": "calendar#events",
        "etag": f'"{len(found)}"',
        "summary": calendar.name,
        "timeZone": calendar.zone,
        "accessRole": calendar.role,
        "defaultReminders": [],
        "items": [event(calendar, call.person, one) for one in found[start : start + most]],
    }
    if len(found) > start + most:
        made["nextPageToken"] = call.token(start + most)
    return made


def _check_order(call: Call) -> None:
    order = call.query.get("orderBy", "")
    if order not in ("", "startTime", "updated"):
        raise errors.wrong("Invalid value for: orderBy")
    if order == "startTime" and not call.flag("singleEvents"):
        raise errors.wrong("The requested ordering is not available for the particular query.")


def _within(call: Call, calendar: Calendar, entries: Iterable[Entry]) -> list[Entry]:
    """Keep what ends after `timeMin` and begins before `timeMax`; both are exclusive."""
    least, most = _bound(call, "timeMin"), _bound(call, "timeMax")
    if least and most and most <= least:
        raise errors.wrong("The specified time range is empty.", "timeRangeEmpty")
    kept = []
    for one in entries:
        starts, ends = one.span(calendar.zone)
        if (least is None or ends > least) and (most is None or starts < most):
            kept.append(one)
    return kept


def _bound(call: Call, name: str) -> datetime | None:
    text = call.query.get(name)
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise errors.wrong("Bad Request", "badRequest")
    return moment


def _carries(entry: Entry, call: Call) -> bool:
    for one in call.query.getlist("privateExtendedProperty"):
        name, equals, value = one.partition("=")
        if not equals:
            raise errors.wrong("Invalid value for: privateExtendedProperty")
        if entry.deleted or entry.properties.get(name) != value:
            return False
    return True
