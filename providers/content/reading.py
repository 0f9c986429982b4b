"""A message → what a person sees of it. Total: never raises; bounded in time and memory."""

from collections.abc import Sequence
from dataclasses import dataclass

from providers.content.document import Block, Document, Rule
from providers.content.find_notes import notes_of, words_in_parts
from providers.content.html import MAX_HTML, read_html
from providers.content.notes import Note, NoText, TooLong
from providers.content.pieces import Piece
from providers.content.plain import as_text
from providers.content.quotes import speaks, split
from providers.content.signatures import split_signature
from providers.content.text import MAX_TEXT, read_text
from providers.content.unique import split_by_hint
from providers.mail import Message


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message says. `quoted` and `signature` stand behind "Show quoted text"; nothing is lost."""

    visible: Document
    quoted: Document | None = None
    signature: Document | None = None
    notes: tuple[Note, ...] = ()

    @property
    def text(self) -> str:
        """The visible part as plain text."""
        return as_text(self.visible)

    @property
    def quoted_text(self) -> str:
        """The history as plain text."""
        return as_text(self.quoted)

    @property
    def signature_text(self) -> str:
        """The signature as plain text."""
        return as_text(self.signature)


def read_message(message: Message) -> Reading:
    """Read a message: HTML when it says something, else plain text. Same input, same reading."""
    notes = list(notes_of(message))
    pieces, too_long = _pieces(message)
    halves = split(pieces, message.subject)
    if not halves.quoted and message.unique_html:
        halves = split_by_hint(halves, message.unique_html)
    body, signature = split_signature(halves.visible)
    if too_long:
        notes.append(TooLong())
    if not notes and not any(speaks(piece) for piece in body):
        notes.append(NoText())
    return Reading(_document(body), _folded(halves.quoted), _folded(signature), tuple(notes))


def _pieces(message: Message) -> tuple[list[Piece], bool]:
    html, text = message.html, message.text
    if html:
        pieces = read_html(html)
        if any(speaks(piece) for piece in pieces) and not _only_pictures(pieces, text):
            return pieces, len(html) > MAX_HTML
    if text and text.strip():
        return read_text(text), len(text) > MAX_TEXT
    if html:
        return read_html(html), False
    words = words_in_parts(message)
    return (read_text(words) if words else []), False


def _only_pictures(pieces: Sequence[Piece], text: str | None) -> bool:
    """Tell whether the HTML shows pictures alone while the plain text has words."""
    if not text or len(pieces) > 3:
        return False
    words = as_text(_document(pieces)).replace("[image]", "")
    return not any(char.isalnum() for char in words) and any(char.isalnum() for char in text)


def _document(pieces: Sequence[Piece]) -> Document:
    """Make a document; rules at its edges parted it from what is elsewhere now."""
    blocks: list[Block] = [piece.block for piece in pieces]
    while blocks and isinstance(blocks[-1], Rule):
        blocks.pop()
    while blocks and isinstance(blocks[0], Rule):
        del blocks[0]
    return Document(tuple(blocks))


def _folded(pieces: Sequence[Piece]) -> Document | None:
    return _document(pieces) if any(speaks(piece) for piece in pieces) else None
