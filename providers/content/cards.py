"""A card at the end of a message with no closing word above it: the sender's name, a title, a phone number.

It is one only if it begins with the name that the mail itself gives its sender, or below a line across, or
between two. In doubt it stays.
"""

import re
from collections.abc import Sequence
from typing import Final

from providers.content.document import Paragraph, Rule, Table
from providers.content.pieces import Piece
from providers.content.quote_words import fold
from providers.content.tails import (
    MEETING,
    PHONE,
    POSTSCRIPT,
    TailLine,
    cut_before,
    is_sentence,
    reaches_into_a_forward,
    remains,
    tail_of,
)
from providers.mail import EmailAddress

MAX_LINES = 10
MAX_LINE = 110
_NUMBER: Final = re.compile(r"\d[\d\s()/.\-\u2010\u2011]{4,}\d")  # without it there is no phone number
_WORDS: Final = re.compile(r"[^\W\d_]+")
_ENDS: Final = (".", "!", "?", "…", "。", "！", "？", ")")
# Whoever speaks of a number or an address above the card means it to be read.
_SPOKEN: Final = """
    phone number call contact details reach address mobile card telefon nummer anruf ruf erreich kontakt
    adress daten appel numéro coordonn joindr téléphon llam número datos teléfon chiam numero recapit
    indirizzo bereik gegevens ring uppgift ligar contato zadzwo volej телефон номер звон 電話 电话 전화
    """
_SPOKEN_OF: Final = tuple(_SPOKEN.split())


def split_card(pieces: Sequence[Piece], sender: EmailAddress) -> tuple[list[Piece], list[Piece]]:
    """Part a card from the text above it."""
    in_a_table = bool(pieces) and isinstance(pieces[-1].block, Table)
    if not in_a_table and not _NUMBER.search(
        "\n".join([piece.text for piece in pieces[-MAX_LINES:]])[-MAX_LINES * MAX_LINE :]
    ):
        return list(pieces), []
    tail = tail_of(pieces, MAX_LINES)
    name = _name_of(sender)
    for number in range(len(tail) - 2, 0, -1):
        if len(tail) - number > MAX_LINES or not _is_short(tail[number + 1].text):
            break
        start = _begins(tail, number, name)
        if start:
            body, card = _cut(pieces, tail[start])
            meets = any(MEETING.search(line.text) for line in tail[start:])
            if meets or reaches_into_a_forward(pieces, tail[start]) or not any(map(remains, body)):
                return list(pieces), []
            return body, card
    return list(pieces), []


def split_framed(pieces: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Part a card that stands between two lines across at the very end, as is usual in Japan."""
    last = len(pieces) - 1
    if last < 3 or not isinstance(pieces[last].block, Rule):
        return pieces, []
    first = next((n for n in range(last - 1, 0, -1) if isinstance(pieces[n].block, Rule)), 0)
    inside = pieces[first + 1 : last]
    lines = [line for piece in inside for line in piece.text.split("\n")]
    paragraphs = all(isinstance(piece.block, Paragraph) for piece in inside)
    if not first or not paragraphs or not 1 < len(lines) <= MAX_LINES:
        return pieces, []
    if not all(map(_is_short, lines)) or not any(map(PHONE.search, lines)) or any(map(MEETING.search, lines)):
        return pieces, []
    return pieces[:first], pieces[first:]


def _name_of(sender: EmailAddress) -> list[str]:
    """Return the words of a name, the first name first: of "Fox, Dana (Sales)" dana and fox."""
    written = sender.name.partition("(")[0] or sender.address.partition("@")[0]
    family, _, given = written.partition(",")
    return [fold(word) for word in _WORDS.findall(f"{given} {family}")]


def _begins(tail: Sequence[TailLine], number: int, name: Sequence[str]) -> int:
    """Return the line from which on a card is folded if its name stands in this one, else 0."""
    first = number
    while first > 1 and tail[first - 1].picture:
        first -= 1  # the logo above the name
    line, above, below = tail[number], tail[first - 1].text, tail[number + 1 :]
    words = [fold(word) for word in _WORDS.findall(line.text)]
    if not name or not words or not any(PHONE.search(one.text) for one in below) or not _is_short(line.text):
        return 0
    if above.endswith((":", "：", ",")) or any(word in fold(above) for word in _SPOKEN_OF):
        return 0
    if line.below_rule:
        return number if set(words) & set(name) else 0
    if tail[first].at and not above.endswith(_ENDS):
        return 0  # it goes on from the line above
    if len(name) > 1 and words[: len(name)] == list(name) and len(words) <= len(name) + 3:
        return first
    return number + 1 if words == [name[0]] and len(below) > 1 else 0


def _is_short(text: str) -> bool:
    """Tell whether a line may stand on a card: no sentence, no postscript."""
    return len(text) <= MAX_LINE and not is_sentence(text) and "?" not in text and not POSTSCRIPT.match(text)


def _cut(pieces: Sequence[Piece], line: TailLine) -> tuple[list[Piece], list[Piece]]:
    body, card = cut_before(list(pieces), line.piece, line.at)
    while body and isinstance(body[-1].block, Rule):
        card.insert(0, body.pop())
    return body, card
