"""Tables of data told from tables that only lay out a page."""

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

MAX_COLUMNS = 12
MAX_ROWS = 200
MAX_CELL = 200  # characters; what is longer is text to read, not a figure

Rows = list[list[LexborNode]]
_INLINE_ONLY = frozenset({"table", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "pre", "hr", "img"})


def cells_of_data(table: LexborNode) -> tuple[Rows, bool] | None:
    """Return the cells and whether the first row names the columns; None for a table of layout.

    Data has at least two rows and two columns, as many cells in each row, and nothing in a cell but a short
    line.
    """
    rows: Rows = []
    if any(part.tag == "caption" for part in table.iter(include_text=False)):
        return None  # its words would have no place
    for row in _rows(table):
        cells = [cell for cell in row.iter(include_text=False) if cell.tag in ("td", "th")]
        if not cells:
            continue
        if rows and len(cells) != len(rows[0]):
            return None
        if not 2 <= len(cells) <= MAX_COLUMNS or len(rows) >= MAX_ROWS:
            return None
        if not all(_short(cell) for cell in cells):
            return None
        rows.append(cells)
    if len(rows) < 2:
        return None
    header = all(cell.tag == "th" for cell in rows[0])
    return rows, header


def _rows(table: LexborNode) -> Iterator[LexborNode]:
    for part in table.iter(include_text=False):
        if part.tag == "tr":
            yield part
        elif part.tag in ("tbody", "thead", "tfoot"):
            for row in part.iter(include_text=False):
                if row.tag == "tr":
                    yield row


def _short(cell: LexborNode) -> bool:
    """Tell whether a cell holds one short line and nothing built up."""
    length = paragraphs = 0
    for node in cell.traverse(include_text=True):
        if node.is_text_node:
            length += len(node.text_content or "")
            if length > MAX_CELL:
                return False
        elif node.tag in _INLINE_ONLY:
            return False
        elif node.tag in ("p", "div", "br"):
            paragraphs += 1
            if paragraphs > 2:
                return False
    return True
