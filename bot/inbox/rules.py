"""What counts as one-to-one, and who waits for whom. Pure: threads and addresses in, verdicts out.

One-to-one (product.md 2): take away the member's own addresses, and every address that remains in From, To
and Cc belongs to that person. Bcc on own mail and Reply-To do not count.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from providers.content.automated import marks_of
from providers.content.automated_rule import Kind
from providers.mail import EmailAddress, Message, Thread

Addresses = frozenset[str]


def participants(message: Message) -> tuple[EmailAddress, ...]:
    """Everybody in From, To and Cc."""
    return (message.sender, *message.to, *message.cc)


def others(message: Message, own: Addresses) -> Addresses:
    """Who remains when the member's own addresses are taken away."""
    return frozenset(p.address for p in participants(message) if p.address and p.address not in own)


def one_to_one(message: Message, own: Addresses, person: Addresses) -> bool:
    """Say whether a message is between the member and this one person."""
    remaining = others(message, own)
    return bool(remaining) and remaining <= person


def with_person(message: Message, person: Addresses) -> bool:
    """Say whether the person takes part at all. The provider's search also finds look-alikes."""
    return any(p.address in person for p in participants(message))


@dataclass(frozen=True, slots=True)
class Conversation:
    """A thread that holds at least one one-to-one message, judged.

    `mine` says who wrote the last one-to-one message: if it is mine, the person's answer is awaited.
    `called` is the name that the newest of these messages gives the person, "" when none gives one.
    """

    account_id: str
    thread: Thread
    between: tuple[Message, ...]  # the one-to-one messages, oldest first
    mine: bool
    called: str = ""

    @property
    def last(self) -> Message:
        return self.between[-1]

    @property
    def at(self) -> datetime:
        return self.last.date

    @property
    def files(self) -> int:
        return sum(1 for m in self.between for a in m.attachments if not a.inline)


def judge(account_id: str, thread: Thread, own: Addresses, person: Addresses) -> Conversation | None:
    """Make a conversation of a thread. None: it holds nothing one-to-one."""
    between = tuple(m for m in thread.messages if one_to_one(m, own, person))
    if not between:
        return None
    called = (p.name for m in reversed(between) for p in participants(m) if p.address in person and p.name)
    return Conversation(account_id, thread, between, from_me(between[-1], own), next(called, ""))


def from_me(message: Message, own: Addresses) -> bool:
    """Say whether the member wrote it: by the provider's Sent filing, or From where it was sent elsewhere."""
    return message.outgoing or message.sender.address in own


@dataclass(frozen=True, slots=True)
class Row:
    """What a list says of a conversation; without bodies, so that a listing weighs little."""

    account_id: str
    thread_id: str
    subject: str
    link: str
    by: EmailAddress
    at: datetime
    mine: bool
    messages: int
    files: int
    preview: str
    called: str = ""
    awaited: bool = True  # somebody's answer is: a machine waits for none


def row(conversation: Conversation) -> Row:
    """Sum a conversation up for a list."""
    last = conversation.last
    return Row(
        account_id=conversation.account_id,
        thread_id=conversation.thread.id,
        subject=conversation.thread.subject,
        link=conversation.thread.link,
        by=last.sender,
        at=last.date,
        mine=conversation.mine,
        messages=len(conversation.between),
        files=conversation.files,
        preview=last.preview,
        called=conversation.called,
        awaited=is_awaited(last, conversation.mine),
    )


def is_awaited(last: Message, mine: bool) -> bool:
    """Say whether somebody's answer to the last message is awaited."""
    return not _settles(last) and (mine or not _from_machine(last))


def _settles(message: Message) -> bool:
    """Say whether it answers an invitation or takes it back: nothing is open then. Source: RFC 5546 3.2."""
    types = (part.type.casefold() for part in message.parts if part.type.startswith("text/calendar"))
    return any("method=reply" in type_ or "method=cancel" in type_ for type_ in types)


def _from_machine(message: Message) -> bool:
    """Say whether nobody waits behind it, by its headers alone: a list has no time for the words.

    An invitation was written by a program too, but somebody waits for its answer.
    """
    marks = marks_of(replace(message, text=None, html=None))
    return marks.automated and not marks.of(Kind.CALENDAR)


def company(thread: Thread, own: Addresses, person: Addresses) -> tuple[Addresses, ...]:
    """For each message with the person, who else takes part. Empty: the person is not in it at all."""
    return tuple(others(m, own) - person for m in thread.messages if with_person(m, person))


def always_there(companies: Iterable[tuple[Addresses, ...]]) -> str:
    """Find the one further address that takes part in all mail with the person; "" when there is none.

    It is probably the member's own (a shared mailbox, an old address), and hides everything (product.md 2).
    """
    shared: Addresses | None = None
    for further in (each for thread in companies for each in thread):
        shared = further if shared is None else shared & further
        if not shared:
            return ""
    return next(iter(shared)) if shared and len(shared) == 1 else ""


def answerable(conversation: Conversation, own: Addresses) -> Message:
    """Pick the message that an answer answers: the person's newest, or, if there is none, the last of all."""
    theirs = [m for m in conversation.between if not from_me(m, own)]
    return theirs[-1] if theirs else conversation.last


def best_alias(message: Message, own: Sequence[str], fallback: str) -> str:
    """Choose the own address that the person wrote to; on own mail, the one it was sent from."""
    addressed = [p.address for p in (*message.to, *message.cc)]
    for address in (*addressed, message.sender.address):
        if address in own:
            return address
    return fallback
