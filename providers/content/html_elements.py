"""What entering and leaving each element of HTML does to the lines, paragraphs and containers."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from providers.content.clean import has_word, one_line
from providers.content.document import style_with
from providers.content.html_builder import Builder
from providers.content.links import safe_target

Attributes = Mapping[str, str]
Leave = Callable[[Builder], None]
Enter = Callable[[Builder], Leave | None]

_WORD: Final = re.compile(r"\w")
MAX_NESTING = 20  # quotes and lists in one another; deeper ones only end the line


def line(builder: Builder) -> Leave:
    """End the line before and after an element."""
    builder.end_line()
    return Builder.end_line


def paragraph(builder: Builder) -> Leave:
    """End the paragraph before and after an element."""
    builder.end_paragraph()
    return Builder.end_paragraph


def _heading(level: int) -> Enter:
    def enter(builder: Builder) -> Leave:
        builder.end_paragraph()
        outer, builder.heading = builder.heading, level

        def leave(builder: Builder) -> None:
            builder.end_paragraph()
            builder.heading = outer

        return leave

    return enter


def _styled(name: str) -> Enter:
    def enter(builder: Builder) -> Leave:
        outer = builder.style
        builder.style = style_with(outer, name)

        def leave(builder: Builder) -> None:
            builder.style = outer

        return leave

    return enter


def _link(attributes: Attributes) -> Enter | None:
    target = safe_target(attributes.get("href", ""))
    if not target:
        return None

    def enter(builder: Builder) -> Leave:
        outer, builder.link = builder.link, target

        def leave(builder: Builder) -> None:
            builder.link = outer

        return leave

    return enter


def _image(attributes: Attributes) -> Enter | None:
    alt = attributes.get("alt")
    if _tiny(attributes, bool(alt)):
        return None
    inside = attributes.get("src", "").startswith(("cid:", "data:"))
    only_decorates = alt is not None and not alt.strip() and not inside
    words = one_line(alt or "")[:300]

    emoji = 0 < len(words) <= 12 and not words.isascii() and has_word(words) and not _WORD.search(words)

    def enter(builder: Builder) -> None:
        if emoji:
            builder.text(words)
        elif only_decorates:
            builder.pictures_left_out += 1
        else:
            builder.image(words)

    return enter


def _tiny(attributes: Attributes, named: bool) -> bool:
    """Tell whether a picture is there to count readers; one with words may be wide and flat."""
    sizes = [attributes.get(name, "").strip().removesuffix("px") for name in ("width", "height")]
    return (all if named else any)(size in ("0", "1") for size in sizes)


def _quote(builder: Builder) -> Leave:
    if builder.nested >= MAX_NESTING:
        return line(builder)
    builder.open_quote()
    return Builder.close_quote


def _list(ordered: bool, start: int = 1) -> Enter:
    def enter(builder: Builder) -> Leave:
        if max(builder.nested, len(builder.lists)) >= MAX_NESTING:
            return paragraph(builder)
        builder.open_list(ordered, start)
        return Builder.close_list

    return enter


def _ordered(attributes: Attributes) -> Enter:
    start = attributes.get("start", "").strip()
    return _list(True, int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1)


def _numbered(attributes: Attributes) -> Enter:
    value = attributes.get("value", "").strip()
    if not (value.isascii() and value.isdigit() and len(value) < 6):
        return _item

    def enter(builder: Builder) -> Leave:
        _go_on_from(int(value), builder)
        return _item(builder)

    return enter


def _go_on_from(number: int, builder: Builder) -> None:
    """Go on in the innermost list with an item of this number; the items above keep theirs."""
    innermost = builder.lists[-1] if builder.lists else None
    if innermost is None or not innermost.ordered or innermost.nested != builder.nested or innermost.loose:
        return
    builder.end_paragraph()
    if number == innermost.next_number():
        return
    builder.lists.pop()
    if any(innermost.items):
        builder.emit(innermost.block())
    builder.lists.append(innermost)
    innermost.items = []
    innermost.start = number


def _item(builder: Builder) -> Leave:
    if not builder.lists or builder.nested >= MAX_NESTING:
        return line(builder)
    builder.open_container()
    items = builder.lists[-1].items

    def leave(builder: Builder) -> None:
        items.append(list(builder.close_container()))

    return leave


def _raised(builder: Builder) -> Leave | None:
    """Read 10<sup>6</sup> as 10^6, and 1<sup>st</sup> as 1st."""
    place = builder.behind_digit()
    return None if place is None else lambda builder: builder.mark_digits(place, "^")


def _said(builder: Builder) -> Leave:
    builder.text("\u201c")
    return lambda builder: builder.text("\u201d")


def preformatted(text: str) -> Enter:
    """Return what adds text whose line ends are kept."""
    return lambda builder: builder.preformatted(text)


def _head_cell(builder: Builder) -> Leave:
    """Enter a cell that names its column, in a table that is not drawn as one."""
    builder.end_line()
    outer = builder.style
    builder.style = style_with(outer, "bold")

    def leave(builder: Builder) -> None:
        builder.style = outer
        builder.end_line()

    return leave


def _named(names: str, enter: Enter) -> dict[str, Enter]:
    return dict.fromkeys(names.split(), enter)


ENTER: Final[Mapping[str, Enter]] = {
    **_named(
        "div section article header footer main nav aside address center form fieldset figure figcaption "
        "dt dd details summary legend tr td caption hgroup option textarea select object video audio canvas",
        line,
    ),
    **_named("p dl table", paragraph),  # tables of data are read by the walk itself
    **_named("b strong", _styled("bold")),
    "th": _head_cell,
    **_named("i em cite dfn var", _styled("italic")),
    **_named("s strike del", _styled("strike")),
    **_named("code tt kbd samp", _styled("code")),
    **_named("ul menu dir", _list(False)),
    **{f"h{level}": _heading(level) for level in range(1, 7)},
    "br": Builder.line_break,
    "hr": Builder.rule,
    "blockquote": _quote,
    "sup": _raised,
    "q": _said,
}
# Elements whose attributes say what they do.
ENTER_WITH: Final[Mapping[str, Callable[[Attributes], Enter | None]]] = {
    "a": _link,
    "img": _image,
    "ol": _ordered,
    "li": _numbered,
}
SKIPPED: Final = frozenset(
    ("head", "title", "template", "svg", "datalist", "area", "input", "progress", "meter")
)  # fmt: skip
KEPT_LINES: Final = frozenset(("pre", "listing"))
