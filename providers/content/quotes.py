"""What the sender wrote, apart from the history below it.

Structure first (what the client marked), then words ("On … wrote:", header blocks, separators). In doubt,
show: nothing is ever deleted, the rest stands behind "Show quoted text".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from providers.content.announced import announces_answers
from providers.content.boundaries import ATTRIBUTIONS, boundary_at
from providers.content.clean import has_word
from providers.content.document import Block, Heading, Image, List, Paragraph, Quote, Rule, Table, walk_blocks
from providers.content.lines import cut_at_openings
from providers.content.pieces import Mark, Piece
from providers.content.plain import words_of
from providers.content.quote_lines import (
    Opening,
    between_dashes,
    is_forward_subject,
    opening_of,
)
from providers.content.quote_words import QUOTED
from providers.content.signatures import is_dashed, is_footer, is_list_footer
from providers.content.unclosed import out_of_lists


@dataclass(frozen=True, slots=True)
class Split:
    """The two halves of a message, both in the order of the message."""

    visible: tuple[Piece, ...]
    quoted: tuple[Piece, ...]


_OF_QUOTES = (Mark.QUOTE, Mark.ATTRIBUTION)


class _Role(Enum):
    OWN = 0
    SPACE = 1  # a rule, an empty thing: belongs to what follows
    ATTRIBUTION = 2
    HISTORY = 3
    FOOT = 4  # a signature or a list's footer: says nothing of its own


def split(pieces: Sequence[Piece], subject: str = "") -> Split:
    """Part a message into what the sender wrote and history."""
    pieces = cut_at_openings(out_of_lists(pieces))
    end, forwarded = _history_from(pieces, is_forward_subject(subject))
    quoting = any(isinstance(piece.block, Quote) or piece.mark in _OF_QUOTES for piece in pieces)
    if end == len(pieces) and not quoting:
        return Split(tuple(pieces), ())  # as most first messages and short answers
    roles = [_role(pieces, number, quoting) for number in range(end)]
    if quoting:
        _mark_attributions(pieces, roles)
        _mark_originals(pieces, roles, is_forward_subject(subject))
    own = [number for number, role in enumerate(roles) if role is _Role.OWN]
    if own and own[-1] - own[0] == len(own) - 1 and is_dashed([pieces[number] for number in own]):
        own = []  # nothing but a signature
    if forwarded:
        visible, quoted = _without_history(pieces[:end], roles, own) if own else (list(pieces[:end]), [])
        return Split((*visible, *pieces[end:]), tuple(quoted))
    if not own:
        return Split(tuple(pieces), ())
    visible, quoted = _without_history(pieces[:end], roles, own)
    if (quoted or end < len(pieces)) and announces_answers(visible):
        return Split(tuple(pieces), ())
    return Split(tuple(visible), (*quoted, *pieces[end:]))


def _history_from(pieces: Sequence[Piece], forward_subject: bool) -> tuple[int, bool]:
    """Find where history without an end, or a forward, begins: the index, and whether it is a forward."""
    for number, piece in enumerate(pieces):
        kind = boundary_at(pieces, number)
        if kind is Opening.NONE:
            continue
        forward = kind is Opening.FORWARD or (forward_subject and kind is not Opening.CERTAIN)
        if forward:
            return number, True
        start = number
        while start and _belongs_below(pieces[start - 1]):
            start -= 1
        if piece.mark in (Mark.OWN, Mark.REST):
            return start, False
        return number, False
    return len(pieces), False


def _belongs_below(piece: Piece) -> bool:
    """Tell whether a piece above history parts it from the answer: a rule, or some words between dashes."""
    return isinstance(piece.block, Rule) or (
        isinstance(piece.block, Paragraph) and bool(between_dashes(piece.text))
    )


def _role(pieces: Sequence[Piece], number: int, quoting: bool) -> _Role:
    piece = pieces[number]
    if piece.mark is Mark.ATTRIBUTION:
        return _Role.ATTRIBUTION
    if piece.mark is Mark.QUOTE:
        return _Role.HISTORY
    if piece.mark is Mark.SIGNATURE:
        return _Role.FOOT
    if isinstance(piece.block, Rule):
        return _Role.SPACE
    if isinstance(piece.block, Paragraph) and (
        is_footer(piece.text) or (quoting and _below_a_quote(pieces, number))
    ):
        return _Role.FOOT
    return _Role.OWN if speaks(piece) else _Role.SPACE


def _below_a_quote(pieces: Sequence[Piece], number: int) -> bool:
    """Tell whether a paragraph is the footer that a mailing list put below the history."""
    below = any(
        isinstance(piece.block, Quote) or piece.mark is Mark.QUOTE
        for piece in pieces[max(0, number - 4) : number]
    )
    return below and is_list_footer(pieces[number].text)


def speaks(piece: Piece) -> bool:
    """Tell whether a piece would be seen as content."""
    block = piece.block
    if isinstance(block, Paragraph):
        return has_word(piece.text) or any(isinstance(span, Image) for span in block.spans)
    return says_something(block)


def says_something(block: Block) -> bool:
    """Tell whether a block would be seen as content."""
    for inner in walk_blocks((block,)):
        if isinstance(inner, Paragraph | Heading):
            if any(isinstance(span, Image) for span in inner.spans) or has_word(words_of(inner.spans)):
                return True
        elif isinstance(inner, Table):
            if any(has_word(words_of(cell)) for row in inner.rows for cell in row):
                return True
        elif not isinstance(inner, Quote | List | Rule) and has_word(inner.text):
            return True
    return False


def _mark_attributions(pieces: Sequence[Piece], roles: list[_Role]) -> None:
    """Make the line before a quote its attribution, and a plain quote after an attribution history."""
    for number in range(len(roles)):
        block = pieces[number].block
        if not isinstance(block, Quote) and roles[number] is not _Role.HISTORY:
            continue
        if isinstance(block, Quote) and _begins_with_attribution(block):
            roles[number] = _Role.HISTORY
        before = number - 1
        while before >= 0 and roles[before] is _Role.SPACE:
            before -= 1
        if before < 0:
            continue
        if roles[before] is _Role.ATTRIBUTION:
            roles[number] = _Role.HISTORY
        elif roles[before] is _Role.OWN and opening_of(pieces[before].text) in ATTRIBUTIONS:
            weak = opening_of(pieces[before].text) is Opening.WEAK and roles[number] is not _Role.HISTORY
            if not weak:
                roles[before], roles[number] = _Role.ATTRIBUTION, _Role.HISTORY


def _mark_originals(pieces: Sequence[Piece], roles: list[_Role], forwarded: bool) -> None:
    """Make quotes that say they are an original message history, unless the whole mail passes them on."""
    for number in () if forwarded else range(len(roles)):
        block = pieces[number].block
        if isinstance(block, Quote) and _is_original(block):
            roles[number] = _Role.HISTORY


def _begins_with_attribution(quote: Quote) -> bool:
    """Tell whether a quote says in its first lines whose words it holds (Yahoo on phones)."""
    first = quote.blocks[0]
    if not isinstance(first, Paragraph):
        return False
    lines = words_of(first.spans).split("\n", 4)[:4]
    if lines[0].rstrip().endswith(":") and "@" in lines[0] and opening_of(lines[0]) in ATTRIBUTIONS:
        return True  # mail.ru: a date and an address, and no "wrote"
    return any(opening_of(" ".join(lines[:size])) is Opening.CERTAIN for size in range(1, len(lines) + 1))


def _is_original(quote: Quote) -> bool:
    """Tell whether a quote begins with "----- Original Message -----" (Outlook Express), or as Orange's."""
    first = quote.blocks[0]
    line = words_of(first.spans).split("\n", 1)[0] if isinstance(first, Paragraph) else ""
    return opening_of(line) is Opening.ORIGINAL or line.lstrip("> ").startswith(QUOTED)


