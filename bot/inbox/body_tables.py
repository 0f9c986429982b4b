"""Tables of data as text: aligned columns if they fit a phone, else a line for each figure."""

import re
import unicodedata
from collections.abc import Sequence

from providers.content.document import Table
from providers.content.plain import line_text

MAX_WIDTH = 60
# A sign of money or "%", a currency's code or its short name.
_UNIT = r"(?:[^\w\s.,:;!?()]|[A-Z]{3}|kr|zł|Kč|Ft|lei|лв|руб)\.?"
_FIGURE = re.compile(rf"\(?(?:[-+−–]\s?)?(?:{_UNIT}\s?)?[-+−–]?\d[\d.,'’\s]{{0,20}}(?:\s?{_UNIT})?(?:,-|\))?")


def table_text(table: Table) -> str:
    """Write a table as text for a font in which every character has the same width."""
    rows = [[" ".join(line_text(cell).split()) for cell in row] for row in table.rows]
    widths = _widths(rows)
    figures = _figures(rows[1:] if table.header else rows)
    lines = ["  ".join(_padded(*place) for place in zip(row, widths, figures, strict=True)) for row in rows]
    if max(_width(line.rstrip()) for line in lines) <= MAX_WIDTH:
        if table.header:
            lines.insert(1, "  ".join("-" * width for width in widths))
        return "\n".join(line.rstrip() for line in lines)
    if table.header:
        names, *others = rows
        return "\n\n".join("\n".join(_named(names, row)) for row in others)
    return "\n".join(" | ".join(cell for cell in row if cell) for row in rows)


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """Measure the columns; what stands last in its row may go on above the empty ones beside it."""
    widths = [0] * len(rows[0])
    for row in rows:
        filled = [column for column, cell in enumerate(row) if cell]
        for column in filled if filled[-1:] == [len(row) - 1] else filled[:-1]:
            widths[column] = max(widths[column], _width(row[column]))
    alone = (max(map(_width, column)) for column in zip(*rows, strict=True))
    return [width or fallback for width, fallback in zip(widths, alone, strict=True)]


def _named(names: Sequence[str], row: Sequence[str]) -> list[str]:
    return [
        f"{name}: {cell}" if name else cell for name, cell in zip(names, row, strict=True) if name or cell
    ]


def _figures(rows: Sequence[Sequence[str]]) -> list[bool]:
    """Tell of each column whether it holds figures, which are compared by their last digit."""
    columns = ([cell for cell in column if cell] for column in zip(*rows, strict=True))
    return [bool(cells) and all(map(_FIGURE.fullmatch, cells)) for cells in columns]


def _padded(text: str, width: int, figure: bool) -> str:
    blanks = " " * (width - _width(text))
    return blanks + text if figure else text + blanks


def _width(text: str) -> int:
    """Count columns: Chinese, Japanese and Korean characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
