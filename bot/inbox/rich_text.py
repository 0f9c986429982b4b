"""What was typed into Slack's editor → the text and the HTML of a mail. Pure.

Whatever exists only inside Slack (mentions, channels, groups, custom emoji) is found and named, never sent:
whoever reads the mail could not see it. Shape: reference slack.md 1.1; the element kinds of slack_sdk's
RichTextElementParts.
"""

import html
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from providers.content.clean import clean

Json = Mapping[str, Any]

MOST_CHARACTERS = 20_000
MOST_BYTES = 120_000  # of the typed text as Slack sends it, so that it fits into a window again

_MARKS = (("code", "code"), ("strike", "s"), ("italic", "i"), ("bold", "b"), ("underline", "u"))
_SAFE_LINKS = ("http://", "https://", "mailto:")
_QUOTE_STYLE = "margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex"


class Problem(StrEnum):
    """Why typed text cannot leave as it is."""

    EMPTY = "empty"
    MENTION = "mention"
    CHANNEL = "channel"
    GROUP = "group"
    BROADCAST = "broadcast"
    EMOJI = "emoji"
    TOO_LONG = "too_long"
    UNKNOWN = "unknown"


_KINDS_INSIDE_SLACK = {
    "user": Problem.MENTION,
    "team": Problem.MENTION,
    "channel": Problem.CHANNEL,
    "usergroup": Problem.GROUP,
    "broadcast": Problem.BROADCAST,
}
INSIDE_SLACK = frozenset({*_KINDS_INSIDE_SLACK.values(), Problem.EMOJI, Problem.UNKNOWN})
_IN_LINE = {"text", "link", "emoji", "date", "color", *_KINDS_INSIDE_SLACK}
_BLOCKS = {"rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"}


@dataclass(frozen=True, slots=True)
class Written:
    """The same words twice. `html` is a fragment without html or body around it."""

    text: str
    html: str


def problem_of(typed: Json | None) -> Problem | None:
    """Find the first reason why this cannot be sent as it is. None: it can."""
    if typed is None:
        return Problem.EMPTY
    if len(json.dumps(typed)) > MOST_BYTES:
        return Problem.TOO_LONG
    found = next(filter(None, (_problem(part) for part in typed.get("elements", ()))), None)
    if found:
        return found
    text = written(typed).text
    if not text.strip():
        return Problem.EMPTY
    return Problem.TOO_LONG if len(text) > MOST_CHARACTERS else None


def _problem(part: Json) -> Problem | None:
    kind = part.get("type")
    if kind not in _BLOCKS:
        return Problem.UNKNOWN
    for piece in part.get("elements", ()):
        inner = piece.get("type")
        if inner == "rich_text_section" and kind == "rich_text_list":
            if found := _problem(piece):
                return found
        elif inner in _KINDS_INSIDE_SLACK:
            return _KINDS_INSIDE_SLACK[inner]
        elif inner == "emoji" and not _character(piece):
            return Problem.EMOJI
        elif inner not in _IN_LINE:
            return Problem.UNKNOWN
    return None


def written(typed: Json) -> Written:
    """Write typed text as a mail says it. What `problem_of` finds is left out."""
    parts = [part for part in typed.get("elements", ()) if part.get("type") in _BLOCKS]
    text = "\n".join(_text_block(part) for part in parts)
    return Written(text.strip("\n"), "".join(_html_block(part) for part in parts))


def as_typed(text: str) -> dict[str, Any]:
    """Make what Slack's editor would hold for plain text."""
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}


# --- plain text -------------------------------------------------------------------------------------------


def _text_block(part: Json) -> str:
    pieces = part.get("elements", ())
    if part["type"] == "rich_text_list":
        return "\n".join(_text_items(part))
    text = "".join(_words(piece) for piece in pieces).rstrip("\n")
    if part["type"] == "rich_text_quote":
        return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
    return text


def _text_items(part: Json) -> Iterator[str]:
    indent, first = "  " * int(part.get("indent", 0)), int(part.get("offset", 0)) + 1
    for number, item in enumerate(part.get("elements", ()), first):
        sign = f"{number}. " if part.get("style") == "ordered" else "- "
        lines = "".join(_words(piece) for piece in item.get("elements", ())).rstrip("\n").split("\n")
        yield indent + sign + lines[0]
        yield from (indent + " " * len(sign) + line for line in lines[1:])


def _words(piece: Json) -> str:
    kind = piece.get("type")
    if kind == "link":
        url, words = str(piece.get("url", "")), clean(str(piece.get("text") or ""))
        bare = url.removeprefix("mailto:")
        return f"{words} ({bare})" if words and words not in (url, bare) else bare
    if kind == "emoji":
        return _character(piece)
    if kind == "date":
        return clean(str(piece.get("fallback") or ""))
    return clean(str(piece.get("text" if kind == "text" else "value", ""))) if kind in _IN_LINE else ""


def _character(emoji: Json) -> str:
    """The emoji itself. Slack gives its code points ("1f44b-1f3fd") unless it is the workspace's own."""
    try:
        return "".join(chr(int(point, 16)) for point in str(emoji.get("unicode", "")).split("-") if point)
    except (ValueError, OverflowError):
        return ""


# --- HTML -------------------------------------------------------------------------------------------------


def _html_block(part: Json) -> str:
    pieces: Sequence[Json] = part.get("elements", ())
    if part["type"] == "rich_text_list":
        return _html_list(part)
    inner = "".join(_html_piece(piece) for piece in pieces)
    if part["type"] == "rich_text_preformatted":
        return f"<pre>{inner}</pre>"
    lines = inner.rstrip("\n").replace("\n", "<br>\n")
    if part["type"] == "rich_text_quote":
        return f'<blockquote style="{_QUOTE_STYLE}">{lines}</blockquote>'
    return f"<div>{lines or '<br>'}</div>"


def _html_list(part: Json) -> str:
    name = "ol" if part.get("style") == "ordered" else "ul"
    start = int(part.get("offset", 0)) + 1
    begin = f' start="{start}"' if name == "ol" and start > 1 else ""
    items = "".join(
        "<li>" + "".join(_html_piece(piece) for piece in item.get("elements", ())).rstrip("\n") + "</li>"
        for item in part.get("elements", ())
    ).replace("\n", "<br>")
    deep = int(part.get("indent", 0))
    return f"<{name}>" * deep + f"<{name}{begin}>{items}</{name}>" + f"</{name}>" * deep


def _html_piece(piece: Json) -> str:
    kind = piece.get("type")
    url = str(piece.get("url", ""))
    if kind == "link" and url.lower().startswith(_SAFE_LINKS):
        words = clean(str(piece.get("text") or "")) or url.removeprefix("mailto:")
        inner = f'<a href="{html.escape(url)}">{html.escape(words)}</a>'
    else:
        inner = html.escape(_words(piece))
    style = piece.get("style") or {}
    for name, tag in _MARKS:
        if style.get(name) and inner:
            inner = f"<{tag}>{inner}</{tag}>"
    return inner


def paragraphs(text: str) -> str:
    """Write plain text as HTML, line for line."""
    return html.escape(text).replace("\n", "<br>\n")
