"""Signatures, contact blocks and disclaimers at the end of a message, folded apart. In doubt they stay."""

import re
from collections.abc import Sequence

from providers.content.cards import split_framed
from providers.content.document import Paragraph, Preformatted, Rule
from providers.content.pieces import Mark, Piece, piece_of
from providers.content.quote_words import fold
from providers.content.signature_words import (
    BEFORE_PRINTING,
    DEVICES,
    DISCLAIMERS,
    LIST_FOOTERS,
    SECRECY,
    SENT_FROM,
    SENT_FROM_ALONE,
)
from providers.content.tails import (
    HOME,
    MEETING,
    ONLINE,
    PHONE,
    POSTSCRIPT,
    REGISTERED,
    cut_before,
    is_sentence,
    passes_on,
    reaches_into_a_forward,
    remains,
    tail_of,
)
from providers.content.valedictions import closes, names_behind

MAX_LINES = 24
MAX_CHARACTERS = 2500
MAX_PROSE = 240
_QUESTION = re.compile(r"[?？؟](?=\s|$)")
_PRINTED = re.compile(r"print|druck|imprim|stampa|afdruk")
_PLACE = re.compile(r"[\s(<\[]{1,3}https?://\S{1,80}$")  # of the program's maker, below or behind its name
_REACHES = re.compile(r"[\d@]|//|www\.")  # one of these is on each card
_PRONOUNS = re.compile(r"\s*\([^()/]{1,20}/[^()]{1,20}\)$")

# By their first three letters nearly all lines are told apart from the hundreds of beginnings.
_LEADS_OUT = tuple(words for words in LIST_FOOTERS if words != "mailing list")
_SENT_FROM_BEGINS = frozenset(words[:3] for words in (*SENT_FROM, *SENT_FROM_ALONE, *BEFORE_PRINTING))
_DISCLAIMERS_BEGIN = frozenset(words[:3] for words in DISCLAIMERS)
_FOOTERS_BEGIN = _SENT_FROM_BEGINS | _DISCLAIMERS_BEGIN
_HEAD = 40  # characters in which such a line has begun
_MARKS = " \n*_>.-="  # before its words


