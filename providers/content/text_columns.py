"""What plain text says by its columns: code and commands that are set in, tables. In doubt it is prose."""

import re
from collections.abc import Sequence
from typing import Final

from providers.content.document import Preformatted, Table
from providers.content.quote_lines import Opening, label_of, opening_of
from providers.content.text_lines import indent_of, spans_of
from providers.content.text_lists import behind_sign
from providers.content.valedictions import VALEDICTIONS

SET_IN = 4  # blanks before a line that stands apart
MAX_SET_IN = 24  # more of them only move a line to the right
MAX_LINE = 100
MAX_COLUMNS = 40
_LOOKED_AT = 200  # characters of a line, so that no line costs more than another
_CODE: Final = re.compile(
    r"""[{};]\s*$|[)\]}],?\s*$(?<=[)\]}][),;\]}])|\)\s*[:{]\s*$|^\s*[}\])]+[,;]?\s*$|^\s*[{\[]\s*$|[\[{(]\s*$
    |^\s*(?:\$|%|>>>|\#!|\#include|//|/\*|</?\w+[ >]|@\w+$|\./|~/|/\w+/)
    |^\s*(?:def|class|function|import|from\s+\S+\s+import|return|const|let|var|public|private|elif|if|for|while
        |try|except|else|end|fi|done|then|echo|sudo|SELECT|INSERT|UPDATE|DELETE|CREATE)\b.*[\W_]
    |^\s*["'][\w -]+["']\s*:|\s(?:=|==|!=|\+=|:=|=>|->|&&|\|\|)\s|\b\w+\(\S*\)|\b\w+::\w|\w_\w|\s--?\w[\w-]*
    |^\s*\w+=\S""",
    re.VERBOSE,
)
_LINK: Final = re.compile(r"https?://|www\.|\S@\S+\.\S", re.IGNORECASE)
_GAP: Final = re.compile(r"(?<=\S)(?:(?<![.!?])[ ]{2}|[ ]{3})[ ]*(?=\S)")
_FIGURE: Final = re.compile(r"[^\w\s]{0,3}\s?\d[\d.,:/% -]*\s?\S{0,4}$")
_BORDER: Final = "|+│┃┌┐└┘├┤┬┴┼╔╗╚╝║╠╣"
_SEPARATOR: Final = re.compile(r"[\s|:+-]*-{2,}[\s|:+-]*")


def is_code(lines: Sequence[str], margin: int, above: str, below_code: bool) -> bool:
    """Tell whether lines that stand together are code, commands, or something else announced and set in."""
    indents = [indent_of(line) - margin for line in lines]
    signs = sum(_CODE.search(line[:_LOOKED_AT]) is not None for line in lines)
    if signs and 2 * signs >= len(lines) and not any(map(_says_more, lines)):
        if signs > 1 and max(indents) >= 2:
            return True
        if below_code and signs == len(lines):
            return True
    if not SET_IN <= min(indents) <= MAX_SET_IN or any(map(_says_more, lines)):
        return False
    if below_code or 2 * signs >= len(lines):
        return True
    return above.rstrip().endswith((":", "：")) and not any(map(_is_prose, lines))


def _says_more(line: str) -> bool:
    """Tell whether a line means something that it would not mean in code: a link, a header, an ending."""
    if len(line) > MAX_LINE and _is_prose(line):
        return True
    bare = line.strip()
    return (
        opening_of(bare) is not Opening.NONE
        or (bool(label_of(bare)) and not bare.endswith(("{", ",", ";")))
        or bare.casefold().rstrip(" ,.!") in VALEDICTIONS
        or _LINK.match(bare[:_LOOKED_AT]) is not None
    )


def _is_prose(line: str) -> bool:
    bare = line.strip()
    words = len(bare.split())
    if len(bare) > MAX_LINE or words > 12 or (words >= 5 and bare[-1:] in ".?!…。？！"):
        return True
    return _LINK.search(bare[:_LOOKED_AT]) is not None


