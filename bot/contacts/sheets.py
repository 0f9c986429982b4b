"""Reads and writes tables of contacts (CSV), line by line. Pure.

What a spreadsheet would take for a formula is written with an apostrophe in front, and reading takes it off
again. A spreadsheet looks at the first sign of a cell alone. But one that parts cells at semicolons or tabs
sees no cell of ours as quoted: for it a cell begins behind each of those, and behind every line break. So
these are guarded too, with the quotation marks that may stand between.
Source: https://owasp.org/www-community/attacks/CSV_Injection
"""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")
_BEGINS = r'(\A"*|[;\t\r\n]"*)'
_FORMULA = re.compile(f"{_BEGINS}(?=[{re.escape(''.join(FORMULAS))}])")
_GUARDED = re.compile(f"{_BEGINS}'(?=[{re.escape(''.join(FORMULAS))}])")
_FIRST = re.compile(rf"\A'(?=[{re.escape(''.join(FORMULAS))}])")
DELIMITERS = ",;\t"
MOST_COLUMNS = 400
MOST_CELL = 100_000  # characters
MOST_ROW = 2_000_000  # characters of a row, over all the lines that its cells hold
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


class Broken(Exception):
    """The file cannot be read. `code` says why, `line` where, 0 where no line can be named."""

    def __init__(self, code: str, line: int = 0) -> None:
        super().__init__(code)
        self.code, self.line = code, line


def decoded(parts: Iterable[bytes]) -> Iterator[str]:
    """Turn bytes into text: UTF-8 or UTF-16 with a mark in front, UTF-8, else Windows-1252.

    Raises Broken, with the line, for bytes that are neither.
    """
    encoding, held, line, is_plain = "", b"", 1, True
    for part, is_last in _marked_last(parts):
        held += part
        if not encoding:
            if len(held) < 3 and not is_last:
                continue
            mark, encoding = next((one for one in _BOMS if held.startswith(one[0])), (b"", "utf-8"))
            held = held[len(mark) :]
            is_plain = not mark
        text, held, encoding = _decode(held, encoding, is_last, is_plain, line)
        is_plain = is_plain and text.isascii()
        line += text.count("\n")
        yield text


def _decode(held: bytes, encoding: str, is_last: bool, is_plain: bool, line: int) -> tuple[str, bytes, str]:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        text = decoder.decode(held, is_last)
    except UnicodeDecodeError as error:
        before = held[: error.start]
        if encoding != "utf-8" or not (is_plain and before.isascii()):
            raise Broken("encoding", line + before.count(b"\n")) from None
        return _decode(held, "cp1252", is_last, False, line)
    return text, bytes(decoder.getstate()[0]), encoding


def _marked_last(parts: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    held = b""
    for part in parts:
        if held:
            yield held, False
        held = part
    yield held, True


def lines(texts: Iterable[str]) -> Iterator[str]:
    """Cut text into lines, each with its end. A line that never ends is broken."""
    held, number = "", 0
    for text in texts:
        *whole, held = (held + text).split("\n")
        for one in whole:
            number += 1
            yield one + "\n"
        if len(held) > 1_000_000:
            raise Broken("line too long", number + 1)
    if held:
        yield held


def rows(texts: Iterable[str], ours: Sequence[str] = ()) -> Iterator[tuple[int, list[str]]]:
    """Read a table: the header first, then each row with the line it begins on; empty rows are left out.

    `ours` is the header of a table that `written` wrote. Raises Broken for what is no table.
    """
    source = lines(texts)
    first = next(source, "")
    skipped = 0
    delimiter = max(DELIMITERS, key=first.count)
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        delimiter, first, skipped = first.strip()[-1], next(source, ""), 1
    if not first.strip():
        raise Broken("empty")
    csv.field_size_limit(MOST_CELL)
    size = [0]  # of the row that is being read
    reader = csv.reader(_checked([first], source, size), delimiter=delimiter, strict=True)
    begins, is_header, bare = 1, True, _first_unguarded
    try:
        for cells in reader:
            size[0] = 0
            if any(cell.strip() for cell in cells):
                if len(cells) > MOST_COLUMNS:
                    raise Broken("too many columns", begins + skipped)
                yield begins + skipped, [bare(cell) for cell in cells]
                if is_header and ours and set(ours) <= set(cells):
                    bare = unguarded
                is_header = False
            begins = reader.line_num + 1
    except csv.Error as error:
        raise Broken(_code_of(str(error)), begins + skipped) from None


def _code_of(said: str) -> str:
    """Say what csv means: it has one class of error for everything."""
    if "field limit" in said:
        return "cell too long"
    return "quote" if "end of data" in said or "expected after" in said else "not a table"


def _checked(first: list[str], rest: Iterable[str], size: list[int]) -> Iterator[str]:
    for number, line in enumerate(chain(first, rest), 1):
        size[0] += len(line)
        if size[0] > MOST_ROW:
            raise Broken("line too long", number)
        if "\0" in line:
            raise Broken("not a table", number)
        yield line


def guarded(cell: str) -> str:
    """Write a cell so that no spreadsheet computes it, however it parts cells."""
    return _FORMULA.sub(r"\1'", cell)


def unguarded(cell: str) -> str:
    """Take off what `guarded` has put in."""
    return _GUARDED.sub(r"\1", cell)


def _first_unguarded(cell: str) -> str:
    """Take off what others put in front of a cell alone; inside, an apostrophe is theirs."""
    return _FIRST.sub("", cell)


def written(table: Iterable[Sequence[str]]) -> Iterator[str]:
    """Write a table, row by row."""
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\r\n")
    for row in table:
        writer.writerow([guarded(cell) for cell in row])
        yield held.getvalue()
        held.seek(0)
        held.truncate()
