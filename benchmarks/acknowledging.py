"""`ack_ratio`: acknowledged `/inbox help` commands per second, as a share of a bare Bolt app's.

Both run under gunicorn with one gthread worker and equal threads; the rounds alternate, so that a busy
machine slows both.
"""

import hashlib
import hmac
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from statistics import median
from urllib.parse import urlencode

from benchmarks.measures import Measure
from benchmarks.processes import APP, free_port
from bot.manifest import load_manifest
from bot.trying import Trial
from sandbox.demo import Demo, open_demo

THREADS, CONNECTIONS, SECONDS, ROUNDS = 16, 8, 2.0, 5
OK = b"HTTP/1.1 200"


def measure() -> list[Measure]:
    """Run the rounds. Takes about half a minute."""
    port = free_port()
    demo = open_demo(
        0, f"http://127.0.0.1:{port}/slack/events", dict(load_manifest().content), "http://127.0.0.1/"
    )
    with closing(demo), closing(Trial(APP, demo, port)) as trial, _bare(demo) as bare_port:
        if not trial.ready():
            raise RuntimeError(trial.wait())
        command = _command(demo)
        for warm in (port, bare_port):
            _round(warm, command, 1.0)
        ours, bare = [], []
        for _ in range(ROUNDS):
            bare.append(_round(bare_port, command, SECONDS))
            ours.append(_round(port, command, SECONDS))
    ratio = median(o / b for o, b in zip(ours, bare, strict=True))
    return [
        Measure("ack_ratio", round(ratio, 3), "× acks/s of bare Bolt", 0.8, "higher", round(median(bare)))
    ]


@contextmanager
def _bare(demo: Demo) -> Iterator[int]:
    port = free_port()
    environment = dict(os.environ, SLACK_SIGNING_SECRET=demo.signing_secret)
    gunicorn = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--log-level", "error"]
    alike = ["--worker-class", "gthread", "--threads", str(THREADS), "--keep-alive", "75"]  # as Mailroom's
    command = [*gunicorn, *alike, "--no-control-socket", "benchmarks.bare:build()"]
    server = subprocess.Popen(command, env=environment, cwd=APP.parent)
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def _command(demo: Demo) -> bytes:
    state = demo.sandbox.slack.state
    workspace = next(iter(state.workspaces.values()))
    user = next(iter(workspace.users.values()))
    form = {
        "token": "x",
        "team_id": workspace.id,
        "team_domain": "northwind",
        "channel_id": "C1",
        "user_id": user.id,
        "user_name": "ann",
        "command": "/inbox",
        "text": "help",
        "api_app_id": "A0MAILROOM",
        "response_url": f"{demo.base_url}/commands/none",
        "trigger_id": "1.2.3",
    }
    body, stamp = urlencode(form).encode(), str(int(time.time()))
    signed = hmac.new(demo.signing_secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256)
    head = (
        "POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: keep-alive\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"X-Slack-Request-Timestamp: {stamp}\r\nX-Slack-Signature: v0={signed.hexdigest()}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _round(port: int, request: bytes, seconds: float) -> float:
    """Send the command over several kept connections; give the acknowledgements per second."""
    counts = [0] * CONNECTIONS
    end = time.monotonic() + seconds

    def client(place: int) -> None:
        with socket.create_connection(("127.0.0.1", port)) as wire:
            wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while time.monotonic() < end:
                wire.sendall(request)
                if not _answer(wire).startswith(OK):
                    raise RuntimeError("a command was not acknowledged")
                counts[place] += 1

    threads = [threading.Thread(target=client, args=(place,)) for place in range(CONNECTIONS)]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.monotonic() - begun)


def _answer(wire: socket.socket) -> bytes:
    got = b""
    while b"\r\n\r\n" not in got:
        more = wire.recv(65536)
        if not more:
            raise RuntimeError("the server closed the connection")
        got += more
    head, _, body = got.partition(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1])
        for line in head.split(b"\r\n")
        if line.lower().startswith(b"content-length:")
    )
    while len(body) < length:
        body += wire.recv(65536)
    return head


def _wait_for(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 0.1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the bare app did not start")
