"""Lines, paragraphs and containers, put together from what a walk through HTML meets."""

from providers.content.clean import clean, is_emoji, lines_of
from providers.content.document import (
    BREAK,
    PLAIN,
    Block,
    Heading,
    Image,
    Link,
    List,
    Paragraph,
    Preformatted,
    Quote,
    Rule,
    Span,
    Style,
    Text,
)
from providers.content.html_lists import OpenList
from providers.content.html_word import WordItem, joined_items
from providers.content.links import find_links
from providers.content.pieces import Mark, Piece, piece_of

Place = tuple[list[Span], int, list[str], int]  # closed spans, and words of the one that is open
_BLANK = Text(" ")


class Builder:
    """Takes text and line ends in reading order and makes blocks of them.

    White space is what a browser would show: runs are one blank, none at the ends of lines. A line that is
    empty ends the paragraph; so does `end_paragraph`. Inside containers (quote, list) blocks go there, else
    they are pieces.
    """

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.mark = Mark.OWN
        self.nested = 0  # containers that are open; at 0 blocks become pieces
        self.blocks: list[Block] = []  # of the innermost open container
        self.outer: list[list[Block]] = []  # of the containers around it
        self.quotes = 0  # of the open containers; the others are items of lists
        self.lists: list[OpenList] = []
        self.style: Style = PLAIN
        self.link = ""
        self.heading = 0
        self.keep_lines = False
        self.in_gmail = False  # in the <div> that Gmail puts around history
        self.pictures_left_out = 0
        self._spans: list[Span] = []
        self._buffer: list[str] = []
        self._buffer_style: Style = PLAIN
        self._buffer_link = ""
        self._gap = False  # white space was met since the last word of this line
        self._hollow = False  # this line holds a hard blank and no word: an empty line on purpose

    # -- text

    def text(self, text: str) -> None:
        """Add a text node."""
        words = text.split()
        if not words:
            if "\xa0" in text and not self._buffer:
                self._hollow = True
            self._gap = True
            return
        if self.keep_lines and "\n" in text.strip(" "):
            self._lines(text)
            return
        joined = " ".join(words)
        if not (joined.isascii() and joined.isprintable()):
            joined = clean(joined)
            if not joined or joined.isspace():
                return
        if "://" in joined or "@" in joined or "www." in joined:
            self._linked(joined, text[0].isspace())
        else:
            self._add(joined, text[0].isspace(), self.link)
        self._gap = text[-1].isspace()

    def _lines(self, text: str) -> None:
        self.keep_lines = False
        first, *others = text.split("\n")
        self.text(first)
        for line in others:
            self.line_break()
            self.text(line)
        self.keep_lines = True

    def _linked(self, joined: str, spaced: bool) -> None:
        """Add text in which bare addresses stand; inside a link they are its label."""
        at = 0
        for start, end, target in () if self.link else find_links(joined):
            if start > at:
                self._add(joined[at:start].rstrip(" "), spaced or joined[at] == " ", "")
                spaced = joined[start - 1] == " "
            self._add(joined[start:end], spaced, target)
            spaced, at = False, end
        if at < len(joined):
            self._add(joined[at:].lstrip(" "), spaced or joined[at] == " ", self.link)

    def _add(self, words: str, spaced: bool, link: str) -> None:
        if not words:
            self._gap = self._gap or spaced
            return
        gap = self._gap or spaced
        self._gap = False
        buffer = self._buffer
        if buffer and link == self._buffer_link and self.style is self._buffer_style:
            if gap:
                buffer.append(" ")
            buffer.append(words)
            return
        spans = self._spans
        gap = gap and (bool(buffer) or (bool(spans) and spans[-1] is not BREAK))
        if buffer:
            if gap and not self._buffer_link:
                buffer.append(" ")
                gap = False
            self._close_buffer()
        if gap and link:
            spans.append(_BLANK)
        elif gap:
            words = " " + words
        self._buffer = [words]
        self._buffer_style = self.style
        self._buffer_link = link

    def _close_buffer(self) -> None:
        buffer = self._buffer
        if not buffer:
            return
        text = buffer[0] if len(buffer) == 1 else "".join(buffer)
        if self._buffer_link:
            self._spans.append(Link(self._buffer_link, text, self._buffer_style))
        else:
            self._spans.append(Text(text, self._buffer_style))
        self._buffer = []

    def behind_digit(self) -> Place | None:
        """Return where the line goes on, if with a digit."""
        buffer = self._buffer
        if not buffer or self._gap or not buffer[-1][-1:].isdecimal():
            return None
        return self._spans, len(self._spans), buffer, len(buffer)

    def mark_digits(self, place: Place, sign: str) -> None:
        """Put a sign where figures were added at `place`."""
        spans, closed, buffer, at = place
        if self._buffer is not buffer:
            if self._spans is not spans or len(spans) != closed + 1:
                return
            at = 0
        added = self._buffer[at] if at < len(self._buffer) else ""
        if added.lstrip("+-\u2212\u2013")[:1].isdecimal():
            self._buffer.insert(at, sign)

    def image(self, alt: str) -> None:
        """Add a picture; inside a link its description is what the link says."""
        if self.link:
            self._add(alt or "[image]", True, self.link)
        elif is_emoji(alt):
            self._add(alt, False, "")
            return
        else:
            self._close_buffer()
            if self._gap and self._spans and self._spans[-1] is not BREAK:
                self._spans.append(_BLANK)
            self._spans.append(Image(alt))
        self._gap = True

    # -- lines and blocks

    def line_break(self) -> None:
        """End the line as <br> does: on an empty line that ends the paragraph."""
        if self._buffer or (self._spans and self._spans[-1] is not BREAK):
            self._end_line()
        else:
            self.end_paragraph()

    def end_line(self) -> None:
        """End the line as the edge of a <div> does: an empty one is none, unless it was kept open."""
        if self._buffer or (self._spans and self._spans[-1] is not BREAK):
            self._end_line()
        elif self._hollow:
            self.end_paragraph()

    def _end_line(self) -> None:
        self._close_buffer()
        self._spans.append(BREAK)
        self._gap = self._hollow = False

    def end_paragraph(self) -> None:
        """Close the paragraph, if there is one."""
        self._gap = self._hollow = False
        if self._buffer:
            self._close_buffer()
        spans = self._spans
        if not spans:
            return
        while spans and (spans[-1] is BREAK or spans[-1] is _BLANK):
            spans.pop()
        if not spans:
            return
        self._spans = []
        self.emit(Heading(tuple(spans), self.heading) if self.heading else Paragraph(tuple(spans)))

    def take_spans(self) -> tuple[Span, ...]:
        """Hand over the open line instead of making a paragraph of it: for the cells of a table."""
        self._close_buffer()
        spans, self._spans = self._spans, []
        while spans and (spans[-1] is BREAK or spans[-1] is _BLANK):
            spans.pop()
        self._gap = self._hollow = False
        return tuple(spans)

    def emit(self, block: Block) -> None:
        """Put a block where it belongs now."""
        if self.lists and self.lists[-1].nested == self.nested:
            self._between_items(block)
        elif self.nested:
            self.blocks.append(block)
        else:
            self.pieces.append(piece_of(block, self.mark))

    def _between_items(self, block: Block) -> None:
        """Keep in its place what stands in a list and in no item: Gmail writes <ul> after its <li>."""
        items = self.lists[-1].items
        if items:
            items[-1].append(block)
        elif isinstance(block, List):
            items.extend(list(item) for item in block.items)
        else:
            items.append([block])

    def rule(self) -> None:
        """Put a line across; a second one in a row only if it marks more than the first."""
        self.end_paragraph()
        if self.nested:
            again = bool(self.blocks) and isinstance(self.blocks[-1], Rule)
        else:
            last = self.pieces[-1] if self.pieces else None
            again = last is not None and isinstance(last.block, Rule) and self.mark in (Mark.OWN, last.mark)
        if not again:
            self.emit(Rule())

    def preformatted(self, text: str) -> None:
        """Add text whose lines are kept."""
        self.end_paragraph()
        text = "\n".join(line.rstrip() for line in lines_of(text)).strip("\n")
        if text.strip():
            self.emit(Preformatted(text))

    # -- containers

    def open_container(self) -> None:
        """Begin a quote or a list item."""
        self.end_paragraph()
        self.outer.append(self.blocks)
        self.blocks = []
        self.nested += 1

    def close_container(self) -> tuple[Block, ...]:
        """End it and return its blocks."""
        self.end_paragraph()
        inner, self.blocks = self.blocks, self.outer.pop()
        self.nested -= 1
        return tuple(joined_items(inner) if any(isinstance(one, WordItem) for one in inner) else inner)

    def open_quote(self) -> None:
        """Begin a quote; `close_quote` ends it."""
        self.open_container()
        self.quotes += 1

    def close_quote(self) -> None:
        """End a quote and put it where it belongs."""
        self.quotes -= 1
        inner = self.close_container()
        if inner:
            self.emit(Quote(inner))

    def open_list(self, ordered: bool, start: int) -> None:
        """Begin a list; `close_list` ends it."""
        self.end_paragraph()
        self.lists.append(OpenList(ordered, start, self.nested))

    def close_list(self) -> None:
        """End a list and put it where it belongs."""
        self.end_paragraph()
        closed = self.lists.pop()
        if closed.loose:
            for item in closed.items:
                for block in item:
                    self.emit(block)
        elif any(closed.items):
            self.emit(closed.block())
