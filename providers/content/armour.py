"""Plain text signed in the open with PGP (RFC 9580, 7): the words, apart from what programs check."""

import re
from typing import NamedTuple

_HEAD = "-----BEGIN PGP SIGNED MESSAGE-----"
_BEGIN = re.compile(rf"^{_HEAD}[ \t]*\n(?:[A-Za-z-]{{1,30}}: [^\n]{{0,200}}\n){{0,9}}[ \t]*\n", re.MULTILINE)
_SIGNATURE, _END = "\n-----BEGIN PGP SIGNATURE-----\n", "\n-----END PGP SIGNATURE-----"
_ESCAPED = re.compile(r"^- (?=-)", re.MULTILINE)


class Signed(NamedTuple):
    """A signed text: what stands before it and is not signed, the words, the signature, what follows."""

    before: str
    words: str
    signature: str
    after: str


def clear_signed(text: str) -> Signed | None:
    """Take a signed text apart; None for one that is not signed, or damaged."""
    if _HEAD not in text:
        return None
    text = text.replace("\r\n", "\n")
    begin = _BEGIN.search(text)
    at = text.find(_SIGNATURE, begin.end() - 1) if begin else -1
    end = text.find(_END, at) if at >= 0 else -1
    if begin is None or end < 0:
        return None
    words = _ESCAPED.sub("", text[begin.end() : at])
    return Signed(text[: begin.start()], words, text[at + 1 : end + len(_END)], text[end + len(_END) :])
