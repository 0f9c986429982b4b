"""The bytes of an attachment, decoded while they arrive: of 25 MB never more than a few pieces are held.

Gmail wraps an attachment into JSON as one base64url string; the client would hold the answer, its text and
the bytes at once.
Source: https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages.attachments
"""

import re
from collections.abc import Iterator

from providers.errors import Unavailable
from providers.google.convert import unpacked

_BEGIN = re.compile(rb'"data"\s*:\s*"')
_END = re.compile(rb'["\\]')  # a backslash can only begin an escaped "=", which is padding
_LARGEST_HEAD = 64 * 1024


def data_in(answer: Iterator[bytes]) -> Iterator[bytes]:
    """Decode the `data` of an answer that comes in pieces. An answer without it is an empty attachment.

    Raises Unavailable when the answer is something else, or ends too early.
    """
    waiting = b""
    for piece in answer:
        waiting += piece
        begin = _BEGIN.search(waiting)
        if begin:
            yield from _decoded(waiting[begin.end() :], answer)
            return
        if len(waiting) > _LARGEST_HEAD:
            raise Unavailable("unreadable_answer")
    if not (waiting.lstrip().startswith(b"{") and waiting.rstrip().endswith(b"}")):
        raise Unavailable("unreadable_answer")


def _decoded(waiting: bytes, answer: Iterator[bytes]) -> Iterator[bytes]:
    while not (end := _END.search(waiting)):
        whole = len(waiting) - len(waiting) % 4
        if whole:
            yield unpacked(waiting[:whole].decode("ascii", "replace"))
        piece = next(answer, None)
        if piece is None:
            raise Unavailable("unreadable_answer")
        waiting = waiting[whole:] + piece
    yield unpacked(waiting[: end.start()].decode("ascii", "replace"))
    for _ in answer:  # to its end, so that the connection can be used again
        pass
