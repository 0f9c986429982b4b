"""A document as plain text."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from providers.content.document import (
    Block,
    Document,
    Heading,
    LineBreak,
    Link,
    List,
    Paragraph,
    Preformatted,
    Quote,
    Span,
    Table,
    Text,
)
from providers.content.links import honest_host

_WORDED: Final = (Text, Link)


def as_text(document: Document | None) -> str:
    """Write a document as plain text: paragraphs apart by an empty line, quotes behind ">"."""
    return "\n\n".join(_block(block) for block in document.blocks).strip("\n") if document else ""


def line_text(spans: Sequence[Span]) -> str:
    """Write spans as plain text; a link shows its true host when its words name another one."""
    if len(spans) == 1:
        return _span(spans[0])
    if list(map(type, spans)).count(Link) < 2:
        return "".join(
            [s.text if type(s) is Text else "\n" if type(s) is LineBreak else _span(s) for s in spans]
        )
    shown = words_around(spans)
    return "".join([_span(span, shown.get(number)) for number, span in enumerate(spans)])


class Around(NamedTuple):
    """What a reader sees around a link that stands beside others, without a blank between."""

    words: str  # on all of them
    goes_on: bool  # the next one leads to the same place


def words_around(spans: Sequence[Span]) -> dict[int, Around]:
    """Find links side by side, by number: "<a><b>bank.</b>example</a>" is two, of which none names a host."""
    found: dict[int, Around] = {}
    if list(map(type, spans)).count(Link) < 2:
        return found
    start = 0
    for number in range(1, len(spans) + 1):
        if number < len(spans) and isinstance(spans[number], Link) and isinstance(spans[number - 1], Link):
            continue
        side_by_side = [span for span in spans[start:number] if isinstance(span, Link)]
        if len(side_by_side) > 1:
            words = "".join([link.text for link in side_by_side])
            following = [*(link.target for link in side_by_side[1:]), ""]
            for at, (link, target) in enumerate(zip(side_by_side, following, strict=True), start):
                found[at] = Around(words, link.target == target)
        start = number
    return found


def words_of(spans: Sequence[Span]) -> str:
    """Return the words on spans, without a word about where links lead."""
    if len(spans) == 1 and type(spans[0]) is Text:
        return spans[0].text
    return "".join(
        [
            span.text if isinstance(span, _WORDED) else "\n" if isinstance(span, LineBreak) else _span(span)
            for span in spans
        ]
    )


def _span(span: Span, around: Around | None = None) -> str:
    if isinstance(span, Text):
        return span.text
    if isinstance(span, LineBreak):
        return "\n"
    if isinstance(span, Link):
        host = honest_host(span.target, around.words if around else span.text)
        return f"{span.text} ({host})" if host and not (around and around.goes_on) else span.text
    return f"[{span.alt}]" if span.alt else "[image]"


def _block(block: Block) -> str:
    if isinstance(block, Paragraph | Heading):
        return line_text(block.spans)
    if isinstance(block, Quote):
        inner = "\n\n".join(_block(part) for part in block.blocks)
        return "\n".join(f"> {line}" if line else ">" for line in inner.split("\n"))
    if isinstance(block, List):
        return "\n".join(_items(block))
    if isinstance(block, Preformatted):
        return block.text
    if isinstance(block, Table):
        return "\n".join(" | ".join(_cell(cell) for cell in row).rstrip() for row in block.rows)
    return "---"


def _cell(cell: Sequence[Span]) -> str:
    return " ".join(line_text(cell).split())


def _items(block: List) -> Iterable[str]:
    for number, item in enumerate(block.items, start=block.start):
        sign = f"{number}. " if block.ordered else "- "
        inner = "\n".join(_block(part) for part in item)
        first, *others = inner.split("\n")
        yield sign + first
        for line in others:
            yield " " * len(sign) + line
