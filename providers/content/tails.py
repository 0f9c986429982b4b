"""The last lines of a message, where signatures and cards stand: found, told from sentences, cut off."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from providers.content.document import Document, Image, Paragraph, Rule, Table, Text
from providers.content.lines import lines_in, paragraph_of
from providers.content.pieces import Piece, piece_of
from providers.content.plain import as_text, words_of
from providers.content.quote_lines import Opening, header_block, opening_of

PHONE: Final = re.compile(
    r"(?:\+|\b00|\(0|\b0)\d?[\d\s()/.\-\u2010\u2011]{6,24}\d|\b\d{3}[-. ]\d{3}[-. ]\d{4}\b"
)
ONLINE: Final = re.compile(r"https?://|www\.|[^\s@]{1,64}@[\w-]{1,63}\.[\w.-]{2,60}", re.IGNORECASE)
# What companies have to put below their letters, by country.
REGISTERED: Final = re.compile(
    r"\bHR[AB] ?\d|\bUSt-?Id|\bVAT (?:no|num|reg|id)|\bcompany (?:no|num|reg)|\bregistered (?:in|office)"
    r"|\bsire[tn]\b|\bp\. ?iva\b|\bkvk\b|\bABN\b|\borg\.? ?n(?:umme)?r\b|\bCVR\b|\bCNPJ\b|\bIČO\b",
    re.IGNORECASE,
)
# How to reach somebody, not how to reach a file: an address, or a page with nothing behind its host.
HOME: Final = re.compile(
    r"https?://[^\s/]{3,80}/?(?=[\s)>|,]|$)|www\.|[^\s@]{1,64}@[\w-]{1,63}\.[\w.-]{2,60}", re.IGNORECASE
)
# What stands in the block with which a meeting is joined. It may stand below a closing; it is no card.
MEETING: Final = re.compile(
    r",, ?\d|\bID[^:：\n]{0,20}[:：] ?\d{3}[ -]?\d{3,4}[ -]?\d|\bpasscode\b|meetup-join|/j/\d|meet\.google\."
    r"|teams\.(?:microsoft|live)\.|webex\.com/",
    re.IGNORECASE,
)
POSTSCRIPT: Final = re.compile(r"\s*p\.? ?s\b[.:,\s]", re.IGNORECASE)
MAX_ROWS: Final = 6  # of a table on a card
# What stands before a number or an address in such a table.
_WAY: Final = re.compile(
    r"(?:[tmepwfd](?![^\W\d])|phone|t[eé]l|tlf|mob|m[oó]vil|cell|handy|gsm|fax|e-?mail|mail"
    r"|correo|web|www|site|sito|office|direct)"
    r"[^\W\d]{0,8}[.:]{0,2}",
    re.IGNORECASE,
)


class TailLine(NamedTuple):
    """A line that is not empty: which of its piece it is.

    `below_rule`: a line across stands above it. `picture`: it is a picture or several, and no words.
    """

    piece: int
    at: int
    text: str
    below_rule: bool
    picture: bool = False


def tail_of(pieces: Sequence[Piece], most: int) -> list[TailLine]:
    """Return the last lines, about `most`, as far as paragraphs and lines across reach."""
    tail: list[TailLine] = []
    for number in range(len(pieces) - 1, -1, -1):
        block = pieces[number].block
        if isinstance(block, Rule):
            continue
        if len(tail) > most:
            break
        if not isinstance(block, Paragraph):
            rows = _reached_at(block) if isinstance(block, Table) else []
            if not rows:
                break
            tail[:0] = [TailLine(number, at, text, False) for at, text in enumerate(rows)]
            continue
        words = pieces[number].text
        below = number > 0 and isinstance(pieces[number - 1].block, Rule)
        texts = enumerate([line.strip() for line in words.split("\n")])
        lines = [TailLine(number, at, text, below and not at) for at, text in texts if text]
        if "[" in words:
            pictures = _pictures(block)
            lines = [line._replace(picture=line.at in pictures) for line in lines]
        tail[:0] = lines
    return tail


def _reached_at(table: Table) -> list[str]:
    """Return the rows of a table that says by what number and address to reach somebody, else nothing."""
    if table.header or len(table.rows) > MAX_ROWS or any(len(row) != 2 for row in table.rows):
        return []
    rows = [(words_of(label).strip(), words_of(place)) for label, place in table.rows]
    ways = sum(
        bool(_WAY.fullmatch(label) and (PHONE.search(place) or ONLINE.search(place))) for label, place in rows
    )
    return [" ".join(row) for row in rows] if ways and ways >= len(rows) - 1 else []


def _pictures(paragraph: Paragraph) -> set[int]:
    """Number the lines that hold pictures and no words: a logo, icons."""
    return {
        at
        for at, line in enumerate(lines_in(paragraph))
        if any(isinstance(span, Image) for span in line)
        and all(
            isinstance(span, Image) or (isinstance(span, Text) and not span.text.strip()) for span in line
        )
    }


def passes_on(text: str) -> bool:
    """Tell whether a forwarded message begins here: no signature reaches from above into it."""
    if opening_of(text) in (Opening.FORWARD, Opening.ORIGINAL):
        return True
    return ":" in text and bool(header_block(text.split("\n")))


def reaches_into_a_forward(pieces: Sequence[Piece], start: TailLine) -> bool:
    """Tell whether a card that begins at a line would take a forwarded message with it."""
    return any(passes_on(piece.text) for piece in pieces[start.piece :])


def remains(piece: Piece) -> bool:
    """Tell whether a piece holds a letter or a picture: without one above it nothing is cut off."""
    block = piece.block
    if isinstance(block, Paragraph):
        return any(isinstance(span, Image) for span in block.spans) or any(map(str.isalnum, piece.text))
    return any(map(str.isalnum, as_text(Document((block,)))))


def is_sentence(text: str) -> bool:
    """Tell sentences: "Call me on +44 20 7946 0000 before ten, please." is no line of a card."""
    return text[-1:] in (".", "?", "!") and len(text.split()) >= 5


def cut_before(pieces: list[Piece], number: int, line: int) -> tuple[list[Piece], list[Piece]]:
    """Cut pieces before a line of one of them; what is no paragraph is not cut."""
    if line == 0:
        return pieces[:number], pieces[number:]
    block = pieces[number].block
    if not isinstance(block, Paragraph):
        return pieces, []
    lines = lines_in(block)
    upper = piece_of(paragraph_of(lines[:line]), pieces[number].mark)
    lower = piece_of(paragraph_of(lines[line:]), pieces[number].mark)
    return [*pieces[:number], upper], [lower, *pieces[number + 1 :]]
