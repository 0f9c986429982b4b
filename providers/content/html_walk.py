"""One walk over the tokens of an HTML mail, tag by tag, without recursion."""

from collections.abc import Sequence

from providers.content.clean import one_line
from providers.content.document import (
    BREAK,
    Block,
    Document,
    Heading,
    Image,
    Paragraph,
    Span,
    Table,
    Text,
)
from providers.content.html_builder import Builder
from providers.content.html_elements import Enter, Leave
from providers.content.html_steps import Kind, Steps
from providers.content.html_tables import cells_of_data
from providers.content.html_tokens import Tokens, attributes_of, end_of, name_in, unescaped
from providers.content.plain import as_text

START, END, LINE, PARAGRAPH, ALONE = Kind.START, Kind.END, Kind.LINE, Kind.PARAGRAPH, Kind.ALONE


class Walk:
    """One walk: the builder that takes what is met, and what the tags of the message mean."""

    def __init__(self, builder: Builder, tokens: Tokens, steps: Steps) -> None:
        self.builder = builder
        self.tokens = tokens
        self.steps = steps

    def through(self, at: int, end: int) -> None:
        """Take the tokens from `at` to before `end`, in order."""
        tags, texts, steps, builder = self.tokens.tags, self.tokens.texts, self.steps, self.builder
        leaves: list[Leave | None] = []
        while at < end:
            kind, enter = steps[tags[at]]
            text = texts[at]
            at += 1
            if kind is END:
                leave = leaves.pop() if leaves else None
                if leave is not None:
                    leave(builder)
            elif kind is START:
                leaves.append(enter(builder) if enter is not None else None)
            elif kind is LINE:
                builder.end_line()
                leaves.append(Builder.end_line)
            elif kind is PARAGRAPH:
                builder.end_paragraph()
                leaves.append(Builder.end_paragraph)
            elif kind is ALONE:
                leave = enter(builder) if enter is not None else None
                if leave is not None:
                    leave(builder)
            else:
                after, leave = self._special(kind, enter, at, end)
                leaves.append(leave)
                if after:
                    at = after
                    continue
            if text:
                builder.text(unescaped(text) if "&" in text else text)
        for leave in reversed(leaves):
            if leave is not None:
                leave(builder)

    def _special(self, kind: Kind, enter: Enter | None, at: int, end: int) -> tuple[int, Leave | None]:
        """Enter an element that may be read whole: then return where its end tag stands, else 0."""
        builder = self.builder
        if kind is Kind.SKIP or (kind is Kind.FAINT and (self.tokens.tags[at] or "").startswith("/")):
            return end_of(self.tokens.tags, at, end), None
        if kind is Kind.TABLE:
            after = self._data(at, end)
            if after:
                return after, None
        leave = enter(builder) if enter is not None else None
        if kind is Kind.REGION and self._empty(at) and not builder.nested:
            builder.rule()
        if kind is Kind.LINES:
            after = end_of(self.tokens.tags, at, end)
            builder.preformatted(self._kept(at, after))
            return after, leave
        return 0, leave

    def _kept(self, at: int, end: int) -> str:
        """Return the text of an element whose line ends are kept, and what else in it is to be read."""
        tags, texts = self.tokens.tags, self.tokens.texts
        kept = [unescaped(texts[at - 1])]
        while at < end:
            tag = tags[at] or ""
            if self.steps[tags[at]][0] is Kind.SKIP:
                at = end_of(tags, at + 1, end)
            elif ">" in tag:
                kept.append(tag.partition(">")[2].rpartition("</")[0])
            elif name_in(tag) == "br":
                kept.append("\n")
            elif name_in(tag) == "img":
                kept.append(one_line(attributes_of(tag).get("alt", "")))
            if at < end:
                kept.append(unescaped(texts[at]))
            at += 1
        return "".join(kept)

    def _empty(self, at: int) -> bool:
        """Tell whether nothing stands in the element whose start tag stands before `at`."""
        return not self.tokens.texts[at - 1] and (self.tokens.tags[at] or "").startswith("/")

    def _data(self, at: int, end: int) -> int:
        """Read a table of data; 0 for one of layout."""
        data = cells_of_data(self.tokens, at, end)
        if data is None:
            return 0
        inner = Builder()
        drawn = [[self._cell(inner, *cell) if cell else () for cell in row] for row in data.rows]
        filled = [number for number in range(len(drawn[0])) if any(row[number] for row in drawn)]
        if len(filled) < 2:
            return 0  # the other columns only keep a distance
        rows = [tuple(row[number] for number in filled) for row in drawn]
        builder = self.builder
        builder.end_paragraph()
        if data.caption and (words := self._cell(inner, *data.caption)):
            builder.emit(Paragraph(words))
        builder.emit(Table(tuple(row for row in rows if any(row)), data.header and any(rows[0])))
        return data.end

    def _cell(self, inner: Builder, start: int, end: int) -> tuple[Span, ...]:
        """Read a cell with a builder that holds nothing, and leave it so."""
        inner.text(unescaped(self.tokens.texts[start]))
        if end > start + 1:
            Walk(inner, self.tokens, self.steps).through(start + 1, end)
        if not inner.pieces:
            return _worded(inner.take_spans())
        inner.end_paragraph()
        pieces, inner.pieces = inner.pieces, []
        spans: list[Span] = []
        for piece in pieces:
            spans.extend([BREAK] if spans else [])
            spans.extend(_spans_of(piece.block))
        return _worded(spans)


def _worded(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Leave pictures that nobody described out of a cell: what they show stands beside them."""
    return tuple([span for span in spans if not (isinstance(span, Image) and not span.alt)])


def _spans_of(block: Block) -> Sequence[Span]:
    """Put a block into a line; cells hold hardly anything but paragraphs."""
    if isinstance(block, Paragraph | Heading):
        return block.spans
    text = " ".join(as_text(Document((block,))).split())
    return (Text(text),) if text else ()
