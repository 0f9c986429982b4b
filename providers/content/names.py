"""What a person is called, as far as their mail tells. Pure; guesses, to be edited.

Names come from the display names that people and their correspondents use. What is shown is never invented:
an address gives a name only where it spells one ("jane.doe@"), and no name is better than a wrong one.
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from providers.content.addresses import clean_name
from providers.content.automated_addresses import tokens_of
from providers.content.automated_tokens import ROLES
from providers.content.senders import bare_name
from providers.mail import EmailAddress

_ASIDE = re.compile(r"\s*[(\[{<（【][^)\]}>）】]*[)\]}>）】]\s*")
_BEHIND = re.compile(r"\s+(?:[|/•·–—@]|-{1,2}|at|bei|from|of the|on behalf of)\s+.+$|\s*\|.+$", re.I)
_TITLES = frozenset({
    "dr", "prof", "mr", "mrs", "ms", "miss", "mx", "herr", "frau", "hr", "fr", "mme", "mlle", "sr", "sra",
    "srta", "sig", "dott", "ing", "dipl", "univ", "mag", "sir", "rev", "hon",
})  # fmt: skip
_SUFFIXES = frozenset({
    "jr", "sr", "ii", "iii", "iv", "phd", "md", "mba", "msc", "bsc", "llm", "cpa", "esq",
    "dds", "rn", "pe", "pmp", "cfa", "cissp", "mp", "qc", "kc",
})  # fmt: skip
_PARTICLES = frozenset({
    "von", "van", "der", "den", "de", "del", "della", "di", "da", "dos", "das", "du", "la", "le", "el",
    "al", "bin", "ibn", "ter", "ten", "op", "zu", "zum", "zur", "af", "av", "y", "e", "und",
})  # fmt: skip
_LETTERS = re.compile(r"[^\W\d_]")

_LEGAL = frozenset({
    "ltd", "gmbh", "inc", "llc", "ag", "sa", "sl", "srl", "bv", "ab", "as", "kg", "plc", "co",
})  # fmt: skip


def best_name(seen: Iterable[EmailAddress], address: str) -> str:
    """Choose the best of the names that an address was seen with; "" when none says who it is.

    Complete before short, with accents before without, frequent before rare. Falls back on an address that
    spells a name.
    """
    found = Counter(name for one in seen if (name := person_name(one.name, address)))
    spelled = name_from_address(address)
    if not found:
        return spelled
    best = max(sorted(found), key=lambda name: (*_quality(name), found[name]))
    if spelled and " " not in best and spelled.casefold().startswith(f"{best.casefold()} "):
        return spelled  # "Jane" <jane.doe@…>
    return best


@lru_cache(maxsize=4096)
def person_name(written: str, address: str = "") -> str:
    """Make a display name into the name of a person: "DOE, Jane (Northwind)" is Jane Doe; "" for no name."""
    name = bare_name(clean_name(written)).strip("\"'“”„«»`´ ,;:")
    if "@" in name or not _LETTERS.search(name):
        return name_from_address(name) if name.count("@") == 1 and " " not in name else ""
    name = _ASIDE.sub(" ", name).strip() or name
    name = _BEHIND.sub("", name).strip()
    name = " ".join(_turned(name).split()).strip(" ,;-")
    if name.casefold() == address.partition("@")[0].casefold() and " " not in name and not name.istitle():
        return ""  # the program put the address there
    words = name.split()
    if not words or all(word.casefold().strip(".") in ROLES for word in words):
        return ""
    return _cased(name)


@lru_cache(maxsize=4096)
def name_from_address(address: str) -> str:
    """Read a name off an address that spells one, like jane.doe@ or jane_van_der_doe2@; "" otherwise."""
    local = address.partition("@")[0].partition("+")[0]
    parts = tokens_of(local)
    if not 2 <= len(parts) <= 4 or any(re.search(r"\d", part) or part in ROLES for part in parts):
        return ""
    if max(len(part) for part in parts) < 2 or (len(parts[-1]) < 2):
        return ""
    if not all(_LETTERS.match(part) for part in parts) or "=" in local:
        return ""
    shown = (f"{part.upper()}." if len(part) == 1 else part for part in parts)
    return " ".join(part if part in _PARTICLES else _capital(part) for part in shown)


def _turned(name: str) -> str:
    """Put a family name that stands first behind; "Doe, Jane, PhD" and "Jane Doe, PhD" lose the PhD."""
    pieces = [piece.strip() for piece in name.split(",") if piece.strip()]
    kept = [piece for piece in pieces if not all(_is_suffix(word) for word in piece.split())]
    if len(kept) == 2:
        last, first = kept
        if len(first.split()) <= 3 and len(last.split()) <= 4 and not _is_company(first):
            return f"{_untitled(first)} {_untitled(last)}"
    return _untitled(kept[0]) if kept else name


def _untitled(name: str) -> str:
    words = name.split()
    while len(words) > 1 and _is_title(words[0]) and (len(words) > 2 or words[0][-1] == "."):
        words = words[1:]
    while len(words) > 2 and _is_suffix(words[-1]):
        words = words[:-1]
    return " ".join(words)


def _is_title(word: str) -> bool:
    """ "Dr.", and what is put together of titles: "Dr.-Ing.", "Univ.-Prof."."""
    pieces = [piece for piece in re.split(r"[.\-]+", word.casefold()) if piece]
    return word.casefold() in _TITLES or (bool(pieces) and all(piece in _TITLES for piece in pieces))


def _is_suffix(word: str) -> bool:
    return word.casefold().replace(".", "") in _SUFFIXES | {"dr", "prof", "ing"}


def _is_company(words: str) -> bool:
    return any(
        word.casefold().strip(".") in _LEGAL | {"limited", "corporation", "company"} for word in words.split()
    )


def _cased(name: str) -> str:
    """Write a name that is all capitals or all small letters as names are written."""
    letters = "".join(_LETTERS.findall(name))
    if letters.upper() == letters.lower():
        return name  # a script without capitals
    if letters.islower() or (letters.isupper() and len(letters) > 3):
        words = name.split()
        return " ".join(
            word.casefold() if at and word.casefold() in _PARTICLES else _capital(word.casefold())
            for at, word in enumerate(words)
        )
    # "Jane DOE": a family name in capitals, as the French write it.
    return " ".join(_capital(word.casefold()) if _shouted(word) else word for word in name.split())


def _shouted(word: str) -> bool:
    """ "DOE" is a name, "JP" are initials, and so is what has no vowel."""
    return len(word) > 2 and word.isupper() and word.isalpha() and bool(re.search("[AEIOUYÄÖÜÉÅØ]", word))


def _capital(word: str) -> str:
    pieces = re.split(r"([-'’.])", word)
    shown = "".join(piece[:1].upper() + piece[1:] for piece in pieces)
    if shown.startswith("Mc") and len(shown) > 4:
        shown = f"Mc{shown[2:3].upper()}{shown[3:]}"
    return shown


def _quality(name: str) -> tuple[bool, bool, bool, int]:
    words = name.split()
    whole = [word for word in words if len(word.strip(".")) > 1]
    accents = sum(not char.isascii() for char in name)
    return len(words) > 1, len(whole) > 1, len(words) <= 4, accents
