"""Markup that would make the parser slow, made harmless before it is parsed.

lexbor (as every HTML5 parser) walks its stack of open elements for many tags: 100,000 nested <div> take it
25 seconds, unclosed <font> in paragraphs are opened again in each. What could cost that much is written
anew: the parser then sees exactly the tags that were counted here, and none that lies deeper than any mail
needs. The text stays.
"""

import re
from collections import Counter, defaultdict
from functools import lru_cache

MAX_DEPTH = 250
MAX_FORMATTING = 8  # open at once
MAX_REOPENED = 100_000  # elements that unclosed formatting makes the parser open again, in some milliseconds
MAX_ATTRIBUTES = 100
_MOST_ROOTS = 5  # <body> tags, and <html> tags: mails put into mails bring theirs
_FEW = 1000  # start tags, which cannot cost more than twenty milliseconds
_MANY = 4000  # start tags, which one in another cost the parser 25 milliseconds
_LARGE = 32_000  # characters; smaller pages cannot hold attributes for more than a quarter of a second
_BLOCK = 1000  # characters; a tag twice as long covers one from edge to edge

_BLANK = r"[\t\n\f\r ]"
_ATTRIBUTE = rf"""{_BLANK}++[\w:.-]++(?:=(?:"[^"<>]*+"|'[^'<>]*+'|[^\t\n\f\r "'<>=`/]++))?+"""
_REGULAR = rf"(?:{_ATTRIBUTE})*+{_BLANK}*+/?>"  # no two parsers disagree about it
_COMMENT = r"!--(?:-?>|.*?(?:--!?>|\Z))"  # HTML 13.2.5.43 to 13.2.5.52
_UNSEEN = "|".join(
    rf"{name}(?=[\t\n\f\r />]).*?(?:</{name}{_BLANK}*+>|\Z)"
    for name in ("script", "style", "iframe", "noembed", "noframes", "textarea", "title")
)
_TOKEN = re.compile(
    rf"<(?:{_COMMENT}|[!?][^<>]*+>|{_UNSEEN}|(/?)([a-z][^\s<>/]*+)({_REGULAR}|[^<>]*+>))",
    re.IGNORECASE | re.DOTALL,
)
_REGULAR_TOKEN = re.compile(
    rf"<(?:{_COMMENT}|[!?][^<>]*+>|(style|title){_REGULAR}[^<]*+(?:<!--[^<]*+)?</\1>"
    rf"|(/?)([a-z][\w:.-]*+){_REGULAR})",
    re.IGNORECASE | re.DOTALL,
)
_REGULAR_END = re.compile(_REGULAR)
_FORMATTING_TAG = re.compile(
    rf"<(?:((?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u){_REGULAR})"
    r"|(?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)[\s/>])",
    re.IGNORECASE,
)
_LONG_TAG = re.compile(rf"<[a-zA-Z][^<>]{{{2 * _BLOCK},}}>")
# A tag with "<" or ">" in it, and one whose attributes, cut as the parser cuts them, are too many.
_IRREGULAR = re.compile(rf"<[a-zA-Z](?![\w:.-]*+{_REGULAR})")
# What each such tag holds: a quotation mark that opens a value which goes on to a "<" or ">", or a bare "<".
_HIDING = re.compile(rf"""={_BLANK}*+(?:"[^"<>]*+[<>]|'[^'<>]*+[<>])""")
_UNENDED = re.compile(r"<[a-zA-Z][^<>]*+<")
_NAME = r"[\t\n\f\r /]*+[^\t\n\f\r />][^\t\n\f\r />=]*+"
_VALUE = r"""(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\t\n\f\r >]*+)"""
_CROWDED = re.compile(
    r"<[a-zA-Z][^\t\n\f\r />]*+"
    rf"(?:{_NAME}(?:{_BLANK}*+={_BLANK}*+{_VALUE})?+){{{4 * MAX_ATTRIBUTES}}}"
)
_NO_BRACKETS = bytes(set(range(256)) - set(b"<>"))
_ROOT = re.compile(r"<(?:body|html)(?=[\t\n\f\r />])[^<>]*+>?", re.IGNORECASE)

