"""The envelope of a batch, as Gmail and as a broken line hand it back."""

from typing import Any

import pytest
from googleapiclient.http import HttpRequest
from hypothesis import given, settings
from hypothesis import strategies as st

from providers.google.api import GmailApi
from providers.google.envelope import read_envelope, write_envelope
from tests.clock import TurnedClock

API = GmailApi("https://gmail.example/google", TurnedClock())
REQUESTS: dict[str, HttpRequest] = {
    key: API.threads.get(userId="me", id=key, fields="id,messages(id)") for key in ("a1", "b2")
}
KIND = "multipart/mixed; boundary=batch_xyz"


def part(number: int, body: str = "{}", status: str = "200 OK", headers: str = "X: y\r\n") -> str:
    return (
        f"--batch_xyz\r\nContent-Type: application/http\r\nContent-ID: <response-item-{number}>\r\n\r\n"
        f"HTTP/1.1 {status}\r\n{headers}\r\n{body}\r\n"
    )


def read(content: str, kind: str = KIND) -> dict[str, tuple[int, bytes]]:
    found = read_envelope(REQUESTS, kind, content.encode())
    return {key: (answer.status, body) for key, (answer, body) in found.items()}


def test_the_batch_goes_to_our_own_address() -> None:
    assert API.batch_address == "https://gmail.example/google/batch"


def test_requests_are_written_as_the_client_made_them() -> None:
    body, headers = write_envelope(REQUESTS)
    text = body.decode()
    assert headers["content-type"].startswith("multipart/mixed; boundary=")
    assert "GET /google/gmail/v1/users/me/threads/a1?fields=id%2Cmessages%28id%29&alt=json HTTP/1.1" in text
    assert text.count("application/http") == 2


def test_answers_find_their_requests_in_any_order() -> None:
    content = part(1, '{"id": "b2"}') + part(0, "gone", "404 Not Found") + "--batch_xyz--"
    assert read(content) == {"a1": (404, b"gone"), "b2": (200, b'{"id": "b2"}')}


def test_line_ends_without_carriage_returns_are_read() -> None:
    assert read((part(0) + "--batch_xyz--").replace("\r\n", "\n")) == {"a1": (200, b"{}")}


def test_a_quoted_boundary_is_read() -> None:
    assert read(part(0) + "--batch_xyz--", 'multipart/mixed; boundary="batch_xyz"') == {"a1": (200, b"{}")}


@pytest.mark.parametrize(
    "content", ["", "--batch_xyz--", part(7), part(0)[:60], "--batch_xyz\r\n\r\n\r\n", part(0, status="OK")]
)
def test_what_is_damaged_is_left_out(content: str) -> None:
    assert read(content) == {}


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=200), st.binary(max_size=20), st.text(max_size=30))
def test_no_damage_raises(at: int, noise: bytes, kind: str) -> None:
    whole = (part(0) + part(1) + "--batch_xyz--").encode()
    for said in (KIND, kind):
        found: dict[str, Any] = read_envelope(REQUESTS, said, whole[:at] + noise + whole[at:])
        assert set(found) <= set(REQUESTS)
