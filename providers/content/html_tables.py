"""Tables of data told from tables that only lay out a page."""

from dataclasses import dataclass

from providers.content.html_tokens import Tokens, name_in, unescaped

MAX_COLUMNS = 12
MAX_ROWS = 200
MAX_CELL = 200  # characters; what is longer is text to read, not a figure

Cell = tuple[int, int]  # the tokens of its start tag and its end tag
_BUILT_UP = frozenset({"table", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "pre", "hr", "img"})


@dataclass(frozen=True, slots=True)
class Data:
    """A table of data. `header`: the first row names the columns. `end`: the token of its end tag."""

    rows: list[list[Cell]]
    header: bool
    end: int


def cells_of_data(tokens: Tokens, at: int, end: int) -> Data | None:
    """Find the cells of the table whose start tag stands before `at`; None for a table of layout.

    Data has at least two rows and two columns, as many cells in each row, and nothing in a cell but a short
    line.
    """
    rows: list[list[Cell]] = []
    row: list[Cell] = []
    names: list[str] = []
    while at < end:
        name = name_in(tokens.tags[at])
        if name in ("td", "th"):
            after = _end_of_short(tokens, at, end)
            if not after:
                return None
            row.append((at, after))
            names.append(name)
            at = after
        elif name == "/tr" and row:
            if not 2 <= len(row) <= MAX_COLUMNS or len(rows) == MAX_ROWS:
                return None
            if rows and len(row) != len(rows[0]):
                return None
            rows.append(row)
            row = []
        elif name == "/table":
            break
        elif name == "caption":
            return None  # its words would have no place
        at += 1
    if len(rows) < 2:
        return None
    return Data(rows, set(names[: len(rows[0])]) == {"th"}, at)


def _end_of_short(tokens: Tokens, at: int, end: int) -> int:
    """Find where a cell ends that holds one short line and nothing built up; 0 for any other."""
    length = paragraphs = 0
    for number in range(at, end):
        name = name_in(tokens.tags[number])
        if name in ("/td", "/th"):
            return number
        length += len(unescaped(tokens.texts[number]))
        paragraphs += name in ("p", "div", "br")
        if length > MAX_CELL or paragraphs > 2 or name in _BUILT_UP:
            return 0
    return 0
