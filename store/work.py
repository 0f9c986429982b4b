"""The ledger: work that is done once, whatever dies meanwhile.

A row is claimed under a lease and a fence (store/across.py); everything here names the fence, so that a
worker that lost its lease cannot write another word. `ref`, `step` and `key` hold ids, never an address or
a text.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, delete, func, literal, select, update

from store.columns import DatabaseNow, UtcDateTime
from store.database import Transaction
from store.ids import new_id
from store.schema import work


class Fenced(Exception):
    """The lease went to somebody else. Stop silently: the other one carries on."""


@dataclass(frozen=True, slots=True)
class Enqueued:
    """A row of the ledger. `fresh` is False where the key was there before."""

    id: str
    fresh: bool


@dataclass(frozen=True, slots=True)
class Work:
    """A row of the ledger as it stands."""

    id: str
    workspace_id: str
    kind: str
    key: str
    lane: str | None
    state: str
    due_at: datetime
    attempts: int
    fence: int
    step: str | None
    ref: str | None
    error_code: str | None
    limited_since: datetime | None


COLUMNS = tuple(work.c[name] for name in Work.__dataclass_fields__)


def enqueue(
    tx: Transaction,
    workspace_id: str,
    kind: str,
    key: str,
    *,
    due_at: datetime | None = None,
    lane: str | None = None,
    ref: str | None = None,
    step: str | None = None,
) -> Enqueued:
    """Put work into the ledger with the decision that caused it, in one transaction.

    A key that is there already adds nothing, whatever became of it. Of a `lane` one row runs at a time.
    `step`: where it begins.
    """
    values = {
        "id": new_id(),
        "workspace_id": workspace_id,
        "kind": kind,
        "key": key,
        "lane": lane,
        "due_at": due_at or tx.now,
        "ref": ref,
        "step": step,
        "created_at": tx.now,
    }
    if tx.insert_new(work, values):
        return Enqueued(str(values["id"]), fresh=True)
    found = by_key(tx, workspace_id, kind, key)
    if found is None:
        raise RuntimeError("the ledger refused a row without having it")
    return Enqueued(found.id, fresh=False)


def get(tx: Transaction, workspace_id: str, work_id: str) -> Work | None:
    """Read one row."""
    return _one(tx, work.c.workspace_id == workspace_id, work.c.id == work_id)


def by_key(tx: Transaction, workspace_id: str, kind: str, key: str) -> Work | None:
    """Read the row of one decision."""
    return _one(tx, work.c.workspace_id == workspace_id, work.c.kind == kind, work.c.key == key)


def waiting(tx: Transaction, workspace_id: str, kind: str, lane: str) -> tuple[Work, ...]:
    """List the work of a lane that nobody has begun."""
    statement = select(*COLUMNS).where(
        work.c.workspace_id == workspace_id,
        work.c.kind == kind,
        work.c.lane == lane,
        work.c.state == "ready",
        work.c.fence == 0,
    )
    return tuple(Work(*row) for row in tx.all(statement))


def withdraw(tx: Transaction, workspace_id: str, work_id: str) -> bool:
    """Take back work that nobody has begun. False: too late."""
    statement = delete(work).where(
        work.c.workspace_id == workspace_id,
        work.c.id == work_id,
        work.c.state == "ready",
        work.c.fence == 0,
    )
    return tx.changed(statement) == 1


def put_off(tx: Transaction, workspace_id: str, kind: str, key: str, due_at: datetime) -> None:
    """Have work that nobody has begun done later."""
    tx.execute(
        update(work)
        .where(
            work.c.workspace_id == workspace_id,
            work.c.kind == kind,
            work.c.key == key,
            work.c.state == "ready",
            work.c.fence == 0,
        )
        .values(due_at=due_at)
    )


def revive(tx: Transaction, workspace_id: str, work_id: str, due_at: datetime | None = None) -> bool:
    """Make dead work, or work under review, due again from its step. False: it is neither."""
    statement = (
        update(work)
        .where(
            work.c.workspace_id == workspace_id, work.c.id == work_id, work.c.state.in_(("dead", "review"))
        )
        .values(
            state="ready",
            due_at=due_at or tx.now,
            attempts=0,
            error_code=None,
            limited_since=None,
            finished_at=None,
        )
    )
    return tx.changed(statement) == 1


def step(tx: Transaction, workspace_id: str, work_id: str, fence: int, name: str) -> None:
    """Note how far it got, before the act that follows. Raises: Fenced."""
    got_on = case((work.c.step == name, work.c.limited_since), else_=None)
    _fenced(tx, workspace_id, work_id, fence, step=name, limited_since=got_on)


def finish(tx: Transaction, workspace_id: str, work_id: str, fence: int) -> None:
    """Close it as done. Raises: Fenced."""
    _close(tx, workspace_id, work_id, fence, state="done", error_code=None)


def review(tx: Transaction, workspace_id: str, work_id: str, fence: int, error_code: str) -> None:
    """Close it for a person to decide. Raises: Fenced."""
    _close(tx, workspace_id, work_id, fence, state="review", error_code=error_code)


def dead(tx: Transaction, workspace_id: str, work_id: str, fence: int, error_code: str) -> None:
    """Close it as given up. Raises: Fenced."""
    _close(tx, workspace_id, work_id, fence, state="dead", error_code=error_code)


def retry(
    tx: Transaction,
    workspace_id: str,
    work_id: str,
    fence: int,
    due_at: datetime,
    *,
    error_code: str | None,
    counts: bool,
    limited: bool = False,
) -> None:
    """Give it back until `due_at`. With `counts` False this run is not held against it. Raises: Fenced.

    `limited`: somebody asked for patience, perhaps not for the first time.
    """
    values: dict[str, Any] = {"state": "ready", "due_at": due_at, "error_code": error_code}
    if limited:
        values["limited_since"] = func.coalesce(work.c.limited_since, literal(tx.now, UtcDateTime))
    elif not counts:
        values["limited_since"] = None  # it got on
    if not counts:
        values["attempts"] = work.c.attempts - 1
    _fenced(tx, workspace_id, work_id, fence, **values, lease_until=None, owner=None)


def renew(tx: Transaction, workspace_id: str, work_id: str, fence: int, lease: timedelta) -> None:
    """Lengthen the lease from now, by the database's clock. Raises: Fenced."""
    _fenced(tx, workspace_id, work_id, fence, lease_until=DatabaseNow(lease))


def _close(tx: Transaction, workspace_id: str, work_id: str, fence: int, **values: Any) -> None:
    _fenced(tx, workspace_id, work_id, fence, **values, lease_until=None, owner=None, finished_at=tx.now)


def _fenced(tx: Transaction, workspace_id: str, work_id: str, fence: int, **values: Any) -> None:
    statement = (
        update(work)
        .where(
            work.c.workspace_id == workspace_id,
            work.c.id == work_id,
            work.c.fence == fence,
            work.c.state == "leased",
        )
        .values(**values)
    )
    if tx.changed(statement) != 1:
        raise Fenced(work_id)


def _one(tx: Transaction, *where: ColumnElement[bool]) -> Work | None:
    row = tx.first(select(*COLUMNS).where(*where))
    return None if row is None else Work(*row)
