"""Markup that would make the parser slow, made harmless before it is parsed.

lexbor (as every HTML5 parser) walks its stack of open elements for many tags: 100,000 nested <div> take it
25 seconds, unclosed <font> in paragraphs are opened again in each. So elements beyond a depth that no mail
needs are taken out; their text stays.
"""

import re

MAX_DEPTH = 250
MAX_REOPENED = 100_000  # elements that unclosed formatting would make the parser open again
KEPT_FORMATTING = 4
MAX_ATTRIBUTES = 100
_FEW = 1000  # tags; fewer cannot cost more than some milliseconds
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]{0,30})")
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


def harmless(html: str) -> str:
    """Return `html` with bounded nesting. The time is linear in its length."""
    if html.count("<") > _FEW:
        deep, reopened = _cost(html)
        if deep or reopened:
            html = _flattened(html, KEPT_FORMATTING if reopened else MAX_DEPTH)
    if len(html) > 8000 and _LONG_TAG.search(html):
        html = _LONG_TAG.sub(_shortened, html)
    return html


def _cost(html: str) -> tuple[bool, bool]:
    """Tell whether elements lie too deep, and whether open formatting would be opened again too often."""
    depth = formatting = reopened = 0
    for tag in _TAG.finditer(html):
        name = tag.group(2).lower()
        step = -1 if tag.group(1) else 1
        if name in _FORMATTING:
            formatting = max(0, formatting + step)
        elif step > 0:
            reopened += formatting
            if reopened > MAX_REOPENED:
                return True, True
        if name not in _SHALLOW:
            depth = max(0, depth + step)
            if depth > MAX_DEPTH:
                return True, formatting > KEPT_FORMATTING
    return False, False


def _flattened(html: str, most_formatting: int) -> str:
    """Take out tags of elements that lie too deep, and of formatting that is left open too often."""
    kept: list[str] = []
    at = 0
    plain, formatting = _Level(MAX_DEPTH), _Level(most_formatting)
    for tag in _TAG.finditer(html):
        name = tag.group(2).lower()
        if name in _SHALLOW or tag.start() < at:
            continue
        level = formatting if name in _FORMATTING else plain
        if level.drops(closing=bool(tag.group(1))):
            kept.append(html[at : tag.start()])
            kept.append(" ")
            end = html.find(">", tag.end(), tag.end() + 5000)
            at = end + 1 if end >= 0 else tag.end()
    kept.append(html[at:])
    return "".join(kept)


class _Level:
    """How many elements of a kind are open, and which tags are too many."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._open = self._excess = 0

    def drops(self, *, closing: bool) -> bool:
        """Count a tag and tell whether it is to be left out."""
        if closing and self._excess:
            self._excess -= 1
            return True
        if closing:
            self._open = max(0, self._open - 1)
            return False
        if self._open >= self._most:
            self._excess += 1
            return True
        self._open += 1
        return False


def _shortened(tag: re.Match[str]) -> str:
    """Keep a tag with very many attributes (their comparison is quadratic) without most of them."""
    text = tag.group()
    return (
        text
        if text.count("=") <= MAX_ATTRIBUTES and text.count(" ") <= MAX_ATTRIBUTES * 4
        else text[:2000] + '">'
    )
