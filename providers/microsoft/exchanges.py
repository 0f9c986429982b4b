"""What went back and forth with single addresses in Outlook."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from providers.content.addresses import normalise
from providers.damaged import Json, list_at, moment_at, text_at
from providers.errors import Refused
from providers.mail import Exchange, Sighting
from providers.microsoft import search
from providers.microsoft.batch import json_of, read_many
from providers.microsoft.convert import message_of, was_written_to
from providers.microsoft.folders import Folders
from providers.microsoft.graph import Access, Graph

_MOST = 25  # addresses at a time
_PAGES = 3  # of hits, until one is meant exactly
_NO_ANSWER: Json = {}
_NO_FOLDERS = Folders("", frozenset())


class Exchanges:
    """Questions about addresses to one mailbox."""

    def __init__(self, graph: Graph, access: Access, address: str) -> None:
        self._graph = graph
        self._access = access
        self._address = address

    def of(
        self, addresses: Sequence[str], since: datetime | None, *, sent: bool, newest: bool
    ) -> tuple[Exchange, ...]:
        """Answer for each address that can be searched for, in their order."""
        if len(addresses) > _MOST:
            raise Refused("addresses")
        asked = list(dict.fromkeys(normalise(one) for one in addresses if search.is_safe(one)))
        wrote = self._sent(asked) if sent else {one: list[Json]() for one in asked}
        came = dict.fromkeys(asked, _NO_ANSWER)
        if since is not None:
            came = self._answers({one: search.received_since(one, since) for one in asked})
        known = [one for one in asked if one in wrote and one in came]
        return tuple(self._exchange(one, list_at(came[one], "value"), wrote[one], newest) for one in known)

    def _sent(self, addresses: Sequence[str]) -> dict[str, list[Json]]:
        """Find what was written to each: the search compares words, so every hit is compared again."""
        found: dict[str, list[Json]] = {}
        questions = {one: search.sent_to(one) for one in addresses}
        for _ in range(_PAGES):
            if not questions:
                break
            answers, questions = self._answers(questions), {}
            for address, answer in answers.items():
                hits = list_at(answer, "value")
                found[address] = [one for one in hits if was_written_to(one, address)]
                if (link := text_at(answer, "@odata.nextLink")) and not found[address]:
                    questions[address] = self._graph.path_of(link)
        return found

    def _answers(self, questions: Mapping[str, str]) -> dict[str, Json]:
        """Ask; what Graph refuses for one address alone is left out."""
        outcomes = read_many(self._graph, self._access, questions) if questions else {}
        return {one: json_of(came) for one, came in outcomes.items() if not isinstance(came, Refused)}

    def _exchange(self, address: str, came: Sequence[Json], sent: Sequence[Json], newest: bool) -> Exchange:
        met = None
        if came and newest:
            message = message_of(came[0], _NO_FOLDERS, self._address)
            met = Sighting(replace(message, outgoing=False, html=None, text=None))
        return Exchange(
            address=address,
            received=len(came),
            sent=len(sent),
            threads=frozenset(text_at(one, "conversationId") for one in came),
            last_sent=max((moment_at(one, "sentDateTime", "receivedDateTime") for one in sent), default=None),
            newest=met,
        )
