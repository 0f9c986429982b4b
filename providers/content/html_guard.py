"""Markup that would make the parser slow, made harmless before it is parsed.

lexbor (as every HTML5 parser) walks its stack of open elements for many tags: 100,000 nested <div> take it
25 seconds, unclosed <font> in paragraphs are opened again in each. What could cost that much is written
anew: the parser then sees exactly the tags that were counted here, and none that lies deeper than any mail
needs. The text stays.
"""

import re
from collections import Counter

MAX_DEPTH = 250
MAX_FORMATTING = 8  # open at once
MAX_REOPENED = 100_000  # elements that unclosed formatting makes the parser open again, in some milliseconds
MAX_ATTRIBUTES = 100
_FEW = 1000  # start tags, which cannot cost more than twenty milliseconds
_MANY = 4000  # start tags, which one in another cost the parser 25 milliseconds
_BLOCK = 2000  # characters; a tag twice as long covers one from edge to edge

_BLANK = r"[\t\n\f\r ]"
_ATTRIBUTE = rf"""{_BLANK}++[\w:.-]++(?:=(?:"[^"<>]*+"|'[^'<>]*+'|[^\t\n\f\r "'<>=`/]++))?+"""
_REGULAR = rf"(?:{_ATTRIBUTE})*+{_BLANK}*+/?>"  # no two parsers disagree about it
_UNSEEN = "|".join(
    rf"{name}(?=[\t\n\f\r />]).*?(?:</{name}{_BLANK}*+>|\Z)"
    for name in ("script", "style", "iframe", "noembed", "noframes", "textarea", "title")
)
_TOKEN = re.compile(
    rf"<(?:!--.*?(?:-->|\Z)|[!?][^<>]*+>|{_UNSEEN}|(/?)([a-z][^\s<>/]*+)({_REGULAR}|[^<>]*+>))",
    re.IGNORECASE | re.DOTALL,
)
_REGULAR_TOKEN = re.compile(
    rf"<(?:!--(?!-?>).*?-->|[!?][^<>]*+>|(style|title){_REGULAR}[^<]*+(?:<!--[^<]*+)?</\1>"
    rf"|(/?)([a-z][\w:.-]*+){_REGULAR})",
    re.IGNORECASE | re.DOTALL,
)
_REGULAR_END = re.compile(_REGULAR)
_FORMATTING_TAG = re.compile(
    rf"<(?:((?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u){_REGULAR})"
    r"|(?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)[\s/>])",
    re.IGNORECASE,
)
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{4000,}>")

_FORMATTING = frozenset(
    ("a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u")
)
# Elements that end by themselves do not pile up.
_SHALLOW = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
     "track", "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "html",
     "head", "body")
)  # fmt: skip
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
_DROPPED = frozenset(("svg", "math", "xmp", "plaintext", "form"))


def harmless(html: str) -> str:
    """Return `html` with bounded nesting. The time is linear in its length."""
    starts = html.count("<") - html.count("</")
    if starts > _FEW and (starts > _MANY or _may_reopen(html, starts)) and not _well_nested(html):
        html = _rewritten(html)
    if len(html) > 2 * _BLOCK and _may_hold_long_tag(html):
        html = _LONG_TAG.sub(_shortened, html)
    return html


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
            if not elements or elements.pop() != name:
                return False
            formatting -= name in _FORMATTING
        elif name and not slash:
            reopened += formatting
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
            kept.append(f"</{name}>" if elements.end(name) else " ")
        elif not elements.start(name):
            kept.append(" ")
        else:
            kept.append(token[0] if _REGULAR_END.fullmatch(token[3]) else f"<{name}>")
    kept.append(html[at:].replace("<", "&lt;"))
    return "".join(kept)


class _Open:
    """The elements that are open behind a tag: those that the parser has open, or more."""

    def __init__(self) -> None:
        self._formatting: list[str] = []  # and a "" for each open wall
        self._others: list[str] = []
        self._left_out: Counter[str] = Counter()

    def start(self, name: str) -> bool:
        """Open an element; False if it would lie too deep."""
        if name in _SHALLOW:
            return True
        if name == "a":
            self._end_formatting(name)  # one link ends the other
        formatting = name in _FORMATTING
        if formatting:
            full = len(self._formatting) - self._formatting.count("") >= MAX_FORMATTING
        else:
            full = len(self._others) >= MAX_DEPTH
        if full:
            self._left_out[name] += 1
            return False
        (self._formatting if formatting else self._others).append(name)
        if name in _WALLS:
            self._formatting.append("")
        return True

    def end(self, name: str) -> bool:
        """Close an element where the parser would; False if its start was left out."""
        if self._left_out[name]:
            self._left_out[name] -= 1
            return False
        if name in _FORMATTING:
            self._end_formatting(name)
            return True
        reach = _WALLS if name in _BLOCKS or name in _WALLS else _WALLS | _BLOCKS
        for number in range(len(self._others) - 1, -1, -1):
            if self._others[number] == name:
                self._close(number)
            elif self._others[number] not in reach:
                continue
            break
        return True

    def _close(self, first: int) -> None:
        for name in self._others[first:]:
            if name in _WALLS:
                del self._formatting[_last(self._formatting, "")]
        del self._others[first:]

    def _end_formatting(self, name: str) -> None:
        at = _last(self._formatting, name)
        if at > _last(self._formatting, ""):
            del self._formatting[at]


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
