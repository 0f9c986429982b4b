"""The MIME tree of a message, and what of it is body, attachment, or speaks by its type.

One walk for every source: a Gmail payload and a parsed file both become `Part`s and are gathered here, so
that they never differ in what they call the body. Sources: RFC 2045, 2046, 2183, 2387, 3676, 8098, 3464,
6047.
"""

import html as html_words
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from providers.content.charsets import decode, with_characters
from providers.content.enriched import unenriched
from providers.content.flowed import unflow
from providers.content.reports import header_of
from providers.mail import Attachment, ContentPart

MAX_DEPTH = 20
MAX_PARTS = 2000  # a thousand attachments are all listed
MAX_BODY = 16 * 1024 * 1024  # bytes of body text carried on; reading considers less (reading.MAX_HTML)
MAX_SPEAKING = 20
MAX_SPEAKING_BYTES = 64 * 1024
SPEAKING = frozenset(
    {
        "text/calendar",
        "message/delivery-status",
        "message/global-delivery-status",
        "message/disposition-notification",
        "message/global-disposition-notification",
        "message/rfc822",
        "message/global",
        "message/partial",
        "message/external-body",
        "text/rfc822-headers",
    }
)

ENCLOSING = frozenset({"message/rfc822", "message/global"})  # whole messages


@dataclass(frozen=True, slots=True)
class Part:
    """One node of the tree. `body` has its transfer encoding undone; None when it was not fetched."""

    path: str  # names the part for `Mailbox.attachment`: Gmail's partId, "1.2" in a file
    type: str  # lower case, without parameters
    parameters: Mapping[str, str] = field(default_factory=dict)  # of Content-Type, lower-case names
    name: str = ""
    disposition: str = ""  # "attachment", "inline" or ""
    content_id: str = ""
    size: int = 0
    body: bytes | None = None
    children: tuple["Part", ...] = ()  # of an attached message: the message, whose headers are in `body`


@dataclass(frozen=True, slots=True)
class Bodies:
    """What the parts amount to; the fields are those of `providers.mail.Message`."""

    html: str | None
    text: str | None
    attachments: tuple[Attachment, ...]
    parts: tuple[ContentPart, ...]


def gather(root: Part) -> Bodies:
    """Tell body, attachments and speaking parts apart. Never raises; beyond the bounds parts are left out."""
    leaves = list(_leaves(root))
    bodies = [leaf for leaf in leaves if leaf.body_kind]
    html, text = _join(bodies)
    attachments: list[Attachment] = []
    speaking: list[ContentPart] = []
    for leaf in leaves:
        part = leaf.part
        if part.type in SPEAKING and part.body is not None and len(speaking) < MAX_SPEAKING:
            speaking.append(_speaking(part, part.body))
        if leaf.is_file:
            attachments.append(_attachment(part))
    return Bodies(html, text, tuple(attachments), tuple(speaking))


def _speaking(part: Part, body: bytes) -> ContentPart:
    text = decode(body[:MAX_SPEAKING_BYTES], part.parameters.get("charset", ""))
    if part.type not in ENCLOSING or not part.children:
        return ContentPart(_typed(part), text)
    html, words = _join([leaf for leaf in _leaves(part.children[0]) if leaf.body_kind])
    return ContentPart(
        _typed(part), text, html and html[:MAX_SPEAKING_BYTES], words and words[:MAX_SPEAKING_BYTES]
    )


def files(root: Part) -> tuple[Attachment, ...]:
    """List the attachments alone, as `gather` tells them apart; no body is read for it."""
    return tuple(_attachment(leaf.part) for leaf in _leaves(root) if leaf.is_file)


@dataclass(frozen=True, slots=True)
class _Leaf:
    part: Part
    body_kind: str  # "html", "text" or "": part of the body?
    alternative: int  # number of the innermost multipart/alternative around it, 0 outside of any
    machine: bool  # the machine-readable part of a report: neither body nor file

    @property
    def is_file(self) -> bool:
        return not self.body_kind and not self.machine


