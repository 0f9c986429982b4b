"""Write one message in a person's manner: headers, text, HTML, history, files."""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.utils import format_datetime
from html import escape
from zoneinfo import ZoneInfo

from sandbox.seed.actors import Voice
from sandbox.seed.clients import CLIENTS, page
from sandbox.seed.files import make_file
from sandbox.seed.markup import to_plain
from sandbox.seed.mime import (
    Header,
    Part,
    encoded_word,
    file_part,
    fold_ids,
    mailbox,
    multipart,
    render,
    text_part,
    typed_part,
)
from sandbox.seed.numbers import digest
from sandbox.seed.quoting import Past, forward_plain
from sandbox.seed.tongues import TONGUES

_HISTORY_DEPTH = 6  # quotations inside quotations; more would let a long thread grow with its square
_LINE = 72


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wants to send. `seed` numbers it: equal seeds give equal messages.

    `options`: attach, reply-to, charset, encoding, broken, htmlonly (see script.py and letters/).
    """

    sender: Voice
    to: tuple[tuple[str, str], ...]  # (name, address)
    subject: str
    at: datetime
    seed: str
    text: str
    cc: tuple[tuple[str, str], ...] = ()
    past: Past | None = None  # what it answers
    forwarded: Past | None = None
    enclosed: bytes = b""  # a whole message handed on as a file
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def charset(self) -> str:
        return self.options.get("charset", self.sender.actor.charset)

    @property
    def encoding(self) -> str:
        return self.options.get("encoding", self.sender.actor.encoding)


@dataclass(frozen=True, slots=True)
class Written:
    """The bytes of a message, and itself as the past of the next one."""

    raw: bytes
    past: Past


def write_message(note: Note, style: str = "") -> Written:
    """Write a person's message in a mail program's manner (their own, when none is named)."""
    style = style or note.sender.actor.style
    client = CLIENTS[style]
    tongue = TONGUES[note.sender.actor.tongue]
    plain, html = to_plain(note.text), client.html(note.text) if client.html else ""
    plain, html = _sign(note, style, plain, html)
    past = replace(note.past, at=_local(note, note.past.at)) if note.past else None
    inline_answer = any(line.startswith("> ") for line in note.text.split("\n"))
    depth = 1
    if past and not inline_answer and past.depth < _HISTORY_DEPTH and "noquote" not in note.options:
        plain += client.quote_plain(past, tongue)
        html = client.quote_html(html, past, tongue) if html else ""
        depth = past.depth + 1
    if note.forwarded:
        plain += forward_plain(note.forwarded, tongue)
        html += client.forward_html(note.forwarded, tongue) if html else ""
    body = _body(note, style, plain, html)
    number = client.number(note.seed, note.sender.address.rpartition("@")[2])
    headers = common_headers(note, number, client.headers)
    return Written(write(note, headers, body), make_past(note, number, plain, html, depth))


def make_past(note: Note, number: str, plain: str, html: str, depth: int = 1) -> Past:
    """Make what the next message quotes and refers to."""
    return Past(
        note.sender.name,
        note.sender.address,
        "; ".join(name or address for name, address in note.to),
        "; ".join(name or address for name, address in note.cc),
        _local(note),
        note.subject,
        number,
        references_of(note),
        plain,
        html or paragraphs_html(plain),
        depth,
    )


def paragraphs_html(text: str) -> str:
    """Show plain text as HTML, line by line, as programs do when they quote it."""
    return f"<div>{'<br>'.join(escape(line, quote=False) for line in text.split(chr(10)))}</div>"


def references_of(note: Note) -> tuple[str, ...]:
    """List the ids a message refers to, the nearest last."""
    if note.past is None:
        return ()
    return tuple(one for one in (*note.past.references, note.past.message_id) if one)


def common_headers(note: Note, number: str, more: Sequence[Header] = ()) -> list[Header]:
    """Write the headers that every message has."""
    charset = "utf-8" if note.charset == "gb18030" else note.charset
    broken = note.options.get("broken", "")
    subject = note.subject if broken == "bare" else encoded_word(note.subject, charset)
    headers: list[Header] = [
        ("From", mailbox(note.sender.name, note.sender.address, charset)),
        ("To", ", ".join(mailbox(name, address, "utf-8") for name, address in note.to)),
    ]
    if note.cc:
        headers.append(("Cc", ",\r\n ".join(mailbox(name, address, "utf-8") for name, address in note.cc)))
    headers += [
        ("Subject", subject),
        ("Date", "yesterday" if broken == "date" else format_datetime(_local(note))),
    ]
    if broken != "no-id":
        headers.append(("Message-ID", number))
    if references := references_of(note):
        headers += [("In-Reply-To", references[-1]), ("References", fold_ids(references))]
    if "reply-to" in note.options:
        headers.append(("Reply-To", note.options["reply-to"]))
    return [*headers, ("MIME-Version", "1.0"), *more]


def write(note: Note, headers: Sequence[Header], body: Part) -> bytes:
    """Write headers and body, in the header charset that broken mail asks for."""
    return render(headers, body, charset="windows-1252" if note.options.get("broken") == "bare" else "utf-8")


def attachments(note: Note) -> tuple[list[Part], list[Part]]:
    """Make the files of a message: inline pictures, and what is attached."""
    inline: list[Part] = []
    attached: list[Part] = []
    for item in note.options.get("attach", "").split(","):
        name, _, how = item.strip().partition(":")
        if not name:
            continue
        kind, data = make_file(name)
        part = file_part(name, kind, data, f"{name}@image" if how == "inline" else "")
        (inline if how == "inline" else attached).append(part)
    if note.enclosed:
        attached.append(typed_part("message/rfc822", note.enclosed, ("Content-Disposition", "attachment")))
    return inline, attached


def boundary(note: Note, mark: str) -> str:
    """Make a boundary that belongs to the message."""
    return f"--={mark}_{digest(note.seed + mark, 24)}"


def _local(note: Note, at: datetime | None = None) -> datetime:
    """Tell the time as the sender's clock on the wall does."""
    return (at or note.at).astimezone(ZoneInfo(note.sender.actor.zone))


