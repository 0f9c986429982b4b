"""Mail in neutral words: what a mailbox holds and what can be asked of it.

Words are JMAP's (RFC 8621) and RFC 5322's. Every datetime is aware and in UTC. Addresses are normalised by
`providers.content.addresses.normalise` before they get in here.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class EmailAddress:
    """An address with the name it was written with. Two are the same person when `address` is equal."""

    address: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file of a message. `part` is stable for the message (a MIME part path), unlike vendors' ids."""

    part: str
    name: str
    type: str
    size: int  # bytes, as the provider says
    inline: bool = False  # referred to from the HTML (Content-ID), not offered as a file by the sender
    content_id: str = ""


@dataclass(frozen=True, slots=True)
class ContentPart:
    """A small part that speaks by its type: an invitation, a delivery report, a receipt, an attached message.

    Made by `providers.content.parts.gather`, which holds the bounds (64 KiB each, 20 a message).
    """

    type: str  # "text/calendar", "message/delivery-status", "message/rfc822", …; lower case
    text: str  # of an attached message: its headers
    enclosed_html: str | None = None  # the body of an attached message, as `Message.html`
    enclosed_text: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """One message as the provider files it.

    `outgoing` comes from the provider's Sent filing, never from From (which anybody can write).
    """

    id: str
    thread_id: str
    sender: EmailAddress
    to: tuple[EmailAddress, ...]
    cc: tuple[EmailAddress, ...]
    bcc: tuple[EmailAddress, ...]
    reply_to: tuple[EmailAddress, ...]
    subject: str
    date: datetime
    outgoing: bool
    message_id: str = ""  # RFC 5322 Message-ID with its angle brackets, "" when there is none
    references: tuple[str, ...] = ()
    html: str | None = None
    text: str | None = None
    unique_html: str | None = None  # what the provider takes for new here (Graph uniqueBody), only a hint
    attachments: tuple[Attachment, ...] = ()
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by lower-case names, as evidence
    parts: tuple[ContentPart, ...] = ()  # what speaks by its type, in the order of the message
    preview: str = ""
    kind: str = "mail"  # "mail" | "meeting": what the provider says it is


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation, oldest message first. Drafts, spam, trash and chat items are left out."""

    id: str
    subject: str
    messages: tuple[Message, ...]
    version: str  # changes when the thread changes; equal versions mean equal content
    link: str  # opens it in the provider's own web page
    packed: "Packed | None" = field(default=None, compare=False, repr=False)

    def unpacked(self) -> "Thread":
        """Give the thread with its bodies; costs time where they are still packed, never a call."""
        return self.packed.unpack() if self.packed else self

    def unpacked_one(self, message: Message) -> Message:
        """Give one of the messages with its body, leaving those of the others packed."""
        return self.packed.unpack_one(message.id) if self.packed else message


@dataclass(frozen=True, slots=True)
class Packed:
    """Bodies that came with a list and wait as they came. `bytes` is about what they hold in memory."""

    bytes: int
    unpack: Callable[[], Thread]
    unpack_one: Callable[[str], Message]  # by the id of a message of the thread


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A stretch of a list. `cursor` is opaque, belongs to the one call that made it, None at the end."""

    items: tuple[T, ...]
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class InReplyTo:
    """What an answer is an answer to."""

    thread_id: str
    message_id: str  # the provider's id of the message
    rfc_message_id: str  # its Message-ID header, "" when it has none
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to one person, ready to be written down. No Cc, no Bcc: that is what makes it Mailroom."""

    sender: EmailAddress
    to: EmailAddress
    subject: str
    text: str
    html: str
    in_reply_to: InReplyTo | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """An outgoing message in the state just before the one act that cannot be undone.

    `ref` is the vendor's own note to itself (a draft id, a marker): a short text that survives a restart.
    `outgoing` is needed again where preparing leaves nothing at the provider.
    """

    key: str
    ref: str
    outgoing: Outgoing


@dataclass(frozen=True, slots=True)
class SentMessage:
    """What the provider filed under Sent."""

    id: str
    thread_id: str
    date: datetime


@dataclass(frozen=True, slots=True)
class DraftLink:
    """A draft that the person can go on with at the provider. `url` opens it there."""

    id: str
    url: str


@dataclass(frozen=True, slots=True)
class AttachmentStream:
    """The bytes of one attachment, in chunks, never all at once where the provider allows it."""

    name: str
    type: str
    size: int | None
    chunks: Iterator[bytes]


@dataclass(frozen=True, slots=True)
class Sighting:
    """A mail that a scan met: participants and headers, no body, no attachments.

    `categories` is the provider's own filing ("promotions", "updates", …). `others` are further mails within
    the scanned time by the same sender that were counted and not read: (message id, thread id). `sent` counts
    what the member ever wrote to the sender, where that was found out on the way; None: `exchanges` tells.
    `answers_me`: it answers a mail of the member's. `newer`: one of the `others` came after it.
    """

    message: Message
    categories: frozenset[str] = frozenset()
    others: tuple[tuple[str, str], ...] = ()
    sent: int | None = None
    answers_me: bool = False
    newer: bool = False


@dataclass(frozen=True, slots=True)
class Changes:
    """A stretch of what came in and went out. Hand `cursor` to the next call; it survives a restart.

    `done`: there is nothing more for now, and `cursor` is where the next night begins. `looked_at` counts the
    mails to the member that this stretch accounts for, read or not; `total` is how many there are in all, as
    far as is known. `filed_apart` counts those that the provider itself files as bulk and that were not read.
    """

    sightings: tuple[Sighting, ...]
    cursor: str
    done: bool
    looked_at: int = 0
    total: int | None = None
    filed_apart: int = 0


@dataclass(frozen=True, slots=True)
class Exchange:
    """What went back and forth with one address. `received` and `threads` are of the time asked for.

    `sent` counts what the member wrote to it, ever (no further than a page of the provider's list);
    `newest` is the newest mail from it, None when nothing was met.
    """

    address: str
    received: int = 0
    sent: int = 0
    threads: frozenset[str] = frozenset()
    last_sent: datetime | None = None
    newest: Sighting | None = None


class Mailbox(Protocol):
    """One person's mailbox, opened with a bare access token. Not thread-safe; open one per task.

    Raises: providers.errors, nothing else.
    """

    def threads_with(
        self, addresses: Sequence[str], words: str, limit: int, cursor: str | None
    ) -> Page[Thread]:
        """List threads that may hold mail from or to any of `addresses`, newest first, whole.

        A superset: who takes part in each message is for the caller to check. `words` narrows as the provider
        searches. Bodies may still be packed (`Thread.unpacked`); those of very large threads are left out.
        """

    def thread(self, thread_id: str) -> Thread:
        """Fetch one thread whole. Raises NotFound."""

    def attachment(self, message_id: str, part: str) -> AttachmentStream:
        """Open one attachment. Raises NotFound."""

    def own_addresses(self) -> tuple[EmailAddress, ...]:
        """Every address this mailbox may send as, the login address first."""

    def correspondents(self, since: datetime, cursor: str | None, every_sender: bool = False) -> Changes:
        """Look for people who wrote since then, at the lowest cost; whom the member answered comes first.

        `cursor` None begins a scan. One call does a bounded stretch (a few seconds), so that progress can be
        shown and a scan be cancelled between two. `every_sender` looks also at whoever the provider files as
        bulk. A cursor that came with `done` begins the next night: what came in and went out since then.
        Raises CursorExpired: begin again with None.
        """

    def exchanges(
        self,
        addresses: Sequence[str],
        since: datetime | None = None,
        *,
        sent: bool = True,
        newest: bool = True,
    ) -> tuple[Exchange, ...]:
        """Ask for each address what the member wrote to it, ever; with `since` also what came from it.

        At most 25 at a time, answered in the order given. An address for which it cannot be found out is left
        out. What is not wanted costs nothing: without `since` nothing is asked about what came, without
        `sent` nothing about what was written; without `newest` no header is read, and what came from longer
        addresses that end alike may be counted with it.
        """

    def prepare(self, outgoing: Outgoing, key: str) -> Prepared:
        """Write the message down so that it can be sent once. The same key again adopts what is there."""

    def send(self, prepared: Prepared) -> SentMessage | None:
        """Send it. None: taken, but what was filed is not known yet (find_sent will tell).

        Raises DeliveryUncertain when the answer was lost or what was prepared is gone, Refused or RateLimited
        when the provider said no and did nothing, Conflict when the person changed what was prepared. Where
        `Provider.sends_once` holds, sending the same Prepared again cannot send twice.
        """

    def find_sent(self, prepared: Prepared) -> SentMessage | None:
        """Look for the evidence that it went out. None says only that none was seen yet."""

    def discard(self, prepared: Prepared) -> None:
        """Take away what `prepare` left, where it still stands as it was prepared.

        What went out and what the person changed is left alone, and it is no error when nothing is there.
        """

    def save_draft(self, outgoing: Outgoing) -> DraftLink:
        """Leave it as a draft for the person to finish at the provider."""

    def search_link(self, addresses: Sequence[str]) -> str:
        """Address of the provider's web page that shows everything with these addresses."""
