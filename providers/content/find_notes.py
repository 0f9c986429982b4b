"""Look at a message's parts, headers and attachments for what it is besides its words."""

from collections.abc import Iterator

from providers.content.calendar import read_invitation
from providers.content.notes import (
    AttachedMessage,
    DeliveryReport,
    Elsewhere,
    Encrypted,
    Failure,
    Fragment,
    Note,
    Winmail,
)
from providers.content.reports import read_attached, read_delivery_report, read_receipt
from providers.mail import ContentPart, Message

_SMIME = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})


def notes_of(message: Message) -> Iterator[Note]:
    """Yield the notes on a message, the most telling first."""
    reports = list(_reports(message))
    yield from reports
    seen: set[Note] = set()
    for part in message.parts:
        note = _speaking(part)
        returned = bool(reports) and isinstance(note, AttachedMessage)
        if note is not None and note not in seen and not returned:
            seen.add(note)
            yield note
    yield from _sealed(message)
    if any(a.type in ("application/ms-tnef", "application/vnd.ms-tnef") for a in message.attachments) or any(
        a.name.casefold() == "winmail.dat" for a in message.attachments
    ):
        yield Winmail()


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
    failed = message.headers.get("x-failed-recipients", ())
    if failed and not found:
        addresses = [one.strip(" <>") for value in failed for one in value.split(",")]
        yield DeliveryReport(tuple(Failure(a[:320], "failed", "", "") for a in addresses[:20] if "@" in a))


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


def _sealed(message: Message) -> Iterator[Note]:
    """Say what is encrypted. A clear signature needs no word: the text is there."""
    declared = " ".join(message.headers.get("content-type", ())).casefold()
    types = {attachment.type for attachment in message.attachments}
    inline = "-----BEGIN PGP MESSAGE-----" in (message.text or "")[:20_000]
    if inline or "multipart/encrypted" in declared or "application/pgp-encrypted" in types:
        yield Encrypted("pgp")
    elif types & _SMIME or any(kind in declared for kind in _SMIME):
        yield Encrypted("smime", signed="signed-data" in declared)
