"""What a message is besides its words, in plain sentences: bounces, receipts, sealed mail and the rest."""

from functools import singledispatch
from typing import Any

from bot.blocks import clip, one_line, rich, span
from bot.inbox.body_invitations import invitation_lines, name_of
from bot.words import Reader
from providers.content.notes import (
    AttachedMessage,
    DeliveryReport,
    Elsewhere,
    Encrypted,
    Failure,
    Fragment,
    HiddenWords,
    Invitation,
    Note,
    NoText,
    ReadReceipt,
    TooLong,
    Winmail,
)

MAX_NAMES = 8  # addresses of a report


def draw_note(note: Note, reader: Reader) -> dict[str, Any]:
    """Draw a note as a block: the first line says what it is."""
    first, *others = note_lines(note, reader)
    return rich([span(clip(first, 300), bold=True)], *([span(clip(line, 400))] for line in others))


def note_lines(note: Note, reader: Reader) -> list[str]:
    """Say a note in one or more lines of plain text."""
    return _lines(note, reader)


@singledispatch
def _lines(_note: object, reader: Reader) -> list[str]:
    return [reader.say("This message holds something that Mailroom cannot show.")]


@_lines.register
def _(note: Invitation, reader: Reader) -> list[str]:
    return invitation_lines(note, reader)


@_lines.register
def _(note: DeliveryReport, reader: Reader) -> list[str]:
    failed = [
        failure for failure in note.failures if failure.action not in ("delivered", "relayed", "expanded")
    ]
    shown = failed or list(note.failures)
    addresses = reader.listed([failure.address for failure in shown[:MAX_NAMES]])
    if not failed:
        title = reader.say("Delivered to {addresses}.", addresses=addresses)
    elif all(failure.action == "delayed" for failure in failed):
        title = reader.say(
            "Not delivered yet to {addresses}. The mail system keeps trying.", addresses=addresses
        )
    else:
        title = reader.say("Not delivered to {addresses}.", addresses=addresses)
    lines = [title]
    if note.subject:
        lines.append(reader.say("The message: {subject}", subject=note.subject))
    if failed:
        lines.extend(dict.fromkeys(_reason(failure, reader) for failure in failed[:3]))
    return [line for line in lines if line]


_REASONS = {
    "5.1.1": "The address does not exist.",
    "5.1.2": "The part after the @ does not exist.",
    "5.1.10": "The address does not exist.",
    "5.4.1": "The receiving server refused the address.",
    "5.4.4": "The part after the @ could not be found.",
    "5.2.2": "The mailbox is full.",
    "4.2.2": "The mailbox is full.",
    "5.2.1": "The mailbox is switched off.",
    "5.2.3": "The message is too large for that mailbox.",
    "5.3.4": "The message is too large for that mailbox.",
    "5.7.1": "The receiving server does not take the message, by its own rules.",
    "5.7.26": "The receiving server could not be sure who sent the message.",
    "4.4.7": "The receiving server could not be reached in time.",
    "5.4.7": "The receiving server could not be reached in time.",
    "4.4.1": "The receiving server does not answer.",
}


def _reason(failure: Failure, reader: Reader) -> str:
    known = _REASONS.get(failure.status, "")
    if known:
        return reader.say(known)
    if failure.reason:
        return reader.say("The other side said: {reason}", reason=clip(one_line(failure.reason), 300))
    return reader.say("No reason was given.")


@_lines.register
def _(note: ReadReceipt, reader: Reader) -> list[str]:
    who = note.reader or reader.say("The other side")
    if note.deleted:
        title = reader.say("{who} deleted your message without opening it.", who=who)
    else:
        title = reader.say("{who} opened your message.", who=who)
    return [title, reader.say("The message: {subject}", subject=note.subject)] if note.subject else [title]


@_lines.register
def _(note: Encrypted, reader: Reader) -> list[str]:
    if note.signed:
        return [reader.say("This message is signed in a form (S/MIME) that Mailroom cannot open.")]
    if note.kind == "pgp":
        return [reader.say("This message is encrypted with PGP. Only your own mail program can open it.")]
    return [reader.say("This message is encrypted with S/MIME. Only your own mail program can open it.")]


@_lines.register
def _(_note: Winmail, reader: Reader) -> list[str]:
    return [
        reader.say("Part of this message is packed in a form of Outlook's own (winmail.dat)."),
        reader.say("Ask the sender to send it as HTML or plain text to see what is in it."),
    ]


@_lines.register
def _(note: AttachedMessage, reader: Reader) -> list[str]:
    subject = note.subject or reader.say("no subject")
    who = name_of(note.sender)
    if who:
        return [reader.say("Attached message from {who}: {subject}", who=who, subject=subject)]
    return [reader.say("Attached message: {subject}", subject=subject)]


@_lines.register
def _(note: Fragment, reader: Reader) -> list[str]:
    if note.number and note.total:
        return [
            reader.say("This is part {n} of {total} of a longer message.", n=note.number, total=note.total)
        ]
    return [reader.say("This is one part of a longer message.")]


@_lines.register
def _(_note: Elsewhere, reader: Reader) -> list[str]:
    return [reader.say("The content lies on another server and was not fetched.")]


@_lines.register
def _(_note: TooLong, reader: Reader) -> list[str]:
    return [reader.say("This message is very long: its beginning is shown here.")]


@_lines.register
def _(_note: HiddenWords, reader: Reader) -> list[str]:
    return [reader.say("The sender's program hid all words of this message. They are shown here.")]


@_lines.register
def _(_note: NoText, reader: Reader) -> list[str]:
    return [reader.say("This message has no text.")]
