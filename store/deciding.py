"""What a member decides about people found in mail, and the lists they decide from.

Whoever has become a contact in another way waits no longer: such rows are left out of every list and number.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, delete, exists, func, not_, or_, select, update

from store.candidates import ADDED, COLUMNS, DISMISSED, KEPT, PENDING, Candidate
from store.database import Transaction
from store.schema import candidate, contact_address, met

BLOCKED = "block"  # `decided_in` of people who went because their address or domain was blocked


@dataclass(frozen=True, slots=True)
class Counts:
    """How many people there are. `waiting` leaves out the shared mailboxes, `dismissed` the blocked."""

    waiting: int
    shared: int
    added: int
    dismissed: int


@dataclass(frozen=True, slots=True)
class Batch:
    """People decided together, which can be undone together. Of `state`; `decided_in` says where."""

    id: str
    state: str
    decided_in: str
    people: int
    at: datetime


IS_CONTACT = exists().where(
    contact_address.c.workspace_id == candidate.c.workspace_id,
    contact_address.c.address == candidate.c.address,
)
_WAITS = and_(candidate.c.state == PENDING, not_(IS_CONTACT))
_IS_BLOCKED = candidate.c.decided_in == BLOCKED
_ORDER = (candidate.c.strength.desc(), candidate.c.last_at.desc(), candidate.c.address)


def counts(tx: Transaction, workspace_id: str, member_id: str) -> Counts:
    """Count the member's people by what became of them."""
    wanted = (
        and_(_WAITS, not_(candidate.c.shared)),
        and_(_WAITS, candidate.c.shared),
        candidate.c.state == ADDED,
        and_(candidate.c.state == DISMISSED, not_(_IS_BLOCKED)),
    )
    row = tx.first(select(*(_number(one) for one in wanted)).where(*_of(workspace_id, member_id)))
    return Counts(*row) if row else Counts(0, 0, 0, 0)


def count_by_strength(
    tx: Transaction, workspace_id: str, member_id: str, bounds: Mapping[Any, tuple[int, int]]
) -> dict[str, int]:
    """Count who waits in each group. `bounds` gives a group's lowest and highest strength."""
    numbers = [_number(candidate.c.strength.between(*edges)) for edges in bounds.values()]
    waiting = (*_of(workspace_id, member_id), _WAITS, not_(candidate.c.shared))
    row = tx.first(select(*numbers).where(*waiting))
    return dict(zip(bounds, row or [0] * len(bounds), strict=True))


def waiting(
    tx: Transaction, workspace_id: str, member_id: str, limit: int, start: int = 0, *, shared: bool = False
) -> tuple[Candidate, ...]:
    """List who waits, strongest first: people, or the shared mailboxes."""
    where = (_WAITS, candidate.c.shared if shared else not_(candidate.c.shared))
    return _list(tx, workspace_id, member_id, *where, order=_ORDER, limit=limit, start=start)


def decided(
    tx: Transaction, workspace_id: str, member_id: str, state: str, limit: int, start: int = 0
) -> tuple[Candidate, ...]:
    """List who was added, or dismissed, the last one first."""
    where = (candidate.c.state == state, not_(_IS_BLOCKED))
    order = (candidate.c.decided_at.desc(), *_ORDER)
    return _list(tx, workspace_id, member_id, *where, order=order, limit=limit, start=start)


def of_strength(
    tx: Transaction, workspace_id: str, member_id: str, edges: tuple[int, int], found_until: datetime
) -> tuple[Candidate, ...]:
    """List everybody of a group who waits and was found by then: the group that the member saw."""
    where = (
        _WAITS,
        not_(candidate.c.shared),
        candidate.c.strength.between(*edges),
        candidate.c.found_at <= found_until,
    )
    return _list(tx, workspace_id, member_id, *where, order=_ORDER, limit=None)


def of_ids(tx: Transaction, workspace_id: str, member_id: str, ids: Collection[str]) -> tuple[Candidate, ...]:
    """Read some of the member's people, strongest first, whatever became of them."""
    where = candidate.c.id.in_(sorted(ids))
    return _list(tx, workspace_id, member_id, where, order=_ORDER, limit=None)


def of_batch(tx: Transaction, workspace_id: str, member_id: str, batch_id: str) -> tuple[Candidate, ...]:
    """Read who was decided together."""
    where = candidate.c.batch_id == batch_id
    return _list(tx, workspace_id, member_id, where, order=_ORDER, limit=None)


