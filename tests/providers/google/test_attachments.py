"""An attachment is decoded while it arrives, however the answer is cut into pieces."""

import base64
import json
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from providers.errors import Unavailable
from providers.google.attachments import data_in


def cut(answer: bytes, sizes: list[int]) -> list[bytes]:
    pieces = []
    for size in [*sizes, len(answer)]:
        pieces.append(answer[:size])
        answer = answer[size:]
    return [one for one in pieces if one]


@settings(deadline=None)
@given(
    data=st.binary(max_size=200),
    sizes=st.lists(st.integers(min_value=1, max_value=50), max_size=12),
    padded=st.booleans(),
    escaped=st.booleans(),
    pretty=st.booleans(),
)
def test_any_cut_gives_the_same_bytes(
    data: bytes, sizes: list[int], padded: bool, escaped: bool, pretty: bool
) -> None:
    packed = base64.urlsafe_b64encode(data).decode()
    packed = packed if padded else packed.rstrip("=")
    answer = json.dumps({"size": len(data), "data": packed, "x": 1}, indent=2 if pretty else None)
    answer = answer.replace("=", "\\u003d") if escaped else answer
    assert b"".join(data_in(iter(cut(answer.encode(), sizes)))) == data


def test_an_attachment_without_bytes_is_empty() -> None:
    assert list(data_in(iter([b'{"size"', b": 0}\n"]))) == []


@pytest.mark.parametrize("answer", [b'{"data": "YWJjZGVm', b"<html>", b"", b"[1]", b"x" * 100_000])
def test_an_answer_that_is_none_is_told_instead_of_a_short_file(answer: bytes) -> None:
    with pytest.raises(Unavailable):
        b"".join(data_in(iter(cut(answer, [5, 5]))))


def test_only_pieces_are_held() -> None:
    """Whatever the size: each piece that comes goes out again before the next one is read."""
    asked = 0

    def pieces() -> Iterator[bytes]:
        nonlocal asked
        yield b'{"data": "'
        for _ in range(100):
            asked += 1
            yield b"QUJD" * 1000
        yield b'"}'

    stream = data_in(pieces())
    for expected in range(1, 51):
        assert next(stream) == b"ABC" * 1000
        assert asked <= expected + 1
