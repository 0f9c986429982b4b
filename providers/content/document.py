"""What a mail says, as a tree that knows neither HTML nor Slack.

Blocks stand one below the other, spans stand in a line. Text in here is clean: no control characters, no
bidirectional overrides, no invisible padding; white space is single blanks, line breaks are `LineBreak`.
"""

from collections.abc import Iterator
from typing import Final

from providers.content.light import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """How a stretch of text is set. The sixteen of them are shared: see `style_with`."""

    bold: bool = False
    italic: bool = False
    strike: bool = False
    code: bool = False


PLAIN = Style()


@dataclass(frozen=True, slots=True)
class Text:
    """A stretch of text in one style, never empty."""

    text: str
    style: Style = PLAIN


@dataclass(frozen=True, slots=True)
class Link:
    """A link to an http, https or mailto address. Anything else a mail may link to has become `Text`.

    `text` is what the sender wrote on it and may lie about the target: see
    `providers.content.links.honest_host`.
    """

    target: str
    text: str
    style: Style = PLAIN


@dataclass(frozen=True, slots=True)
class Image:
    """A picture, which is never fetched. `alt` is its description, "" when the sender gave none."""

    alt: str = ""


@dataclass(frozen=True, slots=True)
class LineBreak:
    """The end of a line inside a paragraph."""


BREAK: Final = LineBreak()

Span = Text | Link | Image | LineBreak


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One or more lines that belong together."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A title. `level` is 1 to 6."""

    spans: tuple[Span, ...]
    level: int = 1


@dataclass(frozen=True, slots=True)
class List:
    """A list; each item is blocks of its own, lists among them."""

    items: tuple[tuple["Block", ...], ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of somebody else, or set in."""

    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Preformatted:
    """Text whose line breaks and blanks are kept."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table of data, not of layout; all rows have as many cells. `header`: the first row names them."""

    rows: tuple[tuple[tuple[Span, ...], ...], ...]
    header: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across."""


Block = Paragraph | Heading | List | Quote | Preformatted | Table | Rule


@dataclass(frozen=True, slots=True)
class Document:
    """Blocks in reading order, perhaps none. `providers.content.plain.as_text` makes plain text of them."""

    blocks: tuple[Block, ...] = ()


def walk_blocks(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield every block, outer before inner, in reading order."""
    stack = list(reversed(blocks))
    while stack:
        block = stack.pop()
        yield block
        if isinstance(block, Quote):
            stack.extend(reversed(block.blocks))
        elif isinstance(block, List):
            for item in reversed(block.items):
                stack.extend(reversed(item))


def style_with(style: Style, name: str) -> Style:
    """Return the shared style that has `name` (bold, italic, strike or code) as well."""
    return _WITH[style, name]


_ALL = {
    (b, i, s, c): Style(b, i, s, c)
    for b in (False, True)
    for i in (False, True)
    for s in (False, True)
    for c in (False, True)
}
_ALL[False, False, False, False] = PLAIN
_WITH = {
    (style, name): _ALL[
        style.bold or name == "bold",
        style.italic or name == "italic",
        style.strike or name == "strike",
        style.code or name == "code",
    ]
    for style in _ALL.values()
    for name in ("bold", "italic", "strike", "code")
}
