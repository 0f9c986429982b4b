"""Spans of a mail as rich text. No mention can arise: only `text` and `link` elements are made."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from providers.content.document import LineBreak, Link, Span, Style, Text
from providers.content.links import honest_host

Json = dict[str, Any]

MAX_TEXT_BYTES = 2_400  # of one text element as sent


def draw_spans(spans: Sequence[Span], prefix: str = "", *, links: bool = True) -> Iterator[Json]:
    """Draw spans; `prefix` begins every line. No element is empty or longer than Slack takes."""
    pending = prefix
    drawn = False
    for span in spans:
        if isinstance(span, LineBreak):
            pending += "\n" + prefix
            continue
        if pending:
            yield {"type": "text", "text": pending}
            pending = ""
        drawn = True
        if isinstance(span, Text):
            yield from (_text(piece, span.style) for piece in cut(span.text))
        elif isinstance(span, Link):
            yield from _link(span) if links else (_text(piece, span.style) for piece in cut(span.text))
        else:
            yield _text(f"[{span.alt}]" if span.alt else "[image]", Style())
    if pending.strip() and not drawn:
        yield {"type": "text", "text": pending}


def _link(link: Link) -> Iterator[Json]:
    """Draw a link; where its words name another host, the words become text and the true host the link."""
    host = honest_host(link.target, link.text)
    words = list(cut(link.text))
    if not host and len(words) == 1:
        yield {"type": "link", "url": link.target, "text": words[0], **_style(link.style)}
        return
    yield from (_text(piece, link.style) for piece in words)
    yield {"type": "text", "text": " ("}
    yield {"type": "link", "url": link.target, "text": host or "link"}
    yield {"type": "text", "text": ")"}


def _text(text: str, style: Style) -> Json:
    return {"type": "text", "text": text, **_style(style)}


def _style(style: Style) -> Json:
    names = ("bold", "italic", "strike", "code")
    on = {name: True for name in names if getattr(style, name)}
    return {"style": on} if on else {}


def cut(text: str) -> Iterator[str]:
    """Cut text so that each piece is at most MAX_TEXT_BYTES as sent, at line ends or blanks if it can be."""
    at = 0
    while at < len(text):
        size = MAX_TEXT_BYTES - 2
        while len(json.dumps(text[at : at + size])) > MAX_TEXT_BYTES:
            size = size * 2 // 3
        end = at + size
        if end < len(text):
            space = max(text.rfind("\n", at + size // 2, end), text.rfind(" ", at + size // 2, end)) + 1
            end = space or end
        yield text[at:end]
        at = end
