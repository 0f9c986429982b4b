"""What a stretch of mail says about each person in it. Pure: mails in, evidence out.

A mark is put on a mail first and reaches its sender only as a count; `rules` weighs it. Who wrote a mail is
decided by the provider's filing (`Message.outgoing`), never by From, which anybody can write.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from providers.content.addresses import matching_key
from providers.content.automated import Marks, marks_of
from providers.content.automated_addresses import is_machine_address
from providers.content.automated_rule import Kind
from providers.content.free_mail import is_free_mail
from providers.content.senders import author_of, list_addresses
from providers.mail import EmailAddress, Message

WINDOW = timedelta(days=14)
CROWD = 20  # a mail to more people than this is no sign that two of them know each other
_CLOCK_SKEW = timedelta(days=1)
_LEAVING = frozenset({"unsubscribe", "remove", "leave", "signoff", "stop", "abmelden", "désabonner", "baja"})
_FAMILIAR = 2  # deliveries after which an address in Delivered-To counts as the member's own


@dataclass(frozen=True, slots=True)
class Own:
    """Who the member is. `domains` are colleagues'; free-mail domains among them are passed over."""

    addresses: frozenset[str]
    domains: frozenset[str] = frozenset()
    colleagues: frozenset[str] = frozenset()  # addresses that other members connected
    _keys: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_keys", frozenset(matching_key(one) for one in self.addresses))

    def is_me(self, address: str) -> bool:
        """Tell whether an address is the member's, with any plus tag."""
        return address in self.addresses or matching_key(address) in self._keys

    def is_colleague(self, address: str) -> bool:
        """Tell whether an address belongs to somebody of the member's own organisation."""
        domain = address.rpartition("@")[2]
        if address in self.colleagues:
            return True
        return any(
            not is_free_mail(own) and (domain == own or domain.endswith(f".{own}")) for own in self.domains
        )


