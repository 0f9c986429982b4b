"""Unquoted lines of plain text → blocks: paragraphs, lists of lists, code, tables."""

from providers.content.document import Block, Preformatted, Rule
from providers.content.text_columns import SET_IN, as_it_is, is_code, may_begin_table, table_at
from providers.content.text_lines import indent_of, is_rule, paragraph_of
from providers.content.text_lists import is_item, list_at


def _may_stand_in_columns(text: str) -> bool:
    """Tell whether there is any of the signs without which nothing is set in or stands in columns."""
    if "  " in text or "\t" in text or "|" in text or "+-" in text:
        return True
    return not text.isascii() and any(sign in text for sign in "│┃├║")


def blocks_of(lines: list[str], width: int) -> list[Block]:
    """Make blocks of lines: empty lines part paragraphs, wrapped lines are joined."""
    text = "\n".join(lines)
    if "```" in text and (fenced := _fenced(lines)):
        start, end = fenced
        code = [line for line in lines[start:end] if line.strip() != "```"]
        kept: list[Block] = [Preformatted("\n".join(code).strip("\n"))] if any(map(str.strip, code)) else []
        return [*blocks_of(lines[:start], width), *kept, *blocks_of(lines[end:], width)]
    if _may_stand_in_columns(text):
        return _Blocks(lines, width).all()
    blocks: list[Block] = []
    at = 0
    for end, line in enumerate([*lines, ""]):
        rule = is_rule(line)
        if rule or not line.strip():
            if end > at:
                blocks.append(paragraph_of(lines[at:end], width))
            if rule:
                blocks.append(Rule())
            at = end + 1
    return blocks


def _fenced(lines: list[str]) -> tuple[int, int] | None:
    """Find code between two lines of "```", as developers write it."""
    start = next(
        (at for at, line in enumerate(lines) if line.startswith("```") and "```" not in line[3:]), None
    )
    if start is None:
        return None
    end = next((at for at in range(start + 1, len(lines)) if lines[at].strip() == "```"), None)
    return (start, end + 1) if end else None


class _Blocks:
    """One pass over lines of which some are set in or stand in columns."""

    def __init__(self, lines: list[str], width: int) -> None:
        self._lines = lines
        self._width = width
        self._margin = min((indent_of(line) for line in lines if line.strip()), default=0)
        self._blocks: list[Block] = []
        self._above = ""  # the last line that was taken
        self._flat = 0  # up to here stands no list but a flat one
        self._code = False  # the last block is code

    def all(self) -> list[Block]:
        """Read all lines."""
        lines, at = self._lines, 0
        while at < len(lines):
            if not lines[at].strip():
                at += 1
                continue
            end = at
            while end < len(lines) and lines[end].strip():
                found, after = self._list(end)
                if found:
                    self._together(lines[at:end])
                    self._emit(found, lines[after - 1])
                    at = end = after
                    break
                end += 1
            else:
                self._together(lines[at:end])
                at = end
        return self._blocks

    def _list(self, at: int) -> tuple[list[Block], int]:
        """Read the list that begins here, if it is more than lines."""
        if at < self._flat or not is_item(self._lines[at]):
            return [], at
        found, after = list_at(self._lines, at, self._width)
        if not found:
            self._flat = after
        return found, after

    def _emit(self, blocks: list[Block], above: str) -> None:
        self._blocks.extend(blocks)
        self._above, self._code = above, False

    def _together(self, lines: list[str]) -> None:
        """Take lines without an empty one between them."""
        words = [line for line in lines if not is_rule(line)]
        if 1 < len(words) < len(lines) and may_begin_table(words[0]):
            found, end = table_at(words, 0)
            if found and end == len(words):
                self._emit([as_it_is(lines)], lines[-1])
                return
        start = 0
        for at, line in enumerate(lines):
            if is_rule(line):
                self._run(lines[start:at])
                self._emit([Rule()], line)
                start = at + 1
        self._run(lines[start:])

    def _run(self, lines: list[str]) -> None:
        """Take lines that no line across parts."""
        if not lines:
            return
        set_in = any(line[0] in " \t" for line in lines)
        if (set_in or self._code) and is_code(lines, self._margin, self._above, self._code):
            self._kept(lines)
            return
        prose: list[str] = []
        at = no_table = no_code = 0
        while at < len(lines):
            line = lines[at]
            if at >= no_table and may_begin_table(line):
                found, no_table = table_at(lines, at)
                if found:
                    self._prose(prose)
                    self._emit([found], lines[no_table - 1])
                    at, prose = no_table, []
                    continue
            if set_in and at >= no_code and indent_of(line) >= self._margin + SET_IN:
                no_code = self._end_of_set_in(lines, at)
                above = prose[-1] if prose else self._above
                if is_code(lines[at:no_code], self._margin, above, False):
                    self._prose(prose)
                    self._kept(lines[at:no_code])
                    at, prose = no_code, []
                    continue
            prose.append(line)
            at += 1
        self._prose(prose)

    def _end_of_set_in(self, lines: list[str], at: int) -> int:
        while at < len(lines) and indent_of(lines[at]) >= self._margin + SET_IN:
            at += 1
        return at

    def _prose(self, lines: list[str]) -> None:
        if lines:
            self._emit([paragraph_of(lines, self._width)], lines[-1])

    def _kept(self, lines: list[str]) -> None:
        """Take code: its lines stay as they are, below code it goes on."""
        text = "\n".join(line.rstrip().expandtabs(4) for line in lines)
        if self._code and isinstance(last := self._blocks[-1], Preformatted):
            self._blocks[-1] = Preformatted(f"{last.text}\n\n{text}")
        else:
            self._blocks.append(Preformatted(text))
        self._above, self._code = lines[-1], True
