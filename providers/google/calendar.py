"""Google Calendar behind the neutral protocol.

An event's id is made from our key, so that no attempt can make a second one; Google keeps the id of a deleted
event, which is then made to stand again. `sendUpdates=none` everywhere: nobody is ever mailed.
Source: https://developers.google.com/workspace/calendar/api/v3/reference, reference/providers.md 5
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from googleapiclient.http import HttpRequest

from providers.calendar import CalendarInfo, Event, EventRef, ExternalEvent
from providers.content.clean import one_line
from providers.content.events import fitting, key_of
from providers.damaged import Json, list_at, text_at
from providers.errors import Conflict, NotFound, Refused
from providers.google.calendar_api import CalendarApi
from providers.google.calendar_events import (
    FIELDS,
    OURS,
    body_of,
    event_ids,
    external,
    has_guests,
    is_gone,
    is_ours,
    standing_of,
    without_notes,
)
from providers.oauth import Capability

_LISTED = "id,summary,summaryOverride,primary,timeZone,accessRole"
_CHANGED = "id,etag"
_ROUNDS = 4  # looks at an event that somebody is changing at this very moment
_MOST_PAGES = 40


class _Reserved(Exception):
    """Google keeps the id of a deleted event and will not give it again."""


class GoogleCalendar:
    """A person's calendars opened with a bare access token. Not thread-safe. Raises providers.errors."""

    def __init__(self, api: CalendarApi, access_token: str) -> None:
        self._api = api
        self._reading = api.transport.reading(access_token)
        self._writing = api.transport.writing(access_token)

    def calendars(self) -> tuple[CalendarInfo, ...]:
        """List the calendars of which the person is owner: to others the grant does not reach."""
        found: list[CalendarInfo] = []
        cursor: str | None = None
        for _ in range(_MOST_PAGES):
            fields = f"items({_LISTED}),nextPageToken"
            request = self._api.calendar_list.list(
                minAccessRole="owner", maxResults=250, pageToken=cursor, fields=fields
            )
            answer = self._read(request)
            found += [_info(one) for one in list_at(answer, "items") if one.get("accessRole") == "owner"]
            cursor = text_at(answer, "nextPageToken") or None
            if cursor is None:
                break
        return tuple(sorted(found, key=lambda one: (not one.is_primary, one.name.casefold())))

    def put(self, ref: EventRef, event: Event, again: bool = False) -> EventRef:
        """Make the event stand there once: one request where nobody else has touched it."""
        event = fitting(event)
        for one in _candidates(ref):
            with suppress(_Reserved):
                return self._put(one, event, again)
        raise Refused("reserved")

    def _put(self, ref: EventRef, event: Event, again: bool) -> EventRef:
        try:
            if ref.etag:
                return self._changed(ref, body_of(event, ref.key, changing=True), ref.etag)
            if not again:
                return self._made(ref, event)
        except Conflict:
            pass
        except NotFound:
            if ref.etag:
                self._check_calendar(ref.calendar_id)
            raise
        return self._brought(ref, event)

    def _made(self, ref: EventRef, event: Event) -> EventRef:
        body = {"id": ref.event_id, **body_of(event, ref.key, changing=False)}
        request = self._api.events.insert(
            calendarId=ref.calendar_id, body=body, sendUpdates="none", fields=_CHANGED
        )
        try:
            return _noted(ref, self._write(request))
        except NotFound:
            raise NotFound("calendar") from None

    def _brought(self, ref: EventRef, event: Event) -> EventRef:
        """Look at what stands there and bring it up to date, unless it became the person's own."""
        for _ in range(_ROUNDS):
            raw = self._standing(ref)
            try:
                return self._settled(ref, event, raw) if raw else self._made(ref, event)
            except Conflict as conflict:
                if conflict.code in ("by_hand", "guests"):
                    raise
        raise _Reserved

    def _standing(self, ref: EventRef) -> Json | None:
        """Fetch the event; None when it is free to be made. Raises NotFound when the person deleted it."""
        try:
            raw = self._raw(ref)
            if not ref.etag or not is_gone(raw):
                return raw
        except NotFound:
            if not ref.etag:
                return None
            self._check_calendar(ref.calendar_id)
        raise NotFound("deleted")

    def _settled(self, ref: EventRef, event: Event, raw: Json) -> EventRef:
        body = body_of(event, ref.key, changing=True)
        etag, read = text_at(raw, "etag"), standing_of(raw)
        if is_gone(raw):
            return self._revived(ref, body, etag)
        if has_guests(raw):
            raise Conflict("guests")
        if read.says(event):
            return replace(ref, etag=etag)
        if read.by_hand:
            raise Conflict("by_hand")
        return self._changed(ref, without_notes(body, read.mark) if read.notes_by_hand else body, etag)

    def _revived(self, ref: EventRef, body: Mapping[str, Any], etag: str) -> EventRef:
        try:
            return self._changed(ref, {"status": "confirmed", **body}, etag)
        except Refused:
            raise _Reserved from None

    def _changed(self, ref: EventRef, body: Mapping[str, Any], etag: str) -> EventRef:
        request = self._api.events.patch(
            calendarId=ref.calendar_id, eventId=ref.event_id, body=body, sendUpdates="none", fields=_CHANGED
        )
        request.headers["If-Match"] = etag
        return _noted(ref, self._write(request))

    def remove(self, ref: EventRef) -> None:
        """Take the event out. What was deleted stays known to Google as cancelled for a while."""
        for _ in range(_ROUNDS):
            if not ref.etag or not ref.event_id:
                raw = self._found(ref)
                if raw is None:
                    return None
                if has_guests(raw):
                    raise Conflict("guests")
                ref = replace(ref, event_id=text_at(raw, "id"), etag=text_at(raw, "etag"))
            with suppress(Conflict):
                return self._delete(ref)
            ref = replace(ref, etag="")
        raise Refused("changing")

    def _delete(self, ref: EventRef) -> None:
        request = self._api.events.delete(
            calendarId=ref.calendar_id, eventId=ref.event_id, sendUpdates="none"
        )
        request.headers["If-Match"] = ref.etag
        with suppress(NotFound):
            self._write(request)

    def get(self, ref: EventRef) -> ExternalEvent:
        """Look at one event. Raises NotFound when it was deleted."""
        raw = self._found(ref)
        if raw is None:
            self._check_calendar(ref.calendar_id)
            raise NotFound("deleted")
        return external(raw, ref.calendar_id)

    def _found(self, ref: EventRef) -> Json | None:
        """Find what stands there, under the id that is known or under each that it can have."""
        for one in _candidates(ref):
            with suppress(NotFound):
                raw = self._raw(one)
                if not is_gone(raw):
                    return raw
        return None

    def events(self, calendar_id: str, since: datetime, until: datetime) -> tuple[ExternalEvent, ...]:
        """List ours by the property that they carry; a series that a person made of one counts once."""
        return tuple(
            external(one, calendar_id)
            for one in self._listed(calendar_id, timeMin=_instant(since), timeMax=_instant(until))
            if is_ours(one) and not is_gone(one)
        )

    def _listed(self, calendar_id: str, **bounds: Any) -> Iterator[Json]:
        cursor: str | None = None
        for _ in range(_MOST_PAGES):
            request = self._api.events.list(
                calendarId=calendar_id,
                privateExtendedProperty=OURS,
                maxResults=2500,
                pageToken=cursor,
                fields=f"items({FIELDS}),nextPageToken",
                **bounds,
            )
            try:
                answer = self._read(request)
            except NotFound:
                raise NotFound("calendar") from None
            yield from list_at(answer, "items")
            cursor = text_at(answer, "nextPageToken") or None
            if cursor is None:
                return

    def _check_calendar(self, calendar_id: str) -> None:
        """Raise NotFound("calendar") when not only the event is gone."""
        request = self._api.events.list(calendarId=calendar_id, maxResults=1, fields="etag")
        try:
            self._read(request)
        except NotFound:
            raise NotFound("calendar") from None

    def _raw(self, ref: EventRef) -> Json:
        return self._read(
            self._api.events.get(calendarId=ref.calendar_id, eventId=ref.event_id, fields=FIELDS)
        )

    def _read(self, request: HttpRequest) -> Json:
        return self._api.execute(request, self._reading, Capability.CALENDAR)

    def _write(self, request: HttpRequest) -> Json:
        return self._api.execute(request, self._writing, Capability.CALENDAR)


def _candidates(ref: EventRef) -> tuple[EventRef, ...]:
    """Give the reference with each id that the event can have; with an etag its id is known."""
    ids = event_ids(key_of(ref.key))
    if ref.event_id:
        ids = (ref.event_id,) if ref.etag else tuple(dict.fromkeys((ref.event_id, *ids)))
    return tuple(replace(ref, event_id=one) for one in ids[: 1 if ref.etag else None])


def _noted(ref: EventRef, answer: Json) -> EventRef:
    return replace(ref, etag=text_at(answer, "etag"))


def _info(raw: Json) -> CalendarInfo:
    name = text_at(raw, "summaryOverride") or text_at(raw, "summary")
    return CalendarInfo(
        text_at(raw, "id"), one_line(name), raw.get("primary") is True, text_at(raw, "timeZone")
    )


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
