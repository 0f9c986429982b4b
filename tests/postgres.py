"""A real PostgreSQL for the tests: a server in a temporary folder, on a Unix socket, gone afterwards."""

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

MISSING = "These tests need PostgreSQL, and initdb was not found. Install it with: apt-get install postgresql"


@dataclass(frozen=True, slots=True)
class Server:
    """A running server. Its one user `mailroom` may do everything; nothing listens on the network."""

    folder: Path
    binaries: Path

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://mailroom@/{database}?host={self.folder}"

    def create(self) -> str:
        """Make an empty database and give its name."""
        name = f"t{secrets.token_hex(8)}"
        self.run(f'CREATE DATABASE "{name}"')
        return name

    def empty(self, name: str) -> None:
        """End whoever is still connected and delete every row: all belong to a workspace."""
        self.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
        self.run("DELETE FROM workspace", name)

    def run(self, statement: str, database: str = "postgres") -> None:
        """Execute one statement, outside any transaction."""
        where = f"host={self.folder} user=mailroom dbname={database}"
        with psycopg.connect(where, autocommit=True) as link:
            link.execute(statement.encode())

    def start(self) -> None:
        """Start it, the first time or after a crash, and wait until it answers."""
        # durability is not what these tests are about: a killed client must not lose, a killed machine may
        options = f"-k {self.folder} -c listen_addresses= -c fsync=off -c full_page_writes=off"
        self._control("start", "-o", f"{options} -c max_connections=200 -c shared_buffers=32MB")

    def crash(self) -> None:
        """Stop it at once, as a crash would: open transactions are lost."""
        self._control("stop", "-m", "immediate")

    def _control(self, *words: str) -> None:
        data = self.folder / "data"
        _as_nobody_special(
            [self.binaries / "pg_ctl", "-D", data, "-w", "-s", "-l", self.folder / "log", *words]
        )


@contextmanager
def running() -> Iterator[Server]:
    """Start a server for as long as the block lasts. Raises: RuntimeError where PostgreSQL is missing."""
    server = Server(Path(tempfile.mkdtemp(prefix="mailroom-pg-")), _binaries())
    try:
        if os.geteuid() == 0:
            shutil.chown(server.folder, "postgres", "postgres")
        choices = ["-U", "mailroom", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
        _as_nobody_special([server.binaries / "initdb", "-D", server.folder / "data", *choices])
        server.start()
        try:
            yield server
        finally:
            server.crash()
    finally:
        shutil.rmtree(server.folder, ignore_errors=True)


def _binaries() -> Path:
    found = shutil.which("initdb")
    newest = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found is None and not newest:
        raise RuntimeError(MISSING)
    return Path(found).resolve().parent if found else newest[-1].parent


def _as_nobody_special(command: Sequence[str | Path]) -> None:
    """Run a command, as the operating system's user `postgres` when we are root: initdb refuses root."""
    root = os.geteuid() == 0
    done = subprocess.run(
        [str(word) for word in command],
        user="postgres" if root else None,
        group="postgres" if root else None,
        extra_groups=[] if root else None,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stderr}")
