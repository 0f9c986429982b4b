"""Grants in hand that are no connection: held for their digits, or given back to the provider."""

from collections.abc import Callable
from datetime import datetime

import structlog

from bot.accounts.attempts import Outcome
from bot.accounts.kinds import WITHDRAW
from bot.accounts.reading import Attempts
from bot.connections import Connections
from providers.oauth import ConnectedIdentity
from store import across, pendings, signins, work
from store.across import Signin
from store.database import Database, Transaction, new_id
from store.pendings import Pending

log = structlog.get_logger(__name__)


class Grants:
    """Holds and gives back. Whatever is held is given back when its time is over: the ledger sees to it."""

    def __init__(
        self,
        database: Database,
        connections: Connections,
        attempts: Attempts,
        nudge: Callable[[str], None],
    ) -> None:
        self._database, self._connections = database, connections
        self._attempts, self._nudge = attempts, nudge

    def hold(
        self,
        tx: Transaction,
        signin: Signin,
        identity: ConnectedIdentity,
        pending_id: str,
        digits_hash: str,
        until: datetime,
    ) -> None:
        """Keep a grant until `until`; now, to have it given back at once."""
        tokens = identity.tokens
        row = Pending(
            id=pending_id,
            workspace_id=signin.workspace_id,
            member_id=signin.member_id,
            signin_id=signin.id,
            provider=signin.provider,
            subject=identity.subject,
            address=identity.address,
            name=identity.name,
            granted=" ".join(sorted(tokens.granted)),
            tokens_sealed=self._connections.seal_tokens(tokens, "pending", signin.workspace_id, pending_id),
            expires_at=tokens.expires_at,
            digits_hash=digits_hash,
            tries=0,
            expires_on=until,
        )
        pendings.add(tx, signin.workspace_id, row)
        held = work.enqueue(tx, signin.workspace_id, WITHDRAW, pending_id, due_at=until, ref=pending_id)
        self._nudge(held.id)

    def give_back(self, tx: Transaction, signin: Signin, identity: ConnectedIdentity) -> None:
        """Have a grant withdrawn that becomes nothing, unless another connection lives on it."""
        if not across.is_used_elsewhere(tx, signin.provider, identity.subject):
            self.hold(tx, signin, identity, new_id(), "", tx.now)

    def let_go(self, tx: Transaction, pending: Pending) -> None:
        """Give up one that waited for its digits: nobody can take it from here on."""
        if pendings.close(tx, pending.workspace_id, pending.id):
            now = work.enqueue(tx, pending.workspace_id, WITHDRAW, f"{pending.id}:now", ref=pending.id)
            self._nudge(now.id)

    def withdraw(self, workspace_id: str, pending_id: str) -> None:
        """Withdraw it at the provider and forget it. Raises: providers.errors."""
        with self._database.read() as tx:
            row = pendings.get(tx, workspace_id, pending_id)
            if row is None or row.expires_on > tx.now:
                return
            elsewhere = across.is_used_elsewhere(tx, row.provider, row.subject, but_pending=row.id)
        if not elsewhere:
            tokens = self._connections.open_tokens(row.tokens_sealed, "pending", workspace_id, row.id)
            self._connections.provider(row.provider).oauth.revoke(tokens)
        self.forget(workspace_id, pending_id)

    def forget(self, workspace_id: str, pending_id: str) -> None:
        """Delete it here, whatever the provider says. A window that asks for its digits stops asking."""
        with self._database.write() as tx:
            row = pendings.get(tx, workspace_id, pending_id)
            if row is None:
                return
            pendings.remove(tx, workspace_id, pending_id)
            signin = signins.get(tx, workspace_id, row.signin_id)
            if signin and signin.outcome == Outcome.CODE:
                signins.conclude(tx, workspace_id, signin.id, Outcome.EXPIRED)
                self._attempts.show_in_slack(tx, signin)
