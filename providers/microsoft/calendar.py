"""Outlook's calendars behind the neutral protocol.

Exchange drops a repeated POST with the same transactionId; whether it also does so for an event that is gone,
and how it answers, is not written anywhere. So every event carries our key, and what is in doubt is looked
for by it, in its calendar. Graph mails guests of its own accord: an event that has some is never touched.
Source: https://learn.microsoft.com/graph/api/resources/event, docs/decisions/calendars.md
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from providers.calendar import CalendarInfo, Days, Event, EventRef, ExternalEvent, Hours
from providers.content.clean import one_line
from providers.content.events import fitting, in_utc, key_of
from providers.damaged import Json, list_at, map_at, moment_at, text_at
from providers.errors import Conflict, NotFound, Refused, Unavailable
from providers.microsoft import calendar_events as events
from providers.microsoft import calendar_paths as paths
from providers.microsoft.graph import Answer, Graph
from providers.oauth import Capability

_ROUNDS = 4  # looks at an event that somebody is changing at this very moment
_MOST_PAGES = 40
_REPEATED = "ErrorDuplicateTransactionId"  # used before, for an event that says something else
_UNDELETABLE = "ErrorCannotDeleteObject"  # 403; also of what is gone, where ids do not change with the folder
_JUST_NOW = timedelta(minutes=5)  # with room for two clocks that do not agree


class OutlookCalendar:
    """A person's calendars opened with a bare access token. Not thread-safe. Raises providers.errors."""

    def __init__(self, graph: Graph, access_token: str, address: str) -> None:
        self._graph = graph
        self._access = graph.access(access_token, address)

    def calendars(self) -> tuple[CalendarInfo, ...]:
        """List those that can be written and belong to whom the default calendar belongs to."""
        raws = self._listed(paths.CALENDARS)
        own = next((_owner(one) for one in raws if one.get("isDefaultCalendar") is True), "")
        found = [
            CalendarInfo(
                text_at(one, "id"), one_line(text_at(one, "name")), one.get("isDefaultCalendar") is True
            )
            for one in raws
            if one.get("canEdit") is True and (not own or _owner(one) in ("", own))
        ]
        return tuple(sorted(found, key=lambda one: (not one.is_primary, one.name.casefold())))

    def put(self, ref: EventRef, event: Event, again: bool = False) -> EventRef:
        """Make the event stand there once: one request where nobody else has touched it."""
        key_of(ref.key)
        event = fitting(event)
        try:
            return self._put(ref, event, again)
        except Refused as refused:
            if "TimeZone" not in refused.code:
                raise
        return self._put(ref, in_utc(event), again)  # Exchange knows IANA's zones, but not all of them

    def _put(self, ref: EventRef, event: Event, again: bool) -> EventRef:
        known = bool(ref.etag and ref.event_id)
        if known:
            with suppress(Conflict):
                return self._changed_there(ref, event)
        looking = known or again or bool(ref.event_id)
        for attempt in range(_ROUNDS):
            raw = self._standing(ref) if looking else None
            done = self._settled(ref, event, raw) if raw else self._made(ref, event, attempt)
            if done:
                # what was posted in doubt may be answered with an event that is gone
                if looking and not raw and self._found(done) is None:
                    raise Unavailable("not_there_yet")
                return done
            looking = True
        raise Refused("changing")

    def _changed_there(self, ref: EventRef, event: Event) -> EventRef:
        try:
            return self._changed(ref, events.body_of(event, ref.key), ref.etag)
        except NotFound:
            self._check_calendar(ref.calendar_id)
            raise NotFound("deleted") from None

    def _made(self, ref: EventRef, event: Event, attempt: int) -> EventRef | None:
        """Make it. None: this was posted before, and what came of that is to be looked for."""
        body = {
            "transactionId": events.transaction_id(ref.key, ref.event_id, attempt),
            **events.body_of(event, ref.key),
        }
        answer = self._write("POST", paths.events(ref.calendar_id), body)
        if answer.status == 404:
            raise NotFound("calendar")
        if answer.status == 409 or self._is_repeated(answer):
            return None
        raw = self._accepted(answer, 200, 201)
        made = replace(ref, event_id=text_at(raw, "id"), etag=events.etag_of(raw))
        if not made.event_id or not made.etag:
            raise Unavailable("unreadable_answer")
        return made if self._is_new(raw, event) else None

    def _is_repeated(self, answer: Answer) -> bool:
        return answer.status == 400 and self._graph.failure(answer, Capability.CALENDAR).code == _REPEATED

    def _is_new(self, raw: Json, event: Event) -> bool:
        read = events.standing_of(raw)
        same = (read.title, read.place) == (event.title, event.place) and _same_times(read.when, event.when)
        return same and moment_at(raw, "createdDateTime") > self._graph.now() - _JUST_NOW

    def _standing(self, ref: EventRef) -> Json | None:
        """Find the event; None when it is free to be made. Raises NotFound when the person deleted it."""
        raw = self._found(ref)
        if raw is None and ref.etag:
            raise NotFound("deleted")
        return raw

    def _settled(self, ref: EventRef, event: Event, raw: Json) -> EventRef | None:
        """Bring it up to date, unless it became the person's own. None: it is being changed right now."""
        ref = replace(ref, event_id=text_at(raw, "id"))
        etag, read = events.etag_of(raw), events.standing_of(raw)
        if events.has_guests(raw):
            raise Conflict("guests")
        if read.says(event):
            return replace(ref, etag=etag)
        if read.by_hand:
            raise Conflict("by_hand")
        body = events.body_of(event, ref.key)
        if read.notes_by_hand:
            body = events.without_notes(body, ref.key, read.mark)
        with suppress(Conflict, NotFound):
            return self._changed(ref, body, etag)
        return None

    def _changed(self, ref: EventRef, body: Mapping[str, Any], etag: str) -> EventRef:
        answer = self._write("PATCH", paths.event(ref.event_id), body, etag)
        raw = self._accepted(answer, 200)
        return replace(ref, event_id=text_at(raw, "id") or ref.event_id, etag=events.etag_of(raw))

    def remove(self, ref: EventRef) -> None:
        """Take the event out: into the person's Deleted Items.

        It is looked at each time: nobody promises that Graph heeds If-Match on DELETE, and guests whom the
        person invited meanwhile would be mailed a cancellation.
        """
        key_of(ref.key)
        for _ in range(_ROUNDS):
            raw = self._there(ref)
            if raw is None:
                return None
            if events.has_guests(raw):
                raise Conflict("guests")
            with suppress(Conflict):
                return self._delete(text_at(raw, "id"), events.etag_of(raw))
        raise Refused("changing")

    def _there(self, ref: EventRef) -> Json | None:
        try:
            return self._found(ref)
        except NotFound:  # with its whole calendar
            return None

    def _delete(self, event_id: str, etag: str) -> None:
        answer = self._write("DELETE", paths.event(event_id), None, etag)
        if answer.status not in (200, 204):
            failure = self._graph.failure(answer, Capability.CALENDAR)
            if failure.code == _UNDELETABLE:
                raise Conflict(failure.code)
            if not isinstance(failure, NotFound):
                raise failure

    def get(self, ref: EventRef) -> ExternalEvent:
        """Look at one event. Raises NotFound when it was deleted."""
        key_of(ref.key)
        raw = self._found(ref)
        if raw is None:
            raise NotFound("deleted")
        return events.external(raw, ref.calendar_id)

    def events(self, calendar_id: str, since: datetime, until: datetime) -> tuple[ExternalEvent, ...]:
        """List ours by the property that they carry; Graph promises no filter that also knows times."""
        raws = [one for one in self._ours(calendar_id, events.OURS, "1") if _stands(one)]
        raws.sort(key=lambda one: moment_at(one, "createdDateTime"), reverse=True)
        # Of a copy that the person made ours is the older one.
        ours = {events.key_in(one): one for one in raws if events.key_in(one)}
        found = (events.external(one, calendar_id) for one in ours.values())
        return tuple(one for one in found if _touches(one, since, until))

    def _ours(self, calendar_id: str, name: str, value: str) -> list[Json]:
        try:
            return self._listed(paths.marked(calendar_id, name, value))
        except NotFound:
            raise NotFound("calendar") from None

    def _found(self, ref: EventRef) -> Json | None:
        """Find the event by its key, in its calendar.

        Never by its id, which may still lead to what lies in Deleted Items, and without an etag may be of an
        earlier life. Of a copy that the person made ours is the older one.
        """
        found = [one for one in self._ours(ref.calendar_id, events.KEY, ref.key) if _stands(one)]
        known = next((one for one in found if text_at(one, "id") == ref.event_id), None)
        if known or (ref.event_id and ref.etag):
            return known
        return min(found, key=lambda one: moment_at(one, "createdDateTime"), default=None)

    def _check_calendar(self, calendar_id: str) -> None:
        """Raise NotFound("calendar") when not only the event is gone."""
        try:
            self._read(paths.bare_calendar(calendar_id))
        except NotFound:
            raise NotFound("calendar") from None

    def _listed(self, question: str) -> list[Json]:
        found: list[Json] = []
        for _ in range(_MOST_PAGES):
            answer = self._read(question)
            found += list_at(answer, "value")
            link = text_at(answer, "@odata.nextLink")
            if not link:
                break
            question = self._graph.path_of(link)
        return found

    def _read(self, path: str) -> Json:
        return self._graph.get(self._access, path, Capability.CALENDAR, {"Prefer": paths.PREFER})

    def _write(self, method: str, path: str, body: Mapping[str, Any] | None, etag: str = "") -> Answer:
        headers = {"Prefer": paths.PREFER, **({"If-Match": etag} if etag else {})}
        return self._graph.write(self._access, method, path, body, headers)

    def _accepted(self, answer: Answer, *statuses: int) -> Json:
        if answer.status not in statuses:
            raise self._graph.failure(answer, Capability.CALENDAR)
        return answer.read()


def _owner(raw: Json) -> str:
    return text_at(map_at(raw, "owner"), "address").lower()


def _stands(raw: Json) -> bool:
    return raw.get("isCancelled") is not True


def _same_times(one: Hours | Days, other: Hours | Days) -> bool:
    if isinstance(one, Hours) and isinstance(other, Hours):
        return (one.starts, one.ends) == (other.starts, other.ends)
    return one == other


def _touches(one: ExternalEvent, since: datetime, until: datetime) -> bool:
    if isinstance(one.when, Days):  # whole days begin and end at another instant in every zone
        day = timedelta(days=1)
        return (since - day).astimezone(UTC).date() <= one.when.last and (
            one.when.first <= (until + day).astimezone(UTC).date()
        )
    return one.when.ends > since and one.when.starts < until
