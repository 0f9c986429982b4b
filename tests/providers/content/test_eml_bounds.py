"""Files that somebody made to keep the standard library busy, and what it trips over.

Those of the first test took minutes to days before their bounds; a run that hangs here is a failure.
"""

import pytest

from providers.content.eml import DEEPEST, parse_eml
from providers.content.parts import MAX_PARTS
from providers.content.reading import read_message

MIXED = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"


def read(data: bytes) -> str:
    """What a reader sees of a file."""
    return read_message(parse_eml(data).message).text


BUSY = {
    "a charset that is a way to write names": b"Content-Type: text/plain; charset=punycode\r\n\r\nhello \xff-"
    + b"a" * 1_000_000,
    "a name of a million semicolons": b'Content-Type: text/plain; x="' + b";" * 1_000_000 + b'"\r\n\r\nhello',
    "a million parameters": b"Content-Type: text/plain" + b"; a=b" * 1_000_000 + b"\r\n\r\nhello",
    "a million parts": MIXED + b"--b\r\n\r\nhello\r\n" * 1_000_000,
    "messages in messages": b"Content-Type: message/rfc822\r\n\r\n" * 100_000 + b"hello",
    "headers without end": b"X-A: b\r\n" * 2_000_000 + b"\r\nhello",
}


@pytest.mark.parametrize("name", BUSY)
def test_a_file_made_to_keep_the_parser_busy_is_read(name: str) -> None:
    parsed = parse_eml(BUSY[name])
    assert name == "messages in messages" or read(BUSY[name]).startswith("hello")
    assert len(parsed.attachments) <= MAX_PARTS


def test_parts_too_deep_to_be_taken_apart_are_shown_as_they_stand() -> None:
    deep = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (number, number)
        for number in range(4 * DEEPEST)
    )
    assert "still here" in read(deep + b"\r\nstill here")


@pytest.mark.parametrize("charset", ["charset*=utf-8''utf-8", "charset*0=ut; charset*1=f-8"])
def test_a_charset_written_in_pieces_is_a_charset(charset: str) -> None:
    head = f"Content-Type: text/plain; {charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    assert read(head.encode() + "Grüße".encode()) == "Grüße"


@pytest.mark.parametrize("label", ["punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined"])
def test_what_only_programs_call_a_charset_is_none(label: str) -> None:
    head = f"Content-Type: text/plain; charset={label}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    assert read(head.encode() + "Grüße \\u202e-abc".encode("cp1252")) == "Grüße \\u202e-abc"
