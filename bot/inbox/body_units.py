"""A document cut into units: the smallest things that a page of a window may end between."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.inbox.body_spans import draw_spans
from bot.inbox.body_tables import table_text
from providers.content.document import (
    Block,
    Document,
    Heading,
    LineBreak,
    List,
    Paragraph,
    Preformatted,
    Quote,
    Rule,
    Span,
    Table,
    Text,
    style_with,
)

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
    """One paragraph, item, or stretch of lines. `continues`: it is the rest of the one before it."""

    kind: str
    elements: tuple[Json, ...]
    size: int
    indent: int = 0
    number: int = 0  # of an ordered list's item, 0 for others
    group: int = 0  # of a list or quote: units of different ones do not join
    continues: bool = False

    def joins(self, other: "Unit") -> bool:
        """Tell whether the next unit may stand in the same element."""
        if self.kind != other.kind or self.group != other.group or self.indent != other.indent:
            return False
        return (self.number == 0) == (other.number == 0)


def units_of(document: Document) -> list[Unit]:
    """Cut a document into units, each at most MAX_UNIT_BYTES as sent."""
    cutter = _Cutter()
    for block in document.blocks:
        cutter.add(block)
    return cutter.units


class _Cutter:
    def __init__(self) -> None:
        self.units: list[Unit] = []
        self._group = 0

    def add(self, block: Block) -> None:
        """Add a block of the outermost level."""
        if isinstance(block, Quote):
            self._group += 1
            self._quote(block, self._group, 0)
        elif isinstance(block, List):
            self._list(block, 0)
        else:
            self._leaf(block, SECTION, 0)

    def _leaf(self, block: Block, kind: str, group: int, prefix: str = "") -> None:
        if isinstance(block, Preformatted | Table):
            text = block.text if isinstance(block, Preformatted) else table_text(block)
            kept = PREFORMATTED if kind == SECTION else kind
            group = group or self._next()
            self._put(kept, [Text(text)], group, prefix)
        elif isinstance(block, Rule):
            self._put(kind, [Text("———")], group, prefix)
        elif isinstance(block, Heading):
            self._put(kind, [_bold(span) for span in block.spans], group, prefix)
        elif isinstance(block, Paragraph):
            self._put(kind, block.spans, group, prefix)

    def _next(self) -> int:
        self._group += 1
        return self._group

    def _put(self, kind: str, spans: Sequence[Span], group: int, prefix: str = "") -> None:
        chunks = _chunks(draw_spans(spans, prefix, links=kind != PREFORMATTED))
        for number, chunk in enumerate(chunks):
            self.units.append(Unit(kind, chunk, _size(chunk), group=group, continues=bool(number)))

    def _quote(self, quote: Quote, group: int, depth: int) -> None:
        prefix = "> " * min(depth, MAX_DEPTH)
        for block in quote.blocks:
            if isinstance(block, Quote):
                self._quote(block, group, depth + 1)
            elif isinstance(block, List):
                for line in _list_lines(block, 0):
                    self._put(QUOTE, line, group, prefix)
            else:
                self._leaf(block, QUOTE, group, prefix)

    def _list(self, block: List, indent: int) -> None:
        group = self._next()
        for number, item in enumerate(block.items, start=max(1, block.start)):
            before = len(self.units)
            self._item(item, group, indent, number if block.ordered else 0)
            if len(self.units) > before + 1:
                group = self._next()  # what stood between makes a new list of the rest, which counts on

    def _item(self, item: Sequence[Block], group: int, indent: int, number: int) -> None:
        """Draw one item: its first paragraphs as the item, what Slack cannot show in a list below it."""
        spans: list[Span] = []
        rest = list(item)
        while rest and isinstance(rest[0], Paragraph | Heading):
            block = rest.pop(0)
            if isinstance(block, Paragraph | Heading):
                spans.extend([LineBreak()] if spans else [])
                spans.extend(block.spans)
        chunks = list(_chunks(draw_spans(spans or [Text("–")])))
        first, others = chunks[0], chunks[1:]
        indent = min(indent, MAX_INDENT)
        self.units.append(Unit(LIST, first, _size(first), indent=indent, number=number, group=group))
        self.units.extend(Unit(SECTION, chunk, _size(chunk)) for chunk in others)
        for block in rest:
            if isinstance(block, List):
                self._list(block, indent + 1)
            else:
                self.add(block)


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
            if isinstance(part, Paragraph | Heading):
                if len(spans) > 1:
                    spans.append(LineBreak())
                spans.extend(part.spans)
            elif isinstance(part, Preformatted):
                spans.extend((LineBreak(), Text(part.text)))
        yield spans
        for part in item:
            if isinstance(part, List):
                yield from _list_lines(part, min(depth + 1, MAX_DEPTH))


def _chunks(elements: Sequence[Json]) -> Iterator[tuple[Json, ...]]:
    """Group elements so that each group stays within MAX_UNIT_BYTES."""
    group: list[Json] = []
    size = 0
    for element in elements:
        length = len(json.dumps(element)) + 2
        if group and size + length > MAX_UNIT_BYTES:
            yield tuple(group)
            group, size = [], 0
        group.append(element)
        size += length
    if group:
        yield tuple(group)


def _size(elements: Sequence[Json]) -> int:
    return sum(len(json.dumps(element)) + 2 for element in elements)
