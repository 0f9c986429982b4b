"""Whether a grant at a provider carries more than one connection, in whatever workspace.

Withdrawing it would end the others too (providers.md 2), so disconnecting looks here first.
"""

from sqlalchemy import func, select

from store.schema import account, pending
from store.transactions import Transaction


def is_used_elsewhere(
    tx: Transaction, provider: str, subject: str, *, but_account: str = "", but_pending: str = ""
) -> bool:
    """Say whether another living connection, or one that waits for its digits, lives on the same grant."""
    accounts = select(account.c.id).where(
        account.c.provider == provider,
        account.c.subject == subject,
        account.c.state == "active",
        account.c.id != but_account,
    )
    waiting = select(pending.c.id).where(
        pending.c.provider == provider,
        pending.c.subject == subject,
        pending.c.digits_hash != "",
        pending.c.expires_on > tx.now,
        pending.c.id != but_pending,
    )
    return any(tx.first(one) is not None for one in (accounts, waiting))


def end_one_by_one(tx: Transaction, provider: str, subject: str) -> None:
    """Let connections of one grant end one after the other: the last one must see that it is the last.

    SQLite has one writer at a time anyway.
    """
    if tx.dialect == "postgresql":
        tx.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"{provider}:{subject}", 0))))
