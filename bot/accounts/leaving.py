"""What somebody has connected ends when they may not use Mailroom any more (product.md 6).

It is in the ledger with the decision, so that it happens however the process ends. Nobody waits for a
receipt, and what stands in their calendars is not touched: nobody could ask them.
"""

from collections.abc import Callable

from bot.accounts.grants import Grants
from bot.accounts.kept import EVENTS_KEPT
from bot.accounts.parting import enqueue
from store import accounts, pendings, workspaces
from store.database import Transaction
from store.members import Member


class Leaving:
    """Ends all that a member connected, and what waits for its digits. Thread-safe."""

    def __init__(self, grants: Grants, nudge: Callable[[str], None]) -> None:
        self._grants, self._nudge = grants, nudge

    def part(self, tx: Transaction, member: Member) -> None:
        """Put it into the ledger, once, in the transaction that notes who the member is now."""
        workspaces.lock(tx, member.workspace_id)  # a mailbox that is being connected is so before, or not
        for account in accounts.of_member(tx, member.workspace_id, member.id):
            self._nudge(enqueue(tx, member, account.id, events=EVENTS_KEPT))
        for waiting in pendings.of_member(tx, member.workspace_id, member.id):
            self._grants.let_go(tx, waiting)
