"""A tiny world outside on loopback that counts what was done to it, and kills whoever asks, when told to.

`PUT /draft/KEY` prepares, `POST /send/KEY` sends that draft once (404 when it is gone), `GET /sent/KEY` shows
the evidence, `POST /post/KEY` does it every time it is asked. Header `X-Pid` says who is asking.
"""

import os
import signal
import threading
from collections import Counter
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Plan = Callable[[int], str]  # number of the request, from 1 → "", "before", "after" or "503"


class Recorder:
    """The server and what it counted. Use it as a context manager."""

    def __init__(self, plan: Plan = lambda _number: "") -> None:
        self._plan = plan
        self._lock = threading.Lock()
        self._requests = 0
        self._drafts: set[str] = set()
        self.effects: Counter[str] = Counter()
        self.kills = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def __enter__(self) -> "Recorder":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def answer(self, method: str, path: str, pid: int) -> int:
        """Do what is asked and give the status; by plan, kill the asker before or after it is done."""
        with self._lock:
            self._requests += 1
            fate = self._plan(self._requests)
            if fate == "503":
                return 503
            if fate == "before":
                self._kill(pid)
                return 500
            status = self._do(method, *path.strip("/").split("/"))
            if fate == "after":
                self._kill(pid)
            return status

    def _do(self, method: str, verb: str, key: str) -> int:
        if (method, verb) == ("PUT", "draft"):
            self._drafts.add(key)
            return 200
        if (method, verb) == ("GET", "sent"):
            return 200 if self.effects[key] else 404
        if (method, verb) == ("POST", "send"):
            if key not in self._drafts:
                return 404
            self._drafts.remove(key)
        self.effects[key] += 1
        return 200

    def _kill(self, pid: int) -> None:
        self.kills += 1
        os.kill(pid, signal.SIGKILL)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        recorder = self

        class Handler(BaseHTTPRequestHandler):
            def handle_one_request(self) -> None:
                try:
                    self.raw_requestline = self.rfile.readline()
                    self.close_connection = True
                    if self.raw_requestline and self.parse_request():
                        status = recorder.answer(self.command, self.path, int(self.headers["X-Pid"]))
                        self.send_response_only(status)
                        self.send_header("Content-Length", "0")
                        self.end_headers()
                except ConnectionError:  # the asker is dead, which is the point
                    self.close_connection = True

        return Handler
