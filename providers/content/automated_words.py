"""Rules that look at words: subjects, and the sender's own text where it is known.

Quoted and forwarded text is not the sender's own (`reading` folds it), so that an answer to a newsletter is
not taken for one. Phrases are those of programs; one that people use as well is a hint.
"""

import re
from itertools import islice

from providers.content.automated_phrases import (
    AUTO_REPLY_SUBJECTS,
    AUTOMATIC,
    AWAY,
    AWAY_SUBJECTS,
    BOUNCE_OPENINGS,
    BOUNCE_SUBJECTS,
    BROWSER,
    SUBSCRIBED,
    TRANSACTION_SUBJECTS,
    UNMONITORED,
    UNSUBSCRIBE,
)
from providers.content.automated_rule import Kind, Look, Rule

_OPENING = 500
_PICTURE = re.compile(r"<img\b([^>]{0,600})", re.I)
_ONE_PIXEL = re.compile(r"\b(?:width|height)\s*[=:]\s*[\"']?\s*[01](?:px)?\s*(?:[\"';\s/]|$)", re.I)
_MOST_PICTURES = 300
# As a button or an instruction, not as something that people talk about.
_UNSUBSCRIBE = re.compile(
    r"(?:^|to |please |can |may |[|·•.:!] ?)unsubscribe\b"
    r"|\bunsubscribe(?: here| now| from th| from our|:|\.?$| ?[|·•<]| https?:)"
)
_SENTENCE = re.compile(r"[^.!?]{0,120}")
_FIRST_PERSON = re.compile(r"\b(?:i|me|my|mine|mir|mich|meine?[mnrs]?|moi|mon|mes|mijn|mij|mig|min|mitt)\b")
_QUOTES = "\"'“”„«»‘"
_HTML_SEARCHED = 200_000


def _bounce_subject(look: Look) -> bool:
    return look.subject.startswith(BOUNCE_SUBJECTS)


def _bounce_words(look: Look) -> bool:
    return any(phrase in look.text[:_OPENING] for phrase in BOUNCE_OPENINGS)


def _auto_reply_subject(look: Look) -> bool:
    return look.subject.startswith(AUTO_REPLY_SUBJECTS)


def _away_subject(look: Look) -> bool:
    return any(phrase in look.subject for phrase in AWAY_SUBJECTS)


def _away_words(look: Look) -> bool:
    return any(phrase in look.text[:_OPENING] for phrase in AWAY)


def _says_automatic(look: Look) -> bool:
    return not look.is_forward and any(_said_of_itself(look.text, phrase) for phrase in AUTOMATIC)


def _said_of_itself(text: str, phrase: str) -> bool:
    """Tell whether a program says a phrase: it has no "me", and quotes no other program."""
    at = text.find(phrase)
    while at >= 0:
        rest = _SENTENCE.match(text, at + len(phrase))
        quoted = at > 0 and text[at - 1] in _QUOTES
        if not quoted and not (rest and _FIRST_PERSON.search(rest[0])):
            return True
        at = text.find(phrase, at + 1)
    return False


def _says_unmonitored(look: Look) -> bool:
    return not look.is_forward and any(phrase in look.text for phrase in UNMONITORED)


def _says_unsubscribe(look: Look) -> bool:
    if look.is_forward:
        return False
    return _UNSUBSCRIBE.search(look.text) is not None or any(phrase in look.text for phrase in UNSUBSCRIBE)


def _says_subscribed(look: Look) -> bool:
    return not look.is_forward and any(phrase in look.text for phrase in SUBSCRIBED)


def _in_browser(look: Look) -> bool:
    return not look.is_forward and any(phrase in look.text[:2000] for phrase in BROWSER)


def _counts_opening(look: Look) -> bool:
    """A picture of one pixel. Quoted mail may carry another sender's, so answers are not asked."""
    if look.is_reply or look.is_forward:
        return False
    pictures = _PICTURE.finditer((look.message.html or "")[:_HTML_SEARCHED])
    return any(_ONE_PIXEL.search(picture[1]) for picture in islice(pictures, _MOST_PICTURES))


def _transaction(look: Look) -> bool:
    return not look.is_reply and not look.is_forward and any(p in look.subject for p in TRANSACTION_SUBJECTS)


def _report_subject(look: Look) -> bool:
    return look.subject.startswith(("report domain:", "[preview] report domain:"))


RULES = (
    Rule("report", Kind.MACHINE, "RFC 7489 7.2.1.1", _report_subject),
    Rule("bounce", Kind.MACHINE, "subjects of delivery programs", _bounce_subject),
    Rule("auto_reply", Kind.MACHINE, "subjects that mail programs set", _auto_reply_subject),
    Rule("transaction", Kind.HINT, "subjects of receipts and codes", _transaction),
    Rule("away_subject", Kind.HINT, "subjects of absence notes", _away_subject),
)
TEXT_RULES = (
    Rule("bounce", Kind.MACHINE, "openings of delivery programs", _bounce_words),
    Rule("says_automatic", Kind.MACHINE, "the mail's own words", _says_automatic),
    Rule("says_subscribed", Kind.BULK, "the mail's own words", _says_subscribed, lists_too=True),
    Rule("says_unsubscribe", Kind.HINT, "the mail's own words", _says_unsubscribe, lists_too=True),
    Rule("says_unmonitored", Kind.HINT, "the mail's own words", _says_unmonitored),
    Rule("in_browser", Kind.HINT, "the mail's own words", _in_browser),
    Rule("counts_opening", Kind.HINT, "a picture that counts readers", _counts_opening, lists_too=True),
    Rule("away_words", Kind.HINT, "the mail's own words", _away_words),
)