_FORMATTING = frozenset(
    ("a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u")
)
# Elements that end by themselves do not pile up.
_SHALLOW = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
     "track", "wbr", "p", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "html", "head", "body")
)  # fmt: skip
# These end their like, unless another block lies between: "<li><dd><li><dd>" goes down without end.
_ITEMS = {"li": frozenset(("li",)), "dd": frozenset(("dd", "dt")), "dt": frozenset(("dd", "dt"))}
# Across these no end tag reaches, across blocks only the end tags of blocks (HTML 13.2.4.2, 13.2.6.4.7).
_WALLS = frozenset(("table", "object", "applet", "marquee", "template"))
_BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "button", "caption", "center", "details", "dialog", "dir",
     "div", "dl", "fieldset", "figcaption", "figure", "footer", "frameset", "h1", "h2", "h3", "h4", "h5",
     "h6", "header", "hgroup", "listing", "main", "menu", "nav", "noscript", "ol", "pre", "search", "section",
     "select", "summary", "ul")
)  # fmt: skip
# In these other rules hold. What is dropped of them is only their tags.
_OTHERWISE = frozenset(
    ("svg", "math", "xmp", "plaintext", "script", "iframe", "noembed", "noframes", "textarea", "style",
     "title")
)  # fmt: skip
_LISTS = frozenset(("ol", "ul"))
_EDGES = frozenset((*_WALLS, *_BLOCKS, *_ITEMS))  # which no end tag of anything else crosses
_THROUGH = frozenset(("address", "div"))  # in which an item still ends the one around it
_IN_LINE = frozenset((*_FORMATTING, "span"))
_DROPPED = frozenset(("svg", "math", "xmp", "plaintext", "form"))


def harmless(html: str) -> str:
    """Return `html` with bounded nesting. The time is linear in its length."""
    if len(html) <= 2 * _BLOCK:
        return html  # too short for a thousand tags, and for a long one
    if len(html) > _LARGE:
        html = _with_few_roots(html)
    ends = html.count("</")
    starts = html.count("<") - ends
    if ends > starts + _FEW or (
        starts > _FEW and (starts > _MANY or _may_reopen(html, starts)) and not _well_nested(html)
    ):
        html = _rewritten(html)
    if len(html) > _LARGE and _is_crowded(html):
        html = _rewritten(html)
    if _may_hold_long_tag(html):
        html = _LONG_TAG.sub(_shortened, html)
    return html


def _with_few_roots(html: str) -> str:
    """Leave out further <body> and <html> tags, whose attributes the parser adds to those of the first."""
    if len(_ROOT.findall(html)) <= 2 * _MOST_ROOTS:
        return html
    count = Counter[str]()

    def once(tag: re.Match[str]) -> str:
        name = tag.group()[1:5].lower()
        count[name] += 1
        return tag.group() if count[name] <= _MOST_ROOTS else " "

    return _ROOT.sub(once, html)


