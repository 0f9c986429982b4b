"""People to suggest as contacts, each to one member.

Whoever was added or dismissed stays so: a scan that meets them again changes nothing.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, not_, select, update

from store.database import Transaction
from store.ids import new_id
from store.schema import candidate

KEPT = timedelta(days=90)  # people who wait, and the names of those who were dismissed
PENDING, ADDED, DISMISSED = "pending", "added", "dismissed"
ANYWAY = "anyway"  # the first reason of somebody whom the member asked for although a rule left them out


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person to suggest, as they stand. `reasons` are codes, most telling first."""

    id: str
    member_id: str
    address: str
    name: str
    company: str
    state: str
    reasons: str
    shared: bool
    conversations: int
    received: int
    sent: int
    strength: int
    last_at: datetime | None
    found_at: datetime
    named_at: datetime | None
    decided_at: datetime | None
    decided_in: str
    batch_id: str | None
    contact_id: str | None
    keep_until: datetime


COLUMNS = tuple(candidate.c[name] for name in Candidate.__dataclass_fields__)
STRONGEST_FIRST = (
    candidate.c.shared,
    candidate.c.strength.desc(),
    candidate.c.last_at.desc(),
    candidate.c.address,
)


@dataclass(frozen=True, slots=True)
class Found:
    """What a scan says of somebody."""

    address: str
    name: str
    company: str
    reasons: str
    shared: bool
    conversations: int
    received: int
    sent: int
    strength: int
    last_at: datetime | None


def suggest(tx: Transaction, workspace_id: str, member_id: str, found: Found) -> bool:
    """Suggest somebody, or bring up to date what is said of one who waits. True: they are new.

    Whoever was added or dismissed is left alone.
    """
    told = {name: getattr(found, name) for name in Found.__dataclass_fields__}
    fresh = {
        **told,
        "id": new_id(),
        "workspace_id": workspace_id,
        "member_id": member_id,
        "found_at": tx.now,
        "keep_until": tx.now + KEPT,
    }
    if tx.insert_new(candidate, fresh):
        return True
    waiting = (*_of(workspace_id, member_id), candidate.c.address == found.address, _is_pending())
    asked_for = candidate.c.reasons.startswith(ANYWAY)
    if ANYWAY not in found.reasons.split():
        tx.execute(update(candidate).where(*waiting, not_(asked_for)).values(reasons=found.reasons))
    del told["address"], told["reasons"]
    if not found.name:
        del told["name"]
    tx.execute(update(candidate).where(*waiting).values(**told, keep_until=tx.now + KEPT))
    return False


def withdraw(tx: Transaction, workspace_id: str, member_id: str, addresses: Collection[str]) -> int:
    """Take back people who wait and turned out to be no candidates; not those the member asked for."""
    if not addresses:
        return 0
    return tx.changed(
        delete(candidate).where(
            *_of(workspace_id, member_id),
            candidate.c.address.in_(sorted(addresses)),
            _is_pending(),
            not_(candidate.c.reasons.startswith(ANYWAY)),
        )
    )


def rename(
    tx: Transaction, workspace_id: str, member_id: str, candidate_id: str, name: str, company: str
) -> None:
    """Call somebody what the member typed instead of what the mail said."""
    statement = update(candidate).where(*_of(workspace_id, member_id), candidate.c.id == candidate_id)
    tx.execute(statement.values(name=name, company=company))


def get(tx: Transaction, workspace_id: str, member_id: str, candidate_id: str) -> Candidate | None:
    """Read somebody, only for the member they were found for."""
    return _one(tx, *_of(workspace_id, member_id), candidate.c.id == candidate_id)


def by_address(tx: Transaction, workspace_id: str, member_id: str, address: str) -> Candidate | None:
    """Find somebody by their address."""
    return _one(tx, *_of(workspace_id, member_id), candidate.c.address == address)


def among(
    tx: Transaction, workspace_id: str, member_id: str, addresses: Collection[str]
) -> dict[str, Candidate]:
    """Find those of some addresses who are known as candidates, whatever became of them."""
    if not addresses:
        return {}
    statement = select(*COLUMNS).where(
        *_of(workspace_id, member_id), candidate.c.address.in_(sorted(addresses))
    )
    return {row.address: Candidate(*row) for row in tx.all(statement)}


def pending(
    tx: Transaction, workspace_id: str, member_id: str, limit: int, start: int = 0
) -> tuple[Candidate, ...]:
    """List who waits, strongest first, addresses that several people read behind them."""
    statement = (
        select(*COLUMNS)
        .where(*_of(workspace_id, member_id), _is_pending())
        .order_by(*STRONGEST_FIRST)
        .limit(limit)
        .offset(start)
    )
    return tuple(Candidate(*row) for row in tx.all(statement))


def count_pending(tx: Transaction, workspace_id: str, member_id: str) -> int:
    """Count who waits."""
    statement = (
        select(func.count()).select_from(candidate).where(*_of(workspace_id, member_id), _is_pending())
    )
    return int(tx.scalar(statement) or 0)


def count_shared(
    tx: Transaction, workspace_id: str, member_id: str, since: datetime, until: datetime | None
) -> int:
    """Count the shared mailboxes that were found within a time, whatever became of them."""
    statement = (
        select(func.count())
        .select_from(candidate)
        .where(*_of(workspace_id, member_id), candidate.c.shared, candidate.c.found_at >= since)
    )
    if until is not None:
        statement = statement.where(candidate.c.found_at <= until)
    return int(tx.scalar(statement) or 0)


def _of(workspace_id: str, member_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return candidate.c.workspace_id == workspace_id, candidate.c.member_id == member_id


def _is_pending() -> ColumnElement[bool]:
    return candidate.c.state == PENDING


def _one(tx: Transaction, *where: ColumnElement[bool]) -> Candidate | None:
    row = tx.first(select(*COLUMNS).where(*where))
    return None if row is None else Candidate(*row)
