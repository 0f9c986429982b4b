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
from providers.content.parts import ENCLOSING
from providers.content.reports import read_attached, read_delivery_report, read_receipt
from providers.content.text_reports import may_tell, read_text_report
from providers.mail import ContentPart, Message

_TNEF = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})


def notes_of(message: Message) -> Iterator[Note]:
    """Yield the notes on a message, the most telling first, with the names the mail has for addresses."""
    reports = list(_reports(message)) if message.parts else []
    if not reports and may_tell(message.text, message.sender.address, message.headers):
        reports = list(_told(message))
    yield from reports
    if not message.parts and not message.attachments:
        yield from _sealed(message, "")
        return
    seen: set[Note] = set()
    for part in message.parts:
        note = _speaking(part, message)
        returned = bool(reports) and isinstance(note, AttachedMessage)
        if note is not None and note not in seen and not returned:
            seen.add(note)
            yield note
    types = {attachment.type for attachment in message.attachments}
    yield from _sealed(message, " ".join(types))
    names = (attachment.name for attachment in message.attachments)
    if types & _TNEF or any(name.casefold() == "winmail.dat" for name in names):
        yield Winmail()


def _with_names(note: Invitation | ReadReceipt, message: Message) -> Note:
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
    for part in message.parts:
        if part.type in ("message/delivery-status", "message/global-delivery-status"):
            report = read_delivery_report(part.text, original)
            if report is not None:
                yield report
        elif part.type in ("message/disposition-notification", "message/global-disposition-notification"):
            receipt = read_receipt(part.text, original)
            if receipt is not None:
                yield _with_names(receipt, message)


def _told(message: Message) -> Iterator[Note]:
    """Yield the report that a bounce tells in words for people alone."""
    listed = message.headers.get("x-failed-recipients", ())
    failed = tuple(one.strip(" <>") for value in listed for one in value.split(",") if "@" in one)
    report = read_text_report(message.text or "", failed)
    if report is not None:
        yield report


def _speaking(part: ContentPart, message: Message) -> Note | None:
    kind, _, rest = part.type.partition(";")
    pairs = (one.partition("=") for one in rest.split(";"))
    parameters = {name.strip(): value.strip() for name, _, value in pairs}
    if kind == "text/calendar":
        invitation = read_invitation(part.text, parameters.get("method", ""))
        return _with_names(invitation, message) if invitation else None
    if kind in ENCLOSING:
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
