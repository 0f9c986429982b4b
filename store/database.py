"""Opens the database and hands out transactions.

with database.write(patience=1.5) as tx:
    members.get(tx, workspace_id, member_id)
"""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.pool import QueuePool

from store.connecting import PATIENCE, build_engine, full_url
from store.ids import new_id
from store.transactions import (
    Busy,
    Clock,
    InsideTransaction,
    StoreFault,
    Transaction,
    after_commit,
    opened,
    outside_transaction,
    plain_errors,
)

__all__ = [
    "Busy",
    "Clock",
    "Database",
    "InsideTransaction",
    "SecondProcess",
    "StoreFault",
    "Transaction",
    "after_commit",
    "new_id",
    "outside_transaction",
]


class SecondProcess(RuntimeError):
    """Another process works on this SQLite file."""


class Database:
    """One SQLite file or one PostgreSQL database. Build it in the worker, never before a fork."""

    def __init__(self, url: str, clock: Clock, pool_size: int = 20) -> None:
        self.url = full_url(url)
        self.clock = clock
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._engine = build_engine(self.url, pool_size)
        self._writers = threading.Lock()
        self._lock: int | None = None

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """Open a transaction that cannot write and waits for no writer. Raises: Busy."""
        outside_transaction()
        with plain_errors(), self._engine.connect() as connection:
            if self.is_sqlite:
                connection.info["begin"] = "BEGIN"
                _pragma(connection, "query_only = ON")
            else:
                connection.execution_options(postgresql_readonly=True)
            with connection.begin(), opened(Transaction(connection, self.clock)) as tx:
                yield tx
        _run_after_commit(tx)

    @contextmanager
    def write(self, patience: float = PATIENCE) -> Iterator[Transaction]:
        """Open a transaction that may write: committed at the end, rolled back by any exception.

        Raises: Busy when its turn has not come after `patience` seconds. A listener says 1.5.
        """
        outside_transaction()
        with self._turn(patience), plain_errors(), self._engine.connect() as connection:
            if self.is_sqlite:
                connection.info["begin"] = "BEGIN IMMEDIATE"
                _pragma(connection, "query_only = OFF")
                _pragma(connection, f"busy_timeout = {int(patience * 1000)}")
            with connection.begin(), opened(Transaction(connection, self.clock)) as tx:
                if not self.is_sqlite and patience != PATIENCE:
                    connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(patience * 1000)}")
                yield tx
        _run_after_commit(tx)

    @contextmanager
    def _turn(self, patience: float) -> Iterator[None]:
        """Let the writers of this process queue here: SQLite's own waiting is polling, and unfair."""
        if not self.is_sqlite:
            yield
            return
        if not self._writers.acquire(timeout=patience):
            raise Busy("another writer was not done in time")
        try:
            yield
        finally:
            self._writers.release()

    def take(self) -> None:
        """Make this the one process that works on a SQLite file, until `close`. PostgreSQL takes any number.

        Raises: SecondProcess. The lock is the operating system's: it dies with the process, however it dies.
        """
        if not self.is_sqlite or self._lock is not None:
            return
        held = os.open(f"{self.url.database}.lock.pid", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            other = os.read(held, 20).decode("ascii", "replace") or "unknown"
            os.close(held)
            raise SecondProcess(
                f"Process {other} already works on this SQLite database. Stop it first, or use PostgreSQL, "
                "which any number of processes can share."
            ) from None
        os.ftruncate(held, 0)
        os.write(held, str(os.getpid()).encode())
        self._lock = held

    def checked_out(self) -> int:
        """Count the connections in use at this moment."""
        pool = self._engine.pool
        return pool.checkedout() if isinstance(pool, QueuePool) else 0

    def close(self) -> None:
        """Give back every connection and the lock file."""
        self._engine.dispose()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def _pragma(connection: Connection, setting: str) -> None:
    # on the driver's connection: through SQLAlchemy it would begin a transaction
    raw = connection.connection.driver_connection
    if raw is not None:
        raw.execute(f"PRAGMA {setting}")


def _run_after_commit(tx: Transaction) -> None:
    for action in tx.after_commit:
        action()
