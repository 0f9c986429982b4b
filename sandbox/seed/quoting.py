"""Quotation and forwarding: what a message shows of the one that it answers or hands on."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from html import escape

from sandbox.seed.tongues import Tongue


@dataclass(frozen=True, slots=True)
class Past:
    """A message that is answered or forwarded: all that a quotation shows of it."""

    name: str
    address: str
    to: str
    cc: str
    at: datetime
    subject: str
    message_id: str
    references: tuple[str, ...]
    plain: str
    html: str
    depth: int = 1


def attributed(opening: str, closing: str) -> Callable[[str, Past, Tongue], str]:
    """Make a quotation with an attribution line: {says} in `opening`, the history, `closing`."""

    def quote(html: str, past: Past, tongue: Tongue) -> str:
        says = escape(tongue.attribution(past.at, past.name, past.address), quote=False)
        return html + opening.replace("{says}", says) + past.html + closing

    return quote


def outlook_quote(html: str, past: Past, tongue: Tongue) -> str:
    """Put Word's header block between the new text and the old."""
    return html + outlook_header(past, tongue) + past.html


def outlook_header(past: Past, tongue: Tongue) -> str:
    """Write Word's header block, which stands where others write an attribution."""
    rows = [
        (tongue.sender, f"{past.name} <{past.address}>"),
        (tongue.sent, f"{tongue.day(past.at)} {past.at:%H:%M}"),
        (tongue.to, past.to),
        *([(tongue.cc, past.cc)] if past.cc else []),
        (tongue.subject, past.subject),
    ]
    shown = "<br>\n".join(f"<b>{name}:</b> {escape(value, quote=False)}" for name, value in rows)
    return (
        '<div id="divRplyFwdMsg" style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm">'
        f'<p class="MsoNormal">{shown}<o:p></o:p></p></div>'
    )


def arrows(past: Past, tongue: Tongue) -> str:
    """Quote plain text with an arrow before each line."""
    quoted = "\n".join(f">{line}" if line.startswith(">") else f"> {line}" for line in past.plain.split("\n"))
    return f"\n\n{tongue.attribution(past.at, past.name, past.address)}\n{quoted}"


def outlook_plain(past: Past, tongue: Tongue) -> str:
    """Quote plain text as Outlook does: a rule, a header block, the text as it was."""
    head = [
        f"{tongue.sender}: {past.name} <{past.address}>",
        f"{tongue.sent}: {tongue.day(past.at)} {past.at:%H:%M}",
        f"{tongue.to}: {past.to}",
        *([f"{tongue.cc}: {past.cc}"] if past.cc else []),
        f"{tongue.subject}: {past.subject}",
    ]
    return f"\n\n-----{tongue.original}-----\n" + "\n".join(head) + f"\n\n{past.plain}"


def gmail_forward(past: Past, tongue: Tongue) -> str:
    """Hand on HTML as Gmail does."""
    head = forward_lines(past, tongue, "<br>", escape)
    return (
        '<br><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">---------- Forwarded message '
        f"---------<br>{head}<br></div><br><br>{past.html}</div>"
    )


def forward_lines(past: Past, tongue: Tongue, newline: str, safe: Callable[[str], str]) -> str:
    """Write the few header lines that stand above a forwarded text."""
    return newline.join(
        safe(line)
        for line in (
            f"{tongue.sender}: {past.name} <{past.address}>",
            f"Date: {tongue.day(past.at)} {past.at:%H:%M}",
            f"{tongue.subject}: {past.subject}",
            f"{tongue.to}: {past.to}",
        )
    )


def forward_plain(past: Past, tongue: Tongue) -> str:
    """Write a forwarded message as plain text, as most programs do."""
    head = forward_lines(past, tongue, "\n", str)
    return f"\n\n---------- Forwarded message ---------\n{head}\n\n{past.plain}"


def reply_subject(subject: str, prefix: str) -> str:
    """Put one answer mark before a subject, whatever marks it carries."""
    bare = re.sub(r"^(?:(?:re|aw|sv|odp|res|回复|رد)\s*:\s*)+", "", subject, flags=re.IGNORECASE)
    return f"{prefix}{bare}"
