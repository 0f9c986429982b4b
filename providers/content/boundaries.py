"""Where history without an end, or a forward, begins."""

from collections.abc import Sequence
from typing import Final

from providers.content.document import Heading, Paragraph, Quote, Rule, Table
from providers.content.pieces import Mark, Piece
from providers.content.plain import words_of
from providers.content.quote_lines import Opening, announces_nothing, header_block, opening_of

ATTRIBUTIONS: Final = (Opening.WEAK, Opening.ATTRIBUTION, Opening.CERTAIN)


def boundary_at(pieces: Sequence[Piece], number: int) -> Opening:
    """Tell whether everything from here on is history (ORIGINAL, CERTAIN) or forwarded (FORWARD)."""
    piece = pieces[number]
    if piece.mark is Mark.FORWARD:
        return Opening.FORWARD
    block = piece.block
    if piece.mark is Mark.OWN and isinstance(block, Paragraph) and announces_nothing(piece.text):
        return Opening.NONE
    if isinstance(block, Quote):
        first = block.blocks[0]
        if _announced(pieces, number):
            return Opening.NONE
        return (
            Opening.FORWARD
            if opening_of(words_of(first.spans) if isinstance(first, Paragraph | Heading) else "")
            is Opening.FORWARD
            else Opening.NONE
        )
    if piece.mark is Mark.QUOTE:
        return Opening.FORWARD if opening_of(piece.text) is Opening.FORWARD else Opening.NONE
    opening = opening_of(piece.text)
    if opening in (Opening.FORWARD, Opening.ORIGINAL):
        return opening
    if piece.mark is Mark.REST:
        return Opening.ORIGINAL
    if opening is Opening.CERTAIN and not quote_follows(pieces, number):
        return Opening.CERTAIN
    if _has_header_block(pieces, number):
        return Opening.ORIGINAL
    return Opening.NONE


def _announced(pieces: Sequence[Piece], number: int) -> bool:
    """Tell whether a line above says whose words a quote holds: then it is history, whatever is in it."""
    before = number - 1
    while before >= 0 and isinstance(pieces[before].block, Rule):
        before -= 1
    if before < 0:
        return False
    return pieces[before].mark is Mark.ATTRIBUTION or opening_of(pieces[before].text) in ATTRIBUTIONS


def _has_header_block(pieces: Sequence[Piece], number: int) -> bool:
    """Look for a header block in one paragraph, one table, or one line to a paragraph (Word)."""
    block = pieces[number].block
    if isinstance(block, Table):
        return bool(header_block([": ".join(words_of(c).strip(" :") for c in row) for row in block.rows[:8]]))
    if not isinstance(block, Paragraph):
        return False
    text = pieces[number].text
    if ":" not in text and "：" not in text:
        return False
    lines = text.split("\n")
    if ":" not in lines[0] and "：" not in lines[0]:
        return False
    if len(lines) == 1:
        for following in pieces[number + 1 : number + 6]:
            if not isinstance(following.block, Paragraph):
                break
            lines.extend(following.text.split("\n"))
    return bool(header_block(lines))


def quote_follows(pieces: Sequence[Piece], number: int) -> bool:
    """Tell whether what follows a piece is marked as somebody else's words."""
    for piece in pieces[number + 1 :]:
        if isinstance(piece.block, Rule):
            continue
        return isinstance(piece.block, Quote) or piece.mark is Mark.QUOTE
    return False
