"""Lists as Word writes them into mail: paragraphs that begin with a typed mark and name their depth."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple, Protocol

from providers.content.document import Block, LineBreak, List, Paragraph, Span, Text
from providers.content.light import dataclass
from providers.content.pieces import Piece, piece_of

_LEVEL = re.compile(r"mso-list:\s*l\d{1,6}\s+level(\d)", re.IGNORECASE)
_PARAGRAPH = re.compile(r"(?:^|\s)(?:x_)?msolistparagraph", re.IGNORECASE)
# Symbol, Courier New and Wingdings stand behind these; what they look like in another font does not matter.
_MARK = re.compile(r"(?:(\d{1,4})[.)]|[·•§Ø¨\uf000-\uf0ff–-])(?:[\s\xa0]+|$)")
# Some marks are letters. They are none where nothing but the name of the paragraph speaks for a list.
_CERTAIN_MARK = re.compile(r"(?:(\d{1,4})[.)]|[·•§Ø¨\uf000-\uf0ff–oüvàðÞ-])(?:[\s\xa0]+|$)")
# Slack letters the second level by itself. On the first "see c)" has to stay true.
_LETTERED = re.compile(r"([a-h])[.)](?:[\s\xa0]+|$)")


@dataclass(frozen=True, slots=True)
class WordItem(List):
    """A list of one item, to be joined with its neighbours. `depth`: 1 for the outermost."""

    depth: int = 1


class Place(NamedTuple):
    """Where a paragraph stands in Word's lists. `certain`: its style says so, not only its name."""

    depth: int
    certain: bool


class _Container(Protocol):
    def open_container(self) -> None: ...

    def close_container(self) -> tuple[Block, ...]: ...

    def emit(self, block: Block) -> None: ...


def place_in(attributes: Mapping[str, str]) -> Place | None:
    """Return where a paragraph stands in a list of Word's, None for nowhere."""
    found = _LEVEL.search(attributes.get("style", ""))
    if found:
        return Place(max(int(found[1]), 1), certain=True)
    return Place(1, certain=False) if _PARAGRAPH.search(attributes.get("class", "")) else None


def item_of(blocks: Sequence[Block], place: Place) -> tuple[Block, ...]:
    """Make an item of what stood in such a paragraph; the blocks as they are if no mark begins them."""
    first = blocks[0] if blocks else None
    if not isinstance(first, Paragraph) or not isinstance(first.spans[0], Text):
        return tuple(blocks)
    words = "".join(_words(first.spans[:2]))
    found = (_CERTAIN_MARK if place.certain else _MARK).match(words)
    number = int(found[1]) if found and found[1] else 0
    if found is None and place.certain and place.depth > 1:
        found = _LETTERED.match(words)
        number = ord(found[1]) - ord("a") + 1 if found else 0
    rest = _without(first.spans, found.end()) if found else ()
    while rest and isinstance(rest[0], LineBreak):
        rest = rest[1:]
    if not rest:
        return tuple(blocks)
    item: tuple[Block, ...] = (Paragraph(rest), *blocks[1:])
    return (WordItem((item,), bool(number), number or 1, place.depth),)


def _words(spans: Iterable[Span]) -> Iterable[str]:
    for span in spans:
        if not isinstance(span, Text):
            return
        yield span.text


def _without(spans: Sequence[Span], size: int) -> tuple[Span, ...]:
    """Take the first `size` characters off spans that begin with texts."""
    rest = list(spans)
    while rest and size:
        first = rest[0]
        if not isinstance(first, Text):
            break
        if len(first.text) > size:
            rest[0] = replace(first, text=first.text[size:])
            break
        size -= len(first.text)
        del rest[0]
    return tuple(rest)


def joined_items(blocks: Iterable[Block]) -> list[Block]:
    """Join neighbouring items to lists, deeper ones into the item above them."""
    result: list[Block] = []
    run: list[WordItem] = []
    for block in blocks:
        if isinstance(block, WordItem):
            run.append(block)
            continue
        result.extend(_lists(run))
        run = []
        result.append(block)
    return [*result, *_lists(run)]


def joined_pieces(pieces: Sequence[Piece]) -> list[Piece]:
    """Join the items among pieces, those that the client marked alike."""
    if not any(isinstance(piece.block, WordItem) for piece in pieces):
        return list(pieces)
    result: list[Piece] = []
    for (is_item, mark), run in groupby(pieces, lambda one: (isinstance(one.block, WordItem), one.mark)):
        if is_item:
            result.extend(piece_of(block, mark) for block in joined_items(piece.block for piece in run))
        else:
            result.extend(run)
    return result


def _lists(run: Sequence[WordItem]) -> list[Block]:
    """Make lists of a run of items at any depth."""
    result: list[Block] = []
    at = 0
    while at < len(run):
        first = run[at]
        items: list[tuple[Block, ...]] = []
        while at < len(run) and _goes_on(first, run[at], len(items)):
            below = at + 1
            while below < len(run) and run[below].depth > first.depth:
                below += 1
            items.append((*run[at].items[0], *_lists(run[at + 1 : below])))
            at = below
        result.append(List(tuple(items), first.ordered, first.start))
    return result


def _goes_on(first: WordItem, item: WordItem, met: int) -> bool:
    if not met:
        return True
    if item.depth != first.depth or item.ordered != first.ordered:
        return False
    return not item.ordered or item.start == first.start + met


def leave_item(builder: _Container, place: Place) -> None:
    """End such a paragraph: put the item, or what else it was, where it belongs."""
    for block in item_of(builder.close_container(), place):
        builder.emit(block)
