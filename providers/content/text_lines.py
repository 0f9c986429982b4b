"""Lines of plain text: which of them were one before somebody's program wrapped them, and links in them."""

import re

from providers.content.document import BREAK, Link, Paragraph, Span, Text
from providers.content.links import find_links
from providers.content.quote_lines import label_of

_RULES = frozenset("-_=*~#─━═")
_NAMED = re.compile(r"[^\W\d_a-z][^:.!?]{0,30}: +\S")
_BEGINNINGS = ("- ", "* ", "• ", "· ", "– ", "+ ", "o ", "http://", "https://", "www.")


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


def joined(lines: list[str], width: int) -> list[str]:
    """Join lines that were one before somebody's client wrapped them at `width` (0: nobody did)."""
    result: list[str] = []
    last = ""
    for raw in lines:
        line = raw.rstrip()
        if result and width and was_wrapped(last, line, width):
            result[-1] = f"{result[-1]} {line.strip()}"
        else:
            result.append(line)
        last = line
    return [" ".join(line.split()) for line in result]


def was_wrapped(line: str, following: str, width: int) -> bool:
    """Tell whether a line was wrapped: when the next word would not have fitted any more."""
    first = following.lstrip().split(" ", 1)[0]
    if (
        line == "--"
        or line.endswith((":", "："))
        or following.startswith((" ", "\t", *_BEGINNINGS))
        or first.rstrip(".)").isdigit()
        or (":" in following and (label_of(following) or _names_a_value(line, following)))
    ):
        return False
    return len(line) + 1 + len(first) > width and len(line) > 40


def _names_a_value(line: str, following: str) -> bool:
    """Tell whether two lines are of a list of "Name: value"."""
    return _NAMED.match(line) is not None and _NAMED.match(following) is not None


def wrap_width(lines: list[str]) -> int:
    """Find the width at which a message was wrapped, 0 when it was not: one long line tells."""
    lengths: list[int] = []
    for line in lines:
        length = len(line.rstrip())
        if "://" in line or (">" in line and depth_of(line)):
            continue
        if length > 100:
            return 0
        lengths.append(length)
    longest = max(lengths, default=0)
    near = sum(length > longest - 12 for length in lengths)
    return longest if longest >= 66 or (longest > 55 and near > 1) else 0


def spans_of(line: str) -> list[Span]:
    """Make a line of text into spans, bare addresses as links."""
    found = find_links(line)
    if not found:
        return [Text(line)] if line else []
    spans: list[Span] = []
    at = 0
    for start, end, target in found:
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


def paragraph_of(lines: list[str], width: int) -> Paragraph:
    """Make a paragraph of lines, wrapped ones joined."""
    spans: list[Span] = []
    for line in joined(lines, width):
        if spans:
            spans.append(BREAK)
        spans.extend(spans_of(line))
    return Paragraph(tuple(spans))


def indent_of(line: str) -> int:
    """Count the blanks before the first sign of a line."""
    bare = line.lstrip()
    before = line[: len(line) - len(bare)]
    return len(before.expandtabs()) if "\t" in before else len(before)


def is_rule(line: str) -> bool:
    """Tell whether a line is one sign again and again: a line across."""
    bare = line.strip()
    return len(bare) >= 5 and bare[0] in _RULES and bare == bare[0] * len(bare)
