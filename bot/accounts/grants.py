"""Grants in hand that are no connection: held for their digits, or put by to be given back."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.accounts.kinds import WITHDRAW
from bot.connections import Connections
from providers.oauth import ConnectedIdentity, Tokens
from store import across, pendings, work
from store.accounts import Account
from store.across import Signin
from store.database import Transaction, new_id
from store.pendings import Pending

# whoever lets an account go asks at once; the ledger takes over should that process have died
IN_PERSON = timedelta(minutes=1)


class Grants:
    """Holds them. Whatever is held is given back when its time is over: the ledger sees to it."""

    def __init__(self, connections: Connections, nudge: Callable[[str], None]) -> None:
        self._connections, self._nudge = connections, nudge

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
            created_at=tx.now,
        )
        self._put_by(tx, row, until)

    def give_back(self, tx: Transaction, signin: Signin, identity: ConnectedIdentity) -> None:
        """Have a grant withdrawn that becomes nothing, unless another connection lives on it."""
        if not across.is_used_elsewhere(tx, signin.provider, identity.subject):
            self.hold(tx, signin, identity, new_id(), "", tx.now)

    def take_over(self, tx: Transaction, account: Account, tokens: Tokens) -> str:
        """Put by the grant of an account that is no more, to be withdrawn; nothing else can use it."""
        pending_id = new_id()
        row = Pending(
            id=pending_id,
            workspace_id=account.workspace_id,
            member_id=account.member_id,
            signin_id="",
            provider=account.provider,
            subject=account.subject,
            address=account.address,
            name=account.name,
            granted=" ".join(sorted(account.granted)),
            tokens_sealed=self._connections.seal_tokens(tokens, "pending", account.workspace_id, pending_id),
            expires_at=tokens.expires_at,
            digits_hash="",
            tries=0,
            expires_on=tx.now,
            created_at=tx.now,
        )
        self._put_by(tx, row, tx.now + IN_PERSON)
        return pending_id

    def _put_by(self, tx: Transaction, row: Pending, due_at: datetime) -> None:
        pendings.add(tx, row.workspace_id, row)
        self._nudge(work.enqueue(tx, row.workspace_id, WITHDRAW, row.id, due_at=due_at, ref=row.id).id)

    def let_go(self, tx: Transaction, pending: Pending) -> None:
        """Give up one that waited for its digits: nobody can take it from here on."""
        if not pendings.close(tx, pending.workspace_id, pending.id):
            return
        later = work.by_key(tx, pending.workspace_id, WITHDRAW, pending.id)
        if later:
            work.withdraw(tx, pending.workspace_id, later.id)
        now = work.enqueue(tx, pending.workspace_id, WITHDRAW, f"{pending.id}:now", ref=pending.id)
        self._nudge(now.id)
