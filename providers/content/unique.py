"""The provider's own idea of what is new in a message (Graph's uniqueBody), used where nothing else tells."""

from providers.content.document import Document
from providers.content.html import read_html
from providers.content.plain import as_text
from providers.content.quotes import Split


def split_by_hint(halves: Split, unique_html: str) -> Split:
    """Cut the visible part where the hint ends, if it is a true beginning of the message; else leave it."""
    wanted = _letters(as_text(Document(tuple(piece.block for piece in read_html(unique_html)))))
    at = 0
    for number, piece in enumerate(halves.visible):
        seen = _letters(as_text(Document((piece.block,))))
        if not wanted.startswith(seen, at):
            return halves
        at += len(seen)
        if wanted and at == len(wanted):
            visible, rest = halves.visible[: number + 1], halves.visible[number + 1 :]
            return Split(visible, (*rest, *halves.quoted))
    return halves


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())
