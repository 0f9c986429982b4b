"""Lists that plain text shows by setting lines in: items below items, and items that go on below their sign.

A list whose items are one line each needs no more than its lines, and stays as it is.
"""

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from providers.content.document import BREAK, Block, List, Paragraph, Span
from providers.content.quote_lines import Opening, opening_of
from providers.content.text_lines import indent_of, is_rule, spans_of, was_wrapped

MAX_LEVELS = 8
DEEPER = 2  # blanks that a line has more than the one above which it belongs to
_ITEM: Final = re.compile(r"([-*•·–+◦▪‣]|[1-9]\d{0,2}[.)]|[A-Za-z]\)|o(?=[ \t]{2}))[ \t]+(?=\S)")


@dataclass(slots=True)
class _Item:
    """An item as it is met. `number`: of an ordered list; `sign`: what another list cannot show."""

    indent: int
    number: int
    sign: str
    paragraphs: list[list[str]] = field(default_factory=list)


def is_item(line: str) -> bool:
    """Tell whether a line looks like an item of a list."""
    return _ITEM.match(line.lstrip()) is not None


def behind_sign(bare: str) -> str:
    """Return what stands behind the sign of an item, of another line all of it."""
    match = _ITEM.match(bare)
    return bare[match.end() :] if match else bare


def list_at(lines: list[str], at: int, width: int) -> tuple[list[Block], int]:
    """Read the list that begins with the item at `at`; no block if it is flat. Returns its end, too."""
    items: list[_Item] = []
    last = ""
    goes_on = False
    end = number = at
    while number < len(lines):
        line = lines[number]
        bare = line.strip()
        number += 1
        if not bare:
            continue
        apart = number - 1 > end
        indent = indent_of(line)
        match = _ITEM.match(bare)
        if match and (not items or indent >= items[0].indent - 1):
            items.append(_item(match.group(1), indent, bare[match.end() :]))
        elif not items or is_rule(bare) or not _continues(items[-1], line, indent, apart, last, width):
            break
        else:
            goes_on = goes_on or indent > items[-1].indent
            _add(items[-1], bare, apart, was_wrapped(last, bare, width) if width else False)
        last = line.rstrip()
        end = number
    deeper = any(two.indent >= one.indent + DEEPER for one, two in pairwise(items))
    if len(items) < 2 or not (deeper or goes_on):
        return [], max(end, at + 1)
    return _blocks(items, 0), end


def _item(sign: str, indent: int, text: str) -> _Item:
    number = int(sign[:-1]) if sign[:-1].isdigit() else 0
    return _Item(indent, number, f"{sign} " if sign[-1] == ")" and not number else "", [[text]])


def _continues(item: _Item, line: str, indent: int, apart: bool, last: str, width: int) -> bool:
    """Tell whether a line that is no item belongs to the item above it."""
    if opening_of(line) is not Opening.NONE:
        return False
    if indent >= item.indent + DEEPER:
        return True
    return bool(width) and not apart and was_wrapped(last, line, width)


def _add(item: _Item, bare: str, apart: bool, wrapped: bool) -> None:
    if apart:
        item.paragraphs.append([bare])
    elif wrapped:
        item.paragraphs[-1][-1] += f" {bare}"
    else:
        item.paragraphs[-1].append(bare)


def _blocks(items: list[_Item], level: int) -> list[Block]:
    """Make lists of items: those that are set in further belong to the one before them."""
    blocks: list[Block] = []
    at = 0
    while at < len(items):
        first = items[at]
        rows: list[tuple[Block, ...]] = []
        while at < len(items) and _goes_with(first, items[at], len(rows)):
            end = at + 1
            while end < len(items) and level < MAX_LEVELS and items[end].indent >= items[at].indent + DEEPER:
                end += 1
            rows.append((*_paragraphs(items[at]), *_blocks(items[at + 1 : end], level + 1)))
            at = end
        if first.sign:
            blocks.extend(block for row in rows for block in row)
        else:
            blocks.append(List(tuple(rows), first.number > 0, max(1, first.number)))
    return blocks


def _goes_with(first: _Item, item: _Item, after: int) -> bool:
    """Tell whether an item counts on from the first one of a list."""
    if first.sign:
        return after == 0
    return not item.sign and item.number == (first.number + after if first.number else 0)


def _paragraphs(item: _Item) -> list[Paragraph]:
    paragraphs: list[Paragraph] = []
    for number, lines in enumerate(item.paragraphs):
        spans: list[Span] = []
        for at, line in enumerate(lines):
            if at:
                spans.append(BREAK)
            spans.extend(spans_of(" ".join((item.sign * (not number and not at) + line).split())))
        paragraphs.append(Paragraph(tuple(spans)))
    return paragraphs