def _leaves(root: Part) -> Iterator[_Leaf]:
    stack: list[tuple[Part, int, int, str]] = [(root, 0, 0, "")]
    seen = alternatives = 0
    while stack and seen < MAX_PARTS:
        part, depth, alternative, parent = stack.pop()
        seen += 1
        if part.type.startswith("multipart/") and depth < MAX_DEPTH:
            if part.type == "multipart/alternative" and not alternative:
                alternatives += 1
                alternative = alternatives
            stack.extend((child, depth + 1, alternative, part.type) for child in reversed(part.children))
            continue
        report = parent == "multipart/report" and part.type in SPEAKING
        seal = (parent, part.type) in _SEALS
        # Other forms of the same words: the invitation as such, AMP, a watch's version.
        other = bool(alternative) and (
            part.type == "text/calendar" or (part.type.startswith("text/") and not part.name)
        )
        yield _Leaf(part, _body_kind(part, parent), alternative, report or seal or other)


_ENRICHED = ("text/enriched", "text/richtext")
_SEALS = frozenset(  # what machines need to check or open the rest
    {
        ("multipart/signed", "application/pgp-signature"),
        ("multipart/signed", "application/pkcs7-signature"),
        ("multipart/signed", "application/x-pkcs7-signature"),
        ("multipart/encrypted", "application/pgp-encrypted"),
    }
)


def _body_kind(part: Part, parent: str) -> str:
    if part.disposition == "attachment" or part.body is None:
        return ""
    if part.name and part.disposition != "inline" and parent in ("multipart/mixed", ""):
        return ""
    if part.type in ("text/html", "application/xhtml+xml"):
        return "html"
    if part.type in ("text/plain", *_ENRICHED, ""):
        return "" if part.name and parent == "multipart/mixed" else "text"
    if part.type.startswith("text/") and part.type not in _NOT_TO_READ and not part.name:
        return "" if parent == "multipart/alternative" else "text"  # RFC 2046, 4.1.4: text/markdown
    return ""


_NOT_TO_READ = SPEAKING | {
    "text/vcard",
    "text/x-vcard",
    "text/directory",
    "text/css",
    "text/javascript",
    "text/x-amp-html",
}


def _join(leaves: list[_Leaf]) -> tuple[str | None, str | None]:
    """Join the bodies of the parts in order.

    Apple Mail puts text, a picture and text again one after the other, sometimes as HTML, sometimes as
    plain; a mailing list appends its footer as plain text. As soon as one piece is HTML, plain pieces
    outside of alternatives join it.
    """
    htmls: list[str] = []
    texts: list[str] = []
    with_html = {leaf.alternative for leaf in leaves if leaf.body_kind == "html"}
    room = MAX_BODY
    for leaf in leaves:
        body = (leaf.part.body or b"")[:room]
        room -= len(body)
        charset = leaf.part.parameters.get("charset", "")
        words = decode(body, charset)
        if leaf.body_kind == "html":
            htmls.append(words)
            if not leaf.alternative:
                texts.append("")
            continue
        words = unflow(with_characters(words, charset), leaf.part.parameters)
        if leaf.part.type in _ENRICHED:
            words = unenriched(words)
        texts.append(words)
        if with_html and (not leaf.alternative or leaf.alternative not in with_html):
            htmls.append(_as_html(words))
    text = "\n".join(piece for piece in texts if piece) if any(texts) else ("" if texts else None)
    return ("\n".join(htmls) if with_html else None), text


def _as_html(words: str) -> str:
    return f'<div style="white-space:pre-wrap">{html_words.escape(words, quote=False)}</div>'


def _typed(part: Part) -> str:
    """Keep the parameters that a reader needs: the method of an invitation, the place of a fragment."""
    wanted = ("method", "number", "total", "access-type")
    kept = [f"{name}={part.parameters[name]}" for name in wanted if name in part.parameters]
    return "; ".join([part.type, *kept])


def _attachment(part: Part) -> Attachment:
    size = part.size or _size(part)
    inline = part.disposition == "inline" or bool(part.content_id and part.disposition != "attachment")
    return Attachment(
        part=part.path,
        name=part.name or _title(part),
        type=part.type or "application/octet-stream",
        size=size,
        inline=inline and part.type.startswith("image/"),
        content_id=part.content_id,
    )


def _size(part: Part) -> int:
    """Count the bytes of a part that nobody gave the size of, with those of the parts in it."""
    size, waiting = 0, [part]
    while waiting:
        inner = waiting.pop()
        size += inner.size if inner is not part and inner.size else len(inner.body or b"")
        waiting.extend(inner.children)
    return size


def _title(part: Part) -> str:
    """Name the file of an attached message after its subject: hardly any program gives it a name."""
    if part.type not in ENCLOSING or not part.body:
        return ""
    subject = header_of(decode(part.body[:MAX_SPEAKING_BYTES]), "subject")
    return f"{subject[:80]}.eml" if subject else ""
