"""Quotes of programs that write no ">" at the beginning of a line."""

import re
from collections.abc import Sequence
from typing import Final

from providers.content.quote_lines import Opening, opening_of

_INITIALS: Final = re.compile(r" ?[A-Z][A-Za-z]{0,4}>{1,9}(?: |$)")
_TRIED: Final = 1000  # lines with such marks above which an attribution is looked for
_ABOVE: Final = 3  # lines between the attribution and the first quoted one


def parted(lines: Sequence[str]) -> list[str]:
    """Put the history on a line of its own that Yahoo on phones writes behind "On … wrote:   "."""
    result: list[str] = []
    for line in lines:
        head, _, tail = line.partition(":  ") if "@" in line else (line, "", "")
        if tail.strip() and opening_of(f"{head}:") is Opening.CERTAIN:
            result += [f"{head}:", tail]
        else:
            result.append(line)
    return result


def initialled(lines: Sequence[str]) -> frozenset[int]:
    """Return the numbers of the lines that The Bat and its kin quote with the writer's initials: "TA> …".

    Only below an attribution: "SQL> select" and "Tom> yes" are the sender's own.
    """
    found = [number for number, line in enumerate(lines) if ">" in line and _INITIALS.match(line)]
    for at, first in enumerate(found[:_TRIED]):
        above = lines[max(0, first - _ABOVE) : first]
        if any(opening_of(line) in (Opening.ATTRIBUTION, Opening.CERTAIN) for line in above):
            return frozenset(found[at:])
    return frozenset()
