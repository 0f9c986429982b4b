"""What the readers of HTML and plain text hand over: blocks, and what their surroundings say of them."""

from enum import Enum
from typing import Final, NamedTuple

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


class Piece(NamedTuple):
    """A block of the outermost level. `text`: the words of a paragraph or heading.

    A tuple, since these are made by the hundred and a frozen dataclass takes three times as long.
    """

    block: Block
    mark: Mark = Mark.OWN
    text: str = ""


_WORDED: Final = (Paragraph, Heading)


def piece_of(block: Block, mark: Mark = Mark.OWN) -> Piece:
    """Make a piece of a block."""
    return Piece(block, mark, words_of(block.spans) if isinstance(block, _WORDED) else "")
