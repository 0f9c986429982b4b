"""Whether a grant at a provider carries more than one connection, in whatever workspace.

Withdrawing it would end the others too (providers.md 2), so disconnecting looks here first.
"""

from sqlalchemy import select

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
        pending.c.expires_on > tx.now,
        pending.c.id != but_pending,
    )
    return any(tx.first(one) is not None for one in (accounts, waiting))
