"""Single lines (and the few that belong together) that announce somebody else's words."""

import re
from enum import Enum

from providers.content import quote_words as words

MAX_ATTRIBUTION = 400  # characters
HEADER_LINES = 14  # that a header block may take
MAX_LINE = 1000  # characters of a line in which an address is looked for
_TIME = re.compile(r"\b\d{1,2}\s?[:.h時点시]\s?\d{2}\b|\d{1,2}\s*[時시]")
_YEAR = re.compile(r"(?<!\d)(?:19|20|25|14)\d\d(?!\d)|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|[๐-๙٠-٩۰-۹]{4}")
_ADDRESS = re.compile(r"[^\s<>@\"]@[^\s<>@\"]")  # that there is one
# "пн, 2 мар. 2026 г. в 10:00, Ann Lee <ann@x.example>:" — nothing but a date, a time and a person.
_DATE_AND_PERSON = re.compile(
    r"(?:[^\W\d]{1,5}[.,]{0,2} ?)?\d{1,4}[^<>@]{5,40}?\d{1,2}[:.]\d{2}(?::\d{2})?"
    r"(?: ?[ap]\.?m\.?)?([^<>@.!?]{1,60})<[^<>@\s]{1,64}@[^<>@\s]{1,255}>\s?[:：]",
    re.IGNORECASE,
)
_ROW = "-_=*–—─━ "
_DASHES = frozenset(_ROW + ">")
_ENDS = (":", "：", ":*", ":</b>", "׃", "—:", ": ")


class Opening(Enum):
    """What a line announces."""

    NONE = 0
    WEAK = 1  # names a writer and a date: an attribution if a quote follows
    ATTRIBUTION = 2  # says "wrote" as well
    CERTAIN = 3  # and gives address and date: what follows is history even if nothing marks it
    ORIGINAL = 4  # "-----Original Message-----"
    FORWARD = 5


def opening_of(text: str) -> Opening:
    """Tell what a paragraph announces, read as one line."""
    if announces_nothing(text):
        return Opening.NONE
    line = " ".join(text[: MAX_ATTRIBUTION + 1].split())
    if not line or len(line) > MAX_ATTRIBUTION:
        return Opening.NONE
    inner = between_dashes(line)
    if inner:
        return _named(inner)
    if line.startswith(">>>") and line.endswith(">>>") and _ADDRESS.search(line) and _YEAR.search(line):
        return Opening.ORIGINAL  # GroupWise
    if line.rstrip("* _-").endswith((":", "：")) and words.fold(line.strip(" >*_-:：")) in words.FORWARDED:
        return Opening.FORWARD
    return _attribution(line)


def announces_nothing(text: str) -> bool:
    """Tell at once, of nearly all text, that it announces nothing: it holds none of the signs for that."""
    return text[:1] not in _DASHES and not (":" in text or "@" in text or "：" in text or "׃" in text)


def between_dashes(line: str) -> str:
    """Return what stands between two rows of dashes on one line, "" when none do."""
    if line[:1] not in _DASHES:
        return ""
    line = line.lstrip(" >").rstrip(" :")
    inner = line.strip(_ROW)
    rows = len(line) - len(line.lstrip(_ROW)), len(line) - len(line.rstrip(_ROW))
    return inner if min(rows) >= 2 and 2 <= len(inner) <= 62 else ""


def _named(text: str) -> Opening:
    name = words.fold(text.strip(" :*_"))
    if name in words.FORWARDED or name.startswith(_FORWARDED):
        return Opening.FORWARD
    if name in words.ORIGINAL or name.startswith(_ORIGINAL):
        return Opening.ORIGINAL
    return Opening.NONE


def _attribution(line: str) -> Opening:
    lower = words.fold(line).rstrip("* _\u200e\u200f")
    closed = lower.endswith(_ENDS)
    if not closed and "@" not in line:
        return Opening.NONE
    wrote = closed and _says_wrote(lower.rstrip(":：׃ "))
    address = "@" in line and bool(_ADDRESS.search(line))
    if not wrote and not address:
        return Opening.NONE
    dated = bool(_YEAR.search(line)) or bool(_TIME.search(line))
    if not closed and not dated:
        return Opening.NONE
    if wrote and dated and (address or (_YEAR.search(line) and _TIME.search(line))):
        return Opening.CERTAIN
    if closed and dated and address and _only_dates_a_person(line):
        return Opening.CERTAIN
    if wrote and (dated or address or len(line) <= 80):
        return Opening.ATTRIBUTION if dated or address else Opening.WEAK
    return Opening.WEAK if dated and address and len(line) <= 200 else Opening.NONE


