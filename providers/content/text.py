"""Plain text mail → pieces: quotes by their `>`, wrapped lines joined again, bare addresses as links."""

from providers.content.clean import lines_of
from providers.content.document import Block, LineBreak, Link, Paragraph, Quote, Rule, Span, Text
from providers.content.links import find_links
from providers.content.pieces import Mark, Piece, piece_of
from providers.content.quote_lines import label_of
from providers.content.quote_marks import initialled, parted

MAX_TEXT = 1024 * 1024  # characters considered (reliability.md T16)
MAX_QUOTE_DEPTH = 10
_BEGINNINGS = ("- ", "* ", "• ", "· ", "– ", "+ ", "o ", "http://", "https://", "www.")
_RULES = frozenset("-_=*~#─━═")


def read_text(text: str) -> list[Piece]:
    """Read a plain text body in order."""
    lines = parted(lines_of(text[:MAX_TEXT]))
    marked = initialled(lines)
    width = wrap_width(lines)
    pieces: list[Piece] = []
    at = 0
    while at < len(lines):
        end = at
        if at in marked or (depth_of(lines[at]) and not _stuffed(lines, at)):
            while end < len(lines) and (end in marked or depth_of(lines[end]) or _bridges(lines, end)):
                end += 1
            blocks = _quoted(lines[at:end], 1, width)
            if blocks:
                pieces.append(piece_of(Quote(blocks), Mark.QUOTE))
        else:
            while (
                end < len(lines) and end not in marked and (not depth_of(lines[end]) or _stuffed(lines, end))
            ):
                end += 1
            pieces.extend(piece_of(block) for block in paragraphs_of(lines[at:end], width))
        at = end
    return pieces


def depth_of(line: str) -> int:
    """Count the quote marks at the beginning of a line: ">", "> >", ">>"."""
    if ">" not in line:
        return 0
    depth = 0
    for char in line[:100]:
        if char == ">":
            depth += 1
        elif char != " ":
            break
    if depth and line.lstrip()[:1] != ">":
        return 0
    return depth if line[:2].strip()[:1] == ">" or depth > 1 else 0


def _stuffed(lines: list[str], at: int) -> bool:
    """Tell whether a lone ">From …" is a line of the sender's that a mailbox file once changed."""
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
        return tuple(paragraphs_of([line.lstrip("> ") for line in bare], width))
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
            blocks.extend(paragraphs_of(bare[at:end], width))
        at = end
    return tuple(blocks)


def _less(line: str) -> str:
    if not depth_of(line):
        return line
    rest = line.lstrip(" ")[1:]
    return rest[1:] if rest.startswith(" ") else rest


def paragraphs_of(lines: list[str], width: int) -> list[Block]:
    """Make paragraphs of unquoted lines: empty lines part them, wrapped lines are joined."""
    blocks: list[Block] = []
    current: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            if _is_rule(line):
                if current:
                    blocks.append(_paragraph(current, width))
                    current = []
                blocks.append(Rule())
                continue
            current.append(line)
        elif current:
            blocks.append(_paragraph(current, width))
            current = []
    return blocks


def _is_rule(line: str) -> bool:
    bare = line.strip()
    return len(bare) >= 5 and bare[0] in _RULES and bare == bare[0] * len(bare)


def _paragraph(lines: list[str], width: int) -> Paragraph:
    spans: list[Span] = []
    for line in joined(lines, width):
        if spans:
            spans.append(LineBreak())
        spans.extend(spans_of(line))
    return Paragraph(tuple(spans))


def joined(lines: list[str], width: int) -> list[str]:
    """Join lines that were one before somebody's client wrapped them at `width` (0: nobody did)."""
    result: list[str] = []
    last = ""
    for raw in lines:
        line = raw.rstrip()
        if result and width and _was_wrapped(last, line, width):
            result[-1] = f"{result[-1]} {line.strip()}"
        else:
            result.append(line.strip() if len(line) - len(line.lstrip()) < 4 else line)
        last = line
    return [" ".join(line.split()) for line in result]


def _was_wrapped(line: str, following: str, width: int) -> bool:
    """A line was wrapped when the next word would not have fitted any more."""
    first = following.lstrip().split(" ", 1)[0]
    if (
        line == "--"
        or line.endswith((":", "："))
        or following.startswith((" ", "\t", *_BEGINNINGS))
        or first.rstrip(".)").isdigit()
        or (":" in following and label_of(following))
    ):
        return False
    return len(line) + 1 + len(first) > width and len(line) > 40


def wrap_width(lines: list[str]) -> int:
    """Find the width at which a message was wrapped, 0 when it was not: one long line tells."""
    lengths: list[int] = []
    for line in lines:
        length = len(line.rstrip())
        if "://" in line or depth_of(line):
            continue
        if length > 100:
            return 0
        lengths.append(length)
    longest = max(lengths, default=0)
    near = sum(length > longest - 12 for length in lengths)
    return longest if longest >= 66 or (longest > 55 and near > 1) else 0


def spans_of(line: str) -> list[Span]:
    """Make a line of text into spans, bare addresses as links."""
    spans: list[Span] = []
    at = 0
    for start, end, target in find_links(line):
        before = line[at:start]
        bracketed = before.endswith("<") and line[end : end + 1] == ">"
        if bracketed and not target.startswith("mailto:"):
            # <https://…>: the brackets only held the address together, and apart from the word before
            before, after = f"{before[:-1].rstrip()} ".lstrip(), end + 1
        else:
            after = end
        if before:
            spans.append(Text(before))
        spans.append(Link(target, line[start:end]))
        at = after
    if line[at:]:
        spans.append(Text(line[at:]))
    return spans