def split_signature(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Part the visible pieces of a message into text and signature. The text keeps at least one word."""
    pieces = _last_line_apart(list(pieces))
    start = _tail_start(pieces)
    body, framed = split_framed(pieces[:start])
    body, contact = _contact_block(body)
    signature = [*contact, *framed, *pieces[start:]]
    while body and isinstance(body[-1].block, Rule) and signature:
        signature.insert(0, body.pop())
    if not any(map(remains, body)):
        return pieces, []
    return body, signature


def without_mark(signature: list[Piece]) -> list[Piece]:
    """Leave out the "--" that begins a signature: it is there for programs."""
    first = next((n for n, piece in enumerate(signature) if not isinstance(piece.block, Rule)), 0)
    piece = signature[first] if signature else None
    kept = piece.block.text if piece and isinstance(piece.block, Preformatted) else ""
    mark, more, below = (kept or (piece.text if piece else "")).partition("\n")
    if piece is None or mark.strip() not in ("--", "\u2014"):
        return signature
    if kept and below.strip():
        return [piece_of(Preformatted(below.strip("\n")), piece.mark), *signature[first + 1 :]]
    return cut_before(signature, first, 1)[1] if more and not kept else signature[first + 1 :]


def _last_line_apart(pieces: list[Piece]) -> list[Piece]:
    """Cut off a last line that a phone or a company put below the text without an empty line between."""
    if not pieces or not isinstance(pieces[-1].block, Paragraph):
        return pieces
    above, _, last = pieces[-1].text.rpartition("\n")
    if not above.strip() or above.rstrip().endswith((":", "：")):
        return pieces
    if not (_sent_from(last) if len(last) <= 60 else _disclaims(last)):
        return pieces
    body, line = cut_before(pieces, len(pieces) - 1, above.count("\n") + 1)
    return [*body, *line]


def is_footer(text: str) -> bool:
    """Tell whether a paragraph says nothing of its own: "Sent from my phone", a disclaimer."""
    if fold(text[:_HEAD]).lstrip(_MARKS)[:3] not in _FOOTERS_BEGIN:
        return False
    line = " ".join(text.split())
    return _sent_from(line) or _disclaims(line)


def is_list_footer(text: str) -> bool:
    """Tell whether a paragraph is what a mailing list adds to every mail."""
    lower = fold(text[:600])
    return len(text) <= 600 and any(words in lower for words in LIST_FOOTERS)


def _tail_start(pieces: Sequence[Piece]) -> int:
    """Find where the signature begins, from the end: marked, sent from, disclaimer; or after a "-- " line."""
    start = len(pieces)
    while start:
        piece = pieces[start - 1]
        if (
            piece.mark is Mark.SIGNATURE
            or (isinstance(piece.block, Rule) and start < len(pieces))
            or (isinstance(piece.block, Paragraph) and _folds(piece.text))
            or _is_of_a_list(pieces[:start])
        ):
            start -= 1
        else:
            break
    while start < len(pieces) and isinstance(pieces[start].block, Rule):
        start += 1  # a rule above a signature is the signature's only if the signature follows
    dashes = _dashes_start(pieces[:start], start)
    above = _dashes_start(pieces[:dashes], dashes) if dashes < start else dashes
    # Below the sender's own card a list or a company put another; two parts of a letter look the same.
    return (
        above if above < dashes and not any(_talks(piece.text) for piece in pieces[above:dashes]) else dashes
    )


def _is_of_a_list(pieces: Sequence[Piece]) -> bool:
    """Tell whether the last piece is what Mailman puts below a row of underscores."""
    if len(pieces) < 3 or not isinstance(pieces[-2].block, Rule):
        return False
    text = pieces[-1].text if isinstance(pieces[-1].block, Paragraph) else ""
    lower = fold(text[:600])
    leads_out = len(text) <= 600 and any(words in lower for words in _LEADS_OUT)
    return leads_out and bool(ONLINE.search(text)) and not any(map(_asks, text.split("\n")))


def _folds(text: str) -> bool:
    return text.strip() in ("--", "—") or is_footer(text)


def _dashes_start(pieces: Sequence[Piece], start: int) -> int:
    """Go back to a "-- " line, if what follows it is short enough to be a signature."""
    if not any(piece.text.startswith(("--", "—")) for piece in pieces[-MAX_LINES - 1 :]):
        return start
    lines = characters = prose = 0
    for number in range(len(pieces) - 1, -1, -1):
        block = pieces[number].block
        text = pieces[number].text if isinstance(block, Paragraph) else "\n"
        if any(POSTSCRIPT.match(line) or _asks(line) for line in text.split("\n")) or passes_on(text):
            break
        if text.split("\n", 1)[0].strip() in ("--", "—"):
            return start if text[0] == "—" and _only_talks(pieces, number) else number
        lines += text.count("\n") + 1
        characters += len(text)
        prose += _prose(text)
        if lines > MAX_LINES or characters > MAX_CHARACTERS or prose > MAX_PROSE:
            break
    return start


def _only_talks(pieces: Sequence[Piece], number: int) -> bool:
    """Tell whether all that stands below a long dash are sentences: then it parts two thoughts."""
    lines = [
        line for piece in pieces[number:] for line in piece.text.split("\n") if line.strip() not in ("", "—")
    ]
    return bool(lines) and all(_talks(line) and not is_list_footer(line) for line in lines)


def _prose(text: str) -> int:
    """Count the characters of sentences that say something, and not what companies and lists add."""
    line = " ".join(text.split())
    if len(line) <= 80 or line[-1] not in ".?!。？！" or _disclaims(line) or is_list_footer(line):
        return 0
    return 0 if ONLINE.search(line) else len(line)


def _asks(line: str) -> bool:
    """ "Will you come on Sunday?" wants an answer; "Questions? www.northwind.example" does not."""
    asked = _QUESTION.search(line)
    return asked is not None and len(line[: asked.start()].split()) >= 3 and not _reachable(line)


def _reachable(line: str) -> bool:
    return bool(ONLINE.search(line) or PHONE.search(line))


def _talks(text: str) -> bool:
    return any(is_sentence(line.strip()) and not _reachable(line) for line in text.split("\n"))


def is_dashed(pieces: Sequence[Piece]) -> bool:
    """Tell whether pieces are a signature below a "-- " line, from its first piece on."""
    first = pieces[0].text.split("\n", 1)[0].strip() if isinstance(pieces[0].block, Paragraph) else ""
    return first in ("--", "—") and _dashes_start(pieces, len(pieces)) == 0


def _sent_from(line: str) -> bool:
    if len(line) > 120:
        return False
    lower = fold(line).strip(" *_>.").replace("\u2019", "'")
    if lower[:3] not in _SENT_FROM_BEGINS:
        return False
    if (_PLACE.sub("", lower) if "//" in lower else lower) in SENT_FROM_ALONE or _spares_paper(lower):
        return True
    return lower.startswith(SENT_FROM) and any(device in lower for device in DEVICES)


def _spares_paper(lower: str) -> bool:
    return lower.replace(",", "").startswith(BEFORE_PRINTING) and _PRINTED.search(lower) is not None


def _disclaims(line: str) -> bool:
    if len(line) < 80:
        return False
    lower = fold(line[:1500]).lstrip(" *_-=")
    return (
        lower[:3] in _DISCLAIMERS_BEGIN
        and lower.startswith(DISCLAIMERS)
        and any(word in lower for word in SECRECY)
    )


def _contact_block(pieces: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Fold the lines below "Best regards, Name" when they are a card: short lines, a phone or an address."""
    if not any(_REACHES.search(piece.text) for piece in pieces[-MAX_LINES:]):
        return pieces, []
    tail = tail_of(pieces, MAX_LINES)
    closing = next((n for n in range(len(tail) - 1, -1, -1) if closes(tail[n].text)), None)
    if closing is None:
        return pieces, []
    name = first = closing if names_behind(tail[closing].text) else closing + 1
    while name < len(tail) and tail[name].picture:
        name += 1  # a logo, or a name written by hand: with it begins the card
    if name >= len(tail) or not _is_name(tail[name].text):
        return pieces, []
    below = tail[name + 1 :]
    words = [line.text for line in below]
    if not below or any(len(text) > 110 or POSTSCRIPT.match(text) or is_sentence(text) for text in words):
        return pieces, []
    if not any(PHONE.search(text) or HOME.search(text) or REGISTERED.search(text) for text in words):
        return pieces, []
    if any(map(MEETING.search, words)):
        return pieces, []
    start = below[0] if first == name else tail[first]
    if reaches_into_a_forward(pieces, start):
        return pieces, []
    return cut_before(pieces, start.piece, start.at)


def _is_name(text: str) -> bool:
    text = _PRONOUNS.sub("", text)
    words = text.split()
    if len(text) > 50 or len(words) > 6 or any(c.isdigit() or c in ":?/@" for c in text):
        return False
    return len(words) < 4 or 2 * sum(word[0].islower() for word in words) <= len(words)
