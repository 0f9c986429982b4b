"""The grant of a connected account, and the lease under which one caller at a time refreshes it.

What is in `tokens_sealed` only bot/connections.py can open; nothing here looks inside. The protocol is
that of reliability 4.2: the version says which grant was read, the fence who may replace it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, select, update

from store.columns import DatabaseNow
from store.schema import account
from store.transactions import Transaction

LEASE = timedelta(seconds=30)  # a refresh is one request; a holder that takes longer is dead


@dataclass(frozen=True, slots=True, repr=False)
class Grant:
    """The sealed grant of an account, and the version that a refresh must still find."""

    state: str
    sealed: str
    version: int
    expires_at: datetime  # of the access token


def _is(workspace_id: str, account_id: str) -> Any:
    return and_(account.c.workspace_id == workspace_id, account.c.id == account_id)


def read(tx: Transaction, workspace_id: str, account_id: str) -> Grant | None:
    """Read the sealed grant. None: the account is gone."""
    row = tx.first(
        select(
            account.c.state, account.c.tokens_sealed, account.c.tokens_version, account.c.expires_at
        ).where(_is(workspace_id, account_id))
    )
    return Grant(row.state, row.tokens_sealed, row.tokens_version, row.expires_at) if row else None


def take_lease(tx: Transaction, workspace_id: str, account_id: str, version: int) -> int | None:
    """Become the one who refreshes this version. Returns the fence; None: somebody else does, or has."""
    statement = (
        update(account)
        .where(
            _is(workspace_id, account_id),
            account.c.tokens_version == version,
            account.c.state == "active",
            or_(account.c.refresh_lease_until.is_(None), account.c.refresh_lease_until < DatabaseNow()),
        )
        .values(refresh_lease_until=DatabaseNow(LEASE), refresh_fence=account.c.refresh_fence + 1)
        .returning(account.c.refresh_fence)
    )
    row = tx.first(statement)
    return int(row.refresh_fence) if row else None


def replace(
    tx: Transaction,
    workspace_id: str,
    account_id: str,
    fence: int,
    *,
    tokens_sealed: str,
    expires_at: datetime,
    granted: Iterable[str],
) -> bool:
    """Put the refreshed grant in place. False: the lease was lost to another, whose grant stands."""
    return (
        tx.changed(
            update(account)
            .where(_is(workspace_id, account_id), account.c.refresh_fence == fence)
            .values(
                tokens_sealed=tokens_sealed,
                tokens_version=account.c.tokens_version + 1,
                expires_at=expires_at,
                granted=" ".join(sorted(granted)),
                refresh_lease_until=None,
            )
        )
        == 1
    )


def give_back(tx: Transaction, workspace_id: str, account_id: str, fence: int) -> None:
    """End the lease without a new grant."""
    tx.execute(
        update(account)
        .where(_is(workspace_id, account_id), account.c.refresh_fence == fence)
        .values(refresh_lease_until=None)
    )


def lose(tx: Transaction, workspace_id: str, account_id: str, version: int) -> bool:
    """Mark access as ended. True for exactly one caller, and only if this version still stands."""
    return (
        tx.changed(
            update(account)
            .where(
                _is(workspace_id, account_id),
                account.c.state == "active",
                account.c.tokens_version == version,
            )
            .values(state="reconnect", lost_at=tx.now, refresh_lease_until=None)
        )
        == 1
    )