def _is_crowded(html: str) -> bool:
    """Tell whether a tag that hides its end in an attribute has very many attributes."""
    brackets = html.encode("utf-8", "replace").translate(None, _NO_BRACKETS)
    if brackets == b"<>" * (len(brackets) // 2):
        return False  # none hides its end: each "<" is followed by its own ">"
    if not _HIDING.search(html) and not _UNENDED.search(html):
        return False  # as nearly always, told much faster
    return any(_CROWDED.match(html, tag.start()) for tag in _IRREGULAR.finditer(html))


def _may_reopen(html: str, starts: int) -> bool:
    """Tell whether there is enough formatting for the parser to open it again too often.

    It keeps three of the same tag and attributes ("Noah's Ark", HTML 13.2.4.3), and one <a>.
    """
    tags = Counter(_FORMATTING_TAG.findall(html))
    irregular = tags.pop("", 0)
    return starts * (1 + irregular + sum(min(3, times) for times in tags.values())) > MAX_REOPENED


def _well_nested(html: str) -> bool:
    """Tell whether each end tag ends what was opened last, so that nothing piles up unseen."""
    parts = _REGULAR_TOKEN.split(html)
    _, sign, cut_off = parts[-1].partition("<")
    if any("<" in text for text in parts[:-1:4]) or (sign and ">" in cut_off):
        return False  # it may only look like text; a tag that was cut off at the end is none
    elements: list[str] = []
    formatting = reopened = 0
    for slash, tag in zip(parts[2::4], parts[3::4], strict=True):
        name = tag.lower() if tag else ""
        if slash and name not in _SHALLOW:
            if elements and elements[-1] in _ITEMS and name in _BLOCKS:
                elements.pop()
            if not elements or elements.pop() != name:
                return False
            formatting -= name in _FORMATTING
        elif name and not slash:
            reopened += formatting
            if name in _ITEMS and elements and elements[-1] in _ITEMS[name]:
                continue
            if name not in _SHALLOW:
                elements.append(name)
                formatting += name in _FORMATTING
            if name in _OTHERWISE or len(elements) > MAX_DEPTH or reopened > MAX_REOPENED:
                return False
    return True


def _rewritten(html: str) -> str:
    """Write a page again without what the parser would pile up."""
    kept: list[str] = []
    at = 0
    elements = _Open()
    for token in _TOKEN.finditer(html):
        kept.append(html[at : token.start()].replace("<", "&lt;"))
        at = token.end()
        name = (token[2] or "").lower()
        if not name or name in _DROPPED:
            continue
        if token[1]:
            kept.append(f"</{name}>" if elements.end(name) else "" if name in _IN_LINE else " ")
        elif not elements.start(name):
            kept.append("" if name in _IN_LINE else " ")
        else:
            kept.append(token[0] if _REGULAR_END.fullmatch(token[3]) else f"<{name}>")
    kept.append(html[at:].replace("<", "&lt;"))
    return "".join(kept)


class _Open:
    """The elements that are open behind a tag: those that the parser has open, or more."""

    def __init__(self) -> None:
        self._formatting: list[str] = []  # and a "" for each open wall
        self._others: list[str] = []
        self._places: defaultdict[str, list[int]] = defaultdict(list)  # of each name, and of each kind
        self._left_out: Counter[str] = Counter()

    def start(self, name: str) -> bool:
        """Open an element; False if it would lie too deep."""
        if name in _SHALLOW:
            return True
        if name == "a":
            self._end_formatting(name)  # one link ends the other
        elif name in _ITEMS:
            self._end_item(_ITEMS[name])
        formatting = name in _FORMATTING
        if formatting:
            full = len(self._formatting) - self._formatting.count("") >= MAX_FORMATTING
        else:
            full = len(self._others) >= MAX_DEPTH
        if full:
            self._left_out[name] += 1
            return False
        if formatting:
            self._formatting.append(name)
        else:
            for place in _kinds_of(name):
                self._places[place].append(len(self._others))
            self._others.append(name)
        if name in _WALLS:
            self._formatting.append("")
        return True

    def end(self, name: str) -> bool:
        """Close an element where the parser would; False if there is nothing to close."""
        if self._left_out[name]:
            self._left_out[name] -= 1
            return False
        if name in _SHALLOW:
            return True
        if name in _FORMATTING:
            opened = name in self._formatting
            self._end_formatting(name)
            return opened
        at = self._last_place(name)
        reach = self._last_place("/wall" if name in _BLOCKS or name in _WALLS or name in _ITEMS else "/edge")
        if name == "li":
            reach = max(reach, self._last_place("/list"))
        if at >= 0 and at >= reach:
            self._close(at)
        return at >= 0

    def _end_item(self, likes: frozenset[str]) -> None:
        at = max(self._last_place(name) for name in likes)
        if at >= 0 and at == self._last_place("/stop"):
            self._close(at)

    def _last_place(self, kind: str) -> int:
        places = self._places.get(kind)
        return places[-1] if places else -1

    def _close(self, first: int) -> None:
        for name in self._others[first:]:
            for kind in _kinds_of(name):
                self._places[kind].pop()
            if name in _WALLS:
                del self._formatting[_last(self._formatting, "")]
        del self._others[first:]

    def _end_formatting(self, name: str) -> None:
        at = _last(self._formatting, name)
        if at > _last(self._formatting, ""):
            del self._formatting[at]


@lru_cache(1024)
def _kinds_of(name: str) -> tuple[str, ...]:
    """Say what an element is to others: its name, and what its edge stops."""
    kinds = {"/wall": _WALLS, "/list": _LISTS, "/edge": _EDGES, "/stop": _EDGES - _THROUGH}
    return (name, *(kind for kind, names in kinds.items() if name in names))


def _last(names: list[str], name: str) -> int:
    return len(names) - 1 - names[::-1].index(name) if name in names else -1


def _may_hold_long_tag(html: str) -> bool:
    """Tell whether a block lies in a tag from edge to edge."""
    inside = False
    for at in range(0, len(html), _BLOCK):
        opened, closed = html.rfind("<", at, at + _BLOCK), html.rfind(">", at, at + _BLOCK)
        if opened != closed:
            inside = opened > closed and html[opened + 1 : opened + 2].isalpha()
        elif inside:
            return True
    return False


def _shortened(tag: re.Match[str]) -> str:
    """Keep a tag with very many attributes (their comparison is quadratic) without most of them."""
    text = tag.group()
    return (
        text
        if text.count("=") <= MAX_ATTRIBUTES and text.count(" ") <= MAX_ATTRIBUTES * 4
        else text[:2000] + '">'
    )
