"""Answers that the sender announces to stand inside the history: "my answers are below in red".

Colours are not kept, so nothing else tells such an answer from the question above it. Then nothing is folded.
"""

import re
from collections.abc import Sequence
from typing import Final

from providers.content.document import Paragraph, Rule
from providers.content.pieces import Piece
from providers.content.tails import is_sentence

LONGEST = 600  # characters of a note that announces answers
MOST_BELOW = 6  # lines of greeting and signature below it

# To add a language: the beginnings of its words for answers, how it says in what colour they stand, and
# that they stand below.
_ANSWERS: Final = (
    "answer|repl(?:y|ies)|response|comment|remark|antwort|kommentar|anmerkung|réponse|respuesta|comentario|respost"
    "|comentário|rispost|antwoord|opmerking|svar|vastau|odpowied|komentarz|odpověd|ответ|комментари"
)
_HOW: Final = (
    "(?:in|en|em|i) (?:red|blue|green|bold|capitals|colou?r|rot|blau|grün|fett|rouge|bleu|vert|gras|rojo|azul"
    "|verde|vermelho|rosso|blu|rood|blauw|rött|blått|rødt)|inline|in-line|interleaved|marked|markiert"
    "|na czerwono|červeně|красным|синим"
)
_BELOW: Final = (
    "below|further down|unten|ci-dessous|abajo|más abajo|sotto|di seguito|hieronder|nedan|nedenfor|abaixo"
    "|poniżej|níže|ниже"
)
# One of these stands in whatever `_HOW` or `_BELOW` finds: asked first, since nearly no mail holds any.
_TELLING: Final = (
    " red", " blue", " green", " bold", " capitals", " colo", " rot", " blau", " grün", " fett", " rouge",
    " bleu", " vert", " gras", " rojo", " azul", " verm", " rosso", " blu", " rood", " rött", " blått",
    " rødt", "inline", "in-line", "interleaved", "marked", "markiert", "czerwono", "červeně", "красным",
    "синим", "below", "further down", "unten", "-dessous", "abajo", "sotto", "di seguito", "hieronder",
    "nedan", "nedenfor", "abaixo", "poniżej", "níže", "ниже",
)  # fmt: skip
_ANNOUNCED: Final = re.compile(
    r"\bin-?line(?: below)?[ \t]*[.:!,;)–-]*[ \t]*$"  # "Hi Ann, see inline."
    rf"|\b(?:{_BELOW})[^.!?\n]{{0,20}}\b(?:{_HOW})\b|"
    rf"\b(?:{_ANSWERS})\w{{0,12}}\b[^.!?\n]{{0,60}}\b(?:{_HOW})\b|\b(?:{_HOW})\b[^.!?\n]{{0,60}}\b(?:{_ANSWERS})",
    re.IGNORECASE | re.MULTILINE,
)
# Only as the last that is said: else what stands below may be the sender's own list of answers.
_POINTED_TO: Final = re.compile(
    rf"\b(?:{_ANSWERS})\w{{0,12}}\b[^.!?:\n]{{0,60}}\b(?:{_BELOW})\b[ \t]*[.!,:;)–-]*[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)


def announces_answers(visible: Sequence[Piece]) -> bool:
    """Tell whether the sender's own words say that the answers stand in what follows."""
    text = "\n".join([piece.text for piece in visible[:10]])
    if len(text) > LONGEST:
        return False
    lower = text.casefold()
    if not any(map(lower.__contains__, _TELLING)):
        return False
    return _ANNOUNCED.search(text) is not None or _ends_pointing(visible, text)


def _ends_pointing(visible: Sequence[Piece], text: str) -> bool:
    """ "My answers are below." with nothing but a greeting and a name after it points into the history."""
    found = _POINTED_TO.search(text)
    if found is None or not all(isinstance(piece.block, Paragraph | Rule) for piece in visible):
        return False
    rest = [line for line in text[found.end() :].split("\n") if line.strip()]
    return len(rest) <= MOST_BELOW and not any(map(is_sentence, rest))
