"""What entering and leaving each element of HTML does to the lines, paragraphs and containers."""

from collections.abc import Callable
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from providers.content.clean import one_line
from providers.content.document import Rule, style_with
from providers.content.html_builder import Builder
from providers.content.links import safe_target

Leave = Callable[[], None]
Enter = Callable[[Builder, LexborNode], Leave | None]

MAX_NESTING = 20  # quotes and lists in one another; deeper ones only end the line


def skip(_builder: Builder, _node: LexborNode) -> None:
    """Stand for an element of which nothing is read."""


def line(builder: Builder, _node: LexborNode) -> Leave:
    """End the line before and after an element."""
    builder.end_line()
    return builder.end_line


def paragraph(builder: Builder, _node: LexborNode) -> Leave:
    """End the paragraph before and after an element."""
    builder.end_paragraph()
    return builder.end_paragraph


def _break(builder: Builder, _node: LexborNode) -> None:
    builder.line_break()


def _rule(builder: Builder, _node: LexborNode) -> None:
    builder.end_paragraph()
    builder.emit(Rule())


def _heading(builder: Builder, node: LexborNode) -> Leave:
    builder.end_paragraph()
    outer, builder.heading = builder.heading, _LEVELS[node.tag_id]

    def leave() -> None:
        builder.end_paragraph()
        builder.heading = outer

    return leave


def _styled(name: str) -> Enter:
    def enter(builder: Builder, _node: LexborNode) -> Leave:
        outer = builder.style
        builder.style = style_with(outer, name)

        def leave() -> None:
            builder.style = outer

        return leave

    return enter


def _link(builder: Builder, node: LexborNode) -> Leave | None:
    target = safe_target(node.attributes.get("href") or "")
    if not target:
        return None
    outer, builder.link = builder.link, target

    def leave() -> None:
        builder.link = outer

    return leave


def _image(builder: Builder, node: LexborNode) -> None:
    attributes = node.attributes
    alt = attributes.get("alt")
    if _tiny(attributes):
        return
    if (
        alt is not None
        and not alt.strip()
        and not (attributes.get("src") or "").startswith(("cid:", "data:"))
    ):
        builder.pictures_left_out += 1  # the sender says that it only decorates
        return
    builder.image(one_line(alt or "")[:300])


def _tiny(attributes: dict[str, str | None]) -> bool:
    sizes = [(attributes.get(name) or "").strip().removesuffix("px") for name in ("width", "height")]
    return any(size in ("0", "1") for size in sizes)


def quote(builder: Builder, _node: LexborNode) -> Leave:
    """Take what is set in as a quote."""
    if builder.nested >= MAX_NESTING:
        return line(builder, _node)
    outer = builder.open_container()

    def leave() -> None:
        builder.close_quote(outer)

    return leave


def _list(builder: Builder, node: LexborNode) -> Leave:
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


def _item(builder: Builder, node: LexborNode) -> Leave:
    if not builder.lists or builder.nested >= MAX_NESTING:
        return line(builder, node)
    outer = builder.open_container()
    items = builder.lists[-1]

    def leave() -> None:
        items.append(builder.close_container(outer))

    return leave


def preformatted(builder: Builder, node: LexborNode) -> None:
    """Take an element whose line ends are kept, whole."""
    builder.preformatted(node.text(deep=True))


def table(builder: Builder, _node: LexborNode) -> Leave:
    """Unfold a table of layout; tables of data are read by the walk itself."""
    builder.end_paragraph()
    return builder.end_paragraph


def _cell(builder: Builder, _node: LexborNode) -> Leave:
    """Unfold a cell of a layout table: what is in it stands below what was before."""
    builder.end_line()
    return builder.end_line


def _tag_id(name: str) -> int:
    node = LexborHTMLParser("<body></body>").create_node(name)
    return int(node.tag_id)


TEXT: Final = 2
_LEVELS: Final = {_tag_id(f"h{level}"): level for level in range(1, 7)}
_NAMES: Final[dict[Enter, str]] = {
    skip: "script style head title template object iframe noembed noframes svg math select option "
    "datalist audio video canvas map area input textarea progress meter",
    line: "div section article header footer main nav aside address center form fieldset figure "
    "figcaption dt dd details summary legend tr caption hgroup",
    paragraph: "p dl",
    _break: "br",
    _rule: "hr",
    _heading: "h1 h2 h3 h4 h5 h6",
    _styled("bold"): "b strong th",
    _styled("italic"): "i em cite dfn var",
    _styled("strike"): "s strike del",
    _styled("code"): "code tt kbd samp",
    _link: "a",
    _image: "img",
    quote: "blockquote",
    _list: "ul ol menu dir",
    _item: "li",
    preformatted: "pre xmp listing plaintext",
    _cell: "td",
    table: "table",
}
ENTER: Final[dict[int, Enter]] = {
    _tag_id(name): enter for enter, names in _NAMES.items() for name in names.split()
}
