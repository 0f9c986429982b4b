"""RFC 2047 encoded words in header values → text. Total and linear."""

import base64
import binascii
import quopri
import re

from providers.content.charsets import decode

_WORD = re.compile(r"=\?([^?\s*]{1,40})(?:\*[^?\s]{0,20})?\?([bBqQ])\?([^?\r\n]{0,4000})\?=")
_LONGEST = 100_000  # characters of one header value that are looked at


def decode_words(value: str) -> str:
    """Read a header value that may hold encoded words; what cannot be read stays as it stands.

    Neighbouring words are joined as bytes, since senders cut in the middle of a letter. The result is text
    as the sender made it: line breaks and controls inside a word are still there, callers clean them.
    """
    value = value[:_LONGEST]
    if "=?" not in value:
        return value
    pieces: list[str] = []
    waiting = b""
    charset = ""
    end = 0
    for word in _WORD.finditer(value):
        gap = value[end : word.start()]
        data = _bytes_of(word)
        neighbours = end > 0 and not gap.strip()
        if not (neighbours and word[1].lower() == charset):
            pieces.append(decode(waiting, charset))
            waiting = b""
            if not neighbours:
                pieces.append(gap)
        waiting += data
        charset = word[1].lower()
        end = word.end()
    pieces.append(decode(waiting, charset))
    pieces.append(value[end:])
    return "".join(pieces)


def _bytes_of(word: re.Match[str]) -> bytes:
    payload = word[3].encode("utf-8", "surrogateescape")
    if word[2] in "qQ":
        return quopri.decodestring(payload.replace(b"_", b"=20"), header=False)
    stripped = payload.rstrip(b"=")
    try:
        return base64.b64decode(stripped + b"=" * (-len(stripped) % 4))
    except (binascii.Error, ValueError):
        return word[0].encode("utf-8", "surrogateescape")
