"""Tables of data told from tables that only lay out a page."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from providers.content.html_tokens import Tokens, attributes_of, name_in, unescaped

MAX_COLUMNS = 40
MAX_ROWS = 10_000  # a stock list of a whole house; only what 2 MiB of HTML hold gets here
MAX_CELL = 200  # characters; what is longer is text to read, not a figure
MAX_WIDE_CELL = 60  # of one alone in its row: "Total", not a sentence above two columns of layout

Cell = tuple[int, int]  # the tokens of its start tag and its end tag
_BUILT_UP = frozenset(
    ("table", "ul", "ol", "dl", "menu", "dir", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "pre",
     "listing", "hr", "img")
)  # fmt: skip
# In a table that says it is one these are a cell's words; shops put tables of one column into cells.
_MORE_BUILT_UP = _BUILT_UP - {"img", "ul", "ol", "table"}
_BORDER = re.compile(r' border="([^"]*)"')
_PARTS = frozenset(("table", "/table", "tr", "td", "th"))
_CELL_ENDS = frozenset({"/td", "/th", "/caption"})


@dataclass(frozen=True, slots=True)
class Data:
    """A table of data. `header`: the first row names the columns. `end`: the token of its end tag.

    None in a row: the cell before or above it reaches into this place too, or the row ended before it.
    """

    rows: list[list[Cell | None]]
    header: bool
    end: int
    caption: Cell | None = None


class _Entry(NamedTuple):
    """A cell as it is written. `columns`, `down`: how many columns and rows it reaches across."""

    name: str
    cell: Cell
    columns: int
    down: int
    length: int


def cells_of_data(tokens: Tokens, at: int, end: int) -> Data | None:
    """Find the cells of the table whose start tag stands before `at`; None for a table of layout.

    Data has at least two rows of two cells and nothing in a cell but a short line. Rows with fewer cells, or
    with a cell that reaches down, are taken for data only where more speaks for it.
    """
    rows: list[list[_Entry]] = [[]]
    caption: Cell | None = None
    table, sign = at, _has_lines(tokens.tags[at - 1] or "")
    while at < end:
        name = name_in(tokens.tags[at])
        if name in ("td", "th", "caption"):
            sign = sign or (name == "th" and len(rows) == 1)
            entry = _entry(tokens, name, at, end, _MORE_BUILT_UP if sign else _BUILT_UP)
            if entry is None or len(rows) > MAX_ROWS or len(rows[-1]) > MAX_COLUMNS:
                return None
            if name == "caption":
                caption = entry.cell
            else:
                rows[-1].append(entry)
            at = entry.cell[1]
        elif name == "/tr":
            rows.append([])
        elif name == "/table":
            break
        elif name == "thead":
            sign = True
        at += 1
    sign = sign or caption is not None
    places = _placed(rows)
    if places is None or not _is_data(rows, places, tokens.tags[table - 1] or "", sign):
        return None
    first = next(row for row in rows if row)
    header = len(first) == len(places[0]) and all(entry.name == "th" and entry.down == 1 for entry in first)
    return Data(places, header, at, caption)


def _is_data(rows: list[list[_Entry]], places: list[list[Cell | None]], tag: str, sign: bool) -> bool:
    """Tell data from layout by the shape of a table."""
    rows = [row for row in rows if row]
    width = max(map(len, places))
    full = sum(len(row) == width for row in rows)
    pairs = sum(len(row) >= 2 for row in rows)
    reaching = any(entry.down > 1 for row in rows for entry in row)
    taken = [sum(entry.columns for entry in row) for row in rows]
    if not reaching and full >= 2 and set(taken) == {width}:
        return True
    attributes = attributes_of(tag)
    if attributes.get("role", "").lower() in ("presentation", "none"):
        return False
    if any(len(row) == 1 and row[0].length > MAX_WIDE_CELL for row in rows):
        return False
    if sign:
        return pairs >= 1 and len(rows) >= 2
    return pairs >= 2 and (reaching or 2 * full + (width > 2) > len(rows))


def _placed(rows: list[list[_Entry]]) -> list[list[Cell | None]] | None:
    """Put cells into columns as a browser does, all rows as long as the longest; None for too few or many."""
    places: list[list[Cell | None]] = []
    above: dict[int, int] = {}  # column: the rows that a cell above still reaches into
    for row in rows:
        placed: list[Cell | None] = []
        fresh: dict[int, int] = {}
        for entry in row:
            while len(placed) in above:
                placed.append(None)
            if entry.down > 1:
                columns = range(len(placed), len(placed) + entry.columns)
                fresh.update(dict.fromkeys(columns, entry.down - 1))
            placed += [entry.cell, *([None] * (entry.columns - 1))]
            if len(placed) > MAX_COLUMNS:
                return None
        if row:
            places.append(placed)
        above = {column: down - 1 for column, down in above.items() if down > 1} | fresh
    width = max(map(len, places), default=0)
    for placed in places:
        placed.extend([None] * (width - len(placed)))
    return places if width >= 2 else None


def _has_lines(tag: str) -> bool:
    found = _BORDER.search(tag)
    return found is not None and found[1].strip() not in ("", "0")


def _entry(tokens: Tokens, name: str, at: int, end: int, built_up: frozenset[str]) -> _Entry | None:
    """Read one cell; None for one that is built up or long."""
    tag = tokens.tags[at] or ""
    columns = _span(tag, "colspan", MAX_COLUMNS + 1)
    after, length = _end_of_short(tokens, at, end, MAX_WIDE_CELL if columns > 1 else MAX_CELL, built_up)
    return _Entry(name, (at, after), columns, _span(tag, "rowspan", MAX_ROWS), length) if after else None


def _span(tag: str, name: str, most: int) -> int:
    """Tell how many columns or rows a cell reaches across; all that are left where it says 0 rows."""
    if name not in tag:
        return 1
    said = attributes_of(tag).get(name, "").strip()[:5]
    if not (said.isascii() and said.isdigit()):
        return 1
    return min(int(said), most) or (most if name == "rowspan" else 1)


def _end_of_short(tokens: Tokens, at: int, end: int, most: int, built_up: frozenset[str]) -> tuple[int, int]:
    """Find the end of a cell that holds one line of `most` characters and nothing built up, and its length.

    (0, 0) for others.
    """
    if at + 1 < end and tokens.tags[at + 1] in _CELL_ENDS:  # nothing but words, as nearly all
        length = len(unescaped(tokens.texts[at]))
        return (at + 1, length) if length <= most else (0, 0)
    length = paragraphs = inner = columns = 0
    for number in range(at, end):
        name = name_in(tokens.tags[number])
        if name in _CELL_ENDS and not inner:
            return number, length
        length += len(unescaped(tokens.texts[number]))
        paragraphs += name in ("p", "div", "br")
        if length > most or paragraphs > 2 or name in built_up:
            break
        if name in _PARTS:
            inner += (name == "table") - (name == "/table")
            columns = 0 if name == "tr" else columns + (name in ("td", "th"))
            if inner and columns > 1:
                break
    return 0, 0
