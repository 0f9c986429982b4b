"""A document cut into units: the smallest things that a page of a window may end between."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from bot.inbox.body_spans import draw_spans
from bot.inbox.body_tables import table_text
from providers.content.document import (
    BREAK,
    Block,
    Document,
    Heading,
    List,
    Paragraph,
    Preformatted,
    Quote,
    Rule,
    Span,
    Style,
    Table,
    Text,
    style_with,
)
from providers.content.plain import as_text

Json = dict[str, Any]

SECTION = "rich_text_section"
LIST = "rich_text_list"
QUOTE = "rich_text_quote"
PREFORMATTED = "rich_text_preformatted"
MAX_UNIT_BYTES = 3_000
MAX_INDENT = 6
MAX_DEPTH = 12


@dataclass(frozen=True, slots=True)
class Unit:
    """One paragraph, item, or stretch of lines. `gap`: what stands between it and the one before it."""

    kind: str
    elements: tuple[Json, ...]
    size: int
    indent: int = 0
    number: int = 0  # of an ordered list's item, 0 for others
    group: int = 0  # of a list or quote: units of different ones do not join
    gap: str = "\n\n"
    below_list: bool = False  # words that go on after a list, not in it

    def joins(self, other: "Unit") -> bool:
        """Tell whether the next unit may stand in the same element."""
        if self.kind != other.kind or self.group != other.group or self.indent != other.indent:
            return False
        return (self.number == 0) == (other.number == 0)


def units_of(document: Document) -> Iterator[Unit]:
    """Cut a document into units, each at most MAX_UNIT_BYTES as sent, as far as they are asked for."""
    groups = count(1)
    before: Block | None = None
    for block in document.blocks:
        for unit in _units(block, groups):
            yield replace(unit, below_list=True) if isinstance(before, List) else unit
            before = None
        before = block


def _units(block: Block, groups: Iterator[int]) -> Iterator[Unit]:
    """Cut a block of the outermost level."""
    if isinstance(block, Quote):
        yield from _quote(block, next(groups), groups, 0)
    elif isinstance(block, List):
        yield from _list(block, 0, groups)
    else:
        yield from _leaf(block, SECTION, 0, groups)


def _leaf(block: Block, kind: str, group: int, groups: Iterator[int], prefix: str = "") -> Iterator[Unit]:
    if isinstance(block, Preformatted | Table):
        text = block.text if isinstance(block, Preformatted) else table_text(block)
        if kind == SECTION:
            yield from _paragraph(PREFORMATTED, [Text(text)], next(groups))
        else:
            yield from _paragraph(kind, _code_lines(text), group, prefix)
    elif isinstance(block, Rule):
        yield from _paragraph(kind, [Text("———")], group, prefix)
    elif isinstance(block, Heading):
        yield from _paragraph(kind, [_bold(span) for span in block.spans], group, prefix)
    elif isinstance(block, Paragraph):
        yield from _paragraph(kind, block.spans, group, prefix)


def _code_lines(text: str) -> list[Span]:
    """Columns in a quote, where Slack has no block for them: lines in letters of one width."""
    spans: list[Span] = []
    for line in text.split("\n"):
        spans += [BREAK, Text(line, Style(code=True))] if line else [BREAK]
    return spans[1:]


def _paragraph(
    kind: str, spans: Sequence[Span], group: int, prefix: str = "", gap: str = "\n\n"
) -> Iterator[Unit]:
    for elements, size in _chunks(draw_spans(spans, prefix, links=kind != PREFORMATTED)):
        yield Unit(kind, elements, size, group=group, gap=gap)
        gap = ""


def _quote(quote: Quote, group: int, groups: Iterator[int], depth: int) -> Iterator[Unit]:
    """Cut a quote; Slack knows no quotes in quotes, so inner ones keep their marks."""
    prefix = "> " * min(depth, MAX_DEPTH)
    before: Block | None = None
    for block in quote.blocks:
        if isinstance(block, Quote):
            yield from _quote(block, group, groups, depth + 1)
        elif isinstance(block, List):
            gap = "\n" if isinstance(before, Paragraph) else "\n\n"
            for line in _list_lines(block, 0):
                yield from _paragraph(QUOTE, line, group, prefix, gap)
                gap = "\n"
        else:
            yield from _leaf(block, QUOTE, group, groups, prefix)
        before = block


def _list(block: List, indent: int, groups: Iterator[int]) -> Iterator[Unit]:
    group = next(groups)
    for number, item in enumerate(block.items, start=max(1, block.start)):
        units = 0
        for unit in _item(item, group, indent, number if block.ordered else 0, groups):
            units += 1
            yield unit
        if units > 1:
            group = next(groups)  # what stood between makes a new list of the rest, which counts on


def _item(
    item: Sequence[Block], group: int, indent: int, number: int, groups: Iterator[int]
) -> Iterator[Unit]:
    """Cut one item: its first paragraphs are the item, what Slack cannot show in a list stands below it."""
    spans: list[Span] = []
    taken = 0
    for block in item:
        if not isinstance(block, Paragraph | Heading):
            break
        spans.extend([BREAK] if spans else [])
        spans.extend(block.spans)
        taken += 1
    indent = min(indent, MAX_INDENT)
    first = True
    for elements, size in _chunks(draw_spans(spans or [Text("–")])):
        if first:
            yield Unit(LIST, elements, size, indent=indent, number=number, group=group)
        else:
            yield Unit(SECTION, elements, size)
        first = False
    for block in item[taken:]:
        if isinstance(block, List):
            yield from _list(block, indent + 1, groups)
        else:
            yield from _units(block, groups)


def _bold(span: Span) -> Span:
    if isinstance(span, Text):
        return Text(span.text, style_with(span.style, "bold"))
    return span


def _list_lines(block: List, depth: int) -> Iterator[list[Span]]:
    """Lists inside quotes, which Slack cannot show as lists: their items as lines."""
    for number, item in enumerate(block.items, start=block.start):
        sign = "   " * depth + (f"{number}. " if block.ordered else "• ")
        spans: list[Span] = [Text(sign)]
        for part in item:
            if isinstance(part, List):
                if spans:
                    yield spans
                spans = []
                yield from _list_lines(part, min(depth + 1, MAX_DEPTH))
                continue
            if isinstance(part, Paragraph | Heading):
                spans.extend([BREAK] if len(spans) > 1 else [])
                spans.extend(part.spans)
            else:
                spans.extend((BREAK, Text(as_text(Document((part,))))))
        if spans:
            yield spans


def _chunks(elements: Iterable[Json]) -> Iterator[tuple[tuple[Json, ...], int]]:
    """Group elements so that each group stays within MAX_UNIT_BYTES; each comes with its size as sent."""
    group: list[Json] = []
    size = 0
    for element in elements:
        length = len(json.dumps(element)) + 2
        if group and size + length > MAX_UNIT_BYTES:
            rest = group[_last_line(group) :]
            left = sum(len(json.dumps(one)) + 2 for one in rest)
            if left + length > MAX_UNIT_BYTES:
                rest, left = [], 0
            yield tuple(group[: len(group) - len(rest)]), size - left
            group, size = rest, left
        group.append(element)
        size += length
    if group:
        yield tuple(group), size


def _last_line(group: Sequence[Json]) -> int:
    """Where a group may end: behind its last whole line, unless that would leave less than half of it."""
    for at in range(len(group) - 1, len(group) // 2, -1):
        if group[at] == {"type": "text", "text": "\n"}:
            return at + 1
    return len(group)
