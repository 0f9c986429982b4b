"""One walk through a parsed HTML mail, element by element, without recursion."""

from collections.abc import Callable
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from providers.content import html_marks as marks
from providers.content.clean import one_line
from providers.content.document import Rule, Style, Table, style_with
from providers.content.html_builder import Builder
from providers.content.html_tables import cells_of_data
from providers.content.links import safe_target
from providers.content.pieces import Mark

Leave = Callable[[], None]
Enter = Callable[["Walk", LexborNode], Leave | None]

MAX_NESTING = 20  # quotes and lists in one another; deeper ones only end the line

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


class Walk:
    """The state of one walk: the builder, and what the clients' markup means."""

    def __init__(self, builder: Builder, meanings: dict[int, int]) -> None:
        self.builder = builder
        self.meanings = meanings
        self.pictures_left_out = 0

    def through(self, root: LexborNode) -> None:
        """Visit everything below `root` in order."""
        stack: list[tuple[LexborNode, Leave | None]] = []
        meanings, text, kinds = self.meanings, self.builder.text, _ENTER
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
            if tag == _TEXT:
                text(node.text_content or "")
                node = node.next
                continue
            enter = kinds.get(tag)
            meaning = meanings.get(node.mem_id, 0) if meanings else 0
            if enter is _skip or meaning & marks.HIDDEN:
                node = node.next
                continue
            leave = (
                self._enter_marked(node, enter, meaning) if meaning else enter(self, node) if enter else None
            )
            child = (
                None if enter is _preformatted or (enter is _table and leave is _DONE) else node.first_child
            )
            if child is None:
                if leave is not None:
                    leave()
                node = node.next
            else:
                stack.append((node, leave))
                node = child

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
        if enter is _paragraph and meaning & marks.TIGHT:
            enter = _line
        inner = enter(self, node) if enter else None
        if region is not None and not node.first_child and not builder.nested:
            builder.emit(
                Rule()
            )  # an empty marker (Outlook's appendonsend) still says that the rest is history

        def leave() -> None:
            if inner is not None:
                inner()
            if region is not None:
                builder.end_paragraph()
            builder.style, builder.keep_lines, builder.mark = style, keep_lines, mark

        return leave


def _not_bold(style: Style) -> Style:
    plain = Style()
    for name in ("italic", "strike", "code"):
        if getattr(style, name):
            plain = style_with(plain, name)
    return plain


def _done() -> None:
    """Mark an element whose children were read already."""


_DONE: Final = _done


def _skip(_walk: Walk, _node: LexborNode) -> None:
    """Stand for an element of which nothing is read."""


def _line(walk: Walk, _node: LexborNode) -> Leave:
    walk.builder.end_line()
    return walk.builder.end_line


def _paragraph(walk: Walk, _node: LexborNode) -> Leave:
    walk.builder.end_paragraph()
    return walk.builder.end_paragraph


def _break(walk: Walk, _node: LexborNode) -> None:
    walk.builder.line_break()


def _rule(walk: Walk, _node: LexborNode) -> None:
    walk.builder.end_paragraph()
    walk.builder.emit(Rule())


def _heading(walk: Walk, node: LexborNode) -> Leave:
    builder = walk.builder
    builder.end_paragraph()
    outer, builder.heading = builder.heading, _LEVELS[node.tag_id]

    def leave() -> None:
        builder.end_paragraph()
        builder.heading = outer

    return leave


def _styled(name: str) -> Enter:
    def enter(walk: Walk, _node: LexborNode) -> Leave:
        builder = walk.builder
        outer = builder.style
        builder.style = style_with(outer, name)

        def leave() -> None:
            builder.style = outer

        return leave

    return enter


def _link(walk: Walk, node: LexborNode) -> Leave | None:
    target = safe_target(node.attributes.get("href") or "")
    if not target:
        return None
    builder = walk.builder
    outer, builder.link = builder.link, target

    def leave() -> None:
        builder.link = outer

    return leave


