"""Typed words, signature and quotation → the message as it goes out. Pure.

Recipient and sender are the ones that the person saw and chose; nothing here looks for others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.inbox.letters import Body
from bot.inbox.rich_text import Written, paragraphs, written
from bot.inbox.rules import Addresses, from_me, one_to_one, others
from bot.words import Reader
from providers.content.addresses import clean_name
from providers.content.reading import read_message
from providers.mail import EmailAddress, InReplyTo, Message, Outgoing, Thread

MOST_QUOTED = 50_000  # characters of the message below the answer
_QUOTED = "margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex"
_LONG_AGO = timedelta(days=800)


@dataclass(frozen=True, slots=True)
class Answered:
    """The message that is answered, and what came in from the same person after it, oldest first.

    `names`: what the addresses of the conversation are called in it.
    """

    message: Message
    thread_id: str
    newer: tuple[Message, ...]
    names: Mapping[str, str]


def find_answered(thread: Thread, message_id: str, own: Addresses, contact: Addresses) -> Answered | None:
    """Find the message again in a fresh thread. None: it is not there any more."""
    message = next((m for m in thread.messages if m.id == message_id), None)
    if message is None:
        return None
    person = (others(message, own) | contact) - own
    newer = tuple(
        m
        for m in thread.messages
        if m.date > message.date and not from_me(m, own) and one_to_one(m, own, person)
    )
    return Answered(message, thread.id, newer, names_in(thread.messages))


def names_in(messages: Sequence[Message]) -> dict[str, str]:
    """Collect what addresses are called: by their owners, else by those who write to them."""
    named: dict[str, str] = {}
    for message in messages:
        for one in (*message.to, *message.cc):
            if one.name and one.name != one.address:
                named.setdefault(one.address, one.name)
    owned = {m.sender.address: m.sender.name for m in messages if m.sender.name}
    return named | owned


def may_receive(to: str, answered: Message, own: Addresses, contact: Addresses) -> bool:
    """Say whether an answer to this message may go to this address."""
    asked_for = {a.address for a in answered.reply_to}
    return to in (others(answered, own) | contact | asked_for)


def letter(
    body: Body,
    *,
    sender: EmailAddress,
    to: EmailAddress,
    subject: str,
    signature: str,
    answered: Answered | None,
    reader: Reader,
) -> Outgoing:
    """Put the whole message together."""
    parts = [written(body.typed)]
    if body.signature and signature.strip():
        parts.append(_signature(signature.strip("\n")))
    if body.quote and answered:
        parts.append(_quotation(answered.message, reader))
    text = "\n\n".join(part.text for part in parts)
    html = "<br>\n".join(part.html for part in parts)
    return Outgoing(
        replace(sender, name=clean_name(sender.name)),
        replace(to, name=clean_name(to.name)),
        answered.message.subject if answered else subject,
        text,
        f'<div dir="auto">{html}</div>',
        _in_reply_to(answered) if answered else None,
    )


def _in_reply_to(answered: Answered) -> InReplyTo:
    message = answered.message
    return InReplyTo(answered.thread_id, message.id, message.message_id, message.references)


def _signature(signature: str) -> Written:
    # "-- " with its blank is what mail programs know as the beginning of a signature (RFC 3676 4.3)
    return Written(f"-- \n{signature}", f"<div>-- <br>\n{paragraphs(signature)}</div>")


def _quotation(message: Message, reader: Reader) -> Written:
    said = read_message(message).text[:MOST_QUOTED]
    who = clean_name(message.sender.name) or message.sender.address
    intro = reader.say(
        "On {day} at {time}, {name} wrote:",
        day=_full_day(reader, message.date),
        time=reader.time(message.date),
        name=who,
    )
    lines = "\n".join(f"> {line}".rstrip() for line in said.split("\n"))
    inner = f'<div>{paragraphs(intro)}</div><blockquote type="cite" style="{_QUOTED}">{paragraphs(said)}'
    return Written(f"{intro}\n{lines}", f"{inner}</blockquote>")


def _full_day(reader: Reader, at: datetime) -> str:
    # read from far enough away every day is named in full: the mail is read on another day
    return replace(reader, now=at + _LONG_AGO).day(at)
