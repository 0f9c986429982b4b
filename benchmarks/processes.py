"""What benchmarks that start Mailroom as a process share."""

import socket
from pathlib import Path

APP = Path(__file__).resolve().parent.parent / "app.py"


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
