"""Serve a person's own mail: move a mailbox file into a world, whoever it belongs to.

Messages stay on disk; in memory are only their headers. A broken message is counted and left out.
"""

import email.policy
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime
from functools import cached_property
from pathlib import Path

from sandbox.mail.mailbox import DRAFT, INBOX, SENT, SPAM, TRASH
from sandbox.mail.people import Person, SendAs
from sandbox.mail.raw import RawMessage, decode, readable
from sandbox.seed.cast import MEMBERS
from sandbox.seed.mbox import LABELS, MboxFile, Span
from sandbox.world import World

_BROKEN = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    RecursionError,
)  # what bad headers raise in the parser
_LONGEST = 16_384  # characters of one header value
_MOST_PEOPLE = 25  # recipients of one message who get a mailbox of their own
_PLACES = frozenset({INBOX, SENT, DRAFT, SPAM, TRASH})
_DELETED = 0x0008
_NO_LABELS = frozenset(
    {"Opened", "Archived", "Geöffnet", "Archiviert", "Ouvert", "Archivé", "Abierto", "Archivado"}
)
_TRANSLATED = {
    translated: name
    for name, words in {
        "inbox": "posteingang, boîte de réception, recibidos, caixa de entrada, posta in arrivo",
        "sent": "gesendet, messages envoyés, enviados, inviata, verzonden",
        "drafts": "entwürfe, brouillons, borradores, rascunhos, bozze",
        "trash": "papierkorb, corbeille, papelera, lixeira, cestino, prullenbak",
        "spam": "correo no deseado, posta indesiderata",
        "unread": "ungelesen, non lu, no leído, não lidas, non letti, ongelezen",
    }.items()
    for translated in words.split(", ")
}
_ALIAS_SEEN = 2  # sendings after which an address counts as the member's


class NoMail(ValueError):
    """The file holds no mail, or nobody can tell whose. The text is for whoever started the demo."""


class StoredMessage(RawMessage):
    """A message in a file: headers are read alone, the rest only when it is wanted."""

    def __init__(self, load: Callable[[], bytes], size: int, head: Callable[[], bytes]) -> None:
        super().__init__(load, size)
        self._head = head

    @cached_property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """Read the headers in order; endless values are cut."""
        parsed = BytesHeaderParser(policy=email.policy.compat32).parsebytes(self._head())
        return tuple((name, readable(str(value)[:_LONGEST])) for name, value in parsed.raw_items())


@dataclass(frozen=True, slots=True)
class OwnMail:
    """What was moved in."""

    member: Person
    messages: int
    broken: int


@dataclass(frozen=True, slots=True)
class _Found:
    raw: RawMessage
    at: datetime
    sender: tuple[str, str]
    recipients: tuple[tuple[str, str], ...]
    labels: frozenset[str]
    thread: str | None


def load_mbox(world: World, path: Path, member: str | None = None, *, slack: str = "ann") -> OwnMail:
    """Let the owner of a mailbox file move in with all mail, and everybody they wrote with.

    `member`: their address; without it the one that most messages have in common. Raises NoMail.
    """
    if not path.is_file():
        raise NoMail(f"There is no file {path.name}. Give the path of an mbox file.")
    file = MboxFile(path)
    found = [one for span in file.spans if (one := _look(file, span, world.now()))]
    broken = len(file.spans) - len(found)
    if not found:
        raise NoMail(f"{path.name} holds no mail: an mbox file begins with a line that starts with From.")
    address = (member or _most_common(found)).strip().lower()
    person = _member(found, address, slack)
    world.add(person)
    for actor in MEMBERS:
        if actor.slack != "ann" and actor.slack and world.person(actor.person().address) is None:
            world.add(actor.person())
    for one in sorted(found, key=lambda one: one.at):
        _file(world, person, one)
    return OwnMail(person, len(found), broken)


