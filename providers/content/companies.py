"""What somebody's company is called, as far as their address and the name beside it tell. Pure; a guess.

No company is better than a wrong one: a domain where anybody may have a mailbox says nothing, and neither
does one that is the person's own name. What colleagues of theirs write in display names is better than what a
domain can say: "Jane Doe (Northwind Traders)" knows more than northwind.example.
"""

import re
import unicodedata
from functools import lru_cache

from providers.content.addresses import clean_name
from providers.content.free_mail import FAMILIES, is_free_mail, registered_label

# Where a company stands in a display name: in brackets, behind a sign, behind a word.
_NOTES = re.compile(
    r"[(\[]([^)\]]{2,60})[)\]]|(?:\s[-–—/·•]\s|[|@,]\s*|\s(?:at|from|bei|of|chez)\s)([^|@()\[\]]{2,60})$",
    re.I,
)
_GENERIC = frozenset({
    "mail", "email", "e-mail", "webmail", "freemail", "mailbox", "postbox", "inbox", "postfach", "correo",
    "courriel", "posta", "poczta", "localhost", "local", "home", "internal", "intranet", "invalid",
})  # fmt: skip
# Under these somebody else's name comes first: shop builders, site builders, hosts, registries that sell
# names one level down. Source: the private part of https://publicsuffix.org, those that also carry mail.
_PLACES = """
    onmicrosoft.com myshopify.com wixsite.com squarespace.com wordpress.com blogspot.com github.io
    gitlab.io netlify.app vercel.app herokuapp.com azurewebsites.net appspot.com web.app pages.dev
    zendesk.com freshdesk.com atlassian.net sharepoint.com mystrikingly.com weebly.com jimdo.com
    co.com uk.com us.com eu.com de.com gb.com gb.net uk.net se.net eu.org br.com cn.com jpn.com za.com
    ru.com sa.com it.com in.net
"""
_BELOW = tuple(f".{one}" for one in _PLACES.split())
_LEGAL = {
    "gmbh": "GmbH", "ag": "AG", "kg": "KG", "ohg": "OHG", "sa": "SA", "sl": "SL", "srl": "SRL",
    "sarl": "SARL", "bv": "BV", "nv": "NV", "ab": "AB", "as": "AS", "oy": "Oy", "llc": "LLC",
    "llp": "LLP", "plc": "PLC", "inc": "Inc", "ltd": "Ltd", "pty": "Pty", "co": "Co", "kk": "KK",
}  # fmt: skip
_SMALL = frozenset({
    "and", "und", "et", "y", "e", "en", "og", "of", "for", "the", "de", "di", "da", "do", "du", "la", "le",
    "les", "der", "die", "das", "van", "von", "für", "fuer",
})  # fmt: skip
_VOWELS = re.compile(r"[aeiouyäöüéåøæ]")


@lru_cache(maxsize=4096)
def company_of(address: str, written: str = "") -> str:
    """Guess a company: from a note in the display name if it fits the domain, else from the domain itself.

    "" where the domain names none.
    """
    domain = address.rpartition("@")[2].casefold().rstrip(".")
    label = _label(domain)
    if not label or label in _GENERIC or label in FAMILIES or _is_own_name(label, written):
        return ""
    return _told(label, written) or _spelled(label)


def _label(domain: str) -> str:
    """Pick the part of a domain that an organisation chose; "" where anybody may have a mailbox."""
    labels = domain.split(".")
    if len(labels) < 2 or not all(labels):
        return ""
    if any(is_free_mail(".".join(labels[at:])) for at in range(len(labels) - 1)):
        return ""
    for ending in _BELOW:
        if domain.endswith(ending):
            return registered_label(f"{domain.removesuffix(ending)}.example")
    return registered_label(domain)


def _told(label: str, written: str) -> str:
    plain = _plain(label)
    for one in _NOTES.finditer(written):
        told = clean_name(one[1] or one[2]).strip(" .,;-")
        if plain and _plain(told).startswith(plain):
            return told
    return ""


def _is_own_name(label: str, written: str) -> bool:
    """Tell whether the domain is nothing but the name of whoever writes from it."""
    words = [_plain(one) for one in written.split()]
    return len(words) > 1 and _plain(label) in ("".join(words), "".join(reversed(words)))


def _plain(text: str) -> str:
    """Write a text in small letters without signs and accents, to compare by."""
    told = text.casefold().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    return "".join(char for char in unicodedata.normalize("NFKD", told) if char.isalnum())


def _spelled(label: str) -> str:
    """Write a label as a name is written: "marsh-and-sons" is Marsh and Sons, "t-systems" is T-Systems."""
    words = [word for word in label.split("-") if word]
    if all(word.isdigit() for word in words):
        return ""
    shown = [_word(word, at) for at, word in enumerate(words)]
    single = any(len(word) == 1 and word not in _SMALL for word in words)
    return ("-" if single and len(words) == 2 else " ").join(shown)


def _word(word: str, at: int) -> str:
    if at and word in _LEGAL:
        return _LEGAL[word]
    if at and word in _SMALL:
        return word
    if len(word) <= 4 and word.isascii() and not _VOWELS.search(word):
        return word.upper()  # initials: bmw, hp, 3m
    return word[:1].upper() + word[1:]
