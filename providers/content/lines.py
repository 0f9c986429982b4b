"""Paragraphs as the lines they consist of, so that a message can be cut between lines and nowhere else."""

from collections.abc import Sequence
from itertools import pairwise

from providers.content.document import BREAK, LineBreak, Paragraph, Rule, Span
from providers.content.pieces import Piece, piece_of
from providers.content.quote_lines import (
    HEADER_LINES,
    Opening,
    announces_nothing,
    header_block,
    opening_of,
)

MAX_LINES = 5_000  # of one paragraph that are looked at; what comes below announces nothing any more
UNDERSCORES = 20  # in a row, and nothing else: a line across
Line = tuple[Span, ...]


def lines_in(paragraph: Paragraph) -> list[Line]:
    """Return the lines of a paragraph."""
    lines: list[Line] = []
    current: list[Span] = []
    for span in paragraph.spans:
        if isinstance(span, LineBreak):
            lines.append(tuple(current))
            current = []
        else:
            current.append(span)
    lines.append(tuple(current))
    return lines


def paragraph_of(lines: Sequence[Line]) -> Paragraph:
    """Make a paragraph of lines again."""
    spans: list[Span] = []
    for number, line in enumerate(lines):
        if number:
            spans.append(BREAK)
        spans.extend(line)
    return Paragraph(tuple(spans))


def cut_at_openings(pieces: Sequence[Piece]) -> list[Piece]:
    """Cut paragraphs where a line in them announces a quote, a header block or a signature."""
    result: list[Piece] = []
    for number, piece in enumerate(pieces):
        block = piece.block
        if not isinstance(block, Paragraph):
            result.append(piece)
            continue
        text = piece.text
        if "\n" not in text or not _suspicious(text):
            result.append(_line_across(piece) if text[:1] == "_" else piece)
            continue
        texts = text.split("\n")
        followed = number + 1 < len(pieces) and not isinstance(pieces[number + 1].block, Paragraph)
        cuts = _cuts(texts[:MAX_LINES], followed and len(texts) <= MAX_LINES) - {0, len(texts)}
        if not cuts:
            result.append(_line_across(piece))
            continue
        lines = lines_in(block)
        for start, end in pairwise((0, *sorted(cuts), len(lines))):
            if any(lines[start:end]):
                part = _line_across(piece_of(paragraph_of(lines[start:end]), piece.mark))
                if not (isinstance(part.block, Rule) and result and isinstance(result[-1].block, Rule)):
                    result.append(part)
    return result


def _line_across(piece: Piece) -> Piece:
    """Make a rule of a paragraph that is a long row of underscores: Teams draws its lines with them."""
    drawn = len(piece.text) >= UNDERSCORES and not piece.text.strip("_ ")
    return piece_of(Rule(), piece.mark) if drawn else piece


def _suspicious(text: str) -> bool:
    return (
        ":" in text
        or "--" in text
        or "__" in text
        or "==" in text
        or "\n—" in text
        or "：" in text
        or "׃" in text
    )


def _cuts(texts: list[str], followed: bool) -> set[int]:
    """Find the numbers of the lines before which to cut."""
    cuts: set[int] = set()
    covered = 0
    for number, text in enumerate(texts):
        last = number == len(texts) - 1
        if number < covered or (announces_nothing(text) and not (last and followed)):
            continue
        if text.strip() in ("--", "—"):
            cuts.add(number)
            continue
        if text[:1] == "_" and len(text) >= UNDERSCORES and not text.strip("_ "):
            cuts.update((number, number + 1))
            continue
        size = header_block(texts[number : number + HEADER_LINES]) if ":" in text or "：" in text else 0
        if size:
            cuts.update((number, number + size))
            covered = number + size
            continue
        opening = opening_of(text)
        if opening in (Opening.ORIGINAL, Opening.FORWARD):
            cuts.update((number, number + 1))
            continue
        if text.rstrip("* ").endswith((":", "：", "׃")) or (last and followed):
            start = _attribution_start(texts, number, at_end=last and followed)
            if start is not None:
                cuts.update((start, number + 1))
    return cuts


def _attribution_start(texts: list[str], last: int, *, at_end: bool) -> int | None:
    """Find where the attribution that ends on line `last` begins; clients wrap it into up to four lines."""
    best: tuple[int, int] | None = None
    start_of_best: int | None = None
    for size in range(1, 5):
        start = last - size + 1
        if start < 0 or not texts[start].strip():
            break
        opening = opening_of(" ".join(texts[start : last + 1]))
        enough = Opening.CERTAIN if not at_end else Opening.WEAK
        if opening.value < enough.value or opening.value > Opening.CERTAIN.value:
            continue
        begins = texts[start][:1].isupper() or texts[start][:1].isdigit() or not texts[start][:1].isascii()
        rank = (opening.value, int(begins and not texts[start].lstrip().startswith("<")))
        if best is None or rank > best:
            best, start_of_best = rank, start
    return start_of_best
