"""Whose the mails are that were listed and not read, and whether the member ever wrote to those people.

Gmail's search finds runs of words: "from:doe@x.example" finds jane.doe@x.example as well. So a mail is only
taken for a person's when name and address stand in it in a row, and two ways of asking must agree before
somebody counts as written to; what stays in doubt is left to be read. (Not told apart where one From holds
all words of the other in a row, like ann.lee@ and ann-lee@ of one domain under one name.)
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile

from providers.content.automated_addresses import is_machine_address
from providers.google.headers import HeaderReads
from providers.google.scan_place import Entry
from providers.google.search import from_terms, holds, is_safe, sent_ids_terms, written_terms
from providers.mail import EmailAddress, Message, Sighting

_PLAIN_ID = re.compile(r"<[A-Za-z0-9.!#$%&'*+/=?^_~@-]{3,200}>")
_BELIEVED = 9  # mails that are perhaps not theirs and worth a look at some of them
_SAMPLES = 3
_IDS_TOGETHER = 12  # in one search, whose address must not grow too long


@dataclass(frozen=True, slots=True)
class _Writer:
    """A person as one of their mails names them."""

    who: EmailAddress
    read: Sighting

    @property
    def is_machine(self) -> bool:
        """A machine writes under many names."""
        return is_machine_address(self.who.address, self.who.name)

    @property
    def is_named(self) -> bool:
        """A person who gives a name."""
        return not self.is_machine and any(char.isalnum() for char in self.who.name)

    @property
    def key(self) -> str:
        return f"from {self.who.address} {'' if self.is_machine else self.who.name}"

    def terms(self, since: datetime, *, in_a_row: bool = True) -> str:
        name = self.who.name if self.is_named else ""
        return from_terms(self.who.address, name, since, in_a_row=in_a_row)

    def is_in(self, hits: Sequence[Entry]) -> bool:
        """A search that does not find the mail itself says nothing about others."""
        return any(one == self.read.message.id for one, _ in hits)


def look_around(
    reads: HeaderReads,
    sightings: Sequence[Sighting],
    answered: Collection[str],
    waiting: Sequence[Entry],
    since: datetime,
) -> list[Sighting]:
    """Say with each mail what else is its sender's, and for `answered` ones what was sent to them.

    Lists only where enough is `waiting` for them to pay.
    """
    writers = {one.key: one for one in reversed(_writers(sightings))}
    asked = {one.who.address for one in writers.values() if one.read.message.id in answered}
    named = dict(enumerate(_in_groups(sightings)))
    searches = {key: one.terms(since) for key, one in writers.items()} if len(waiting) >= len(writers) else {}
    searches |= {f"to {address}": written_terms([address]) for address in asked}
    searches |= {f"ids {number}": sent_ids_terms(group) for number, group in named.items()}
    pages = reads.first_pages(searches)
    doubted = _doubted(writers, pages)
    again = [key for key in doubted if writers[key].is_named]
    pages |= reads.first_pages({key: writers[key].terms(since, in_a_row=False) for key in again})
    claims, more = _checked(reads, doubted, _claims(writers, pages, waiting))
    newer = {
        one.read.message.id for key, one in writers.items() if _has_newer(one, pages.get(key, ()), claims)
    }
    shown = [
        replace(one, others=claims.get(one.message.id, ()), newer=one.message.id in newer)
        for one in (*sightings, *more)
    ]
    sent = {address: _sent(address, pages[f"to {address}"], shown) for address in asked}
    mine = {thread for number in named for _, thread in pages[f"ids {number}"]}
    return [
        replace(
            one,
            sent=sent.get(one.message.sender.address),
            answers_me=_is_answer(one.message) and one.message.thread_id in mine,
        )
        for one in shown
    ]


def _in_groups(sightings: Sequence[Sighting]) -> Iterable[Sequence[str]]:
    """Gather what the mails say that they answer."""
    named = [one.message.references[-1] for one in sightings if _is_answer(one.message)]
    return (named[at : at + _IDS_TOGETHER] for at in range(0, len(named), _IDS_TOGETHER))


def _is_answer(message: Message) -> bool:
    """Say whether a mail names what it answers, by an id that can be searched for."""
    return (
        not message.outgoing
        and bool(message.references)
        and bool(_PLAIN_ID.fullmatch(message.references[-1]))
    )


def _writers(sightings: Iterable[Sighting]) -> list[_Writer]:
    came = (one for one in sightings if not one.message.outgoing and is_safe(one.message.sender.address))
    return [_Writer(one.message.sender, one) for one in came]


def _doubted(writers: Mapping[str, _Writer], pages: Mapping[str, list[Entry]]) -> dict[str, _Writer]:
    """Pick out those whose hits may be somebody else's: no name, or a name that the search does not know."""
    return {
        key: one
        for key, one in writers.items()
        if key in pages and not one.is_machine and not (one.is_named and one.is_in(pages[key]))
    }


