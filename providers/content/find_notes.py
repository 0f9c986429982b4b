"""Look at a message's parts, headers and attachments for what it is besides its words."""

from collections.abc import Iterator
from dataclasses import replace

from providers.content.calendar import read_invitation, words_in
from providers.content.notes import (
    AttachedMessage,
    Elsewhere,
    Encrypted,
    Fragment,
    Invitation,
    Note,
    ReadReceipt,
    Winmail,
)
from providers.content.reports import read_attached, read_delivery_report, read_receipt
from providers.content.text_reports import read_text_report
from providers.mail import ContentPart, Message

_TNEF = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})


def notes_of(message: Message) -> Iterator[Note]:
    """Yield the notes on a message, the most telling first, with the names the mail has for addresses."""
    return (_with_names(note, message) for note in _found(message))


def _found(message: Message) -> Iterator[Note]:
    reports = list(_reports(message))
    yield from reports
    seen: set[Note] = set()
    for part in message.parts:
        note = _speaking(part)
        returned = bool(reports) and isinstance(note, AttachedMessage)
        if note is not None and note not in seen and not returned:
            seen.add(note)
            yield note
    types = {attachment.type for attachment in message.attachments}
    yield from _sealed(message, " ".join(types))
    names = (attachment.name for attachment in message.attachments)
    if types & _TNEF or any(name.casefold() == "winmail.dat" for name in names):
        yield Winmail()


def _with_names(note: Note, message: Message) -> Note:
    if not isinstance(note, Invitation | ReadReceipt):
        return note
    people = (message.sender, *message.to, *message.cc, *message.reply_to)
    names = {person.address.casefold(): person.name for person in people if person.name}
    if isinstance(note, ReadReceipt):
        return replace(note, reader=names.get(note.reader.casefold(), note.reader))
    named = [
        replace(person, name=person.name or names.get(person.address, ""))
        for person in (*note.attendees, *filter(None, (note.organizer,)))
    ]
    organizer = named.pop() if note.organizer else None
    return replace(note, attendees=tuple(named), organizer=organizer)


def words_in_parts(message: Message) -> str:
    """Return what a person wrote into an invitation or its answer, for a mail without a text of its own."""
    calendars = (part for part in message.parts if part.type.startswith("text/calendar"))
    return next(filter(None, (words_in(part.text) for part in calendars)), "")


def _reports(message: Message) -> Iterator[Note]:
    original = next(
        (part.text for part in message.parts if part.type in ("message/rfc822", "text/rfc822-headers")), ""
    )
    found = False
    for part in message.parts:
        if part.type in ("message/delivery-status", "message/global-delivery-status"):
            report = read_delivery_report(part.text, original)
            found = found or report is not None
            if report is not None:
                yield report
        elif part.type in ("message/disposition-notification", "message/global-disposition-notification"):
            receipt = read_receipt(part.text, original)
            if receipt is not None:
                yield receipt
    if not found:
        listed = message.headers.get("x-failed-recipients", ())
        failed = tuple(one.strip(" <>") for value in listed for one in value.split(",") if "@" in one)
        in_words = read_text_report(message.text or "", message.sender.address, failed)
        if in_words is not None:
            yield in_words


def _speaking(part: ContentPart) -> Note | None:
    kind, _, rest = part.type.partition(";")
    pairs = (one.partition("=") for one in rest.split(";"))
    parameters = {name.strip(): value.strip() for name, _, value in pairs}
    if kind == "text/calendar":
        return read_invitation(part.text, parameters.get("method", ""))
    if kind in ("message/rfc822", "message/global"):
        return read_attached(part.text)
    if kind == "message/partial":
        return Fragment(_number(parameters.get("number", "")), _number(parameters.get("total", "")))
    if kind == "message/external-body":
        return Elsewhere()
    return None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _sealed(message: Message, types: str) -> Iterator[Note]:
    """Say what is encrypted. A clear signature needs no word: the text is there."""
    declared = " ".join((*message.headers.get("content-type", ()), types)).casefold()
    inline = message.text is not None and "-----BEGIN PGP MESSAGE-----" in message.text[:20_000]
    if inline or "multipart/encrypted" in declared or "application/pgp-encrypted" in declared:
        yield Encrypted("pgp")
    elif "pkcs7-mime" in declared:
        yield Encrypted("smime", signed="signed-data" in declared)
