"""Styles by which a page hides words: preheaders, which only lists of mails show. In doubt they are shown."""

import re
from typing import Final

_COMMENT: Final = re.compile(r"/\*.*?\*/|url\([^)]*\)", re.DOTALL)
_ZERO: Final = re.compile(r"0*(?:\.0+)?(?:px|pt|em|rem|%|in|cm|mm|vh|vw)?")
_FAR_OUT: Final = re.compile(r"-\d{4,}(?:px|pt|em|rem)?")
_TELLING: Final = ("none", "hidden", "clip", "opacity", "absolute", "fixed")  # one is in each that hides
MAX_STYLE = 4000  # characters looked at


def hides(style: str) -> bool:
    """Tell whether nobody sees an element with this style. The last declaration of a kind counts."""
    lower = style.lower()
    if not any(word in lower for word in _TELLING):
        return False
    said = _declarations(style)
    if said.get("display") == "none" or said.get("visibility") == "hidden":
        return True
    if "opacity" in said and _zero(said["opacity"]):
        return True
    if said.get("overflow") in ("hidden", "clip"):
        return any(name in said and _zero(said[name]) for name in ("max-height", "height", "max-width"))
    if said.get("position") in ("absolute", "fixed"):
        return any(_FAR_OUT.fullmatch(said.get(name, "")) for name in ("left", "top"))
    return False


def too_small(style: str) -> bool:
    """Tell whether words that stand directly in an element are too small to be seen."""
    size = _declarations(style).get("font-size", "")
    return bool(size) and _zero(size)


def _declarations(style: str) -> dict[str, str]:
    said: dict[str, str] = {}
    for declaration in _COMMENT.sub("", style[:MAX_STYLE].lower()).split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            said[name.strip()] = value.replace("!important", "").strip()
    return said


def _zero(value: str) -> bool:
    return bool(value) and _ZERO.fullmatch(value) is not None
