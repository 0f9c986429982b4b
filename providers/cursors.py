"""Cursors of a long reading: one short text, which says something only to the vendor that wrote it."""

import base64
import binascii
import json
import zlib
from typing import Any

from providers.errors import CursorExpired

_LARGEST = 8 * 1024 * 1024  # bytes of a cursor unpacked; ours stay far below


def write_cursor(held: list[Any]) -> str:
    """Write what JSON can hold."""
    return base64.urlsafe_b64encode(zlib.compress(json.dumps(held, separators=(",", ":")).encode())).decode()


def read_cursor(cursor: str) -> list[Any]:
    """Read it again. Raises CursorExpired for what was not written here."""
    try:
        unpacker = zlib.decompressobj()
        held = json.loads(unpacker.decompress(base64.urlsafe_b64decode(cursor.encode("ascii")), _LARGEST))
        if unpacker.eof and isinstance(held, list):
            return held
    except (binascii.Error, zlib.error, ValueError, RecursionError):
        pass
    raise CursorExpired("cursor")