def _without_history(
    pieces: Sequence[Piece], roles: Sequence[_Role], own: Sequence[int]
) -> tuple[list[Piece], list[Piece]]:
    """Fold quotes, except where the sender answers between them."""
    if not any(role in roles for role in (_Role.HISTORY, _Role.ATTRIBUTION, _Role.FOOT)):
        return list(pieces), []
    last = own[-1]
    between = [number for number in range(last) if roles[number] is _Role.HISTORY]
    groups = sum(1 for n in between if n == 0 or roles[n - 1] is not _Role.HISTORY)
    answers_below = groups == 1 and own[0] > between[-1]  # one quote on top, the answer under it
    visible: list[Piece] = []
    quoted: list[Piece] = []
    waiting: list[
        Piece
    ] = []  # rules and the like below the last own words: they go where the next piece goes
    for number, piece in enumerate(pieces):
        history = roles[number] in (_Role.HISTORY, _Role.ATTRIBUTION)
        if number > last and roles[number] is _Role.SPACE:
            waiting.append(piece)
            continue
        if number > last and roles[number] is _Role.FOOT:
            piece = piece._replace(mark=Mark.SIGNATURE)
        side = quoted if history and (number > last or answers_below) else visible
        side.extend((*waiting, piece))
        waiting = []
    (quoted or visible).extend(waiting)
    return visible, quoted
