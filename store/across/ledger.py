"""The ledger seen by the engine, which runs work of every workspace."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Integer, and_, bindparam, func, or_, select, update
from sqlalchemy import text as sql
from sqlalchemy.exc import IntegrityError

from store.columns import DatabaseNow
from store.database import Transaction
from store.schema import work
from store.work import COLUMNS, Work


@dataclass(frozen=True, slots=True)
class Due:
    """A row of the ledger that may run now."""

    id: str
    kind: str


@dataclass(frozen=True, slots=True)
class Figures:
    """The ledger at a glance. `oldest_due` is None when nothing waits."""

    due: int
    leased: int
    dead: int
    review: int
    oldest_due: datetime | None


def _claimable(now: datetime | ColumnElement[datetime]) -> ColumnElement[bool]:
    # ix_work_due's condition, word for word: SQLite uses a partial index only where it finds it again
    return and_(
        sql("work.state in ('ready', 'leased')"),
        work.c.due_at <= now,
        or_(work.c.state == "ready", work.c.lease_until < DatabaseNow()),
    )


def _lane_is_free() -> ColumnElement[bool]:
    other = work.alias("other")
    return ~(
        select(other.c.id)
        .where(
            other.c.workspace_id == work.c.workspace_id,
            other.c.lane == work.c.lane,
            other.c.state == "leased",
            other.c.lease_until >= DatabaseNow(),
            other.c.id != work.c.id,
        )
        .exists()
    )


# built once: this is asked every second, and after each piece of work
_DUE = (
    select(work.c.id, work.c.kind)
    .where(
        _claimable(bindparam("now", type_=work.c.due_at.type)),
        work.c.kind.in_(bindparam("kinds", expanding=True)),
        or_(work.c.lane.is_(None), _lane_is_free()),
    )
    .order_by(work.c.due_at, work.c.id)
    .limit(bindparam("most", type_=Integer))
)


def due(tx: Transaction, kinds: frozenset[str], limit: int) -> tuple[Due, ...]:
    """List what may run now, longest waiting first. Kinds that this process does not know stay for others."""
    rows = tx.connection.execute(_DUE, {"now": tx.now, "kinds": list(kinds), "most": limit})
    return tuple(Due(*row) for row in rows)


def kind_of(tx: Transaction, work_id: str) -> str | None:
    """Tell what kind of work a row is."""
    found: str | None = tx.scalar(select(work.c.kind).where(work.c.id == work_id))
    return found


def claim(tx: Transaction, work_id: str, owner: str, lease: timedelta) -> Work | None:
    """Take a row that may run now, for `lease` by the database's clock. None: taken, or its lane is busy.

    A claim counts as an attempt before anything is tried, so that work that kills its process ends too.
    """
    statement = (
        update(work)
        .where(work.c.id == work_id, _claimable(tx.now))
        .values(
            state="leased",
            owner=owner,
            lease_until=DatabaseNow(lease),
            fence=work.c.fence + 1,
            attempts=work.c.attempts + 1,
        )
        .returning(*COLUMNS)
    )
    try:
        with tx.connection.begin_nested():
            row = tx.first(statement)
    except IntegrityError:  # uq_work_lane: the lane has somebody
        return None
    return None if row is None else Work(*row)


def release_all(tx: Transaction) -> int:
    """Give back every lease. Only for the one process of a SQLite database, which knows that it is alone."""
    statement = (
        update(work).where(work.c.state == "leased").values(state="ready", lease_until=None, owner=None)
    )
    return tx.changed(statement)


def figures(tx: Transaction) -> Figures:
    """Count the ledger, for metrics and the console."""
    is_due = _claimable(tx.now)

    def count(which: ColumnElement[bool]) -> ColumnElement[int]:
        return func.count().filter(which)

    row = tx.first(
        select(
            count(is_due),
            count(work.c.state == "leased"),
            count(work.c.state == "dead"),
            count(work.c.state == "review"),
            func.min(work.c.due_at).filter(is_due),
        ).where(work.c.state != "done")
    )
    return Figures(*row) if row else Figures(0, 0, 0, 0, None)
