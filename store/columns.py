"""Column kinds that mean the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import CheckConstraint, Column, DateTime, Dialect, String, Text, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine

SEALED_PREFIX = "v1."


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime in UTC. SQLite keeps it as text without a zone, in an order that sorts."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(DateTime(timezone=dialect.name == "postgresql"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime without a zone cannot be stored")
        value = value.astimezone(UTC)
        return value if dialect.name == "postgresql" else value.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if dialect.name == "postgresql" else value.replace(tzinfo=UTC)


class DatabaseNow(FunctionElement[datetime]):
    """The database's own clock plus `ahead`: the one clock that all processes share. For leases only."""

    type = UtcDateTime()
    inherit_cache = True
    name = "database_now"

    def __init__(self, ahead: timedelta = timedelta(0)) -> None:
        super().__init__(literal(ahead.total_seconds()))


@compiles(DatabaseNow, "postgresql")
def _postgresql_now(element: DatabaseNow, compiler: SQLCompiler, **kw: Any) -> str:
    # clock_timestamp, not now(): now() is when the transaction began, which may have waited for a lock
    return f"(clock_timestamp() + make_interval(secs => {compiler.process(element.clauses, **kw)}))"


@compiles(DatabaseNow, "sqlite")
def _sqlite_now(element: DatabaseNow, compiler: SQLCompiler, **kw: Any) -> str:
    seconds = compiler.process(element.clauses, **kw)
    return f"(strftime('%Y-%m-%d %H:%M:%f', 'now', {seconds} || ' seconds') || '000')"


def id_column(name: str = "id", **kw: Any) -> Column[str]:
    """An id made by `store.ids.new_id`; the primary key unless said otherwise."""
    kw.setdefault("primary_key", name == "id")
    kw.setdefault("nullable", False)
    return Column(name, String(26), **kw)


def text(name: str, **kw: Any) -> Column[str]:
    """Text that must be there."""
    kw.setdefault("nullable", False)
    return Column(name, Text, **kw)


def maybe_text(name: str, **kw: Any) -> Column[str]:
    """Text that may be missing."""
    return Column(name, Text, nullable=True, **kw)


def when(name: str, **kw: Any) -> Column[datetime]:
    """A moment that must be there."""
    kw.setdefault("nullable", False)
    return Column(name, UtcDateTime, **kw)


def maybe_when(name: str) -> Column[datetime]:
    """A moment that may not have come."""
    return Column(name, UtcDateTime, nullable=True)


def sealed(name: str, *, nullable: bool = False) -> tuple[Column[str], CheckConstraint]:
    """A column that only ever holds an envelope of `store.sealing`; the database refuses anything else."""
    if not name.endswith("_sealed"):
        raise ValueError(f"{name}: a sealed column's name ends in _sealed")
    column: Column[str] = Column(name, Text, nullable=nullable, info={"sealed": True})
    return column, CheckConstraint(f"substr({name}, 1, 3) = '{SEALED_PREFIX}'", name=name)
