"""text/enriched (RFC 1896) → plain text: its commands go, its words and line ends stay."""

import re

_COMMAND = re.compile(r"</?[a-z][a-z0-9-]{0,59}>", re.IGNORECASE)
_PARAMETER = re.compile(r"<param>[^<]*</param>", re.IGNORECASE)
_LINE_ENDS = re.compile(r"\n+")


def unenriched(text: str) -> str:
    """Return the words of an enriched text: one line end is a blank, of several one less counts."""
    lines = _LINE_ENDS.sub(lambda ends: "\n" * (len(ends[0]) - 1) or " ", text.replace("\r\n", "\n").strip())
    # "<<" stands for "<": it begins no command.
    return "<".join(_COMMAND.sub("", _PARAMETER.sub("", part)) for part in lines.split("<<"))