@dataclass(frozen=True, slots=True)
class Seen:
    """A mail as a scan met it. `answers_me`: it names a mail of the member's among what it answers.

    `marks` may be given where they were made from the whole mail and the message here has headers alone.
    """

    message: Message
    thread_id: str
    categories: frozenset[str] = frozenset()  # the provider's filing: "promotions", "updates", …
    answers_me: bool = False
    dated: bool = True  # false: nobody knows when it was written
    marks: Marks | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of one address.

    `mails` and `human` count what they wrote within the window, `marks` on how many of those mails each
    reason was found; `sent` counts what the member wrote to them, whenever.
    """

    address: str
    names: tuple[EmailAddress, ...] = ()
    mails: int = 0
    human: int = 0
    earlier: int = 0  # what they wrote before the window
    undated: int = 0  # what they wrote, nobody knows when
    sent: int = 0
    marks: tuple[tuple[str, int], ...] = ()  # most frequent first, then most telling
    threads: frozenset[str] = frozenset()  # with something of theirs or to them within the window
    last: datetime | None = None


@dataclass(slots=True)
class _Tally:
    names: Counter[str] = field(default_factory=Counter)
    mails: int = 0
    human: int = 0
    earlier: int = 0
    undated: int = 0
    sent: int = 0
    marks: Counter[str] = field(default_factory=Counter)
    threads: set[str] = field(default_factory=set)
    last: datetime | None = None

    def at(self, moment: datetime, thread_id: str, recent: bool) -> None:
        self.last = max(self.last, moment) if self.last else moment
        if recent:
            self.threads.add(thread_id)

    def frozen(self, address: str) -> Evidence:
        names = tuple(EmailAddress(address, name) for name in self.names.elements())
        marks = tuple(self.marks.most_common())
        return Evidence(
            address, names, self.mails, self.human, self.earlier, self.undated, self.sent,
            marks, frozenset(self.threads), self.last,
        )  # fmt: skip


def gather(seen: Iterable[Seen], own: Own, now: datetime, window: timedelta = WINDOW) -> dict[str, Evidence]:
    """Collect what the mails say, by address. Mails must be those of one mailbox, in any order."""
    seen = tuple(seen)
    lists = _lists_in(seen)
    tallies: dict[str, _Tally] = {}
    for one in seen:
        if one.message.outgoing:
            for person in _written_to(one, own, lists):
                tally = tallies.setdefault(person.address, _Tally())
                tally.names[person.name] += bool(person.name)
                tally.sent += 1
                if one.dated:
                    recent = _recent(one.message, now, window)
                    tally.at(min(one.message.date, now), one.thread_id, recent)
        else:
            _take_received(one, own, now, window, tallies)
    return {address: tally.frozen(address) for address, tally in tallies.items()}


def _take_received(one: Seen, own: Own, now: datetime, window: timedelta, tallies: dict[str, _Tally]) -> None:
    marks = one.marks or marks_of(one.message, one.categories)
    author = marks.sender
    if not author.address or own.is_me(author.address):
        return  # a forged sender, or a copy of one's own
    tally = tallies.setdefault(author.address, _Tally())
    if not one.dated or not _recent(one.message, now, window):
        tally.earlier += one.dated
        tally.undated += not one.dated
        return
    tally.mails += 1
    tally.names[author.name] += bool(author.name)
    reasons = tuple(why_not_human(one, marks))
    tally.marks.update(dict.fromkeys(reasons or marks.of(Kind.LIST), 1))
    if not reasons:
        tally.human += 1
        tally.at(min(one.message.date, now), one.thread_id, recent=True)


def why_not_human(one: Seen, marks: Marks) -> Iterator[str]:
    """Name what keeps a mail from counting as written by a person to the member; nothing when it counts.

    That it answers the member outweighs signs of bulk: people write through sales tools and gateways. It does
    not outweigh a machine's own word, since machines answer too.
    """
    if one.answers_me:
        yield from marks.of(Kind.MACHINE, Kind.CALENDAR)
    elif marks.automated:
        yield from marks.reasons
    if "group" in marks.of(Kind.SHARED):
        yield "group"
    if is_crowd(one.message):
        yield "crowd"


def is_crowd(message: Message) -> bool:
    """Tell whether a mail went to so many that it says nothing about two of them."""
    return len({one.address for one in (*message.to, *message.cc, *message.bcc)}) > CROWD


def _lists_in(seen: Iterable[Seen]) -> frozenset[str]:
    """Addresses of lists; one from which somebody writes is a person's, whatever a stranger's header says."""
    lists: set[str] = set()
    writers: set[str] = set()
    for one in seen:
        lists |= list_addresses(one.message)
        writers.add((one.marks.sender if one.marks else author_of(one.message)).address)
    return frozenset(lists - writers)


def _written_to(one: Seen, own: Own, lists: frozenset[str]) -> Iterator[EmailAddress]:
    """Whom a mail of the member's was written to: not by a vacation program, not to leave a list."""
    message = one.message
    if is_crowd(message) or " ".join(message.subject.split()).casefold() in _LEAVING:
        return
    if _BY_PROGRAM.intersection((one.marks or marks_of(message)).of(Kind.MACHINE, Kind.CALENDAR)):
        return
    met: set[str] = set()
    for person in (*message.to, *message.cc, *message.bcc):
        if "@" in person.address and not own.is_me(person.address) and person.address not in lists | met:
            met.add(person.address)
            yield person


_BY_PROGRAM = frozenset({"auto_reply", "auto_generated", "invitation", "read_receipt"})


def _recent(message: Message, now: datetime, window: timedelta) -> bool:
    return now - window <= message.date <= now + _CLOCK_SKEW


def delivered_aliases(seen: Iterable[Seen], own: Own) -> frozenset[str]:
    """Learn further addresses of the member from where the provider says that it delivered.

    Only the topmost Delivered-To, which the receiving side wrote; seen on mails of two senders' domains; and
    never an address that anybody wrote from.
    """
    delivered: dict[str, set[str]] = {}
    writers: set[str] = set()
    for one in seen:
        message = one.message
        if message.outgoing:
            continue
        writers.add(message.sender.address)
        top = next(iter(message.headers.get("delivered-to", ())), "").strip().strip("<>").casefold()
        lists = list_addresses(message)
        if top.count("@") == 1 and " " not in top and top not in lists and not own.is_me(top):
            delivered.setdefault(top, set()).add(message.sender.address.rpartition("@")[2])
    return frozenset(
        address
        for address, domains in delivered.items()
        if len(domains) >= _FAMILIAR and address not in writers and not is_machine_address(address)
    )