def waiting_behind(tx: Transaction, workspace_id: str, member_id: str, blocked: str) -> tuple[Candidate, ...]:
    """List who waits and has the address, or stands behind the "@domain", subdomains too."""
    if blocked.startswith("@"):
        ends = (blocked, f".{blocked[1:]}")
        where = or_(*(candidate.c.address.endswith(end, autoescape=True) for end in ends))
    else:
        where = candidate.c.address == blocked
    pending = candidate.c.state == PENDING
    return _list(tx, workspace_id, member_id, pending, where, order=_ORDER, limit=None)


def last_batch(tx: Transaction, workspace_id: str, member_id: str, since: datetime) -> Batch | None:
    """Find what the member decided last, if it was after `since`. One batch has one moment."""
    columns = (candidate.c.batch_id, candidate.c.state, candidate.c.decided_in)
    at = func.max(candidate.c.decided_at, type_=candidate.c.decided_at.type)
    row = tx.first(
        select(*columns, func.count(), at)
        .where(
            *_of(workspace_id, member_id), candidate.c.batch_id.is_not(None), candidate.c.decided_at > since
        )
        .group_by(*columns)
        .order_by(at.desc(), candidate.c.batch_id)
        .limit(1)
    )
    return None if row is None else Batch(*row)


def decide(
    tx: Transaction,
    workspace_id: str,
    member_id: str,
    ids: Collection[str],
    state: str,
    *,
    batch_id: str,
    decided_in: str,
) -> int:
    """Decide about people who wait. Returns how many did; whoever was decided before stays as they were."""
    values = {
        "state": state,
        "batch_id": batch_id,
        "decided_in": decided_in,
        "decided_at": tx.now,
        "keep_until": tx.now + KEPT,
    }
    return _change(tx, workspace_id, member_id, ids, candidate.c.state == PENDING, values)


def link(tx: Transaction, workspace_id: str, member_id: str, contact_ids: Mapping[str, str]) -> None:
    """Note which contact each of these people became."""
    if not contact_ids:
        return
    statement = (
        update(candidate)
        .where(*_of(workspace_id, member_id), candidate.c.id == bindparam("person"))
        .values(contact_id=bindparam("contact"))
    )
    rows = [{"person": person, "contact": contact} for person, contact in contact_ids.items()]
    tx.connection.execute(statement, rows)


def mark_blocked(
    tx: Transaction, workspace_id: str, member_id: str, ids: Collection[str], block_hash: str
) -> int:
    """Put people who are dismissed behind a block: they come back when it goes."""
    values = {"batch_id": block_hash, "decided_in": BLOCKED}
    return _change(tx, workspace_id, member_id, ids, candidate.c.state == DISMISSED, values)


def put_back(
    tx: Transaction, workspace_id: str, member_id: str, ids: Collection[str], decided_in: str
) -> int:
    """Show people as dismissed again who stood behind a block."""
    values = {"batch_id": None, "decided_in": decided_in}
    return _change(tx, workspace_id, member_id, ids, _IS_BLOCKED, values)


def reopen(tx: Transaction, workspace_id: str, member_id: str, ids: Collection[str]) -> int:
    """Let people wait again. Returns how many did not already."""
    values = {
        "state": PENDING,
        "batch_id": None,
        "decided_in": "",
        "decided_at": None,
        "contact_id": None,
        "keep_until": tx.now + KEPT,
    }
    return _change(tx, workspace_id, member_id, ids, candidate.c.state != PENDING, values)


def forget_without_evidence(tx: Transaction, workspace_id: str, member_id: str) -> int:
    """Delete whoever no connected mailbox knows any more. Dismissals and blocks stay, as hashes."""
    known = exists().where(
        met.c.workspace_id == candidate.c.workspace_id,
        met.c.member_id == candidate.c.member_id,
        met.c.address == candidate.c.address,
    )
    return tx.changed(delete(candidate).where(*_of(workspace_id, member_id), not_(known)))


def _of(workspace_id: str, member_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return candidate.c.workspace_id == workspace_id, candidate.c.member_id == member_id


def _number(where: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((where, 1), else_=0)), 0)


def _list(
    tx: Transaction,
    workspace_id: str,
    member_id: str,
    *where: ColumnElement[bool],
    order: Collection[ColumnElement[Any]],
    limit: int | None,
    start: int = 0,
) -> tuple[Candidate, ...]:
    statement = (
        select(*COLUMNS)
        .where(*_of(workspace_id, member_id), *where)
        .order_by(*order)
        .limit(limit)
        .offset(start)
    )
    return tuple(Candidate(*row) for row in tx.all(statement))


def _change(
    tx: Transaction,
    workspace_id: str,
    member_id: str,
    ids: Collection[str],
    where: ColumnElement[bool],
    values: Mapping[str, Any],
) -> int:
    statement = update(candidate).where(*_of(workspace_id, member_id), candidate.c.id.in_(sorted(ids)), where)
    return tx.changed(statement.values(**values))
