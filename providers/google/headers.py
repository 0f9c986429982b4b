"""Headers and lists of Gmail, many at once: what looking for people is made of."""

from collections.abc import Iterable, Mapping

from providers.damaged import Json, list_at, text_at
from providers.google.api import GmailApi
from providers.google.batch import Came, Wait, read_many, read_some
from providers.google.convert import LEFT_OUT_LABELS, labels_of, message_of
from providers.google.scan_place import Entry
from providers.google.transport import Bearer
from providers.mail import Sighting

_FIELDS = "id,threadId,labelIds,internalDate,payload"
_PAGE = 500
_CATEGORY = "CATEGORY_"


class HeaderReads:
    """Reads of one mailbox, in batches. Not thread-safe."""

    def __init__(self, api: GmailApi, http: Bearer, wait: Wait) -> None:
        self._api = api
        self._http = http
        self._wait = wait

    def headers(self, ids: Iterable[str]) -> Came:
        """Read the headers of mails, 20 units each. Without names given, all headers come."""
        requests = self._api.for_each(self._api.messages.get, ids, format="metadata", fields=_FIELDS)
        return read_some(self._api, self._http, requests, self._wait)

    def sightings(self, answers: Mapping[str, Json]) -> list[Sighting]:
        """Convert what was read, without drafts, spam and what was thrown away."""
        return [
            Sighting(message_of(raw, {}, complete=False), categories_of(raw))
            for raw in answers.values()
            if not labels_of(raw) & LEFT_OUT_LABELS
        ]

    def first_pages(self, searches: Mapping[str, str]) -> dict[str, list[Entry]]:
        """List the first 500 mails of each search, 5 units each."""
        return self._pages({key: (terms, None) for key, terms in searches.items()})[0]

    def lists(self, searches: Mapping[str, tuple[str, int]]) -> dict[str, list[Entry]]:
        """List the mails of each search up to its number, the lists side by side."""
        found: dict[str, dict[str, str]] = {key: {} for key in searches}
        wanted: dict[str, tuple[str, str | None]] = {key: (one, None) for key, (one, _) in searches.items()}
        while wanted:
            pages, tokens = self._pages(wanted)
            for key, entries in pages.items():
                before = len(found[key])
                found[key].update(entries)
                if len(found[key]) == before:  # a list that turns in a circle has ended
                    tokens.pop(key, None)
            wanted = {
                key: (searches[key][0], token)
                for key, token in tokens.items()
                if len(found[key]) < searches[key][1]
            }
        return {key: list(entries.items())[: searches[key][1]] for key, entries in found.items()}

    def _pages(
        self, wanted: Mapping[str, tuple[str, str | None]]
    ) -> tuple[dict[str, list[Entry]], dict[str, str]]:
        requests = {
            key: self._api.messages.list(
                userId="me",
                q=terms,
                maxResults=_PAGE,
                pageToken=token,
                fields="messages(id,threadId),nextPageToken",
                prettyPrint=False,
            )
            for key, (terms, token) in wanted.items()
        }
        answers = read_many(self._api, self._http, requests, self._wait)
        pages = {key: _entries(answers.get(key, {})) for key in wanted}
        tokens = {key: token for key, one in answers.items() if (token := text_at(one, "nextPageToken"))}
        return pages, tokens


def categories_of(raw: Json) -> frozenset[str]:
    """Read where Gmail filed a mail, in its own words without their common beginning."""
    named = (one for one in labels_of(raw) if one.startswith(_CATEGORY))
    return frozenset(one.removeprefix(_CATEGORY).lower() for one in named)


def _entries(answer: Json) -> list[Entry]:
    found = ((text_at(one, "id"), text_at(one, "threadId")) for one in list_at(answer, "messages"))
    return [one for one in found if one[0]]
