"""What the readers of HTML and plain text hand over: blocks, and what their surroundings say of them."""

from dataclasses import dataclass
from enum import Enum

from providers.content.document import Block, Heading, Paragraph
from providers.content.plain import words_of


class Mark(Enum):
    """What a client's own markup says about a block. Nothing is decided yet: `quotes.split` does that."""

    OWN = "own"
    QUOTE = "quote"  # somebody else's words, with a beginning and an end
    ATTRIBUTION = "attribution"  # "On … wrote:"
    REST = "rest"  # from here to the end it is history
    FORWARD = "forward"  # from here on it is forwarded, which is content
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of the outermost level. `text`: the words of a paragraph or heading."""

    block: Block
    mark: Mark = Mark.OWN
    text: str = ""


def piece_of(block: Block, mark: Mark = Mark.OWN) -> Piece:
    """Make a piece of a block."""
    return Piece(block, mark, words_of(block.spans) if isinstance(block, Paragraph | Heading) else "")
