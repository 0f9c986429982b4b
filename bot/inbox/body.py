"""A mail's document as Block Kit: rich text, which gives no character of a mail a meaning in Slack.

Everything is drawn in units between which a page may end; a unit is a paragraph, an item, some lines.
Limits: slack.md 1. Every block is measured as it will be sent (`json.dumps`), so that a payload that Slack
would refuse is never built.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, NamedTuple

from bot.inbox.body_units import LIST, PREFORMATTED, QUOTE, SECTION, Unit, units_of
from providers.content.document import Document
from providers.content.plain import as_text

Json = dict[str, Any]

MAX_BLOCK_BYTES = 9_000  # of one rich_text block as sent; Slack names no limit, its text objects end at 3,000
MAX_ELEMENTS = 100  # of one rich_text block
MAX_OFFSET = 100_000
AROUND, JOINED = 220, 60  # bytes at most of the element that a unit stands in; of joining the one before


class Drawn(NamedTuple):
    """Blocks of one page. `next_start`: where the next page begins, None when this was the last."""

    blocks: list[Json]
    next_start: int | None


def draw_document(
    document: Document, budget_blocks: int = 20, budget_chars: int = 30_000, start: int = 0
) -> Drawn:
    """Draw a document from unit `start` on, within the budgets. `budget_chars` is in bytes as sent.

    At least one unit is drawn when both budgets allow one block of MAX_BLOCK_BYTES, so paging always moves
    on.
    """
    units = islice(units_of(document), max(0, start), None)
    blocks: list[Json] = []
    at = max(0, start)
    room = budget_chars
    waiting = next(units, None)
    while waiting is not None and len(blocks) < budget_blocks:
        group, waiting = _fill(waiting, units, min(room, MAX_BLOCK_BYTES))
        if not group:
            break
        block: Json = {"type": "rich_text", "elements": list(_elements(group))}
        blocks.append(block)
        room -= measure(block) + 2
        at += len(group)
    return Drawn(blocks, at if waiting is not None else None)


def first_words(document: Document, length: int = 120) -> str:
    """Return the beginning of a document as one line of at most `length` characters."""
    words: list[str] = []
    size = 0
    for block in document.blocks:
        for word in as_text(Document((block,))).split():
            words.append(word)
            size += len(word) + 1
            if size > length + 1:
                return _clipped(" ".join(words), length)
    return " ".join(words)


def measure(block: Json) -> int:
    """Return the size of a block as it is sent."""
    return len(json.dumps(block))


def _clipped(text: str, length: int) -> str:
    short = text[: length - 1]
    space = short.rfind(" ")
    return (short[:space] if space > length // 2 else short).rstrip(" ,.;:-") + "…"


def _fill(first: Unit, units: Iterator[Unit], room: int) -> tuple[list[Unit], Unit | None]:
    """Take as many units as fit into one block. Returns them (perhaps none) and the next one."""
    size = len('{"type": "rich_text", "elements": []}')
    group: list[Unit] = []
    waiting: Unit | None = first
    while waiting is not None and len(group) < MAX_ELEMENTS:
        size += waiting.size + (JOINED if group and group[-1].joins(waiting) else AROUND)
        if size > room:
            break
        group.append(waiting)
        waiting = next(units, None)
    return group, waiting


def _elements(units: Sequence[Unit]) -> Iterable[Json]:
    """Join neighbouring units of a kind into one element of rich text."""
    at = 0
    while at < len(units):
        first = units[at]
        end = at + 1
        while end < len(units) and first.joins(units[end]):
            end += 1
        group = units[at:end]
        if first.kind == LIST:
            yield _list(group)
        elif first.kind == PREFORMATTED:
            yield {"type": "rich_text_preformatted", "elements": [*chain(*(unit.elements for unit in group))]}
        elif first.kind == QUOTE:
            yield {"type": "rich_text_quote", "elements": _apart(group)}
        else:
            above = [_text("\n")] if first.below_list and at else []  # a list has no space below it
            below = [_text("\n")] if end < len(units) else []
            yield {"type": SECTION, "elements": [*above, *_apart(group), *below]}
        at = end


def _list(group: Sequence[Unit]) -> Json:
    first = group[0]
    element: Json = {
        "type": "rich_text_list",
        "style": "ordered" if first.number else "bullet",
        "indent": first.indent,
        "elements": [{"type": SECTION, "elements": list(unit.elements)} for unit in group],
    }
    if first.number > 1:
        element["offset"] = min(first.number - 1, MAX_OFFSET)
    return element


def _apart(group: Sequence[Unit]) -> list[Json]:
    elements: list[Json] = []
    for number, unit in enumerate(group):
        if number and unit.gap:
            elements.append(_text(unit.gap))
        elements.extend(unit.elements)
    return elements


def _text(text: str) -> Json:
    return {"type": "text", "text": text}
