"""The world outside Slack: people with mailboxes and calendars, and the post that carries mail between them.

No vendor is in here: Google's (and later Microsoft's) face is put on these mailboxes. Seeds and automatic
answers write into it with `send` and listen with `on_delivered`.
"""

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from sandbox.calendars.people import Calendars
from sandbox.mail.mailbox import INBOX, SENT, UNREAD, FiledMessage, Mailbox
from sandbox.mail.people import Person
from sandbox.mail.raw import RawMessage, without_headers


@dataclass(frozen=True, slots=True)
class Delivery:
    """One act of the post. `unknown` are recipients that live nowhere in this world."""

    raw: RawMessage
    envelope_from: str
    recipients: tuple[str, ...]
    at: datetime
    filed: tuple[tuple[Person, FiledMessage], ...]
    unknown: tuple[str, ...]


class World:
    """All people and mailboxes. Thread-safe. `now` is the sandbox's clock."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now
        self.calendars = Calendars(now)
        self._lock = threading.RLock()
        self._mailboxes: dict[str, Mailbox] = {}  # every address, lower case → the mailbox it leads to
        self._people: list[Person] = []
        self._listeners: list[Callable[[Delivery], None]] = []

    def copy(self, now: Callable[[], datetime]) -> "World":
        """Make a second world with the same people and mail, on a clock of its own.

        Mail is shared, since no message ever changes. Listeners and calendars do not come along.
        """
        made = World(now)
        with self._lock:
            copies = {id(mailbox): mailbox.copy() for mailbox in self._mailboxes.values()}
            made._mailboxes = {address: copies[id(mailbox)] for address, mailbox in self._mailboxes.items()}
            made._people = list(self._people)
        return made

    @property
    def people(self) -> tuple[Person, ...]:
        with self._lock:
            return tuple(self._people)

    def add(self, person: Person) -> Mailbox:
        """Let somebody live here, with an empty mailbox. Raises ValueError when an address is taken."""
        with self._lock:
            addresses = [address.lower() for address in person.addresses]
            if taken := [address for address in addresses if address in self._mailboxes]:
                raise ValueError(f"{len(taken)} of these addresses live here already")
            mailbox = Mailbox(person)
            self._mailboxes.update((address, mailbox) for address in addresses)
            self._people.append(person)
            return mailbox

    def person(self, address: str) -> Person | None:
        """Find whose address this is."""
        mailbox = self._mailboxes.get(address.strip().lower())
        return mailbox.person if mailbox else None

    def mailbox(self, address: str) -> Mailbox:
        """Find the mailbox behind an address. Raises LookupError."""
        mailbox = self._mailboxes.get(address.strip().lower())
        if mailbox is None:
            raise LookupError("nobody with this address lives here")
        return mailbox

    def on_delivered(self, listener: Callable[[Delivery], None]) -> None:
        """Call `listener` after each delivery, outside every lock."""
        with self._lock:
            self._listeners.append(listener)

    def send(
        self,
        raw: bytes,
        *,
        at: datetime | None = None,
        sender: str | None = None,
        labels: Iterable[str] = (),
        thread_id: str | None = None,
        delivered_labels: Iterable[str] = (INBOX, UNREAD),
        announce: bool = True,
    ) -> FiledMessage | None:
        """Send a message as its author: filed under Sent there, delivered to To, Cc and Bcc.

        `sender` names the author when From does not. None: the author has no mailbox here. Seeds pass
        `announce=False`, so that nobody answers the past.
        """
        message = RawMessage(raw)
        author = sender or next((address for _, address in message.addresses("From")), "")
        recipients = [address for _, address in message.addresses("To", "Cc", "Bcc")]
        at = at or self.now()
        filed = None
        if self.person(author):
            filed = self.mailbox(author).file(message, {SENT, *labels}, at, thread_id=thread_id)
        self.deliver(message, author, recipients, at, labels=delivered_labels, announce=announce)
        return filed

    def deliver(
        self,
        raw: bytes | RawMessage,
        envelope_from: str,
        recipients: Sequence[str],
        at: datetime | None = None,
        *,
        labels: Iterable[str] = (INBOX, UNREAD),
        announce: bool = True,
    ) -> Delivery:
        """Carry a message to exactly these recipients, without its Bcc header; nobody gets it twice."""
        message = raw if isinstance(raw, RawMessage) else RawMessage(raw)
        at = at or self.now()
        carried = message
        if message.all("Bcc"):
            carried = RawMessage(without_headers(message.bytes(), "Bcc"))
        wanted = tuple(labels)
        filed: dict[int, tuple[Person, FiledMessage]] = {}
        unknown: list[str] = []
        for recipient in dict.fromkeys(one.strip().lower() for one in recipients):
            mailbox = self._mailboxes.get(recipient)
            if mailbox is None:
                unknown.append(recipient)
            elif id(mailbox) not in filed:
                filed[id(mailbox)] = (
                    mailbox.person,
                    _receive(mailbox, carried, message, recipient, envelope_from, wanted, at),
                )
        known = tuple(dict.fromkeys(one.strip().lower() for one in recipients))
        delivery = Delivery(carried, envelope_from, known, at, tuple(filed.values()), tuple(unknown))
        if announce:
            with self._lock:
                listeners = tuple(self._listeners)
            for listener in listeners:
                listener(delivery)
        return delivery


def _receive(
    mailbox: Mailbox,
    carried: RawMessage,
    original: RawMessage,
    recipient: str,
    envelope_from: str,
    labels: Sequence[str],
    at: datetime,
) -> FiledMessage:
    """File a copy. What one sends to oneself is one message with both labels, as every vendor shows it."""
    sent = mailbox.holding(original)
    if sent is not None:
        return mailbox.relabel(sent.id, add=labels)
    trace = (
        ("Delivered-To", recipient),
        ("Return-Path", f"<{envelope_from}>"),
        ("Received", f"by mail.{recipient.rpartition('@')[2]} with SMTP; {format_datetime(at)}"),
    )
    return mailbox.file(carried, labels, at, trace=trace)
