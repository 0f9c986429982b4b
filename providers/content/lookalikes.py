"""Domains that look like another one: written with strange letters, or one letter away. Pure.

A hint to a reader, never a reason to refuse: two real companies may be called alike.
Source: the idea of a skeleton is Unicode's, https://www.unicode.org/reports/tr39/#Confusable_Detection; the
table here holds what is met in domains of Latin letters.
"""

import unicodedata
from collections.abc import Collection
from functools import lru_cache

from providers.content.free_mail import is_free_mail, registered_label

_LEAST = 6  # letters of a name in which one other letter is no coincidence
_SAME = str.maketrans({
    # Cyrillic and Greek letters drawn like Latin ones
    "а": "a", "в": "b", "е": "e", "ѕ": "s", "і": "i", "ј": "j", "к": "k", "м": "m", "н": "h", "о": "o",
    "р": "p", "с": "c", "т": "t", "у": "y", "х": "x", "ԁ": "d", "ԛ": "q", "ԝ": "w", "һ": "h", "ӏ": "l",
    "α": "a", "β": "b", "ε": "e", "η": "n", "ι": "i", "κ": "k", "ν": "v", "ο": "o", "ρ": "p", "τ": "t",
    "υ": "u", "χ": "x", "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ɡ": "g", "ɑ": "a",
    # and what a glance takes for another sign
    "0": "o", "1": "l", "i": "l", "5": "s", "-": "",
})  # fmt: skip
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))


def imitated(domain: str, known: Collection[str]) -> str:
    """Name the known domain that another one looks like; "" when it is known itself or looks like none."""
    wanted = _read(domain)
    if any(wanted == _read(one) or wanted.endswith(f".{_read(one)}") for one in known):
        return ""
    for one in sorted(known):
        if not is_free_mail(one) and _alike(registered_label(domain), registered_label(one)):
            return one
    return ""


def mixes_scripts(domain: str) -> bool:
    """Tell whether one label of a domain has letters of more than one script that are drawn alike."""
    return any(len(_scripts(label)) > 1 for label in _read(domain).split("."))


def _alike(label: str, other: str) -> bool:
    if label == other or not label or not other:
        return False  # the same name under another ending is mostly the same company
    one, two = _skeleton(label), _skeleton(other)
    return one == two or (min(len(label), len(other)) >= _LEAST and _one_apart(label, other))


@lru_cache(maxsize=4096)
def _skeleton(label: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", label.casefold()) if not unicodedata.combining(c))
    drawn = bare.translate(_SAME)
    for pair, sign in _PAIRS:
        drawn = drawn.replace(pair, sign)
    return drawn


def _one_apart(one: str, two: str) -> bool:
    """Tell whether one letter was changed, added, left out, or exchanged with its neighbour."""
    short, long = sorted((one, two), key=len)
    at = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) == len(long):
        swapped = short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
        return swapped or short[at + 1 :] == long[at + 1 :]
    return len(long) - len(short) == 1 and short[at:] == long[at + 1 :]


@lru_cache(maxsize=4096)
def _read(domain: str) -> str:
    """Write a domain as it is shown to people: with its own letters."""
    return ".".join(_shown(label) for label in domain.casefold().rstrip(".").split("."))


def _shown(label: str) -> str:
    try:
        return label.encode("ascii").decode("idna") if label.startswith("xn--") else label
    except UnicodeError:
        return label


def _scripts(label: str) -> frozenset[str]:
    found = (unicodedata.name(char, "").partition(" ")[0] for char in label if char.isalpha())
    return frozenset(one for one in found if one in ("LATIN", "CYRILLIC", "GREEK"))
