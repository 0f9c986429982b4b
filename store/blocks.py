"""Addresses and domains that a member has blocked: keyed hashes, and sealed what to show of them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update

from store.database import Transaction
from store.schema import block


@dataclass(frozen=True, slots=True)
class Block:
    """One blocked address or "@domain". `shown_sealed` is None when no mailbox is connected any more."""

    hash: str
    shown_sealed: str | None
    at: datetime


COLUMNS = tuple(block.c[name] for name in Block.__dataclass_fields__)


def add(tx: Transaction, workspace_id: str, member_id: str, hashed: str, shown_sealed: str) -> bool:
    """Block. False: it was blocked before."""
    values = {
        "workspace_id": workspace_id,
        "member_id": member_id,
        "hash": hashed,
        "shown_sealed": shown_sealed,
        "at": tx.now,
    }
    return tx.insert_new(block, values)


def remove(tx: Transaction, workspace_id: str, member_id: str, hashed: str) -> bool:
    """Unblock. False: it was not blocked."""
    statement = delete(block).where(
        block.c.workspace_id == workspace_id, block.c.member_id == member_id, block.c.hash == hashed
    )
    return tx.changed(statement) == 1


def get(tx: Transaction, workspace_id: str, member_id: str, hashed: str) -> Block | None:
    """Read one."""
    row = tx.first(
        select(*COLUMNS).where(
            block.c.workspace_id == workspace_id, block.c.member_id == member_id, block.c.hash == hashed
        )
    )
    return None if row is None else Block(*row)


def of_member(
    tx: Transaction, workspace_id: str, member_id: str, limit: int, start: int = 0
) -> tuple[Block, ...]:
    """List what the member has blocked, the newest first."""
    statement = (
        select(*COLUMNS)
        .where(block.c.workspace_id == workspace_id, block.c.member_id == member_id)
        .order_by(block.c.at.desc(), block.c.hash)
        .limit(limit)
        .offset(start)
    )
    return tuple(Block(*row) for row in tx.all(statement))


def count(tx: Transaction, workspace_id: str, member_id: str) -> int:
    """Count what the member has blocked."""
    where = (block.c.workspace_id == workspace_id, block.c.member_id == member_id)
    return int(tx.scalar(select(func.count()).select_from(block).where(*where)) or 0)


def hashes(tx: Transaction, workspace_id: str, member_id: str) -> frozenset[str]:
    """Every hash of the member's, for a scan to compare with."""
    statement = select(block.c.hash).where(
        block.c.workspace_id == workspace_id, block.c.member_id == member_id
    )
    return frozenset(row.hash for row in tx.all(statement))


def forget_names(tx: Transaction, workspace_id: str, member_id: str) -> None:
    """Keep no more than the hashes: the member has no mailbox here any longer."""
    tx.execute(
        update(block)
        .where(block.c.workspace_id == workspace_id, block.c.member_id == member_id)
        .values(shown_sealed=None)
    )
