"""The markup that the parser writes back, cut into tags and the text behind each of them.

The parser has repaired everything: each element is closed, attributes stand in double quotes, and "<" and ">"
in text and attributes are written as entities. So one expression finds all tags, and Python visits no tree.
"""

import re
from dataclasses import dataclass
from typing import Final

# Elements whose content is no markup, so that "<" in it begins nothing. They are one token.
_UNSEEN: Final = "|".join(
    f"{name}[ >].*?</{name}" for name in ("script", "style", "iframe", "noembed", "noframes")
)
_XMP: Final = "xmp[ >].*?</xmp"
_KEPT: Final = f"{_XMP}|plaintext[ >].*</plaintext"
_TOKEN: Final = re.compile(rf"<(?:!--.*?--|{_UNSEEN}|({_KEPT}|[^>]*))>", re.DOTALL)
_BESIDE_DRAWINGS: Final = re.compile(rf"<(?:!--.*?--|{_UNSEEN}|({_XMP}|[^>]*))>", re.DOTALL)
_ATTRIBUTE: Final = re.compile(r' (=?[^ =]*)="([^"]*)"')
# Elements that are written without an end (HTML 13.3, "serializes as void").
VOID: Final = frozenset(
    ("area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen",
     "link", "meta", "param", "source", "track", "wbr")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tokens:
    """A page in order. Two lists of strings, since a tuple for each tag is work for the garbage collector."""

    tags: list[str | None]  # what stands between "<" and ">"; None for what nobody sees
    texts: list[str]  # what stands behind each of them, still escaped


def tokens_of(html: str) -> Tokens:
    """Cut markup into tokens."""
    # In a drawing <plaintext> is an element like others, which may stand again at the end of the page.
    drawn = "<plaintext" in html and ("<svg" in html or "<math" in html)
    parts = (_BESIDE_DRAWINGS if drawn else _TOKEN).split(html)
    return Tokens(parts[1::2], parts[2::2])


def attributes_of(tag: str) -> dict[str, str]:
    """Return the attributes of a start tag."""
    if " " not in tag:
        return {}
    found = dict(_ATTRIBUTE.findall(tag))
    return {name: unescaped(value) for name, value in found.items()} if "&" in tag else found


def unescaped(text: str) -> str:
    """Undo the five entities that the parser writes."""
    if "&" not in text:
        return text
    text = text.replace("&nbsp;", "\xa0")
    if "&" not in text:
        return text
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    return text.replace("&amp;", "&")


def name_in(tag: str | None) -> str:
    """Return the name in a tag, with "/" before it in an end tag."""
    return tag.partition(" ")[0] if tag else ""


def end_of(tags: list[str | None], at: int, end: int) -> int:
    """Find the end tag of the element whose start tag stands before `at`; `end` if there is none.

    Only tags of its name are counted: whatever else is in it, nothing behind it is ever taken along.
    """
    name = name_in(tags[at - 1])
    closing = f"/{name}"
    depth = 1
    for number in range(at, end):
        tag = tags[number]
        if tag == closing:
            depth -= 1
            if not depth:
                return number
        elif tag and tag.startswith(name) and name_in(tag) == name:
            depth += 1
    return end
