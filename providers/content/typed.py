"""Addresses as people type and paste them, and as Slack rewrites them on the way."""

import re

from providers.content.addresses import clean_name, normalise
from providers.mail import EmailAddress

_LONGEST = 4_000  # Slack itself carries no more
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&nbsp;": " ", "&amp;": "&"}
_LIKE_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"') | dict.fromkeys("‘’‚‛", "'"))
_HIDDEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_MAILTO = re.compile(r"<mailto:([^|<>\s?]{3,320})(?:\?[^|<>]{0,500})?(?:\|[^<>]{0,500})?>|\bmailto:", re.I)
_NAMED = re.compile(
    r"(?P<name>\"[^\"<>]{1,200}\" ?|[^\"<>,;@]{0,200})"
    r"<\s*(?P<address>[^<>|\s@]{1,64}@[^<>|\s@]{1,255})(?:\|[^<>]{0,320})?\s*>"
)
_BARE = re.compile(r"[^\s<>|,;\"`()\[\]{}]+")
_AROUND = ".,:;!?'*_~"
_EMPTY_WORD = re.compile(r"[<>|,;:.!?'`()\[\]{}*_~]+")


def typed_addresses(text: str) -> tuple[tuple[EmailAddress, ...], str]:
    """Find the addresses in what was typed after a command; give them and the words that are left.

    Knows: `a@b`, `<a@b>`, `Name <a@b>`, `mailto:a@b`, `<mailto:a@b|a@b>`, entities, quotes and backticks
    around, punctuation behind, invisible characters, other scripts' domains, several at once. A word with
    an @ that is no address (`dana@northwind`, `<@U123>`) stays among the words.
    Source: reference/slack.md 2.7.
    """
    rest = _plain(text)
    found: list[EmailAddress] = []
    rest = _NAMED.sub(lambda match: _take_named(match, found), rest)
    rest = _BARE.sub(lambda match: _take_bare(match[0], found), rest)
    words = [word for word in _without_idle_quotes(rest).split() if not _EMPTY_WORD.fullmatch(word)]
    unique = {one.address: one for one in reversed(found)}
    ordered = dict.fromkeys(one.address for one in found)
    return tuple(unique[address] for address in ordered), " ".join(words)


def _plain(text: str) -> str:
    text = _HIDDEN.sub("", text[:_LONGEST])
    for entity, char in _ENTITIES.items():
        text = text.replace(entity, char)
    text = " ".join(text.translate(_LIKE_QUOTES).split())
    return _MAILTO.sub(lambda match: match[1] or "", text)


def _take_named(match: re.Match[str], found: list[EmailAddress]) -> str:
    try:
        address = normalise(match["address"].strip(_AROUND))
    except ValueError:
        return match[0]
    found.append(EmailAddress(address, clean_name(match["name"].strip(" \"'`"))))
    return " "


def _take_bare(word: str, found: list[EmailAddress]) -> str:
    if "@" not in word:
        return word
    try:
        found.append(EmailAddress(normalise(word.strip(_AROUND))))
    except ValueError:
        return word
    return " "


def _without_idle_quotes(words: str) -> str:
    """Drop quotation marks that held only an address, keep those that hold words."""
    if words.count('"') % 2:
        return words.replace('"', " ")
    return re.sub(r'"\s*"', " ", words)
