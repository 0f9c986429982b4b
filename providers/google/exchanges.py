"""What went back and forth with single addresses in Gmail: lists, and a header where one found something."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from providers.content.addresses import normalise
from providers.errors import Refused
from providers.google.headers import HeaderReads
from providers.google.scan_place import Entry
from providers.google.search import from_terms, is_longer, is_safe, left_out, written_terms
from providers.mail import EmailAddress, Exchange, Message, Sighting

_MOST = 25  # addresses at a time
_TOGETHER = 8  # addresses in one list that is expected to be empty
_LOOKS = 3  # headers that are read for one address, until one is exactly meant


@dataclass(frozen=True, slots=True)
class _Found:
    """What a search found for an address, once it was seen that it means the address itself."""

    entries: Sequence[Entry] = ()
    newest: Sighting | None = None


_NOTHING = _Found()


class Exchanges:
    """Questions about addresses to one mailbox."""

    def __init__(self, reads: HeaderReads) -> None:
        self._reads = reads

    def of(
        self, addresses: Sequence[str], since: datetime | None, *, sent: bool, newest: bool
    ) -> tuple[Exchange, ...]:
        """Answer for each address that it could be found out for, in their order."""
        if len(addresses) > _MOST:
            raise Refused("addresses")
        asked = list(dict.fromkeys(normalise(one) for one in addresses if is_safe(one)))
        wrote = self._sent(asked) if sent else dict.fromkeys(asked, _NOTHING)
        came = self._came(asked, since, newest) if since else dict.fromkeys(asked, _NOTHING)
        return tuple(_exchange(one, came[one], wrote[one]) for one in asked if one in wrote and one in came)

    def _came(self, addresses: Sequence[str], since: datetime, newest: bool) -> dict[str, _Found]:
        searches = {one: from_terms(one, "", since) for one in addresses}
        if newest:
            return self._found("from", searches)
        return {one: _Found(entries) for one, entries in self._reads.first_pages(searches).items()}

    def _sent(self, addresses: Sequence[str]) -> dict[str, _Found]:
        """Find what was written to each. Most strangers were never written to: several share one list."""
        groups = [tuple(addresses[at : at + _TOGETHER]) for at in range(0, len(addresses), _TOGETHER)]
        together = self._reads.first_pages({" ".join(one): written_terms(one) for one in groups})
        written = [one for group in groups if together[" ".join(group)] for one in group]
        found = self._found("to", {one: written_terms([one]) for one in written}, known=together)
        return {one: _NOTHING for one in addresses if one not in written} | found

    def _found(
        self, field: str, searches: Mapping[str, str], known: Mapping[str, list[Entry]] | None = None
    ) -> dict[str, _Found]:
        """Search for each address, and again without the longer ones that the search takes for it.

        An address whose hits stay in doubt is left out.
        """
        known = known or {}
        pages = {one: known[one] for one in searches if one in known}
        pages |= self._reads.first_pages({one: terms for one, terms in searches.items() if one not in pages})
        terms, found = dict(searches), dict[str, _Found]()
        for looks_left in reversed(range(_LOOKS)):
            found |= {one: _NOTHING for one, entries in pages.items() if not entries}
            hits = {one: entries for one, entries in pages.items() if entries}
            read = self._read(entries[0][0] for entries in hits.values())
            pages, again = {}, {}
            for address, entries in hits.items():
                newest = read.get(entries[0][0])
                meant = _meant(newest.message, field) if newest else ()
                longer = [one for one in meant if is_longer(one, address)]
                if any(one.address == address for one in meant):
                    found[address] = _Found(entries, newest)
                elif longer:
                    terms[address] += left_out(field, longer)
                    again[address] = terms[address]
                else:
                    pages[address] = entries[1:]  # gone since it was listed, or found by a name or by signs
            if looks_left and again:
                pages |= self._reads.first_pages(again)
        return found

    def _read(self, ids: Iterable[str]) -> dict[str, Sighting]:
        came = self._reads.headers(dict.fromkeys(ids))
        if came.refused is not None:
            raise came.refused
        return {one.message.id: one for one in self._reads.sightings(came.answers)}


def _meant(message: Message, field: str) -> Sequence[EmailAddress]:
    return (message.sender,) if field == "from" else (*message.to, *message.cc, *message.bcc)


def _exchange(address: str, came: _Found, sent: _Found) -> Exchange:
    return Exchange(
        address=address,
        received=len(came.entries),
        sent=len(sent.entries),
        threads=frozenset(thread for _, thread in came.entries),
        last_sent=sent.newest.message.date if sent.newest else None,
        newest=came.newest,
    )
