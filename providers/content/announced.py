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
_ANNOUNCED: Final = re.compile(
    rf"\b(?:{_ANSWERS})\w{{0,12}}\b[^.!?\n]{{0,60}}\b(?:{_HOW})\b|\b(?:{_HOW})\b[^.!?\n]{{0,60}}\b(?:{_ANSWERS})",
    re.IGNORECASE,
)


def announces_answers(visible: Sequence[Piece]) -> bool:
    """Tell whether the sender's own words say that the answers stand in what follows."""
    text = "\n".join([piece.text for piece in visible[:10]])
    return len(text) <= LONGEST and _ANNOUNCED.search(text) is not None
