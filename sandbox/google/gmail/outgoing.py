"""A message on its way out: whom its bytes say it goes to, and what Gmail changes in it."""

import base64
import binascii
import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, formataddr

from sandbox.google.gmail.call import Call
from sandbox.google.gmail.errors import ApiError, invalid, not_found
from sandbox.mail.mailbox import SENT, FiledMessage
from sandbox.mail.people import Person
from sandbox.mail.raw import RawMessage, parse_addresses, with_header

_ADDRESS = re.compile(r"[^\s@<>(),;:\\\"\[\]]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_ALPHABET = re.compile(rb"[A-Za-z0-9_\-+/]*={0,2}")


@dataclass(frozen=True, slots=True, repr=False)
class Mail:
    """What a client handed in."""

    raw: bytes
    thread_id: str


def read_upload(call: Call, message: object) -> Mail:
    """Read a Message body: `raw` in JSON, or the second part of an upload. Raises ApiError."""
    given = message if isinstance(message, dict) else {}
    thread_id = str(given.get("threadId") or "")
    if call.media is not None:
        return Mail(call.media, thread_id)
    return Mail(decode_raw(str(given.get("raw") or "")), thread_id)


def decode_raw(text: str) -> bytes:
    """Decode `raw`: base64url, padding optional; anything else is refused."""
    data = text.encode("ascii", "replace")
    if not _ALPHABET.fullmatch(data):
        raise ApiError(
            400, "badRequest", "Invalid value at 'message.raw' (TYPE_BYTES), Base64 decoding failed"
        )
    data = data.rstrip(b"=").replace(b"+", b"-").replace(b"/", b"_")
    try:
        return base64.urlsafe_b64decode(data + b"=" * (-len(data) % 4))
    except binascii.Error:
        raise ApiError(
            400, "badRequest", "Invalid value at 'message.raw' (TYPE_BYTES), Base64 decoding failed"
        ) from None


def recipients_of(raw: RawMessage) -> list[str]:
    """List exactly those that the bytes name in To, Cc and Bcc, injected headers too. Raises ApiError."""
    found: list[str] = []
    for name in ("To", "Cc", "Bcc"):
        for value in raw.all(name):
            addresses = [address for _, address in parse_addresses([value])]
            whole = [one for one in addresses if _ADDRESS.fullmatch(one)]
            if value.strip() and (not whole or len(whole) < len(addresses)):
                raise invalid(f"Invalid {name} header")
            found += whole
    if not found:
        raise invalid("Recipient address required")
    return list(dict.fromkeys(found))


def as_sent(raw: bytes, person: Person, now: datetime) -> bytes:
    """Change what Gmail changes: its own Message-ID, a From that may be used, a Date when there is none."""
    message = RawMessage(raw)
    accepted = {one.address.lower(): one for one in person.identities() if one.accepted}
    written = message.addresses("From")
    if len(written) != 1 or len(message.all("From")) != 1 or written[0][1] not in accepted:
        primary = person.identities()[0]
        raw = with_header(raw, "From", formataddr((primary.name, primary.address)))
    if not message.first("Date"):
        raw = with_header(raw, "Date", format_datetime(now))
    if not message.first("MIME-Version"):
        raw = with_header(raw, "MIME-Version", "1.0")
    return with_header(raw, "Message-ID", f"<CA{secrets.token_urlsafe(34)}@mail.gmail.com>")


def thread_to_join(call: Call, raw: RawMessage, thread_id: str) -> str | None:
    """Say whether a message may join the thread it names: it must answer it, under the same subject.

    Source: https://developers.google.com/workspace/gmail/api/guides/threads (three conditions).
    """
    if not thread_id:
        return None
    subject = call.mailbox.thread_subject(thread_id)
    if subject is None:
        raise not_found()
    answers = call.mailbox.knows(thread_id, raw.references)
    return thread_id if answers and subject == raw.base_subject else None


@dataclass(frozen=True, slots=True, repr=False)
class Leaving:
    """A message that is filed under Sent and about to be carried."""

    filed: FiledMessage
    recipients: list[str]


def file_sent(call: Call, raw: bytes, thread_id: str | None) -> Leaving:
    """Check a message and file it under Sent. Raises ApiError, then nothing has happened."""
    now = call.state.now()
    message = RawMessage(as_sent(raw, call.person, now))
    recipients = recipients_of(message)
    call.state.meter.charge_mail(call.person, len(recipients))
    filed = call.mailbox.file(message, {SENT}, now, thread_id=thread_id, join=False)
    return Leaving(filed, recipients)


def carry(call: Call, leaving: Leaving) -> FiledMessage:
    """Deliver it. Never under a mailbox's lock: two people who write to each other would wait for ever."""
    filed = leaving.filed
    call.world.deliver(filed.raw, call.person.address, leaving.recipients, filed.at)
    return call.mailbox.message(filed.id) or filed
