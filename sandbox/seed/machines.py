"""Mail that no person types: newsletters, receipts, lists, bounces, invitations, sealed mail."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape

from sandbox.seed.clients import CLIENTS
from sandbox.seed.compose import (
    Note,
    Written,
    attachments,
    boundary,
    common_headers,
    make_past,
    write,
    write_message,
)
from sandbox.seed.markup import block_to_html, paragraphs, to_plain
from sandbox.seed.mime import CRLF, Header, Part, file_part, multipart, text_part, typed_part
from sandbox.seed.numbers import digest
from sandbox.seed.script import parse_span

_GENERATED: list[Header] = [("Auto-Submitted", "auto-generated"), ("X-Auto-Response-Suppress", "All")]


def _finish(note: Note, body: Part, plain: str, more: list[Header], html: str = "") -> Written:
    domain = note.sender.address.rpartition("@")[2]
    number = f"<{digest(note.seed, 20).lower()}@{domain}>"
    return Written(
        write(note, common_headers(note, number, more), body), make_past(note, number, plain, html)
    )


def newsletter(note: Note, _variant: str) -> Written:
    """Write layout tables, a hidden first line, a counting pixel, and every header of bulk mail."""
    domain = note.sender.address.rpartition("@")[2]
    first = to_plain(note.text).split("\n\n")[1 if note.text.startswith("#") else 0]
    rows = "".join(_newsletter_row(block) for block in paragraphs(note.text))
    html = (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><style>.wrap{max-width:600px}</style></head><body>'
        f'<div style="display:none;max-height:0">{escape(first)}&zwnj;&nbsp;&zwnj;&nbsp;</div>'
        '<table role="presentation" width="100%" cellpadding="0"><tr><td align="center">'
        f'<table role="presentation" class="wrap" width="600">{rows}'
        f'<tr><td style="font-size:11px;color:#888">You get this because you asked for it. '
        f'<a href="https://{domain}/leave?u=42">Leave the list</a></td></tr></table></td></tr></table>'
        f'<img src="https://{domain}/open.gif?u=42" width="1" height="1" alt=""></body></html>'
    )
    leave = f"<https://{domain}/leave?u=42>, <mailto:leave@{domain}>"
    more: list[Header] = [
        ("List-Unsubscribe", leave),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ("List-Id", f"<letter.{domain}>"),
        ("Precedence", "bulk"),
        ("Feedback-ID", f"{digest(domain, 6)}:letter:{domain}"),
    ]
    return _finish(note, text_part(html, "html"), to_plain(note.text), more, html)


def _newsletter_row(block: str) -> str:
    kind, inner = block_to_html(block)
    if kind == "h":
        inner = f'<h1 style="font-family:Georgia">{inner}</h1>'
    return f'<tr><td style="padding:8px 24px">{inner}</td></tr>'


def receipt(note: Note, _variant: str) -> Written:
    """Write what shops send: a table in HTML, the same as text, made by a machine."""
    html = "".join(
        f"<table>{inner}</table>" if kind == "table" else f"<p>{inner}</p>"
        for kind, inner in (block_to_html(block) for block in paragraphs(note.text))
    )
    plain = to_plain(note.text).replace("*", "")
    texts = multipart("alternative", boundary(note, "a"), [text_part(plain), text_part(html, "html")])
    _, attached = attachments(note)
    return _finish(note, multipart("mixed", boundary(note, "m"), [texts, *attached]), plain, _GENERATED, html)


def robot(note: Note, _variant: str) -> Written:
    """Write a plain notification."""
    return _finish(note, text_part(note.text, encoding="7bit"), note.text, _GENERATED)


def vacation(note: Note, _variant: str) -> Written:
    """Write the answer of somebody who is away (RFC 3834)."""
    more = [("Auto-Submitted", "auto-replied"), ("X-Autoreply", "yes"), ("Precedence", "auto_reply")]
    return _finish(note, text_part(note.text), note.text, more)


def mailing_list(note: Note, _variant: str) -> Written:
    """Write a person's mail as a mailing list hands it on (RFC 2369, RFC 2919)."""
    name, _, domain = note.to[0][1].partition("@")
    made = write_message(note)
    more = (
        f"List-Id: <{name}.{domain}>\r\nList-Post: <mailto:{name}@{domain}>\r\n"
        f"List-Unsubscribe: <mailto:{name}-leave@{domain}>\r\nPrecedence: list\r\n"
        f"Sender: {name}-bounces@{domain}\r\nX-BeenThere: {name}@{domain}\r\n"
    )
    return Written(more.encode() + made.raw, made.past)


def bounce(note: Note, variant: str) -> Written:
    """Write a delivery report (RFC 3464) on the message that it answers."""
    failed = note.options.get("failed", "nobody@nowhere.example")
    delayed = variant == "delayed"
    host = note.sender.address.rpartition("@")[2]
    status = (
        f"Reporting-MTA: dns; {host}\r\nArrival-Date: {format_datetime(note.at)}\r\n\r\n"
        f"Final-Recipient: rfc822; {failed}\r\nAction: {'delayed' if delayed else 'failed'}\r\n"
        f"Status: {'4.4.1' if delayed else '5.1.1'}\r\nDiagnostic-Code: smtp; "
        f"{'421 4.4.1 Connection timed out' if delayed else '550 5.1.1 No such user here'}\r\n"
    )
    past = note.past
    original = (
        f"Message-ID: {past.message_id}\r\nSubject: {past.subject}\r\nTo: {failed}\r\n\r\n" if past else ""
    )
    plain = f"{note.text}\n\n    {failed}\n"
    body = multipart(
        "report",
        boundary(note, "b"),
        [
            text_part(plain),
            typed_part("message/delivery-status", status.encode()),
            typed_part("text/rfc822-headers; charset=utf-8", original.encode()),
        ],
        "; report-type=delivery-status",
    )
    more = [("Auto-Submitted", "auto-replied"), ("X-Failed-Recipients", failed)]
    return _finish(note, body, plain, more)


