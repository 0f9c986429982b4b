"""Classes and ids by which a page's own <style> hides words. Only plain rules count; in doubt they show."""

import re
from collections import Counter
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from providers.content.html_hidden import hides

MAX_SHEET: Final = 64 * 1024  # characters looked at
_NOTE: Final = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_BRACE: Final = re.compile(r"([{}])")
_NAME: Final = re.compile(r"[.#][\w-]+")
_SIMPLE: Final = re.compile(r"[a-z]*([.#][\w-]+)", re.IGNORECASE)
_SAYS: Final = ("display", "visibility", "opacity", "height", "width", "overflow", "position")


def hidden_names(tree: LexborHTMLParser) -> frozenset[str]:
    """Return the names, with "." or "#", that one rule of a page hides and no other rule speaks of."""
    sheets = [sheet.text() for sheet in tree.css("style") if "media" not in sheet.attributes]
    css = " ".join(sheets)[:MAX_SHEET]
    if "none" not in css and "hidden" not in css:
        return frozenset()
    css = _NOTE.sub(" ", css) if "/*" in css else css
    found: set[str] = set()
    depth, selector = 0, ""
    parts = _BRACE.split(css)
    for text, brace in zip(parts[::2], parts[1::2], strict=False):
        if brace == "{":
            depth += 1
            selector = text.rpartition(";")[2].strip() if depth == 1 else selector
        else:
            if depth == 1 and hides(text):
                alike = [_SIMPLE.fullmatch(one.strip()) for one in selector.split(",")]
                found.update(one[1] for one in alike if one)
            depth -= 1
            if depth < 0:
                return frozenset()
    if not found:
        return frozenset()
    times = Counter(_NAME.findall(css))
    return frozenset(name for name in found if times[name] == 1)


def is_hidden(attributes: dict[str, str], names: frozenset[str]) -> bool:
    """Tell whether an element goes by a hidden name, and says nothing of its own about being seen."""
    if any(word in attributes.get("style", "").lower() for word in _SAYS):
        return False
    own = {f".{name}" for name in attributes.get("class", "").split()}
    return not names.isdisjoint(own | {f"#{attributes.get('id', '')}"})