def _sign(note: Note, style: str, plain: str, html: str) -> tuple[str, str]:
    # A person's own signature; the member's is added by Gmail's page, which her letters were written in.
    text = note.sender.actor.signature
    client = CLIENTS[style]
    first, _, rest = text.partition("\n")
    typed = note.text.rstrip().endswith(f"\n{first}")  # the name is there already
    if typed:
        text = rest
    if not text or text.startswith("<"):
        return plain, html
    mark = "-- \n" if style in {"gmail", "thunderbird", "plain"} else ""
    shown = escape(text, quote=False).replace("\n", "<br>")
    signed = ("" if typed else client.gap) + client.signature(shown)
    return f"{plain}\n\n{mark}{text}", html + signed if html else ""


def _body(note: Note, style: str, plain: str, html: str) -> Part:
    inline, attached = attachments(note)
    declared, charset = note.charset, note.charset
    encoding = note.encoding
    if note.options.get("broken") == "charset":
        declared, charset, encoding = "utf-8", "windows-1252", "8bit"
    flowed = "; format=flowed" if style == "thunderbird" else ""
    if style in {"thunderbird", "plain"}:
        plain = _wrap(plain, soft=bool(flowed))
    texts = [_declared(text_part(plain, "plain", charset, encoding, flowed), charset, declared)]
    if html:
        shown = _declared(
            text_part(page(style, html, declared), "html", charset, encoding), charset, declared
        )
        related = multipart("related", boundary(note, "r"), [shown, *inline], '; type="text/html"')
        texts = [related] if "htmlonly" in note.options else [*texts, related]
    body = multipart("alternative", boundary(note, "a"), texts)
    return multipart("mixed", boundary(note, "m"), [body, *attached])


def _declared(part: Part, charset: str, declared: str) -> Part:
    """Let a part claim another charset than the one it is written in."""
    (name, value), *rest = part.headers
    return Part(((name, value.replace(f'"{charset}"', f'"{declared}"')), *rest), part.body)


def _wrap(text: str, soft: bool) -> str:
    """Break long lines as old programs do; soft breaks (RFC 3676) end in a space."""
    out: list[str] = []
    for line in text.split("\n"):
        if len(line) <= _LINE or line.startswith((">", "http")):
            out.append(line)
        else:
            pieces = textwrap.wrap(line, _LINE - 2, break_long_words=False, break_on_hyphens=False)
            out.append((" \n" if soft else "\n").join(pieces))
    return "\n".join(out)
