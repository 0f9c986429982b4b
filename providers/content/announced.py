"""Answers that the sender announces to stand inside the history: "my answers are below in red".

Colours are not kept, so nothing else tells such an answer from the question above it. Then nothing is folded.
"""

import re
from collections.abc import Sequence
from typing import Final

from providers.content.pieces import Piece

LONGEST = 600  # characters of a note that announces answers

# To add a language: the beginnings of its words for answers, and how it says in what colour they stand.
_ANSWERS: Final = (
    "answer|repl(?:y|ies)|response|comment|remark|antwort|kommentar|anmerkung|réponse|respuesta|comentario|respost"
    "|comentário|rispost|antwoord|opmerking|svar|vastau|odpowied|komentarz|odpověd|ответ|комментари"
)
_HOW: Final = (
    "(?:in|en|em|i) (?:red|blue|green|bold|capitals|colou?r|rot|blau|grün|fett|rouge|bleu|vert|gras|rojo|azul"
    "|verde|vermelho|rosso|blu|rood|blauw|rött|blått|rødt)|inline|in-line|interleaved|marked|markiert"
    "|na czerwono|červeně|красным|синим"
)
# One of these stands in whatever `_HOW` finds: asked first, since nearly no mail holds any.
_TELLING: Final = (
    " red", " blue", " green", " bold", " capitals", " colo", " rot", " blau", " grün", " fett", " rouge",
    " bleu", " vert", " gras", " rojo", " azul", " verm", " rosso", " blu", " rood", " rött", " blått",
    " rødt", "inline", "in-line", "interleaved", "marked", "markiert", "czerwono", "červeně", "красным",
    "синим",
)  # fmt: skip
_ANNOUNCED: Final = re.compile(
    rf"\b(?:{_ANSWERS})\w{{0,12}}\b[^.!?\n]{{0,60}}\b(?:{_HOW})\b|\b(?:{_HOW})\b[^.!?\n]{{0,60}}\b(?:{_ANSWERS})",
    re.IGNORECASE,
)


def announces_answers(visible: Sequence[Piece]) -> bool:
    """Tell whether the sender's own words say that the answers stand in what follows."""
    text = "\n".join([piece.text for piece in visible[:10]])
    if len(text) > LONGEST:
        return False
    lower = text.casefold()
    return any(word in lower for word in _TELLING) and _ANNOUNCED.search(text) is not None
