"""One history of the tables for both databases.

A new revision, from the root of the project:  python -m store.migrations "what changes"
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Index

from store.connecting import build_engine, full_url

_LOCK = 0x4D61696C  # any number, the same in every process: PostgreSQL's advisory lock


class Standing(StrEnum):
    """How a database stands to this program."""

    EMPTY = "empty"
    OLDER = "older"
    CURRENT = "current"
    NEWER = "newer"  # made by a later Mailroom: this one must not touch it


def migrate(database_url: str) -> None:
    """Bring the tables up to date. Safe to call from several processes at once, and when nothing is to do."""
    with _connected(database_url) as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
            connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        command.upgrade(_config(connection), "head")


def standing(database_url: str) -> Standing:
    """Tell how the database stands to this program, and change nothing."""
    with _connected(database_url) as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current is None:
        return Standing.EMPTY
    head, *earlier = _revisions()
    if current == head:
        return Standing.CURRENT
    return Standing.OLDER if current in earlier else Standing.NEWER


@cache
def _revisions() -> tuple[str, ...]:
    """List this program's history, the newest first. Read once: it does not change while we run."""
    script = ScriptDirectory(str(Path(__file__).parent))
    return tuple(revision.revision for revision in script.walk_revisions())


@contextmanager
def _connected(database_url: str) -> Iterator[Connection]:
    engine = build_engine(full_url(database_url), pool_size=1)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def compared(dialect: str) -> Callable[..., bool]:
    """Make what Alembic's comparisons ask: they take an index that PostgreSQL alone has for one of both."""

    def is_compared(item: object, *_: object) -> bool:
        alone = isinstance(item, Index) and item.dialect_options["postgresql"]["using"]
        return dialect == "postgresql" or not alone

    return is_compared


def write_revision(message: str) -> None:
    """Write down how store/schema differs from the history, as a new revision to be read and completed."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/new.db"
        migrate(url)
        with _connected(url) as connection:
            command.revision(_config(connection), message, autogenerate=True)