def _look(file: MboxFile, span: Span, now: datetime) -> _Found | None:
    """Read what filing needs. None: not a message."""
    raw = StoredMessage(lambda: file.message(span), span.end - span.start, lambda: file.head(span))
    try:
        labels = _labels(raw)
        if labels is None or not raw.headers:
            return None
        sender = next(iter(raw.addresses("From", "Sender")), ("", ""))
        recipients = tuple(raw.addresses("To", "Cc", "Bcc"))
        thread = raw.first("X-GM-THRID").strip()
        # Read now, so that a broken one shows here and not while the demo runs.
        _ = (raw.message_id, raw.references, raw.base_subject)
        at = min(_when(raw), now)
    except _BROKEN:
        return None
    return _Found(raw, at, sender, recipients, labels, f"{int(thread):016x}" if thread.isdecimal() else None)


def _labels(raw: RawMessage) -> frozenset[str] | None:
    """Read the labels that an export gives, the person's own included; empty without any. None: not mail."""
    names = [name.strip().strip('"') for name in decode(raw.first("X-Gmail-Labels")).split(",")]
    if "chat" in {name.lower() for name in names}:
        return None
    labels = {LABELS.get(_TRANSLATED.get(name.lower(), name.lower()), name) for name in names if name}
    status = raw.first("X-Mozilla-Status")  # Thunderbird leaves deleted messages in the file
    if re.fullmatch(r"[0-9a-fA-F]{4}", status) and int(status, 16) & _DELETED:
        labels.add(TRASH)
    return frozenset(labels - _NO_LABELS)


def _when(raw: RawMessage) -> datetime:
    """Tell when it came: the receiving server's word, else the sender's, else long ago."""
    received = raw.first("Received").rpartition(";")[2]
    for value in (received, raw.first("Date")):
        try:
            at = parsedate_to_datetime(value.strip())
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        try:
            return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
        except OverflowError:
            continue
    return datetime(1990, 1, 1, tzinfo=UTC)


def _most_common(found: Iterable[_Found]) -> str:
    """Guess whose mail this is: the address that most messages are from or to; delivery marks count most."""
    seen: Counter[str] = Counter()
    for one in found:
        seen.update({address for _, address in (one.sender, *one.recipients) if address})
        seen.update(2 * [address for _, address in one.raw.addresses("Delivered-To", "X-Original-To")][:1])
        if SENT in one.labels and one.sender[1]:
            seen[one.sender[1]] += 2
    if not seen:
        raise NoMail("Nobody's address stands in this mail. Give the member's address.")
    return seen.most_common(1)[0][0]


def _member(found: Iterable[_Found], address: str, slack: str) -> Person:
    """Make the member: the name they write under, and as aliases what else they sent from."""
    names: Counter[str] = Counter()
    aliases: Counter[str] = Counter()
    for one in found:
        if one.sender[1] == address and one.sender[0]:
            names[one.sender[0]] += 1
        if SENT in one.labels and one.sender[1] not in {"", address}:
            aliases[one.sender[1]] += 1
    name = names.most_common(1)[0][0] if names else _name_of(address)
    own = tuple(SendAs(alias, name) for alias, times in aliases.items() if times >= _ALIAS_SEEN)
    addresses = (address, *(alias.address for alias in own))
    return Person(name, addresses, "google", own, slack=slack)


def _name_of(address: str) -> str:
    words = re.split(r"[._-]+", address.partition("@")[0])
    return " ".join(word.capitalize() for word in words if word) or address


def _file(world: World, person: Person, one: _Found) -> None:
    """File a message in the member's mailbox and in those of the people it went between."""
    own = {address.lower() for address in person.addresses}
    outgoing = one.sender[1] in own or SENT in one.labels
    labels = one.labels
    if not labels & _PLACES and outgoing:
        labels |= {SENT}
    elif not labels:  # with other labels it was filed away
        labels = frozenset({INBOX})
    world.mailbox(person.address).file(one.raw, labels, one.at, thread_id=one.thread)
    if labels & {DRAFT, SPAM, TRASH}:
        return
    others = one.recipients[:_MOST_PEOPLE] if outgoing else (one.sender,)
    for name, address in others:
        if not address or address in own:
            continue
        if world.person(address) is None:
            world.add(Person(name or _name_of(address), (address,)))
        world.mailbox(address).file(one.raw, {INBOX if outgoing else SENT}, one.at)
