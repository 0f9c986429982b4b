"""The key of a member's dismissals and blocks, sealed. It stands with the member's wishes for the night."""

from sqlalchemy import select

from store.database import Transaction
from store.schema import nightly


def read(tx: Transaction, workspace_id: str, member_id: str) -> str | None:
    """Read the sealed key. None: nothing was ever dismissed or blocked."""
    sealed: str | None = tx.scalar(
        select(nightly.c.hash_key_sealed).where(
            nightly.c.workspace_id == workspace_id, nightly.c.member_id == member_id
        )
    )
    return sealed


def keep(tx: Transaction, workspace_id: str, member_id: str, sealed: str) -> bool:
    """Keep a key where there is none, the rest as for anybody new. False: there is one."""
    values = {"workspace_id": workspace_id, "member_id": member_id, "hash_key_sealed": sealed}
    return tx.insert_new(nightly, values)
