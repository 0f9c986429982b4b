"""What happens when Google's answers are not Gmail's: HTML, nothing, half of it. And when nobody is there."""

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from providers import Provider
from providers.errors import DeliveryUncertain, NotFound, Unavailable
from providers.google import google_provider
from providers.mail import Mailbox, Prepared
from tests.providers.contract import DANA, outgoing

PREPARED = Prepared("key-0123456789", '{"v": 1, "draft": "r1", "thread": "t1"}', outgoing())
HEADERS = [{"name": "To", "value": DANA}]

Speaker = Callable[[str], tuple[str, bytes, int]]  # path → content type, body, bytes announced beyond it
Speak = Callable[[Speaker], Mailbox]


@pytest.fixture
def speak() -> Iterator[Speak]:
    """Give a mailbox at a server that answers as told."""
    open_ones: list[Callable[[], None]] = []

    def begin(speaker: Speaker) -> Mailbox:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.rfile.read(int(self.headers.get("content-length") or 0))
                kind, body, missing = speaker(self.path)
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body) + missing))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self) -> None:
                self.do_GET()

            def log_message(self, *args: object) -> None:
                """Write nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = Thread(target=server.serve_forever)
        thread.start()
        provider = at(f"http://127.0.0.1:{server.server_port}/google")
        open_ones.extend([provider.close, server.shutdown, server.server_close, thread.join])
        return provider.open_mailbox("token", "ann@northwind.example")

    yield begin
    for close in open_ones:
        close()


def at(base: str) -> Provider:
    return google_provider("id", "secret", base, base, base, base, base, base, wait=lambda seconds: None)


def json_about(path: str) -> tuple[str, bytes, int]:
    """Answer as Gmail does as long as the draft is only looked at."""
    if path.startswith("/google/gmail/v1/users/me/drafts/r1"):
        body = {"id": "r1", "message": {"payload": {"headers": HEADERS}}}
        return "application/json", json.dumps(body).encode(), 0
    return "application/json", b"{}", 0


@pytest.mark.parametrize(
    ("kind", "body", "missing"),
    [
        ("text/html", b"<html><h1>Sign in to the hotel's network</h1></html>", 0),
        ("application/json", b'{"threads": [{"id": "1"', 0),
        ("application/json", b'{"threads": []}', 100),
        ("application/json", b"\xff\xfe\x00", 0),
        ("application/json", b"", 0),
    ],
)
def test_a_list_that_is_none_is_unavailable(speak: Speak, kind: str, body: bytes, missing: int) -> None:
    with pytest.raises(Unavailable):
        speak(lambda path: (kind, body, missing)).threads_with([DANA], "", 20, None)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/html", b"<html></html>"),
        ("multipart/mixed; boundary=b", b"--b\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 200 OK"),
        ("multipart/mixed; boundary=b", b"--b\r\nContent-ID: <x>\r\n\r\nnonsense\r\n--b--"),
        ("multipart/mixed; boundary=b", b"--b--"),
        ("multipart/mixed", b"\xff"),
    ],
)
def test_a_batch_that_is_none_is_unavailable(speak: Speak, kind: str, body: bytes) -> None:
    def answer(path: str) -> tuple[str, bytes, int]:
        if "batch" in path:
            return kind, body, 0
        return "application/json", b'{"threads": [{"id": "1"}, {"id": "2"}]}', 0

    with pytest.raises(Unavailable):
        speak(answer).threads_with([DANA], "", 20, None)


@pytest.mark.parametrize(
    "body", [b"<html>", b"[1, 2]", b'"x"', b"null", b'{"messages": 7}', b'{"messages": [1]}']
)
def test_a_thread_of_another_shape_is_told_in_our_words(speak: Speak, body: bytes) -> None:
    with pytest.raises((Unavailable, NotFound)):
        speak(lambda path: ("application/json", body, 0)).thread("1")


@pytest.mark.parametrize("body", [b"<html>", b'{"id": "1', b"\xff"])
def test_an_unreadable_answer_to_a_send_is_uncertain(speak: Speak, body: bytes) -> None:
    def answer(path: str) -> tuple[str, bytes, int]:
        return ("text/html", body, 0) if path.split("?")[0].endswith("/send") else json_about(path)

    with pytest.raises(DeliveryUncertain):
        speak(answer).send(PREPARED)


def test_a_send_that_is_taken_without_a_word_is_taken(speak: Speak) -> None:
    assert speak(json_about).send(PREPARED) is None


def test_where_nobody_listens_nothing_was_sent() -> None:
    """Then the caller may try again, whatever the provider promises about sending twice."""
    provider = at("http://127.0.0.1:9")
    mailbox = provider.open_mailbox("token", "ann@northwind.example")
    for act in (lambda: mailbox.send(PREPARED), lambda: mailbox.prepare(outgoing(), "key-0123456789")):
        with pytest.raises(Unavailable) as failure:
            act()
        assert not isinstance(failure.value, DeliveryUncertain)
    provider.close()
