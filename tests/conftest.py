"""Fixtures for every test: a migrated database, on SQLite and on PostgreSQL, and a browser."""

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.database import Database
from store.migrations import migrate
from tests import postgres, statements
from tests.chromium import browser
from tests.clock import TurnedClock

__all__ = ["browser"]

SLOW = ("kill", "browser")  # minutes each: begun last, one worker would run them while the other has nothing


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest. Each file stays as it is."""
    ranks: dict[Path, int] = {}
    for item in items:
        rank = next((n for n, kind in enumerate(SLOW) if item.get_closest_marker(kind)), len(SLOW))
        ranks[item.path] = min(rank, ranks.get(item.path, rank))
    items.sort(key=lambda item: ranks[item.path])


def pytest_collection_finish() -> None:
    """Leave what was imported and collected out of every later look for garbage: a sixth of the time."""
    gc.collect()
    gc.freeze()


statements.remember()


@pytest.fixture
def clock() -> TurnedClock:
    """Stands still at nine o'clock UTC on a Friday."""
    return TurnedClock()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """One PostgreSQL for the session. Without PostgreSQL its tests fail and say what to install."""
    with postgres.running() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: postgres.Server) -> str:
    """A database with all tables, for one test after the other."""
    name = postgres_server.create()
    migrate(postgres_server.url(name))
    return name


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with all tables and no row, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "empty.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """A SQLite database of the test's own, with all tables."""
    path = tmp_path / "mailroom.db"
    shutil.copy(migrated_sqlite, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(postgres_server: postgres.Server, migrated_postgres: str) -> Iterator[str]:
    """A PostgreSQL database with all tables and no row, the test's own for as long as it runs."""
    yield postgres_server.url(migrated_postgres)
    postgres_server.empty(migrated_postgres)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """A database of the test's own, first on SQLite, then on PostgreSQL."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def database(database_url: str, clock: TurnedClock) -> Iterator[Database]:
    """The opened database, on SQLite and on PostgreSQL; no connection may be left in use."""
    opened = Database(database_url, clock)
    yield opened
    left = opened.checked_out()
    opened.close()
    assert left == 0, f"{left} database connections were left in use"


@pytest.fixture
def sqlite_database(sqlite_url: str, clock: TurnedClock) -> Iterator[Database]:
    """The opened database on SQLite alone, for tests that are not about the database."""
    opened = Database(sqlite_url, clock)
    yield opened
    opened.close()
