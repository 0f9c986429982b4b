"""A lock held on PostgreSQL by somebody else, so that transactions meet where they are wanted to."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

_WAITING = (
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND wait_event_type = 'Lock' AND pid <> pg_backend_pid()"
)


class Held:
    """What stands in the way, and who waits behind it."""

    def __init__(self, link: psycopg.Connection) -> None:
        self._link = link

    def until_waiting(self, number: int, seconds: float = 20) -> None:
        """Wait until so many transactions wait for a lock. Raises: TimeoutError."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = self._link.execute(_WAITING).fetchone()
            if found and found[0] >= number:
                return
            time.sleep(0.01)
        raise TimeoutError(f"there were never {number} transactions that waited")


@contextmanager
def held(url: str, statement: str) -> Iterator[Held]:
    """Hold what `statement` locks until the block ends."""
    with psycopg.connect(url.replace("+psycopg", "")) as link:
        link.execute(statement.encode())
        yield Held(link)
        link.rollback()
