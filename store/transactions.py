"""A transaction, and the rule that nobody talks to the world outside while one stands open."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, CursorResult, Executable, Row, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

Clock = Callable[[], datetime]
AnyRow = Row[*tuple[Any, ...]]

# PostgreSQL's words for "later": lock not available, statement cancelled, deadlock, serialization, shutdown
_LATER = {"55P03", "57014", "40P01", "40001", "57P01", "57P02", "57P03"}
_SQLITE_LATER = {5, 6}  # SQLITE_BUSY, SQLITE_LOCKED: https://www.sqlite.org/rescode.html


class Busy(Exception):
    """The database had no time for us, or was not there. Trying the whole unit again is right.

    Nothing was written, but for one case: a connection lost in the middle of a commit. Units are idempotent.
    """


class StoreFault(Exception):
    """The database refused a statement. Names the kind and the statement, never a value."""


class InsideTransaction(RuntimeError):
    """A provider, Slack or a second transaction was asked for while a transaction stood open."""


class Transaction:
    """What store functions take first. `now` is the injected clock."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self.connection = connection
        self._clock = clock
        self.after_commit: list[Callable[[], None]] = []

    @property
    def now(self) -> datetime:
        return self._clock()

    @property
    def dialect(self) -> str:
        return self.connection.dialect.name

    def execute(self, statement: Executable) -> CursorResult[*tuple[Any, ...]]:
        return self.connection.execute(statement)

    def first(self, statement: Executable) -> AnyRow | None:
        return self.connection.execute(statement).first()

    def all(self, statement: Executable) -> Sequence[AnyRow]:
        return self.connection.execute(statement).all()

    def scalar(self, statement: Executable) -> Any:
        return self.connection.execute(statement).scalar()

    def changed(self, statement: Executable) -> int:
        """Execute and count the rows it touched."""
        return self.connection.execute(statement).rowcount

    def insert_new(self, table: Table, values: Mapping[str, Any]) -> bool:
        """Insert unless a unique key is taken already. False: it was, and nothing changed."""
        statement = self._insert(table).values(**values).on_conflict_do_nothing()
        return self.changed(statement) == 1

    def insert_all_new(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert many rows, leaving out those of which a unique key is taken already."""
        if rows:
            self.connection.execute(self._insert(table).on_conflict_do_nothing(), rows)

    def upsert(
        self, table: Table, keys: Sequence[str], values: Mapping[str, Any], keep: Sequence[str] = ()
    ) -> None:
        """Insert, or where `keys` (a unique key) exist, overwrite all values but `keys` and `keep`."""
        statement = self._insert(table).values(**values)
        fresh = {name: statement.excluded[name] for name in values if name not in keys and name not in keep}
        self.execute(statement.on_conflict_do_update(index_elements=list(keys), set_=fresh))

    def _insert(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        return postgresql.insert(table) if self.dialect == "postgresql" else sqlite.insert(table)


_open: ContextVar[Transaction | None] = ContextVar("mailroom_transaction", default=None)


def outside_transaction() -> None:
    """Refuse to go on inside a transaction. Called by whatever talks to the world outside."""
    if _open.get() is not None:
        raise InsideTransaction("the outside world was called inside a database transaction")


def after_commit(action: Callable[[], None]) -> None:
    """Run `action` when the open transaction has committed, never after a rollback; at once outside one."""
    tx = _open.get()
    if tx is None:
        action()
    else:
        tx.after_commit.append(action)


@contextmanager
def opened(tx: Transaction) -> Iterator[Transaction]:
    """Mark `tx` as the one that this thread has open."""
    token = _open.set(tx)
    try:
        yield tx
    finally:
        _open.reset(token)


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn database errors into Busy or StoreFault. PostgreSQL puts a row's values into its own texts."""
    try:
        yield
    except PoolTimeout:
        raise Busy("no connection became free") from None
    except DBAPIError as error:
        kind = type(error.orig).__name__
        state = getattr(error.orig, "sqlstate", None)
        if (
            error.connection_invalidated
            or state in _LATER
            or (getattr(error.orig, "sqlite_errorcode", 0) & 0xFF) in _SQLITE_LATER
            or (kind == "OperationalError" and state is None and error.statement is None)
        ):
            raise Busy(state or kind) from None
        raise StoreFault(f"{kind} {state or ''} in: {error.statement}") from None
