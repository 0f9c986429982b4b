"""Letters that are pictures in the font they are set in: Outlook makes ":)" a "J" in Wingdings."""

import re
from typing import Final

# Outlook's own corrections while one types: ":)", ":|", ":(", "-->", "<--", "<-->" and their double arrows.
_SYMBOLS: Final = {
    "J": "😊", "K": "😐", "L": "☹", "à": "→", "ß": "←", "ó": "↔", "è": "➔",
    "&agrave;": "→", "&szlig;": "←", "&oacute;": "↔", "&egrave;": "➔", "&#224;": "→", "&#223;": "←",
    "&#243;": "↔", "&#232;": "➔",
}  # fmt: skip
_SET_SO: Final = re.compile(
    r"(<(span|font)\b[^<>]{0,300}\bWingdings\b[^<>]{0,300}>)(" + "|".join(_SYMBOLS) + r")(?=</\2>)",
    re.IGNORECASE,
)


def with_symbols(html: str) -> str:
    """Write what such letters show; where they are the whole of what is set so."""
    if "Wingdings" not in html:
        return html
    return _SET_SO.sub(lambda found: found[1] + _SYMBOLS.get(found[3], found[3]), html)