def _image(walk: Walk, node: LexborNode) -> None:
    attributes = node.attributes
    alt = attributes.get("alt")
    if _tiny(attributes):
        return
    if (
        alt is not None
        and not alt.strip()
        and not (attributes.get("src") or "").startswith(("cid:", "data:"))
    ):
        walk.pictures_left_out += 1  # the sender says that it only decorates
        return
    walk.builder.image(one_line(alt or "")[:300])


def _tiny(attributes: dict[str, str | None]) -> bool:
    sizes = [(attributes.get(name) or "").strip().removesuffix("px") for name in ("width", "height")]
    return any(size in ("0", "1") for size in sizes)


def _quote(walk: Walk, _node: LexborNode) -> Leave:
    builder = walk.builder
    if builder.nested >= MAX_NESTING:
        return _line(walk, _node)
    outer = builder.open_container()

    def leave() -> None:
        builder.close_quote(outer)

    return leave


def _list(walk: Walk, node: LexborNode) -> Leave:
    builder = walk.builder
    builder.end_paragraph()
    if builder.nested >= MAX_NESTING:
        return builder.end_paragraph
    builder.lists.append([])
    ordered = node.tag == "ol"
    start = (node.attributes.get("start") or "1").strip() if ordered else "1"
    number = int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1

    def leave() -> None:
        builder.close_list(ordered, number)

    return leave


def _item(walk: Walk, node: LexborNode) -> Leave:
    builder = walk.builder
    if not builder.lists or builder.nested >= MAX_NESTING:
        return _line(walk, node)
    outer = builder.open_container()
    items = builder.lists[-1]

    def leave() -> None:
        items.append(builder.close_container(outer))

    return leave


def _preformatted(walk: Walk, node: LexborNode) -> None:
    walk.builder.preformatted(node.text(deep=True))


def _cell(walk: Walk, _node: LexborNode) -> Leave:
    """Unfold a cell of a layout table: what is in it stands below what was before."""
    walk.builder.end_line()
    return walk.builder.end_line


def _table(walk: Walk, node: LexborNode) -> Leave:
    builder = walk.builder
    builder.end_paragraph()
    data = cells_of_data(node)
    if data is None:
        return builder.end_paragraph
    rows, header = data
    drawn = []
    for row in rows:
        cells = []
        for cell in row:
            inner = Builder()
            sub = Walk(inner, walk.meanings)
            sub.through(cell)
            cells.append(inner.take_spans())
        drawn.append(tuple(cells))
    if any(any(row) for row in drawn):
        builder.emit(Table(tuple(drawn), header))
    return _DONE


def _tag_id(name: str) -> int:
    node = LexborHTMLParser("<body></body>").create_node(name)
    return int(node.tag_id)


_TEXT: Final = 2
_LEVELS: Final = {_tag_id(f"h{level}"): level for level in range(1, 7)}
_NAMES: Final[dict[Enter, str]] = {
    _skip: "script style head title template object iframe noembed noframes svg math select option "
    "datalist audio video canvas map area input textarea progress meter",
    _line: "div section article header footer main nav aside address center form fieldset figure "
    "figcaption dt dd details summary legend tr caption hgroup",
    _paragraph: "p dl",
    _break: "br",
    _rule: "hr",
    _heading: "h1 h2 h3 h4 h5 h6",
    _styled("bold"): "b strong th",
    _styled("italic"): "i em cite dfn var",
    _styled("strike"): "s strike del",
    _styled("code"): "code tt kbd samp",
    _link: "a",
    _image: "img",
    _quote: "blockquote",
    _list: "ul ol menu dir",
    _item: "li",
    _preformatted: "pre xmp listing plaintext",
    _cell: "td",
    _table: "table",
}
_ENTER: Final[dict[int, Enter]] = {
    _tag_id(name): enter for enter, names in _NAMES.items() for name in names.split()
}
