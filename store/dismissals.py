"""Who is never suggested again to a member: keyed hashes only, so that they outlive address and account."""

from collections.abc import Collection, Iterable

from sqlalchemy import delete, select

from store.database import Transaction
from store.schema import dismissal


def add(tx: Transaction, workspace_id: str, member_id: str, address_hashes: Iterable[str]) -> None:
    """Keep that these addresses were dismissed; again changes nothing."""
    belongs = {"workspace_id": workspace_id, "member_id": member_id, "at": tx.now}
    # in one order: two presses do not block each other
    tx.insert_all_new(dismissal, [{**belongs, "address_hash": one} for one in sorted(address_hashes)])


def remove(tx: Transaction, workspace_id: str, member_id: str, hashes: Collection[str]) -> None:
    """Take dismissals back."""
    tx.execute(
        delete(dismissal).where(
            dismissal.c.workspace_id == workspace_id,
            dismissal.c.member_id == member_id,
            dismissal.c.address_hash.in_(hashes),
        )
    )


def hashes(tx: Transaction, workspace_id: str, member_id: str) -> frozenset[str]:
    """Every hash of the member's, for a scan to compare with."""
    statement = select(dismissal.c.address_hash).where(
        dismissal.c.workspace_id == workspace_id, dismissal.c.member_id == member_id
    )
    return frozenset(row.address_hash for row in tx.all(statement))