def table_at(lines: Sequence[str], at: int) -> tuple[Table | Preformatted | None, int]:
    """Read the table that begins at `at`, if one does. Returns the line behind what was looked at, too."""
    furthest = at + 1
    for takes, read in ((_has_tab, _tabbed), (_is_bordered, _bordered), (_has_gap, _aligned)):
        end = at
        while end < len(lines) and takes(lines[end]):
            end += 1
        table = read(lines[at:end]) if end - at >= 2 else None
        if table:
            return table, end
        furthest = max(furthest, end)
    return None, furthest


def may_begin_table(line: str) -> bool:
    """Tell whether a line has what tables have."""
    return _has_tab(line) or _is_bordered(line) or _has_gap(line)


def _has_tab(line: str) -> bool:
    bare = line.strip()
    return "\t" in bare and "\t" in behind_sign(bare) and opening_of(line) is Opening.NONE


def _tabbed(lines: Sequence[str]) -> Table | None:
    """Read what was copied from a sheet: as many cells in each line."""
    rows = [line.strip("\r\n").split("\t") for line in lines]
    if len(set(map(len, rows))) > 1:
        rows = [re.split(r"\t+", line.strip()) for line in lines]  # tabs that only line up
    if (
        len(set(map(len, rows))) > 1
        or len(rows[0]) > MAX_COLUMNS
        or all(row[0].endswith(":") for row in rows)
    ):
        return None
    return Table(tuple(tuple(tuple(spans_of(" ".join(cell.split()))) for cell in row) for row in rows))


def _bordered(lines: Sequence[str]) -> Preformatted | None:
    return as_it_is(lines) if _has_borders([line.expandtabs() for line in lines]) else None


def _aligned(lines: Sequence[str]) -> Preformatted | None:
    wide = [line.expandtabs() for line in lines]
    fits = _is_aligned(wide) or (len(wide) > 2 and _is_aligned(wide[1:]))  # names of columns may stand freely
    return as_it_is(lines) if fits else None


def as_it_is(lines: Sequence[str]) -> Preformatted:
    """Keep lines, with tabs as wide as most programs show them."""
    return Preformatted("\n".join(line.rstrip().expandtabs() for line in lines))


def _is_bordered(line: str) -> bool:
    bare = line.strip()
    return len(bare) > 2 and ("|" in bare or bare[0] in _BORDER) and opening_of(bare) is Opening.NONE


def _has_borders(lines: Sequence[str]) -> bool:
    bare = [line.strip() for line in lines]
    if all(line[0] in _BORDER and line[-1] in _BORDER for line in bare):
        return True
    if any(_SEPARATOR.fullmatch(line[:_LOOKED_AT]) for line in bare[1:2]):
        return True
    places = [{at for at, char in enumerate(line) if char == "|"} for line in lines]
    return len(places) > 2 and bool(set.intersection(*places))


def _has_gap(line: str) -> bool:
    bare = line.strip()
    if "  " not in bare or _GAP.search(behind_sign(bare)) is None:
        return False
    return opening_of(line) is Opening.NONE


def _is_aligned(lines: Sequence[str]) -> bool:
    """Tell whether a column begins, or figures end, at the same place in all lines."""
    gaps = [list(_GAP.finditer(line)) for line in lines]
    if not all(gaps):
        return False
    if all(line[: found[0].start()].endswith(":") for line, found in zip(lines, gaps, strict=True)):
        return False  # "Place:  Hall 2" reads as well without its columns
    if len(lines) == 2 and all(len(one.group()) < 3 for found in gaps for one in found):
        return False
    if set.intersection(*({one.end() for one in found} for found in gaps)):
        return True
    last = [line[found[-1].end() :].strip()[:_LOOKED_AT] for line, found in zip(lines, gaps, strict=True)]
    return len({len(line.rstrip()) for line in lines}) == 1 and all(map(_FIGURE.match, last[1:]))
