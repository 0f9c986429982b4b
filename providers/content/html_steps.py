"""What a tag means, found out once for all its repetitions: a mail says the same a thousand times."""

from enum import Enum, auto
from functools import lru_cache
from typing import Final

from providers.content import html_marks as marks
from providers.content.document import PLAIN, Style, style_with
from providers.content.html_builder import Builder
from providers.content.html_elements import (
    ENTER,
    ENTER_WITH,
    KEPT_LINES,
    MAX_NESTING,
    SKIPPED,
    Enter,
    Leave,
    line,
    paragraph,
    preformatted,
)
from providers.content.html_lists import OpenList
from providers.content.html_sheet import is_hidden
from providers.content.html_tokens import VOID, attributes_of
from providers.content.html_unclosed import leave_lists, return_to_lists
from providers.content.html_word import Place, leave_item, place_in
from providers.content.pieces import Mark

MAX_SHARED = 4096  # tags that all messages share


class Kind(Enum):
    """How the walk takes a tag."""

    START = auto()
    END = auto()
    LINE = auto()  # a start that only ends the line, as its end does
    PARAGRAPH = auto()  # one that only ends the paragraph
    ALONE = auto()  # an element without an end
    REGION = auto()  # a start by which a client marks what is in it; Outlook's may be empty
    TABLE = auto()
    LINES = auto()  # an element whose line ends are kept
    SKIP = auto()  # an element of which nothing is read
    FAINT = auto()  # one of which nothing is read if it holds nothing but words


Step = tuple[Kind, Enter | None]

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


class Steps(dict[str | None, Step]):
    """The steps that the tags of one message stand for; a tag that was not met before is looked up."""

    def __init__(self, *, hidden: bool = False, unseen: frozenset[str] = frozenset()) -> None:
        """Begin with what most mails hold.

        `hidden`: what is not to be seen is taken like everything else. `unseen`: names that the page hides.
        """
        super().__init__(_BARE)
        self._hidden = hidden
        self._unseen = frozenset() if hidden else unseen

    def __missing__(self, tag: str | None) -> Step:
        """Find out what a tag means. What clients write into every mail is kept for the next message."""
        tag = tag or ""
        own = len(tag) > 500 or tag.partition(" ")[0] in ENTER_WITH or ">" in tag
        step = self[tag] = (_step if own else _shared)(tag, self._hidden)
        if self._unseen and " " in tag and is_hidden(attributes_of(tag), self._unseen):
            name = tag.partition(" ")[0]
            if name not in ("body", "html"):
                step = self[tag] = (Kind.ALONE if name in VOID else Kind.SKIP), None
        return step


def _step(tag: str, hidden: bool = False) -> Step:
    if tag[:1] == "/":
        return (Kind.ALONE, None) if tag[1:] in VOID else (Kind.END, None)  # only SVG ends them
    if ">" in tag:  # <xmp>, <plaintext>
        return Kind.ALONE, preformatted(tag.partition(">")[2].rpartition("</")[0])
    name = tag.partition(" ")[0]
    attributes = attributes_of(tag)
    meaning = marks.meaning_of(attributes)
    if hidden or name in ("body", "html"):  # some pages fade in
        meaning &= ~(marks.HIDDEN | marks.FAINT)
    faint = bool(meaning & marks.FAINT) and name not in SKIPPED
    meaning &= ~marks.FAINT
    alone = name in VOID
    if name in SKIPPED or meaning & marks.HIDDEN:
        return (Kind.ALONE if alone else Kind.SKIP), None
    enter = ENTER_WITH[name](attributes) if name in ENTER_WITH else ENTER.get(name)
    place = place_in(attributes) if name == "p" and attributes else None
    if place:
        enter = _word_item(place)
    elif meaning & marks.TIGHT and name == "p":
        enter = line
    if meaning & marks.QUOTE_IF_SET_IN:
        return Kind.START, (_gmail_quote if name == "blockquote" else _gmail(enter))
    region = any(meaning & bit for bit, _ in _REGIONS)
    if meaning & ~marks.TIGHT:
        enter = _marked(ENTER["hr"] if alone and region else enter, meaning)  # a mark must stand somewhere
    kind = _kind(name, enter, region)
    return (Kind.FAINT if faint and kind in (Kind.START, Kind.LINE, Kind.PARAGRAPH) else kind), enter


def _kind(name: str, enter: Enter | None, region: bool) -> Kind:
    if name in VOID:
        return Kind.ALONE
    if name == "table":
        return Kind.TABLE
    if name in KEPT_LINES:
        return Kind.LINES
    if region:
        return Kind.REGION
    return _PLAIN.get(enter, Kind.START)


_PLAIN: Final[dict[Enter | None, Kind]] = {line: Kind.LINE, paragraph: Kind.PARAGRAPH}
_shared = lru_cache(MAX_SHARED)(_step)


def _word_item(place: Place) -> Enter:
    def enter(builder: Builder) -> Leave:
        if builder.nested >= MAX_NESTING:
            return line(builder)
        builder.open_container()
        return lambda builder: leave_item(builder, place)

    return enter


def _gmail(inner: Enter | None) -> Enter:
    """Enter Gmail's <div> around history; outside of it the same class is the sender's own quotation."""

    def enter(builder: Builder) -> Leave:
        leave_inner = inner(builder) if inner else None
        outer, builder.in_gmail = builder.in_gmail, True

        def leave(builder: Builder) -> None:
            if leave_inner is not None:
                leave_inner(builder)
            builder.in_gmail = outer

        return leave

    return enter


def _gmail_quote(builder: Builder) -> Leave | None:
    return (_HISTORY if builder.in_gmail else ENTER["blockquote"])(builder)


def _marked(inner: Enter | None, meaning: int) -> Enter:
    """Return what enters an element that a client's markup or a style says something about."""
    styles = [name for bit, name in _STYLES if meaning & bit]
    region = next((mark for bit, mark in _REGIONS if meaning & bit), None)

    def enter(builder: Builder) -> Leave:
        style, keep_lines, mark = builder.style, builder.keep_lines, builder.mark
        left: list[OpenList] = []
        nested = builder.nested
        if meaning & marks.NOT_BOLD:
            builder.style = _not_bold(style)
        for name in styles:
            builder.style = style_with(builder.style, name)
        if meaning & marks.KEEP_LINES:
            builder.keep_lines = True
        if region is not None:
            builder.end_paragraph()
            if mark is Mark.OWN:
                left = leave_lists(builder)
            if mark is Mark.OWN and not builder.nested:
                builder.mark = region
        leave_inner = inner(builder) if inner else None

        def leave(builder: Builder) -> None:
            if leave_inner is not None:
                leave_inner(builder)
            if region is not None:
                builder.end_paragraph()
            builder.style, builder.keep_lines, builder.mark = style, keep_lines, mark
            if left:
                return_to_lists(builder, left, nested, loose=region is Mark.REST)

        return leave

    return enter


def _not_bold(style: Style) -> Style:
    plain = PLAIN
    for name in ("italic", "strike", "code"):
        if getattr(style, name):
            plain = style_with(plain, name)
    return plain


_HISTORY: Final = _marked(ENTER["blockquote"], marks.QUOTE)
_BARE: Final[dict[str | None, Step]] = {
    None: (Kind.ALONE, None),
    **{
        tag: _step(tag)
        for name in (*ENTER, *ENTER_WITH, *KEPT_LINES, "span", "font", "body", "tbody", "u", "o:p")
        for tag in (name, f"/{name}")
    },
}
