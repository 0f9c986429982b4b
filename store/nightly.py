"""What members wish about discovery, and when their next night is. A row exists where a key does (hash_keys).

`plan` numbers the plans of a member: work of the ledger that carries an older number has been overtaken.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update

from store.database import Transaction
from store.schema import nightly


@dataclass(frozen=True, slots=True)
class Nightly:
    """A member's wishes and their next night. `paused_until` is the first local date told again.

    `tell_date` is the local date that `tell_at` is for; the three are None while nothing is planned.
    """

    member_id: str
    is_on: bool
    hour: int
    working_days: bool
    paused_until: date | None
    plan: int
    scan_at: datetime | None
    tell_at: datetime | None
    tell_date: date | None
    failed_nights: int
    told_failing_at: datetime | None


COLUMNS = tuple(nightly.c[name] for name in Nightly.__dataclass_fields__)


def get(tx: Transaction, workspace_id: str, member_id: str) -> Nightly | None:
    """Read a member's row. None: they never chose anything, so nothing happens at night."""
    row = tx.first(
        select(*COLUMNS).where(nightly.c.workspace_id == workspace_id, nightly.c.member_id == member_id)
    )
    return None if row is None else Nightly(*row)


def set_wishes(
    tx: Transaction,
    workspace_id: str,
    member_id: str,
    *,
    is_on: bool,
    hour: int,
    working_days: bool,
    paused_until: date | None,
) -> None:
    """Keep what the member chose. What is planned stays as it is: `plan` next."""
    _set(
        tx,
        workspace_id,
        member_id,
        is_on=is_on,
        hour=hour,
        working_days=working_days,
        paused_until=paused_until,
    )


def plan(
    tx: Transaction,
    workspace_id: str,
    member_id: str,
    *,
    scan_at: datetime | None,
    tell_at: datetime | None,
    tell_date: date | None,
) -> int:
    """Plan the next night, or none. Returns the number of this plan; every earlier one is overtaken."""
    statement = (
        update(nightly)
        .where(nightly.c.workspace_id == workspace_id, nightly.c.member_id == member_id)
        .values(plan=nightly.c.plan + 1, scan_at=scan_at, tell_at=tell_at, tell_date=tell_date)
        .returning(nightly.c.plan)
    )
    return int(tx.scalar(statement) or 0)


def note_night(tx: Transaction, workspace_id: str, member_id: str, *, failed: bool) -> int:
    """Count a night that could read nothing, or begin anew after one that could. Returns the count."""
    fresh: dict[str, Any] = (
        {"failed_nights": nightly.c.failed_nights + 1}
        if failed
        else {"failed_nights": 0, "told_failing_at": None}
    )
    statement = (
        update(nightly)
        .where(nightly.c.workspace_id == workspace_id, nightly.c.member_id == member_id)
        .values(**fresh)
        .returning(nightly.c.failed_nights)
    )
    return int(tx.scalar(statement) or 0)


def note_told_failing(tx: Transaction, workspace_id: str, member_id: str) -> None:
    """Note that the member has heard of nights that failed."""
    _set(tx, workspace_id, member_id, told_failing_at=tx.now)


def _set(tx: Transaction, workspace_id: str, member_id: str, **values: Any) -> None:
    tx.execute(
        update(nightly)
        .where(nightly.c.workspace_id == workspace_id, nightly.c.member_id == member_id)
        .values(**values)
    )
