"""Tables of data told from tables that only lay out a page."""

from dataclasses import dataclass

from providers.content.html_tokens import Tokens, attributes_of, name_in, unescaped

MAX_COLUMNS = 40
MAX_ROWS = 10_000  # a stock list of a whole house; only what 2 MiB of HTML hold gets here
MAX_CELL = 200  # characters; what is longer is text to read, not a figure
MAX_WIDE_CELL = 60  # of one across several columns: "Total", not a sentence above two columns of layout

Cell = tuple[int, int]  # the tokens of its start tag and its end tag
_BUILT_UP = frozenset({"table", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "pre", "hr", "img"})


@dataclass(frozen=True, slots=True)
class Data:
    """A table of data. `header`: the first row names the columns. `end`: the token of its end tag.

    None in a row: the cell before it reaches across this column too.
    """

    rows: list[list[Cell | None]]
    header: bool
    end: int


def cells_of_data(tokens: Tokens, at: int, end: int) -> Data | None:
    """Find the cells of the table whose start tag stands before `at`; None for a table of layout.

    Data has at least two rows of two columns without a cell across several, as many columns in each row, and
    nothing in a cell but a short line.
    """
    rows: list[list[Cell | None]] = []
    row: list[Cell | None] = []
    names: list[str] = []
    while at < end:
        name = name_in(tokens.tags[at])
        if name in ("td", "th"):
            more = _columns(tokens.tags[at] or "") - 1
            after = _end_of_short(tokens, at, end, MAX_WIDE_CELL if more else MAX_CELL)
            if not after:
                return None
            row += [(at, after), *([None] * more)]
            names += [name] + [""] * more
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
    if sum(None not in row for row in rows) < 2:
        return None
    return Data(rows, set(names[: len(rows[0])]) == {"th"}, at)


def _columns(tag: str) -> int:
    """Tell how many columns a cell reaches across, one more than MAX_COLUMNS at most."""
    if "colspan" not in tag:
        return 1
    said = attributes_of(tag).get("colspan", "").strip()[:4]
    return min(max(1, int(said)), MAX_COLUMNS + 1) if said.isascii() and said.isdigit() else 1


def _end_of_short(tokens: Tokens, at: int, end: int, most: int) -> int:
    """Find where a cell ends that holds one line of `most` characters and nothing built up; 0 for others."""
    length = paragraphs = 0
    for number in range(at, end):
        name = name_in(tokens.tags[number])
        if name in ("/td", "/th"):
            return number
        length += len(unescaped(tokens.texts[number]))
        paragraphs += name in ("p", "div", "br")
        if length > most or paragraphs > 2 or name in _BUILT_UP:
            return 0
    return 0
