"""Ids of items: the plain one changes with every move, the immutable one does not; links to next pages.

Source: https://learn.microsoft.com/graph/outlook-immutable-id
"""

import base64
import hmac
import json
import secrets

from sandbox.microsoft.graph.errors import bad_request, malformed_id, not_found

_PREFIX = {
    "plain": "AAMkA",
    "immutable": "AAkAL",
    "folder": "AQMkA",
    "conversation": "AAQkA",
    "calendar": "AQMkC",
}


class Ids:
    """Make and read ids. They are case-sensitive, belong to one mailbox, and cannot be made up."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(16)

    def make(self, kind: str, mailbox: str, *parts: str) -> str:
        """Make the same id of the same parts, whenever it is asked for."""
        plain = json.dumps([mailbox, *parts]).encode()
        check = self._check(kind, plain)
        stream = hmac.digest(self._secret, check, "sha512") * (len(plain) // 64 + 1)
        hidden = bytes(a ^ b for a, b in zip(plain, stream, strict=False))
        return _PREFIX[kind] + base64.urlsafe_b64encode(check + hidden).decode()

    def read(self, kind: str, mailbox: str, text: str) -> list[str]:
        """Read an id of this kind. Raises GraphError: malformed, or of another mailbox."""
        found = self._open(kind, text)
        if found is None:
            raise malformed_id()
        if found[0] != mailbox:
            raise not_found()
        return found[1:]

    def conversation(self, mailbox: str, text: str) -> str | None:
        """Find the thread behind a conversationId; None when it is none of this mailbox."""
        found = self._open("conversation", text)
        return found[1] if found and found[0] == mailbox else None

    def _open(self, kind: str, text: str) -> list[str] | None:
        prefix = _PREFIX[kind]
        if not text.startswith(prefix):
            return None
        try:
            raw = base64.urlsafe_b64decode(text[len(prefix) :])
        except ValueError:
            return None
        check, hidden = raw[:9], raw[9:]
        stream = hmac.digest(self._secret, check, "sha512") * (len(hidden) // 64 + 1)
        plain = bytes(a ^ b for a, b in zip(hidden, stream, strict=False))
        if not hmac.compare_digest(check, self._check(kind, plain)):
            return None
        values: list[str] = json.loads(plain)
        return values

    def seal(self, *values: str | int) -> str:
        """Make the token of a next page or a later delta."""
        plain = json.dumps(values).encode()
        return base64.urlsafe_b64encode(self._check("token", plain) + plain).rstrip(b"=").decode()

    def unseal(self, word: str) -> list[str | int]:
        """Read such a token again. Raises GraphError."""
        try:
            raw = base64.urlsafe_b64decode(word + "=" * (-len(word) % 4))
        except ValueError:
            raise bad_request("Badly formed token.") from None
        if not hmac.compare_digest(raw[:9], self._check("token", raw[9:])):
            raise bad_request("Badly formed token.")
        values: list[str | int] = json.loads(raw[9:])
        return values

    def _check(self, kind: str, plain: bytes) -> bytes:
        return hmac.digest(self._secret, kind.encode() + b":" + plain, "sha256")[:9]
