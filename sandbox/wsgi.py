"""A small threaded HTTP server for WSGI applications: kept-alive connections, no Nagle, resets on purpose.

Werkzeug's server closes each connection after one answer, which would put a handshake into every measured
call; this one reads each body to its end first, so that a connection can go on.
"""

import io
import socket
import struct
import sys
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from socketserver import TCPServer, ThreadingMixIn
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import unquote

from sandbox.faults import BrokenOnPurpose

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

BODY_BYTES = 64 * 1024 * 1024


class Server(ThreadingMixIn, TCPServer):
    """Serve one application on loopback, a thread for each connection."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, app: "WSGIApplication", port: int) -> None:
        self.app = app
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._accepting: threading.Thread | None = None
        self._closing = False
        super().__init__(("127.0.0.1", port), _Handler)

    @property
    def port(self) -> int:
        """Return the port, the one that was chosen when 0 was asked for."""
        return int(self.server_address[1])

    def serve_in_thread(self) -> None:
        """Serve until `close_all`."""
        self._accepting = threading.Thread(target=self._accept, name="sandbox-server", daemon=True)
        self._accepting.start()

    def _accept(self) -> None:
        # unlike serve_forever, this looks up only when there is a connection
        while not self._closing:
            self.handle_request()

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Pass over clients that went away; let everything else be seen."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def close_all(self) -> None:
        """Stop listening and end every connection that is still open."""
        self._closing = True
        if self._accepting is not None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 5):
                self._accepting.join()  # this was the connection that it waited for
        self.server_close()
        with self._lock:
            for connection in self._open:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 64 * 1024
    server: Server

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing: paths of the sandbox may name people."""

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except ConnectionError:
            self.close_connection = True

    def _serve(self) -> None:
        body = self._body()
        if body is None:
            self.send_error(413)
            self.close_connection = True
            return
        try:
            self._answer(body)
        except BrokenOnPurpose:
            self.close_connection = True
            # Lingering for nought seconds makes the coming close() a reset.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def _body(self) -> bytes | None:
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            return self._chunks()
        length = int(self.headers.get("Content-Length") or 0)
        return self.rfile.read(length) if length <= BODY_BYTES else None

    def _chunks(self) -> bytes | None:
        body = io.BytesIO()
        while size := int(self.rfile.readline().split(b";")[0].strip() or b"0", 16):
            if body.tell() + size > BODY_BYTES:
                return None
            body.write(self.rfile.read(size))
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass
        return body.getvalue()

    def _answer(self, body: bytes) -> None:
        begun: list[tuple[str, list[tuple[str, str]]]] = []

        def start(
            status: str, headers: list[tuple[str, str]], exc_info: object = None, /
        ) -> Callable[[bytes], object]:
            del exc_info
            begun[:] = [(status, headers)]
            return self.wfile.write

        parts = self.server.app(self._environ(body), cast("StartResponse", start))
        try:
            self._write(begun, parts)
        finally:
            close = getattr(parts, "close", None)
            if close is not None:
                close()

    def _write(self, begun: list[tuple[str, list[tuple[str, str]]]], parts: Iterable[bytes]) -> None:
        waiting = iter(parts)
        first = next(waiting, b"")
        status, headers = begun[0]
        code, _, words = status.partition(" ")
        self.send_response_only(int(code), words)
        names = {name.lower() for name, _ in headers}
        empty = self.command == "HEAD" or code in ("204", "304")
        chunked = "content-length" not in names and not empty
        for name, value in headers:
            self.send_header(name, value)
        if "date" not in names:
            self.send_header("Date", self.date_time_string())
        if chunked:
            self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for part in self._with_first(first, waiting):
            if part and not empty:
                self.wfile.write(b"%x\r\n%b\r\n" % (len(part), part) if chunked else part)
                if chunked:
                    self.wfile.flush()
        if chunked:
            self.wfile.write(b"0\r\n\r\n")
        self.wfile.flush()

    @staticmethod
    def _with_first(first: bytes, rest: Iterable[bytes]) -> Iterable[bytes]:
        yield first
        yield from rest

    def _environ(self, body: bytes) -> "WSGIEnvironment":
        path, _, query = self.path.partition("?")
        environ: WSGIEnvironment = {
            "REQUEST_METHOD": self.command,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote(path, "latin-1"),
            "QUERY_STRING": query,
            "RAW_URI": self.path,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": str(self.server.port),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": self.client_address[0],
            "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        for name, value in self.headers.items():
            key = name.upper().replace("-", "_")
            if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
                environ[f"HTTP_{key}"] = value
        return environ


for _method in ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"):
    setattr(_Handler, f"do_{_method}", _Handler._serve)
