"""Connected accounts: whose they are and what they allow. The grant itself is the matter of grants.py."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, delete, select, update

from store.schema import account, own_address
from store.transactions import Transaction


@dataclass(frozen=True, slots=True)
class Account:
    """One mailbox of one member. `granted` holds capability names; `state` is active or reconnect."""

    id: str
    workspace_id: str
    member_id: str
    provider: str
    subject: str
    address: str
    name: str
    state: str
    is_default: bool
    granted: frozenset[str]
    quote_last: bool
    connected_at: datetime
    lost_at: datetime | None
    told_lost_at: datetime | None
    last_read_at: datetime | None
    has_signature: bool


def _account(row: Row[Any]) -> Account:
    r = row._mapping
    return Account(
        id=r["id"],
        workspace_id=r["workspace_id"],
        member_id=r["member_id"],
        provider=r["provider"],
        subject=r["subject"],
        address=r["address"],
        name=r["name"],
        state=r["state"],
        is_default=r["is_default"],
        granted=frozenset(r["granted"].split()),
        quote_last=r["quote_last"],
        connected_at=r["connected_at"],
        lost_at=r["lost_at"],
        told_lost_at=r["told_lost_at"],
        last_read_at=r["last_read_at"],
        has_signature=r["signature_sealed"] is not None,
    )


def _is(workspace_id: str, account_id: str) -> Any:
    return and_(account.c.workspace_id == workspace_id, account.c.id == account_id)


def of_member(tx: Transaction, workspace_id: str, member_id: str) -> tuple[Account, ...]:
    """List a member's accounts, the default first, then in the order they were connected."""
    statement = (
        select(account)
        .where(account.c.workspace_id == workspace_id, account.c.member_id == member_id)
        .order_by(account.c.is_default.desc(), account.c.connected_at)
    )
    return tuple(_account(row) for row in tx.all(statement))


def find(tx: Transaction, workspace_id: str, member_id: str, account_id: str) -> Account | None:
    """Find one account, only if it is this member's."""
    row = tx.first(select(account).where(_is(workspace_id, account_id), account.c.member_id == member_id))
    return _account(row) if row else None


def get(tx: Transaction, workspace_id: str, account_id: str) -> Account | None:
    """Read an account for work that is done behind; whoever presses goes through `find`."""
    row = tx.first(select(account).where(_is(workspace_id, account_id)))
    return _account(row) if row else None


def find_subject(
    tx: Transaction, workspace_id: str, member_id: str, provider: str, subject: str
) -> Account | None:
    """Find a member's account by the provider's name for it."""
    row = tx.first(
        select(account).where(
            account.c.workspace_id == workspace_id,
            account.c.member_id == member_id,
            account.c.provider == provider,
            account.c.subject == subject,
        )
    )
    return _account(row) if row else None


def used_by_another(tx: Transaction, workspace_id: str, member_id: str, provider: str, subject: str) -> bool:
    """Say whether another member of this workspace has connected the same mailbox."""
    statement = select(account.c.id).where(
        account.c.workspace_id == workspace_id,
        account.c.member_id != member_id,
        account.c.provider == provider,
        account.c.subject == subject,
    )
    return tx.first(statement) is not None


def add(
    tx: Transaction,
    workspace_id: str,
    member_id: str,
    account_id: str,
    *,
    provider: str,
    subject: str,
    address: str,
    name: str,
    granted: Iterable[str],
    tokens_sealed: str,
    expires_at: datetime,
) -> None:
    """Keep a new account. The first one of a member is the default."""
    values: Mapping[str, Any] = {
        "id": account_id,
        "workspace_id": workspace_id,
        "member_id": member_id,
        "provider": provider,
        "subject": subject,
        "address": address,
        "name": name,
        "is_default": not of_member(tx, workspace_id, member_id),
        "granted": " ".join(sorted(granted)),
        "tokens_sealed": tokens_sealed,
        "expires_at": expires_at,
        "connected_at": tx.now,
    }
    tx.execute(account.insert().values(**values))


def renew(
    tx: Transaction,
    workspace_id: str,
    account_id: str,
    *,
    address: str,
    name: str,
    granted: Iterable[str],
    tokens_sealed: str,
    expires_at: datetime,
) -> None:
    """Put a fresh grant into an account that is there already: connecting twice updates."""
    tx.execute(
        update(account)
        .where(_is(workspace_id, account_id))
        .values(
            address=address,
            name=name,
            granted=" ".join(sorted(granted)),
            tokens_sealed=tokens_sealed,
            tokens_version=account.c.tokens_version + 1,
            expires_at=expires_at,
            state="active",
            lost_at=None,
            told_lost_at=None,
            refresh_lease_until=None,
        )
    )


def remove(tx: Transaction, workspace_id: str, member_id: str, account_id: str) -> bool:
    """Delete an account, its tokens and its addresses. The next one becomes the default."""
    tx.execute(
        delete(own_address).where(
            own_address.c.workspace_id == workspace_id,
            own_address.c.member_id == member_id,
            own_address.c.account_id == account_id,
        )
    )
    gone = tx.changed(delete(account).where(_is(workspace_id, account_id), account.c.member_id == member_id))
    left = of_member(tx, workspace_id, member_id)
    if left and not any(a.is_default for a in left):
        make_default(tx, workspace_id, member_id, left[0].id)
    return gone == 1


def make_default(tx: Transaction, workspace_id: str, member_id: str, account_id: str) -> None:
    """Use this account for new messages."""
    tx.execute(
        update(account)
        .where(account.c.workspace_id == workspace_id, account.c.member_id == member_id)
        .values(is_default=account.c.id == account_id)
    )


def note_read(tx: Transaction, workspace_id: str, account_id: str) -> None:
    """Note that the mailbox was read just now."""
    tx.execute(update(account).where(_is(workspace_id, account_id)).values(last_read_at=tx.now))


def note_told_lost(tx: Transaction, workspace_id: str, account_id: str) -> None:
    """Note that the member was told that access has ended."""
    tx.execute(update(account).where(_is(workspace_id, account_id)).values(told_lost_at=tx.now))


def signature(tx: Transaction, workspace_id: str, account_id: str) -> str | None:
    """Read the sealed signature. None: there is none."""
    statement = select(account.c.signature_sealed).where(_is(workspace_id, account_id))
    sealed: str | None = tx.scalar(statement)
    return sealed


def set_writing(
    tx: Transaction,
    workspace_id: str,
    member_id: str,
    account_id: str,
    *,
    signature_sealed: str | None,
    quote_last: bool,
) -> bool:
    """Keep how mail from this account is written. False: not this member's account."""
    statement = (
        update(account)
        .where(_is(workspace_id, account_id), account.c.member_id == member_id)
        .values(signature_sealed=signature_sealed, quote_last=quote_last)
    )
    return tx.changed(statement) == 1
