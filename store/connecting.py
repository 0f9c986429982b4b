"""Builds the SQLAlchemy engine: where SQLite and PostgreSQL differ in their settings."""

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url

PATIENCE = 10.0  # seconds a writer waits for its turn unless it says otherwise
STATEMENT_SECONDS = 10  # PostgreSQL, for one statement
IDLE_SECONDS = 30  # PostgreSQL, for a transaction that does nothing

_SQLITE_SETTINGS = (
    f"busy_timeout = {int(PATIENCE * 1000)}",
    "journal_mode = WAL",
    "synchronous = FULL",  # a committed step must outlive a power cut: the next act relies on it
    "foreign_keys = ON",
    "secure_delete = ON",  # what was erased is overwritten
)


_COUNTED = {"preserve_rowcount": True}  # else the count of an INSERT is gone before anybody asks


def full_url(url: str) -> URL:
    """Name the driver that Mailroom ships. Raises ValueError for anything but the two databases."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() != "sqlite":
        raise ValueError("the database must be sqlite:///… or postgresql://…")
    if not parsed.database or parsed.database == ":memory:":
        raise ValueError("a SQLite database needs a file: sqlite:///mailroom.db")
    return parsed


def build_engine(url: URL, pool_size: int) -> Engine:
    """Make the engine. It opens no connection yet."""
    return _sqlite(url, pool_size) if url.get_backend_name() == "sqlite" else _postgresql(url, pool_size)


def _sqlite(url: URL, pool_size: int) -> Engine:
    engine = create_engine(
        url,
        hide_parameters=True,
        execution_options=_COUNTED,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=5,
        # isolation_level None: the driver's own BEGIN leaves SELECT outside the transaction and loses updates
        connect_args={"check_same_thread": False, "isolation_level": None},
    )

    @event.listens_for(engine, "connect")
    def prepare(raw: Any, _record: Any) -> None:
        for setting in _SQLITE_SETTINGS:
            raw.execute(f"PRAGMA {setting}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.info.get("begin", "BEGIN IMMEDIATE"))

    return engine


def _postgresql(url: URL, pool_size: int) -> Engine:
    limits = {
        "statement_timeout": STATEMENT_SECONDS * 1000,
        "lock_timeout": int(PATIENCE * 1000) - 500,  # before the statement's: the error then says why
        "idle_in_transaction_session_timeout": IDLE_SECONDS * 1000,
        "timezone": "UTC",
    }
    return create_engine(
        url,
        hide_parameters=True,
        execution_options=_COUNTED,
        pool_pre_ping=True,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=5,
        connect_args={
            "options": " ".join(f"-c {name}={value}" for name, value in limits.items()),
            "connect_timeout": 5,
        },
    )