def read_receipt(note: Note, _variant: str) -> Written:
    """Write a disposition notification (RFC 8098)."""
    shown = (
        f"Final-Recipient: rfc822; {note.sender.address}\r\n"
        "Disposition: manual-action/MDN-sent-manually; displayed\r\n"
    )
    parts = [text_part(note.text), typed_part("message/disposition-notification", shown.encode())]
    body = multipart("report", boundary(note, "b"), parts, "; report-type=disposition-notification")
    return _finish(note, body, note.text, [("Auto-Submitted", "auto-replied")])


def invitation(note: Note, variant: str) -> Written:
    """Write a meeting request, or its answer or cancelling (RFC 5546, RFC 6047)."""
    method = variant or "REQUEST"
    calendar = _calendar(note, method)
    typed = f'text/calendar; charset="utf-8"; method={method}'
    kind: tuple[Header, ...] = (("Content-Transfer-Encoding", "8bit"),)
    plain = note.text or f"{note.sender.name} has accepted."
    texts = multipart(
        "alternative",
        boundary(note, "a"),
        [text_part(plain), text_part(f"<p>{escape(plain)}</p>", "html"), typed_part(typed, calendar, *kind)],
    )
    files = [file_part("invite.ics", "application/ics", calendar)] if method == "REQUEST" else []
    body = multipart("mixed", boundary(note, "m"), [texts, *files])
    return _finish(note, body, plain, [("Content-Class", "urn:content-classes:calendarmessage")])


def _calendar(note: Note, method: str) -> bytes:
    start = _meeting_start(note)
    end = start + timedelta(minutes=int(note.options.get("length", "60")))
    organiser = note.to[0][1] if method == "REPLY" else note.sender.address
    guest = note.sender.address if method == "REPLY" else note.to[0][1]
    state = {"REPLY": "ACCEPTED", "CANCEL": "DECLINED"}.get(method, "NEEDS-ACTION")
    title = re.sub(r"^(Accepted|Cancelled|Declined): ", "", note.subject)
    lines = [
        "BEGIN:VCALENDAR",
        "PRODID:-//Northwind sandbox//EN",
        "VERSION:2.0",
        f"METHOD:{method}",
        "BEGIN:VEVENT",
        f"UID:{digest(title, 24).lower()}@meetings.example",
        f"DTSTAMP:{note.at:%Y%m%dT%H%M%SZ}",
        f"DTSTART:{start:%Y%m%dT%H%M%SZ}",
        f"DTEND:{end:%Y%m%dT%H%M%SZ}",
        f"SUMMARY:{_escaped(title)}",
        f"LOCATION:{_escaped(note.options.get('place', ''))}",
        f"ORGANIZER:mailto:{organiser}",
        f"ATTENDEE;PARTSTAT={state};RSVP=TRUE:mailto:{guest}",
        f"STATUS:{'CANCELLED' if method == 'CANCEL' else 'CONFIRMED'}",
        f"SEQUENCE:{1 if method == 'CANCEL' else 0}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return CRLF.join(line.encode() for line in lines) + CRLF


def _meeting_start(note: Note) -> datetime:
    days, _, clock = note.options.get("starts", "+1d 10:00").partition(" ")
    hour, _, minute = clock.partition(":")
    day = (note.at + parse_span(days)).astimezone(UTC)
    return day.replace(hour=int(hour), minute=int(minute or 0), second=0, microsecond=0)


def _escaped(text: str) -> str:
    return re.sub(r"([\\;,])", r"\\\1", text)


def encrypted(note: Note, _variant: str) -> Written:
    """Write mail that only the holder of a key can read (RFC 3156)."""
    noise = "\r\n".join(digest(f"{note.seed}{line}", 64) for line in range(8))
    armour = f"-----BEGIN PGP MESSAGE-----\r\n\r\n{noise}\r\n-----END PGP MESSAGE-----\r\n"
    parts = [
        typed_part("application/pgp-encrypted", b"Version: 1\r\n"),
        typed_part('application/octet-stream; name="encrypted.asc"', armour.encode()),
    ]
    body = multipart("encrypted", boundary(note, "e"), parts, '; protocol="application/pgp-encrypted"')
    return _finish(note, body, "", [])


def signed(note: Note, _variant: str) -> Written:
    """Write mail with a certificate's signature beside it (RFC 8551)."""
    seal = file_part("smime.p7s", "application/pkcs7-signature", digest(note.seed, 400).encode())
    body = multipart(
        "signed",
        boundary(note, "s"),
        [text_part(note.text), seal],
        '; protocol="application/pkcs7-signature"; micalg=sha-256',
    )
    return _finish(note, body, note.text, [])


def raw_html(note: Note, _variant: str) -> Written:
    """Write HTML exactly as the letter has it, without a text part."""
    return _finish(note, text_part(note.text, "html", note.charset), note.text, [], note.text)


MACHINES: dict[str, Callable[[Note, str], Written]] = {
    "newsletter": newsletter,
    "receipt": receipt,
    "robot": robot,
    "vacation": vacation,
    "list": mailing_list,
    "bounce": bounce,
    "readreceipt": read_receipt,
    "invite": invitation,
    "encrypted": encrypted,
    "signed": signed,
    "html": raw_html,
}


def write_any(note: Note, kind: str, variant: str) -> Written:
    """Write a note by its kind: a mail program, a machine, or the person's own program. Raises KeyError."""
    if kind in MACHINES:
        return MACHINES[kind](note, variant)
    return write_message(note, kind if kind in CLIENTS else "")
