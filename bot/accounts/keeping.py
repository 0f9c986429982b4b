"""The one place where a grant becomes a connection, in the transaction that decided it."""

from collections.abc import Callable
from typing import Protocol

from bot.accounts.approval import waits_no_longer
from bot.accounts.attempts import Outcome
from bot.accounts.kinds import READ_ADDRESSES
from bot.accounts.parting import is_ending, let_go
from bot.connections import Connections
from providers.oauth import Tokens
from store import accounts, activity, own_addresses, signins, work
from store.across import Signin
from store.database import Transaction, new_id


class Mailbox(Protocol):
    """Whose mailbox a grant opens: an identity fresh from the provider, or one that waited for digits."""

    @property
    def subject(self) -> str:
        """The provider's name for the person, which never changes."""

    @property
    def address(self) -> str:
        """The mailbox's address."""

    @property
    def name(self) -> str:
        """What the provider calls the person."""


def keep(
    tx: Transaction,
    connections: Connections,
    nudge: Callable[[str], None],
    signin: Signin,
    mailbox: Mailbox,
    tokens: Tokens,
) -> None:
    """Connect the mailbox, or put the fresh grant into the connection that is there.

    The login address counts as the member's own at once; aliases follow, when the provider has been asked.
    """
    workspace_id, member_id = signin.workspace_id, signin.member_id
    known = accounts.find_subject(tx, workspace_id, member_id, signin.provider, mailbox.subject)
    if known and is_ending(tx, known):  # they were let in again before that was over: it ends, this begins
        let_go(tx, known)
        known = None
    account_id = known.id if known else new_id()
    sealed = connections.seal_tokens(tokens, "account", workspace_id, account_id)
    if known:
        accounts.renew(
            tx,
            workspace_id,
            account_id,
            address=mailbox.address,
            name=mailbox.name,
            granted=tokens.granted,
            tokens_sealed=sealed,
            expires_at=tokens.expires_at,
        )
    else:
        accounts.add(
            tx,
            workspace_id,
            member_id,
            account_id,
            provider=signin.provider,
            subject=mailbox.subject,
            address=mailbox.address,
            name=mailbox.name,
            granted=tokens.granted,
            tokens_sealed=sealed,
            expires_at=tokens.expires_at,
        )
        login = [(mailbox.address, mailbox.name, "login")]
        own_addresses.keep_of_account(tx, workspace_id, member_id, account_id, login)
    signins.conclude(tx, workspace_id, signin.id, Outcome.CONNECTED, account_id)
    waits_no_longer(tx, signin)
    activity.note(tx, workspace_id, member_id, "connected")
    reading = work.enqueue(tx, workspace_id, READ_ADDRESSES, f"{account_id}:{signin.id}", ref=account_id)
    nudge(reading.id)
