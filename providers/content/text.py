"""Plain text mail → pieces: quotes by their `>`, wrapped lines joined again, bare addresses as links."""

from providers.content.armour import clear_signed
from providers.content.clean import lines_of
from providers.content.document import Block, Preformatted, Quote
from providers.content.pieces import Mark, Piece, piece_of
from providers.content.quote_lines import Opening, opening_of
from providers.content.quote_marks import initialled, parted
from providers.content.text_blocks import blocks_of
from providers.content.text_lines import depth_of, wrap_width

MAX_TEXT = 1024 * 1024  # characters considered (reliability.md T16)
MAX_QUOTE_DEPTH = 10


def read_text(text: str) -> list[Piece]:
    """Read a plain text body in order."""
    signed = clear_signed(text[:MAX_TEXT])
    if signed is None:
        return _read(text[:MAX_TEXT])
    armour = piece_of(Preformatted(signed.signature), Mark.SIGNATURE)
    return [*_read(signed.before), *_read(signed.words), armour, *_read(signed.after)]


def _read(text: str) -> list[Piece]:
    lines = lines_of(text)
    if "@" in text and ":  " in text:
        lines = parted(lines)
    width = wrap_width(lines)
    if ">" not in text or _marks_of_its_own(lines):
        return [piece_of(block) for block in blocks_of(lines, width)]
    marked = initialled(lines)
    pieces: list[Piece] = []
    at = 0
    while at < len(lines):
        end = at
        if _is_quoted(lines, at, marked):
            while end < len(lines) and (end in marked or depth_of(lines[end]) or _bridges(lines, end)):
                end += 1
            blocks = _quoted(lines[at:end], 1, width)
            if blocks:
                pieces.append(piece_of(Quote(blocks), Mark.QUOTE))
        else:
            while end < len(lines) and not _is_quoted(lines, end, marked):
                end += 1
            pieces.extend(piece_of(block) for block in blocks_of(lines[at:end], width))
        at = end
    return pieces


def _is_quoted(lines: list[str], at: int, marked: frozenset[int]) -> bool:
    return at in marked or (depth_of(lines[at]) > 0 and not _stuffed(lines, at))


def _marks_of_its_own(lines: list[str]) -> bool:
    """Tell whether ">>" and ">>>" are the sender's: no ">" stands alone and nothing announces a quote."""
    last = ""
    found = False
    for line in lines:
        depth = depth_of(line)
        if depth == 1 or (depth and any(opening_of(one) is not Opening.NONE for one in (last, line))):
            return False
        found = found or depth > 1
        if line.strip() and not depth:
            last = line
    return found


def _stuffed(lines: list[str], at: int) -> bool:
    """Tell whether marks quote nothing: a lone ">From …" is the sender's, once changed by a mailbox file."""
    if lines[at].startswith(">>>") and lines[at].rstrip().endswith(">>>"):
        return True  # GroupWise announces history so
    if not lines[at].startswith(">From "):
        return False
    return not any(depth_of(line) for line in (*lines[max(0, at - 1) : at], *lines[at + 1 : at + 2]))


def _bridges(lines: list[str], at: int) -> bool:
    """Tell whether an unmarked line is the tail of a quoted line that some client wrapped."""
    if at + 1 >= len(lines) or not lines[at].strip() or not depth_of(lines[at + 1]):
        return False
    before = lines[at - 1]
    return len(lines[at]) <= 20 and depth_of(before) > 0 and len(before) >= 60 and not lines[at][:1].isupper()


def _quoted(lines: list[str], depth: int, width: int) -> tuple[Block, ...]:
    """Take one level of quote marks off and read what is under it."""
    bare = [_less(line) for line in lines]
    if depth >= MAX_QUOTE_DEPTH:
        return tuple(blocks_of([line.lstrip("> ") for line in bare], width))
    blocks: list[Block] = []
    at = 0
    while at < len(bare):
        end = at
        deeper = depth_of(bare[at]) > 0
        while end < len(bare) and (depth_of(bare[end]) > 0) == deeper:
            end += 1
        if deeper:
            inner = _quoted(bare[at:end], depth + 1, width)
            if inner:
                blocks.append(Quote(inner))
        else:
            blocks.extend(blocks_of(bare[at:end], width))
        at = end
    return tuple(blocks)


def _less(line: str) -> str:
    if not depth_of(line):
        return line
    rest = line.lstrip(" ")[1:]
    return rest[1:] if rest.startswith(" ") else rest
