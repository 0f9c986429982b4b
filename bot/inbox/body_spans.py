"""Spans of a mail as rich text. No mention can arise: only `text` and `link` elements are made."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from providers.content.document import LineBreak, Link, Span, Style, Text
from providers.content.links import honest_host

Json = dict[str, Any]

MAX_TEXT_BYTES = 2_400  # of one text element as sent


def draw_spans(spans: Sequence[Span], prefix: str = "", *, links: bool = True) -> list[Json]:
    """Draw spans; `prefix` begins every line. No element is empty or longer than Slack takes."""
    elements: list[Json] = []
    pending = prefix
    for span in spans:
        if isinstance(span, LineBreak):
            pending += "\n" + prefix
            continue
        if pending:
            elements.append({"type": "text", "text": pending})
            pending = ""
        if isinstance(span, Text):
            elements.extend(_text(piece, span.style) for piece in cut(span.text))
        elif isinstance(span, Link):
            elements.extend(_link(span) if links else [_text(piece, span.style) for piece in cut(span.text)])
        else:
            elements.append(_text(f"[{span.alt}]" if span.alt else "[image]", Style()))
    if pending.strip() and not elements:
        elements.append({"type": "text", "text": pending})
    return elements


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
    waiting = [text]
    while waiting:
        piece = waiting.pop()
        if len(piece) * 12 <= MAX_TEXT_BYTES or len(json.dumps(piece)) <= MAX_TEXT_BYTES:
            if piece:
                yield piece
            continue
        half = min(len(piece) // 2, MAX_TEXT_BYTES)
        at = max(piece.rfind("\n", half // 2, half), piece.rfind(" ", half // 2, half)) + 1
        at = at or half
        waiting.append(piece[at:])
        waiting.append(piece[:at])
