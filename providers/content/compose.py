"""An outgoing message → RFC 5322 bytes that say exactly what was meant, to exactly one person.

Python's modern header policies decode encoded words that stand in a subject and can be made to write an
extra header line (CVE-2024-6923, there on 3.11.7), and they damage Message-IDs longer than a line. So values
are cleaned, written literally under the compat32 policy, and the finished bytes are read again and compared.
Source: RFC 5322, RFC 2047, RFC 2046 5.1.4, reference/providers.md 1.5, reference/reliability.md T13.
"""

import io
import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from email.charset import QP, Charset
from email.generator import BytesGenerator
from email.header import Header
from email.message import Message as MimeMessage
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.parser import BytesParser
from email.policy import compat32
from email.utils import format_datetime

from providers.content.addresses import clean_name, parse_addresses
from providers.mail import EmailAddress, Outgoing

KEY_HEADER = "X-Mailroom-Key"

_POLICY = compat32.clone(max_line_length=998, linesep="\r\n", raise_on_defect=False)
_SUBJECT_LIMIT = 400
_REFERENCES_LIMIT = 60
_MESSAGE_ID = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]{1,900}>")
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,253}")
_KEY = re.compile(r"[A-Za-z0-9_-]{8,80}")
_STRUCTURE = re.compile(r"[<>\[\]:;@\\\"=?]")
_HEADER_NAME = re.compile(rb"([!-9;-~]+):")

# What mail programs put before a subject when they answer or pass on, in the languages they speak.
_PREFIXES = "re|r|aw|antw|sv|vs|odp|res|ref|rif|rv|ynt|fwd?|wg|tr|enc|doorst|vl|ilt|回复|答复|转发|返信"
_PREFIX = re.compile(rf"\s*(?:{_PREFIXES})\s*(?:\[\d{{1,4}}\]|\(\d{{1,4}}\))?\s*[:：]\s*", re.IGNORECASE)


class Unsendable(ValueError):
    """The message cannot be written down safely. The text names the place, never the content."""


def base_subject(subject: str) -> str:
    """Take the answer and forward marks of any language off the front of a subject."""
    rest = subject.strip()
    while found := _PREFIX.match(rest):
        rest = rest[found.end() :]
    return rest.strip()


def reply_subject(subject: str) -> str:
    """Make the subject of an answer. Doing it twice changes nothing."""
    return f"Re: {base_subject(subject)}".strip()


def can_be_written_to(address: str) -> bool:
    """Say whether a message to this address can be written down: a header may hold anything."""
    return _ADDRESS.fullmatch(address) is not None


def compose(outgoing: Outgoing, key: str, at: datetime) -> bytes:
    """Write the message down, `key` as its X-Mailroom-Key header ("" for none).

    No Message-ID: the provider gives one. Raises Unsendable.
    """
    message = MIMEMultipart("alternative", policy=_POLICY)
    headers = _headers(outgoing, key, at)
    for name, value in headers:
        message[name] = value
    message.attach(_text_part(outgoing.text, "plain"))
    message.attach(_text_part(outgoing.html, "html"))
    written = io.BytesIO()
    BytesGenerator(written, mangle_from_=False, policy=_POLICY).flatten(message)
    raw = written.getvalue()
    _check(raw, message, outgoing)
    return raw


def _headers(outgoing: Outgoing, key: str, at: datetime) -> list[tuple[str, str]]:
    answer = outgoing.in_reply_to
    subject = reply_subject(outgoing.subject) if answer else outgoing.subject
    headers = [
        ("From", _person(outgoing.sender, "sender")),
        ("To", _person(outgoing.to, "recipient")),
        ("Subject", _words(_one_line(subject, _SUBJECT_LIMIT))),
        ("Date", format_datetime(at)),
    ]
    if answer and _MESSAGE_ID.fullmatch(answer.rfc_message_id):
        headers.append(("In-Reply-To", answer.rfc_message_id))
        headers.append(("References", " ".join(_chain(answer.references, answer.rfc_message_id))))
    if key:
        if not _KEY.fullmatch(key):
            raise Unsendable("key")
        headers.append((KEY_HEADER, key))
    return headers


def _person(who: EmailAddress, role: str) -> str:
    if not _ADDRESS.fullmatch(who.address):
        raise Unsendable(role)
    name = _one_line(clean_name(who.name), 100)
    if not name:
        return who.address
    if name.isascii() and "=?" not in name:
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" <{who.address}>'
    # Some programs undo the encoding before they look for brackets and colons: then these must not be there.
    plain = " ".join(_STRUCTURE.sub(" ", name).split())
    return f"{_encoded(plain)} <{who.address}>" if plain else who.address


def _words(text: str) -> str:
    """Write text for a header so that it is read as these very words, also when it looks like code."""
    return text if text.isascii() and "=?" not in text else _encoded(text)


def _encoded(text: str) -> str:
    return Header(text, "utf-8", maxlinelen=75, header_name="Subject").encode(linesep="\n")


def _one_line(text: str, limit: int) -> str:
    spaced = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cs") else c for c in text)
    return " ".join(spaced.split())[:limit].rstrip()


def _chain(references: Sequence[str], parent: str) -> list[str]:
    """Bound the ancestors: the first of a conversation and its latest are what mail programs look for."""
    known = dict.fromkeys(one for one in references if _MESSAGE_ID.fullmatch(one))
    known.pop(parent, None)
    chain = [*known, parent]
    return chain if len(chain) <= _REFERENCES_LIMIT else [chain[0], *chain[1 - _REFERENCES_LIMIT :]]


def _text_part(text: str, subtype: str) -> MIMENonMultipart:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    clean = "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    charset = Charset("utf-8")
    charset.body_encoding = QP  # readable in every mail program's source view, and lines stay short
    part = MIMENonMultipart("text", subtype, policy=_POLICY)
    part.set_payload(clean if clean.endswith("\n") else f"{clean}\n", charset)
    return part


def _check(raw: bytes, meant: MimeMessage, outgoing: Outgoing) -> None:
    """Read the finished bytes twice, by hand and by parser, and compare. Raises Unsendable."""
    head, _, _ = raw.partition(b"\r\n\r\n")
    if b"\n" in head.replace(b"\r\n", b"") or b"\r" in head.replace(b"\r\n", b"") or b"\0" in raw:
        raise Unsendable("line ends")
    lines = [line for line in head.split(b"\r\n") if line[:1] not in (b" ", b"\t")]
    names = [found[1].decode("ascii").lower() for line in lines if (found := _HEADER_NAME.match(line))]
    expected = [name.lower() for name in meant]
    if len(names) != len(lines) or names != expected or len(set(names)) != len(names):
        raise Unsendable("headers")
    read = BytesParser(policy=_POLICY).parsebytes(raw)
    if [name.lower() for name in read] != expected:
        raise Unsendable("headers")
    if max(map(len, raw.split(b"\r\n"))) > 998:
        raise Unsendable("line length")
    for name, who in (("From", outgoing.sender), ("To", outgoing.to)):
        parties = parse_addresses(str(value) for value in read.get_all(name, []))
        if [one.address for one in parties] != [who.address.lower()]:
            raise Unsendable(name.lower())
