"""History that stands in the last item of a list, because nobody closed the list before it."""

from collections.abc import Sequence
from dataclasses import replace

from providers.content.boundaries import boundary_at, quote_follows
from providers.content.document import Block, List, Paragraph
from providers.content.lines import cut_at_openings
from providers.content.pieces import Mark, Piece, piece_of
from providers.content.quote_lines import Opening, opening_of


def out_of_lists(pieces: Sequence[Piece]) -> list[Piece]:
    """Put behind a list what in its last item, or in the last of that, begins as history begins."""
    result: list[Piece] = []
    for piece in pieces:
        block = piece.block
        if piece.mark is Mark.OWN and isinstance(block, List) and block.items:
            kept, history = _parted(block)
            result.extend(([piece_of(kept)] if kept else []) + history)
        else:
            result.append(piece)
    return result


def _parted(block: List) -> tuple[List | None, list[Piece]]:
    *items, last = block.items
    kept, history = _cut(last)
    if not history:
        return block, []
    items += [kept] if kept else []
    return (replace(block, items=tuple(items)) if items else None), history


def _cut(item: Sequence[Block]) -> tuple[tuple[Block, ...], list[Piece]]:
    """Part an item before the first line in it that announces history."""
    pieces = cut_at_openings([piece_of(block) for block in item])
    for number, piece in enumerate(pieces):
        if isinstance(piece.block, Paragraph) and _begins_history(pieces, number):
            return tuple(one.block for one in pieces[:number]), pieces[number:]
    if item and isinstance(item[-1], List) and item[-1].items:
        kept, history = _parted(item[-1])
        return (*item[:-1], *([kept] if kept else [])), history
    return tuple(item), []


def _begins_history(pieces: Sequence[Piece], number: int) -> bool:
    if boundary_at(pieces, number) is not Opening.NONE:
        return True
    said = opening_of(pieces[number].text) in (Opening.ATTRIBUTION, Opening.CERTAIN)
    return said and quote_follows(pieces, number)
