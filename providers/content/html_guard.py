"""Markup that would make the parser slow, made harmless before it is parsed.

lexbor (as every HTML5 parser) walks its stack of open elements for many tags: 100,000 nested <div> take it
25 seconds, unclosed <font> in paragraphs are opened again in each. So elements beyond a depth that no mail
needs are taken out; their text stays.
"""

import re

MAX_DEPTH = 400
MAX_ATTRIBUTES = 100
_FEW = 1000  # tags; fewer cannot cost more than some milliseconds
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]{0,30})")
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{4000,}>")
# Elements that end by themselves do not pile up.
_SHALLOW = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "tbody",
        "thead",
        "tfoot",
        "option",
        "html",
        "head",
        "body",
    ]
)


def harmless(html: str) -> str:
    """Return `html` with bounded nesting. The time is linear in its length."""
    if html.count("<") > _FEW and _too_deep(html):
        html = _flattened(html)
    if len(html) > 8000 and _LONG_TAG.search(html):
        html = _LONG_TAG.sub(_shortened, html)
    return html


def _too_deep(html: str) -> bool:
    depth = 0
    for closing, name in _TAG.findall(html):
        if name.lower() in _SHALLOW:
            continue
        if closing:
            depth = max(0, depth - 1)
        else:
            depth += 1
            if depth > MAX_DEPTH:
                return True
    return False


def _flattened(html: str) -> str:
    """Take out the tags of elements that lie too deep."""
    kept: list[str] = []
    depth = excess = at = 0
    for tag in _TAG.finditer(html):
        name = tag.group(2).lower()
        if name in _SHALLOW:
            continue
        drop = False
        if not tag.group(1):
            drop = depth >= MAX_DEPTH
            depth, excess = (depth, excess + 1) if drop else (depth + 1, excess)
        elif excess:
            excess, drop = excess - 1, True
        else:
            depth = max(0, depth - 1)
        if drop and tag.start() >= at:
            kept.append(html[at : tag.start()])
            kept.append(" ")
            end = html.find(">", tag.end(), tag.end() + 5000)
            at = end + 1 if end >= 0 else tag.end()
    kept.append(html[at:])
    return "".join(kept)


def _shortened(tag: re.Match[str]) -> str:
    """Keep a tag with very many attributes (their comparison is quadratic) without most of them."""
    text = tag.group()
    return (
        text
        if text.count("=") <= MAX_ATTRIBUTES and text.count(" ") <= MAX_ATTRIBUTES * 4
        else text[:2000] + '">'
    )
