"""Write messages as bytes, exactly as asked: charsets and encodings of the world's mail programs included.

Python's own generator is not used: it would mend what is meant to be odd, and it folds long Message-IDs.
"""

import base64
import quopri
from collections.abc import Sequence
from dataclasses import dataclass

CRLF = b"\r\n"
Header = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """One leaf or branch of a MIME tree, ready to be written: `body` is already encoded for transport."""

    headers: tuple[Header, ...]
    body: bytes


def encoded_word(text: str, charset: str = "utf-8") -> str:
    """Encode a header value as RFC 2047 words when it is not plain ASCII. Shape: folded lines."""
    if text.isascii() and all(character.isprintable() for character in text):
        return text
    words: list[str] = []
    run = ""
    for character in text:
        if len(_word(run + character, charset)) > 72:
            words.append(_word(run, charset))
            run = ""
        run += character
    words.append(_word(run, charset))
    return "\r\n ".join(words)


def _word(text: str, charset: str) -> str:
    return f"=?{charset}?B?{base64.b64encode(text.encode(charset, 'replace')).decode()}?="


def mailbox(name: str, address: str, charset: str = "utf-8") -> str:
    """Write an address with its name."""
    if not name:
        return address
    if name.isascii():
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        plain = all(character.isalnum() or character in " -'" for character in name)
        return f"{name} <{address}>" if plain else f'"{quoted}" <{address}>'
    return f"{encoded_word(name, charset)} <{address}>"


def text_part(
    text: str, subtype: str = "plain", charset: str = "utf-8", encoding: str = "qp", extra: str = ""
) -> Part:
    """Write text in a charset and a transfer encoding ("qp", "base64", "8bit", "7bit")."""
    data = text.replace("\r\n", "\n").replace("\n", "\r\n").encode(charset, "xmlcharrefreplace")
    name, body = _transport(data, encoding)
    return Part(
        (
            ("Content-Type", f'text/{subtype}; charset="{charset}"{extra}'),
            ("Content-Transfer-Encoding", name),
        ),
        body,
    )


def _transport(data: bytes, encoding: str) -> tuple[str, bytes]:
    if encoding == "base64":
        return "base64", base64.encodebytes(data).replace(b"\n", CRLF)
    if encoding == "qp":
        unix = data.replace(CRLF, b"\n")
        return "quoted-printable", quopri.encodestring(unix).replace(b"\n", CRLF)
    return encoding, data


def file_part(name: str, kind: str, data: bytes, content_id: str = "") -> Part:
    """Write a file, inline with its Content-ID when it has one."""
    shown = encoded_word(name)
    headers: list[Header] = [
        ("Content-Type", f'{kind}; name="{shown}"'),
        ("Content-Transfer-Encoding", "base64"),
        ("Content-Disposition", f'{"inline" if content_id else "attachment"}; filename="{shown}"'),
    ]
    if content_id:
        headers.append(("Content-ID", f"<{content_id}>"))
    return Part(tuple(headers), base64.encodebytes(data).replace(b"\n", CRLF))


def typed_part(kind: str, body: bytes, *headers: Header) -> Part:
    """Write a leaf of any type, its body as it is."""
    return Part((("Content-Type", kind), *headers), body)


def multipart(subtype: str, boundary: str, parts: Sequence[Part], extra: str = "") -> Part:
    """Put parts under one branch; a single part needs none and is returned as it is."""
    if len(parts) == 1 and subtype in {"mixed", "related", "alternative"}:
        return parts[0]
    pieces: list[bytes] = []
    for part in parts:
        pieces += [b"--" + boundary.encode() + CRLF, render((), part), CRLF]
    pieces.append(b"--" + boundary.encode() + b"--" + CRLF)
    return Part((("Content-Type", f'multipart/{subtype}; boundary="{boundary}"{extra}'),), b"".join(pieces))


def render(headers: Sequence[Header], part: Part, *, charset: str = "utf-8") -> bytes:
    """Write headers and a part as one message. A header of the part is never written twice."""
    lines = [f"{name}: {value}" for name, value in (*headers, *part.headers)]
    return CRLF.join(line.encode(charset, "replace") for line in lines) + CRLF + CRLF + part.body


def fold_ids(ids: Sequence[str]) -> str:
    """Write a References value, one id on a line."""
    return "\r\n ".join(ids)