def _has_newer(writer: _Writer, hits: Sequence[Entry], claims: Mapping[str, Sequence[Entry]]) -> bool:
    """Say whether a mail that was not read is newer than the one that was: lists begin with the newest."""
    read = writer.read.message.id
    before = set(takewhile(lambda one: one[0] != read, hits))
    return not before.isdisjoint(claims.get(read, ()))


def _claims(
    writers: dict[str, _Writer], pages: dict[str, list[Entry]], waiting: Sequence[Entry]
) -> dict[str, tuple[Entry, ...]]:
    """Share out what waits among those whose lists name it; the longer address first, it says more."""
    free = dict(waiting)
    claims: dict[str, tuple[Entry, ...]] = {}
    for key, writer in sorted(writers.items(), key=lambda one: -len(one[1].who.address)):
        hits = pages.get(key, [])
        if not writer.is_in(hits):
            continue
        theirs = tuple((one, free.pop(one)) for one, _ in hits if one in free)
        claims[writer.read.message.id] = theirs
    return claims


def _checked(
    reads: HeaderReads, doubted: Mapping[str, _Writer], claims: dict[str, tuple[Entry, ...]]
) -> tuple[dict[str, tuple[Entry, ...]], list[Sighting]]:
    """Believe of who is in doubt what is many, and only after a look at some; a few are read anyway."""
    kept = dict(claims)
    samples: dict[str, set[str]] = {}
    for writer in doubted.values():
        key = writer.read.message.id
        if (theirs := kept.pop(key, ())) and len(theirs) >= _BELIEVED:
            samples[key] = {one for one, _ in theirs[:: len(theirs) // _SAMPLES]}
    if not samples:
        return kept, []
    more = reads.sightings(reads.headers(set().union(*samples.values())).answers)
    senders = {one.message.id: one.message.sender.address for one in more}
    whose = {one.read.message.id: one.who.address for one in doubted.values()}
    for key, looked_at in samples.items():
        if all(senders.get(one) == whose[key] for one in looked_at):
            kept[key] = tuple(one for one in claims[key] if one[0] not in looked_at)
    return kept, more


def _sent(address: str, hits: Sequence[Entry], shown: Sequence[Sighting]) -> int | None:
    """Count what was sent; None where the hits may be meant for a longer address."""
    if not hits:
        return 0
    theirs = [one for one in shown if not one.message.outgoing and one.message.sender.address == address]
    threads = {one.message.thread_id for one in theirs} | {
        thread for one in theirs for _, thread in one.others
    }
    if not threads & {thread for _, thread in hits}:
        return None
    if any(holds(other, address) for one in theirs for other in _people(one.message)):
        return None
    return len(hits)


def _people(message: Message) -> Iterable[EmailAddress]:
    return (*message.to, *message.cc, *message.bcc, *message.reply_to, message.sender)
