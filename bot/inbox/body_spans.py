"""Spans of a mail as rich text. No mention can arise: only `text` and `link` elements are made."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from providers.content.document import LineBreak, Link, Span, Style, Text
from providers.content.links import honest_host, host_of
from providers.content.plain import Around, words_around

Json = dict[str, Any]

MAX_TEXT_BYTES = 2_400  # of one text element as sent
MAX_URL_BYTES = 4_000  # of a link's target as sent, where each foreign letter takes six


def draw_spans(spans: Sequence[Span], prefix: str = "", *, links: bool = True) -> Iterator[Json]:
    """Draw spans; `prefix` begins every line. No element is empty or longer than Slack takes."""
    pending = prefix
    drawn = False
    shown = words_around(spans)
    for number, span in enumerate(spans):
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
            yield from (
                _link(span, shown.get(number))
                if links
                else (_text(piece, span.style) for piece in cut(span.text))
            )
        else:
            yield _text(f"[{span.alt}]" if span.alt else "[image]", Style())
    if pending.strip() and not drawn:
        yield {"type": "text", "text": pending}


def _link(link: Link, around: Around | None) -> Iterator[Json]:
    """Draw a link; where its words name another host, the words become text and the true host the link.

    A target longer than a block can hold is told by its host alone.
    """
    host = honest_host(link.target, around.words if around else link.text)
    words = list(cut(link.text))
    too_long = len(json.dumps(link.target)) > MAX_URL_BYTES
    if not host and len(words) == 1 and not too_long:
        yield {"type": "link", "url": link.target, "text": words[0], **_style(link.style)}
        return
    yield from (_text(piece, link.style) for piece in words)
    if host and around and around.goes_on:
        return
    yield {"type": "text", "text": " ("}
    if too_long:
        yield {"type": "text", "text": host or host_of(link.target)}
    else:
        yield {"type": "link", "url": link.target, "text": host or "link"}
    yield {"type": "text", "text": ")"}


def _text(text: str, style: Style) -> Json:
    return {"type": "text", "text": text, **_style(style)}


def _style(style: Style) -> Json:
    names = ("bold", "italic", "strike", "code")
    on = {name: True for name in names if getattr(style, name)}
    return {"style": on} if on else {}


def cut(text: str) -> Iterator[str]:
    """Cut text so that each piece is at most MAX_TEXT_BYTES as sent, at line ends or else at blanks."""
    at = 0
    while at < len(text):
        size = MAX_TEXT_BYTES - 2
        while len(json.dumps(text[at : at + size])) > MAX_TEXT_BYTES:
            size = size * 2 // 3
        end = at + size
        if end < len(text):
            line, blank = (text.rfind(mark, at + size // 2, end) + 1 for mark in "\n ")
            end = line or blank or end  # a table's row is no place for a page to end
        yield text[at:end]
        at = end
