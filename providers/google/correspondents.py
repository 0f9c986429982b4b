"""Looking for people in Gmail at the lowest cost: lists first, then one header for each person.

A header costs 20 units, a list of 500 costs 5, a page of history 2, and a member has 6,000 a minute. So the
lists say first where mail of others and of the member meet; there one mail of each person is read, and a list
tells which other mails are theirs. Search compares words, not addresses: what it says is checked or doubted.
Source: https://developers.google.com/workspace/gmail/api/reference/quota, reference/providers.md 1.1-1.3
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from providers.damaged import Json, list_at, map_at, text_at
from providers.errors import CursorExpired, NotFound, ProviderError, RateLimited, Refused
from providers.google.api import GmailApi
from providers.google.choosing import choose, sizes
from providers.google.convert import labels_of
from providers.google.headers import HeaderReads
from providers.google.others import look_around
from providers.google.scan_place import Entry, Place, read_place
from providers.google.search import BULK, arrived_terms, departed_terms
from providers.google.transport import Bearer
from providers.mail import Changes, Sighting
from providers.oauth import Capability

_YEAR = timedelta(days=365)
_MOST_ARRIVED = 10_000  # mails of the scanned time that are looked at
_MOST_DEPARTED = 5_000  # sent mails among which conversations are looked for
_HISTORY_PAGES = 20  # of 500 changes, in one call
_MOST_PAGES = 100  # empty ones included
_BULK_LABELS = frozenset(f"CATEGORY_{one.upper()}" for one in BULK)
_NEVER = frozenset({"DRAFT", "SPAM", "TRASH", "CHAT"})


class Correspondents:
    """One scan's looks into a mailbox."""

    def __init__(self, api: GmailApi, http: Bearer, reads: HeaderReads) -> None:
        self._api = api
        self._http = http
        self._reads = reads

    def stretch(self, since: datetime, cursor: str | None, every_sender: bool) -> Changes:
        """Do the next bounded stretch. Raises CursorExpired."""
        place, apart = Place("") if cursor is None else read_place(cursor), 0
        fresh = not place.waiting
        if cursor is None:
            place, apart = self._begun(since, every_sender)
        elif fresh:
            place, apart = self._arrived_since(place, every_sender)
        before = len(place.arrived)
        try:
            sightings, place = self._looked(place, since)
        except RateLimited:
            if not fresh:
                raise
            sightings = ()  # the lists are paid for: the next stretch goes on behind them
        return Changes(
            sightings=sightings,
            cursor=place.written(),
            done=not place.waiting and not place.more,
            looked_at=apart + before - len(place.arrived),
            total=place.total,
            filed_apart=apart,
        )

    def _begun(self, since: datetime, every_sender: bool) -> tuple[Place, int]:
        """List what came and what went; where they meet, the member answered or was answered."""
        # Before the lists: what comes in between is then met twice rather than never.
        profile = self._api.profile(userId="me", fields="historyId")
        history = text_at(self._api.execute(profile, self._http, Capability.READ), "historyId")
        now = self._api.now()
        wanted = {
            "all": (arrived_terms(since, without_bulk=False), _MOST_ARRIVED),
            "sent": (departed_terms(min(since, now - _YEAR)), _MOST_DEPARTED),
        }
        if not every_sender:
            wanted["kept"] = (arrived_terms(since, without_bulk=True), _MOST_ARRIVED)
        lists = self._reads.lists(wanted)
        own = {one for one, _ in lists["sent"]}
        talks = {thread for _, thread in lists["sent"]}
        arrived = [one for one in lists["all"] if one[0] not in own]
        kept = {one for one, _ in lists.get("kept", lists["all"])}
        answered = tuple(one for one in arrived if one[1] in talks)
        others = tuple(one for one in arrived if one[1] not in talks and one[0] in kept)
        place = Place(history, answered, (), others, len(arrived))
        return place, len(arrived) - len(answered) - len(others)

    def _arrived_since(self, place: Place, every_sender: bool) -> tuple[Place, int]:
        """Read what came and went since the last time, and leave out at once what needs no look."""
        arrived: dict[str, str] = {}
        sent: dict[str, str] = {}
        apart: set[str] = set()
        history, more, full = place.history, True, 0
        token: str | None = None
        for _ in range(_MOST_PAGES):
            page = self._history(place.history, token)
            for labels, one in _added(page):
                if labels & _NEVER or (labels and not labels & {"INBOX", "SENT"}):
                    continue
                if "SENT" in labels:
                    sent[one[0]] = one[1]
                elif labels & _BULK_LABELS and not every_sender:
                    apart.add(one[0])
                else:
                    arrived[one[0]] = one[1]
            token = text_at(page, "nextPageToken") or None
            if token is None:
                history, more = text_at(page, "historyId") or history, False
                break
            if records := list_at(page, "history"):  # a page may be empty and not the last
                history, full = text_at(records[-1], "id") or history, full + 1
                if full == _HISTORY_PAGES:
                    break
        if more and history == place.history:
            raise CursorExpired("history")  # it leads nowhere
        total = len(arrived) + len(apart)
        return Place(history, (), tuple(sent.items()), tuple(arrived.items()), total, more), len(apart)

    def _history(self, start: str, token: str | None) -> Json:
        request = self._api.history.list(
            userId="me",
            startHistoryId=start,
            historyTypes="messageAdded",
            maxResults=500,
            pageToken=token,
            fields="history(id,messagesAdded(message(id,threadId,labelIds))),nextPageToken,historyId",
        )
        failure: ProviderError
        try:
            return self._api.execute(request, self._http, Capability.READ)
        except (NotFound, Refused) as error:
            failure = CursorExpired(error.code)
        raise failure

    def _looked(self, place: Place, since: datetime) -> tuple[tuple[Sighting, ...], Place]:
        """Read one mail of each of the next conversations and strike out what they account for."""
        met: list[Sighting] = []
        for size in sizes(place):
            sightings, place, refused = self._wave(place, since, size)
            met += sightings
            if refused is not None:
                if not met:
                    raise refused
                break  # what was read is kept, and the next stretch is told no
        return tuple(met), place

    def _wave(
        self, place: Place, since: datetime, size: int
    ) -> tuple[list[Sighting], Place, ProviderError | None]:
        chosen = choose(place, size)
        came = self._reads.headers(one for one, _ in chosen)
        read = {one: came.answers[one] for one, _ in chosen if one in came.answers}
        left = place.without((*read, *came.gone))
        sightings, refused = self._reads.sightings(read), came.refused
        if refused is None:
            answered = {one for one, _ in place.answered}
            try:
                sightings = look_around(self._reads, sightings, answered, left.arrived, since)
            except RateLimited as failure:
                refused = failure  # the mails that no list could tell of will be read one by one
        accounted = [one.message.id for one in sightings]
        accounted += [other for one in sightings for other, _ in one.others]
        return sightings, left.without(accounted), refused


def _added(page: Json) -> Iterable[tuple[frozenset[str], Entry]]:
    for record in list_at(page, "history"):
        for added in list_at(record, "messagesAdded"):
            message: Mapping[str, object] = map_at(added, "message")
            key = text_at(message, "id")
            if key:
                yield labels_of(message), (key, text_at(message, "threadId"))