def _only_dates_a_person(line: str) -> bool:
    found = _DATE_AND_PERSON.fullmatch(line.rstrip("* _\u200e\u200f"))
    return found is not None and not any(word[:1].islower() for word in found.group(1).split())


def _says_wrote(tail: str) -> bool:
    """The verb stands at the end, or (German, Dutch, Scandinavian, Hebrew) before the name."""
    if tail.endswith(_WROTE):
        return True
    spoken = tail.split()
    if not _VERBS.isdisjoint(spoken):
        return True
    padded = f" {' '.join(spoken)} "
    return any(verb in padded for verb in _PHRASES)


_WROTE = tuple(words.WROTE)
_VERBS = frozenset(verb for verb in words.WROTE_BEFORE_NAME if " " not in verb)
_PHRASES = tuple(f" {verb} " for verb in words.WROTE_BEFORE_NAME if " " in verb)
_FORWARDED = tuple(f"{word} " for word in words.FORWARDED)
_ORIGINAL = tuple(f"{word} " for word in words.ORIGINAL)


def label_of(line: str) -> str:
    """Return which header a line shows: "from", "sent", "to", "subject", "cc", or "" for none."""
    name, colon, _ = line[:200].replace("：", ":", 1).partition(":")
    name = name.strip(" \t>*_|\u00a0")
    return _LABELS.get(words.fold(name), "") if colon and 0 < len(name) <= 31 else ""


_LABELS = {
    **dict.fromkeys(words.CC, "cc"),
    **dict.fromkeys(words.SUBJECT, "subject"),
    **dict.fromkeys(words.TO, "to"),
    **dict.fromkeys(words.SENT, "sent"),
    **dict.fromkeys(words.FROM, "from"),
}


_FIRST = frozenset(("from", "sent", "subject", "to"))  # the labels with which a header block may begin


def header_block(lines: list[str]) -> int:
    """Count the lines of a header block ("From: … Sent: … To: … Subject: …") that begins here, 0 for none.

    It takes a sender and two others, of which one is a date or a subject; a subject may come first.
    """
    if lines and lines[0].casefold().startswith("return-path:"):  # before the copy in a bounce
        rest = header_block(lines[1:])
        return rest and rest + 1
    if _labels_in_one_line(lines[0] if lines else "") >= 3:
        return 1
    labels: list[str] = []
    used = 0
    for number, line in enumerate(lines[:HEADER_LINES]):
        label = label_of(line)
        if label == "sent" and not any(char.isdigit() for char in line):
            label = "cc"  # "Received: from mx.example": no date
        if label:
            if not labels and label not in _FIRST:
                return 0
            # Labels that several headers share ("De", "Datum", "A") count once each.
            labels.append("sent" if label in labels and label == "from" else label)
            used = number + 1
        elif not line.strip() or (labels and (line[0] in " \t" or _ADDRESS.search(line[:MAX_LINE]))):
            continue  # a folded address list, or the empty line that some converters put between
        else:
            break
    kinds = set(labels)
    if "from" not in kinds or len(kinds) < 3 or not kinds & {"sent", "subject"}:
        return 0
    if any("@" in line for line in lines[:used]):
        return used
    # Without an address a journey, a form or a memo looks the same. Outlook's own order is what is left.
    return used if labels[:2] == ["from", "sent"] and {"to", "subject"} <= kinds else 0


def _labels_in_one_line(line: str) -> int:
    """Count the headers of a block on one line, as some phones write it ("Von: Ann Gesendet: …")."""
    if line.count(":") < 3 or len(line) > 1000 or label_of(line) != "from":
        return 0
    before = [words.fold(part).split()[-1:] for part in line.replace("*", " ").split(":")[:-1]]
    kinds = {_LABELS.get(last[0], "") for last in before if last} - {""}
    return len(kinds) if {"sent", "subject"} <= kinds else 0


def is_forward_subject(subject: str) -> bool:
    """Tell whether the outermost prefix of a subject says "forwarded"."""
    prefix, colon, _ = subject.replace("：", ":").partition(":")
    return bool(colon) and words.fold(prefix.strip(" []")) in words.FORWARD_PREFIXES
