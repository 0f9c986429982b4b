"""One walk through a parsed HTML mail, element by element, without recursion."""

from typing import Final

from selectolax.lexbor import LexborNode

from providers.content import html_marks as marks
from providers.content.document import PLAIN, Rule, Span, Style, Table, style_with
from providers.content.html_builder import Builder
from providers.content.html_elements import (
    ENTER,
    TEXT,
    Enter,
    Leave,
    line,
    paragraph,
    preformatted,
    quote,
    skip,
    table,
)
from providers.content.html_tables import cells_of_data
from providers.content.pieces import Mark

_STYLES: Final = (
    (marks.BOLD, "bold"),
    (marks.ITALIC, "italic"),
    (marks.STRIKE, "strike"),
    (marks.CODE, "code"),
)
_REGIONS: Final = (
    (marks.REST, Mark.REST),
    (marks.FORWARD, Mark.FORWARD),
    (marks.ATTRIBUTION, Mark.ATTRIBUTION),
    (marks.SIGNATURE, Mark.SIGNATURE),
    (marks.QUOTE, Mark.QUOTE),
)
_WHOLE: Final = (table, preformatted)


class Walk:
    """One walk: the builder that takes what is met, and what the clients' markup means."""

    def __init__(self, builder: Builder, meanings: marks.Marks) -> None:
        self.builder = builder
        self.meanings = meanings
        self._in_gmail = False

    def through(self, root: LexborNode) -> None:
        """Visit everything below `root` in order."""
        stack: list[tuple[LexborNode, Leave | None]] = []
        builder, kinds, meaning_of = self.builder, ENTER, self.meanings.of
        node = root.first_child
        while True:
            if node is None:
                if not stack:
                    return
                node, leave = stack.pop()
                if leave is not None:
                    leave()
                node = node.next
                continue
            tag = node.tag_id
            if tag == TEXT:
                builder.text(node.text_content or "")
                node = node.next
                continue
            enter = kinds.get(tag)
            if enter is skip:
                node = node.next
                continue
            attributes = node.attributes
            meaning = meaning_of(attributes) if attributes else 0
            if meaning == marks.TIGHT and enter not in _WHOLE:  # what all paragraphs of Outlook are
                enter = line if enter is paragraph else enter
                child, leave = node.first_child, enter(builder, node) if enter else None
            elif meaning or enter in _WHOLE:
                child, leave = self._enter(node, enter, meaning)
            else:
                child, leave = node.first_child, enter(builder, node) if enter else None
            if child is not None:
                stack.append((node, leave))
                node = child
                continue
            if leave is not None:
                leave()
            node = node.next

    def _enter(
        self, node: LexborNode, enter: Enter | None, meaning: int
    ) -> tuple[LexborNode | None, Leave | None]:
        """Enter a marked element, or one that may be read whole.

        Returns the first child to visit, if any, and what leaving does.
        """
        if meaning & marks.HIDDEN:
            return None, None
        if meaning & marks.QUOTE_IF_SET_IN:
            if enter is not quote:
                return node.first_child, self._enter_gmail(node, enter)
            meaning |= marks.QUOTE if self._in_gmail else 0
        if enter is table and self._data(node):
            return None, None
        if meaning:
            leave: Leave | None = self._enter_marked(node, enter, meaning)
        else:
            leave = enter(self.builder, node) if enter else None
        return None if enter is preformatted else node.first_child, leave

    def _data(self, node: LexborNode) -> bool:
        """Read a table of data whole; False for one of layout, which is walked through."""
        data = cells_of_data(node)
        if data is None:
            return False
        self.builder.end_paragraph()
        rows, header = data
        drawn = tuple(tuple(self._cell(cell) for cell in row) for row in rows)
        if any(any(row) for row in drawn):
            self.builder.emit(Table(drawn, header))
        return True

    def _cell(self, cell: LexborNode) -> tuple[Span, ...]:
        inner = Builder()
        Walk(inner, self.meanings).through(cell)
        return inner.take_spans()

    def _enter_gmail(self, node: LexborNode, enter: Enter | None) -> Leave:
        """Enter Gmail's <div> around history; outside of it the same class is the sender's own quotation."""
        inner = enter(self.builder, node) if enter else None
        outer, self._in_gmail = self._in_gmail, True

        def leave() -> None:
            if inner is not None:
                inner()
            self._in_gmail = outer

        return leave

    def _enter_marked(self, node: LexborNode, enter: Enter | None, meaning: int) -> Leave:
        """Enter an element that a client's markup or a style says something about."""
        builder = self.builder
        style, keep_lines, mark = builder.style, builder.keep_lines, builder.mark
        if meaning & marks.NOT_BOLD:
            builder.style = _not_bold(style)
        for bit, name in _STYLES:
            if meaning & bit:
                builder.style = style_with(builder.style, name)
        if meaning & marks.KEEP_LINES:
            builder.keep_lines = True
        region = next((found for bit, found in _REGIONS if meaning & bit), None)
        if region is not None:
            builder.end_paragraph()
        new_mark = region if region is not None and mark is Mark.OWN and not builder.nested else mark
        builder.mark = new_mark
        if enter is paragraph and meaning & marks.TIGHT:
            enter = line
        inner = enter(builder, node) if enter else None
        if region is not None and not node.first_child and not builder.nested:
            builder.emit(Rule())  # Outlook's marker may be empty

        def leave() -> None:
            if inner is not None:
                inner()
            if region is not None:
                builder.end_paragraph()
            builder.style, builder.keep_lines, builder.mark = style, keep_lines, mark

        return leave


def _not_bold(style: Style) -> Style:
    plain = PLAIN
    for name in ("italic", "strike", "code"):
        if getattr(style, name):
            plain = style_with(plain, name)
    return plain
