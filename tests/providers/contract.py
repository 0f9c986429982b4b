"""What every provider must do, whoever it is: one contract class for each protocol.

A vendor's test file makes a `Stage` (its face of the sandbox with the real client in front) and inherits the
contracts unchanged. The stage belongs to Ann; Dana is her contact, Eve a third party, Sales is Ann's alias.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from email.message import EmailMessage

from providers import Provider
from providers.mail import EmailAddress, InReplyTo, Mailbox, Message, Outgoing, Thread
from providers.oauth import Capability, ConnectedIdentity
from sandbox.mail.mailbox import Mailbox as KeptMail

MAIL = frozenset({Capability.READ, Capability.SEND, Capability.DRAFT})
REDIRECT = "https://mailroom.example/connect/callback"

ANN = "ann@northwind.example"
SALES = "sales@northwind.example"
UNVERIFIED = "ann@elsewhere.example"
DANA = "dana@partner.example"
EVE = "eve@elsewhere.example"


class Stage(ABC):
    """A provider with people in its mailboxes, and the ways in which it can go wrong."""

    provider: Provider

    @abstractmethod
    def open(self, *missing: Capability) -> Mailbox:
        """Open Ann's mailbox, with a grant that lacks some capabilities."""

    @abstractmethod
    def mail(
        self,
        sender: str,
        to: str,
        subject: str,
        text: str = "Hello",
        *,
        minutes_ago: int = 0,
        cc: str = "",
        answers: str = "",
        body: EmailMessage | None = None,
    ) -> str:
        """Let somebody write to somebody; gives the Message-ID as it is in the reader's mailbox."""

    @abstractmethod
    def inbox(self, address: str) -> list[EmailMessage]:
        """Everything that ever arrived for an address."""

    @abstractmethod
    def move(self, subject: str, place: str) -> None:
        """Have Ann move her messages of a subject to "spam" or "trash"."""

    @property
    @abstractmethod
    def kept(self) -> KeptMail:
        """What the provider keeps for Ann."""

    @abstractmethod
    def drafts(self) -> list[EmailMessage]:
        """The drafts in Ann's mailbox."""

    @abstractmethod
    def edit_draft(self, recipient: str) -> None:
        """Have Ann change whom her only draft goes to."""

    @abstractmethod
    def discard_drafts(self) -> None:
        """Have Ann throw her drafts away."""

    @abstractmethod
    def lose_answer_of_send(self) -> None:
        """Break the connection after the next send took effect."""

    @abstractmethod
    def lose_request_of_send(self) -> None:
        """Break the connection before the next send takes effect."""

    @abstractmethod
    def fail(self, status: int) -> None:
        """Answer the next reading with this status."""

    @abstractmethod
    def refuse_reading(self, *, refused: bool = True) -> None:
        """Refuse all reading as too much for an hour, or let it pass again."""

    @abstractmethod
    def stop_sending(self) -> None:
        """Refuse all sending for an hour."""

    @abstractmethod
    def end_access(self) -> None:
        """Make every access token worthless."""

    @abstractmethod
    def consent(
        self, url: str, *, without: Sequence[Capability] = (), deny: bool = False
    ) -> Mapping[str, str]:
        """Walk the consent pages as Ann; gives the query of the callback."""

    @abstractmethod
    def take_back(self) -> None:
        """Have Ann withdraw the access on the provider's own page."""

    @abstractmethod
    def with_wrong_secret(self) -> Provider:
        """The provider, built with a client secret that is not ours."""

    @abstractmethod
    def fail_sign_in(self, status: int) -> None:
        """Answer the next request to the token endpoint with this status."""


def outgoing(
    text: str = "Yes, gladly.", *, subject: str = "Lunch", sender: str = ANN, reply: Message | None = None
) -> Outgoing:
    """A message from Ann to Dana."""
    answer = None
    if reply:
        answer = InReplyTo(reply.thread_id, reply.id, reply.message_id, reply.references)
    to = EmailAddress(DANA, "Dana Reyes")
    return Outgoing(EmailAddress(sender, "Ann Lee"), to, subject, text, f"<p>{text}</p>", answer)


def sign_in(stage: Stage, *, without: Sequence[Capability] = ()) -> ConnectedIdentity:
    """Connect Ann's account."""
    begun = stage.provider.oauth.begin("state-1", REDIRECT, MAIL, ANN)
    return stage.provider.oauth.finish(begun.flow, REDIRECT, stage.consent(begun.url, without=without))


def list_all(mailbox: Mailbox, *addresses: str, words: str = "", limit: int = 20) -> list[Thread]:
    """Follow the cursors to the end; the threads come unpacked, as a member would read them."""
    found: list[Thread] = []
    page = mailbox.threads_with(addresses, words, limit, None)
    found += page.items
    while page.cursor is not None:
        page = mailbox.threads_with(addresses, words, limit, page.cursor)
        found += page.items
    for one in found:  # a list shows the last message of a thread by itself
        assert tuple(map(one.unpacked_one, one.messages)) == one.unpacked().messages
    return [one.unpacked() for one in found]


def subjects(threads: Sequence[Thread]) -> list[str]:
    """What the threads are about, in their order."""
    return [one.subject for one in threads]
