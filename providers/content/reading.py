"""A message → what a person sees of it. Total: never raises; bounded in time and memory."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from providers.content.cards import split_card
from providers.content.document import Block, Document, Rule
from providers.content.find_notes import notes_of, words_in_parts
from providers.content.html import beginning_of, read_html
from providers.content.notes import AttachedMessage, HiddenWords, Note, NoText, TooLong
from providers.content.pieces import Piece, piece_of
from providers.content.plain import as_text
from providers.content.quotes import speaks, split
from providers.content.signatures import split_signature, without_mark
from providers.content.text import MAX_TEXT, read_text
from providers.content.unique import split_by_hint
from providers.mail import Message

_LETTER: Final = re.compile(r"[^\W_]")


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
    pieces, about = _pieces(message)
    halves = split(pieces, message.subject)
    if not halves.quoted and message.unique_html:
        halves = split_by_hint(halves, message.unique_html)
    body, signature = split_signature(halves.visible)
    body, card = split_card(body, message.sender)
    below = [*card, *without_mark(signature)]
    notes.extend(about)
    if not any(speaks(piece) or _shows_text(piece) for piece in body):
        body = _enclosed(message, notes) or body
        if not notes:
            notes.append(NoText())
    return Reading(_document(body), _folded(halves.quoted), _folded(below), tuple(notes))


def _pieces(message: Message) -> tuple[list[Piece], list[Note]]:
    """Read the part that says most, and note what has to be said about it."""
    html, text = message.html, message.text
    pieces = read_html(html) if html else []
    cut: list[Note] = [TooLong()] if html and len(beginning_of(html)) < len(html) else []
    if any(_shows_text(piece) for piece in pieces) and not _less_than(text, pieces):
        return pieces, cut
    if html and not _worded(text):
        shown = read_html(html, hidden=True)
        if _worded(_text(shown)):
            return shown, [HiddenWords(), *cut]
        if any(speaks(piece) for piece in pieces):
            return pieces, cut
    if text and text.strip():
        return read_text(text), [TooLong()] if len(text) > MAX_TEXT else []
    words = "" if html else words_in_parts(message)
    return (read_text(words) if words else pieces), []


def _enclosed(message: Message, notes: Sequence[Note]) -> list[Piece]:
    """Read the messages attached to one that says nothing of its own: they are what it is sent for."""
    if not any(isinstance(note, AttachedMessage) for note in notes):
        return []
    pieces: list[Piece] = []
    for part in message.parts:
        html, text = part.enclosed_html, part.enclosed_text
        inner = read_html(html) if html else []
        if not any(_shows_text(piece) for piece in inner):
            inner = read_text(text) if text else inner
        pieces += [piece_of(Rule()), *inner] if inner and pieces else inner
    return pieces


def _shows_text(piece: Piece) -> bool:
    """Tell whether a piece shows more than pictures of which nobody says what they show."""
    return bool(piece.text.replace("[image]", "").strip() or (not piece.text and _text([piece])))


def _less_than(text: str | None, pieces: Sequence[Piece]) -> bool:
    """Tell whether a short page has no words while the plain text has some."""
    return len(pieces) <= 3 and _worded(text) and not _worded(_text(pieces))


def _text(pieces: Sequence[Piece]) -> str:
    return as_text(_document(pieces)).replace("[image]", "").strip()


def _worded(text: str | None) -> bool:
    return text is not None and _LETTER.search(text) is not None


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
