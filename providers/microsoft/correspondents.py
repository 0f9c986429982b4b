"""Looking for people in Outlook: what came into the inbox and what was sent, by Graph's change tracking.

A page of 100 mails with their headers costs one request, so nothing is gained by choosing among them.
Source: https://learn.microsoft.com/graph/delta-query-messages, reference/providers.md 3.2
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from providers.damaged import Json, list_at, text_at
from providers.errors import Unavailable
from providers.mail import Changes, Sighting
from providers.microsoft import search
from providers.microsoft.convert import message_of
from providers.microsoft.folders import Folders
from providers.microsoft.graph import PREFER, Access, Graph
from providers.microsoft.scan_place import FOLDERS, Place, Round, read_place, sign_of
from providers.oauth import Capability

_PAGES = 3  # in one stretch
_PREFER = f"{PREFER}, odata.maxpagesize=100"
_SENT, _INBOX = range(2)
_NO_FOLDERS = Folders("", frozenset())


class Correspondents:
    """One scan's looks into a mailbox."""

    def __init__(self, graph: Graph, access: Access, address: str) -> None:
        self._graph = graph
        self._access = access
        self._address = address

    def stretch(self, since: datetime, cursor: str | None) -> Changes:
        """Read the next pages. Raises CursorExpired."""
        place = self._begun(since) if cursor is None else read_place(cursor)
        if place.is_done:
            place = place.reopened()
        sightings: list[Sighting] = []
        looked_at = 0
        for _ in range(_PAGES):
            number = next(place for place, one in enumerate(place.rounds) if one.is_open)
            page = self._read(place.rounds[number].link)
            new = _new_in(page, place)
            looked_at += len(new) if number == _INBOX else 0
            met = [self._sighting(one, number) for one in new]
            sightings += met
            talks = [sign_of(one.message.thread_id) for one in met if number == _SENT]
            seen = [sign_of(text_at(one, "id")) for one in new]
            place = self._behind(page, place, number).having(talks, seen)
            if place.is_done:
                break
        known = frozenset(place.talks)
        shown = [replace(one, answers_me=_answers(one, known)) for one in sightings]
        shown.sort(key=lambda one: sign_of(one.message.thread_id) not in known)
        return Changes(tuple(shown), place.written(), place.is_done, looked_at, place.total)

    def _begun(self, since: datetime) -> Place:
        count = self._read(search.arrived_count(since)).get("@odata.count")
        rounds = tuple(Round(search.changes(folder, since)) for folder in FOLDERS)
        return Place(rounds, total=count if isinstance(count, int) else None)

    def _behind(self, page: Json, place: Place, number: int) -> Place:
        """Go to the next page, or to the beginning of the next round."""
        onward, end = text_at(page, "@odata.nextLink"), text_at(page, "@odata.deltaLink")
        if not onward and not end:
            raise Unavailable("no_delta_link")
        return place.at(number, self._graph.path_of(onward or end), bool(onward))

    def _sighting(self, raw: Json, number: int) -> Sighting:
        message = message_of(raw, _NO_FOLDERS, self._address)
        return Sighting(replace(message, outgoing=message.outgoing or number == _SENT, html=None, text=None))

    def _read(self, path: str) -> Json:
        return self._graph.get(self._access, path, Capability.READ, {"Prefer": _PREFER})


def _answers(one: Sighting, talks: Collection[str]) -> bool:
    """Say whether a mail answers something in a conversation in which the member wrote."""
    answers = not one.message.outgoing and bool(one.message.references)
    return answers and sign_of(one.message.thread_id) in talks


def _new_in(page: Json, place: Place) -> list[Json]:
    """Pick the mails out of a page: no draft, nothing that left, nothing that Graph tells again."""
    known = set(place.seen)
    found: dict[str, Json] = {}
    for one in _mails(list_at(page, "value")):
        if sign_of(key := text_at(one, "id")) not in known:
            found.setdefault(key, one)
    return list(found.values())


def _mails(items: Iterable[Json]) -> Iterable[Json]:
    for one in items:
        whole = text_at(one, "id") and text_at(one, "conversationId") and text_at(one, "receivedDateTime")
        if whole and "@removed" not in one and one.get("isDraft") is not True:
            yield one
