"""Remembers, for all databases of a process, what statements become in SQL.

SQLAlchemy does so for each engine, and every test has one of its own: a tenth of the time went into compiling
the same statements again.
"""

from collections.abc import Iterator, MutableMapping
from typing import Any

from sqlalchemy import Connection, Engine, event


class Compiled(MutableMapping[Any, Any]):
    """The statements of one kind of database. Keys begin with the engine's dialect, which is left out."""

    def __init__(self) -> None:
        self._held: dict[Any, Any] = {}

    def __getitem__(self, key: Any) -> Any:
        return self._held[key[1:]]

    def __setitem__(self, key: Any, compiled: Any) -> None:
        self._held[key[1:]] = compiled

    def __delitem__(self, key: Any) -> None:
        del self._held[key[1:]]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)


_OF = {"sqlite": Compiled(), "postgresql": Compiled()}


def remember() -> None:
    """Begin, in this process."""
    event.listen(Engine, "engine_connect", _lend)


def _lend(connection: Connection) -> None:
    connection.execution_options(compiled_cache=_OF[connection.dialect.name])
