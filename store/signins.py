"""Attempts to connect an account, as their member sees them. A browser comes by across/single_use.py."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import and_, exists, select, update
from sqlalchemy.sql import ColumnElement

from store.across.single_use import Signin
from store.schema import signin
from store.transactions import Transaction

CONNECTED = "connected"  # the outcome of an attempt that gave a mailbox
COLUMNS = tuple(signin.c[name] for name in Signin.__dataclass_fields__)


def _is(workspace_id: str, signin_id: str) -> ColumnElement[bool]:
    return and_(signin.c.workspace_id == workspace_id, signin.c.id == signin_id)


def open_link(
    tx: Transaction,
    workspace_id: str,
    member_id: str,
    signin_id: str,
    *,
    provider: str,
    ticket_hash: str,
    expires_at: datetime,
    wish_sealed: str | None = None,
    reconnect_account_id: str | None = None,
    asks: Iterable[str] = (),
    view_id: str | None = None,
    app_id: str | None = None,
) -> None:
    """Keep a link that was just made."""
    values = {
        "id": signin_id,
        "workspace_id": workspace_id,
        "member_id": member_id,
        "provider": provider,
        "ticket_hash": ticket_hash,
        "wish_sealed": wish_sealed,
        "reconnect_account_id": reconnect_account_id,
        "asks": " ".join(sorted(asks)),
        "view_id": view_id,
        "app_id": app_id,
        "created_at": tx.now,
        "expires_at": expires_at,
    }
    tx.execute(signin.insert().values(**values))


def get(tx: Transaction, workspace_id: str, signin_id: str) -> Signin | None:
    """Read an attempt."""
    row = tx.first(select(*COLUMNS).where(_is(workspace_id, signin_id)))
    return None if row is None else Signin(*row)


def find(tx: Transaction, workspace_id: str, member_id: str, signin_id: str) -> Signin | None:
    """Read an attempt, only if it is this member's."""
    row = tx.first(select(*COLUMNS).where(_is(workspace_id, signin_id), signin.c.member_id == member_id))
    return None if row is None else Signin(*row)


def under_way(tx: Transaction, workspace_id: str, member_id: str) -> Signin | None:
    """Find the member's newest attempt that a browser has begun and not finished.

    One from before a mailbox was connected by another attempt was left lying, and is not waited for.
    """
    later = signin.alias()
    left_lying = exists().where(
        later.c.workspace_id == workspace_id,
        later.c.member_id == member_id,
        later.c.outcome == CONNECTED,
        later.c.created_at > signin.c.created_at,
    )
    statement = (
        select(*COLUMNS)
        .where(
            ~left_lying,
            signin.c.workspace_id == workspace_id,
            signin.c.member_id == member_id,
            signin.c.state_hash.is_not(None),
            signin.c.used_at.is_(None),
            signin.c.expires_at > tx.now,
        )
        .order_by(signin.c.created_at.desc())
        .limit(1)
    )
    row = tx.first(statement)
    return None if row is None else Signin(*row)


def show_in(tx: Transaction, workspace_id: str, signin_id: str, view_id: str | None) -> None:
    """Note the window that shows this attempt."""
    tx.execute(update(signin).where(_is(workspace_id, signin_id)).values(view_id=view_id))


def end(tx: Transaction, workspace_id: str, signin_id: str, outcome: str) -> bool:
    """Close an attempt that no callback has taken. False: it was over."""
    statement = (
        update(signin)
        .where(_is(workspace_id, signin_id), signin.c.used_at.is_(None))
        .values(used_at=tx.now, outcome=outcome, flow_sealed=None)
    )
    return tx.changed(statement) == 1


def conclude(
    tx: Transaction, workspace_id: str, signin_id: str, outcome: str, account_id: str | None = None
) -> None:
    """Write down how an attempt ended; what the provider's answer was checked against is forgotten."""
    tx.execute(
        update(signin)
        .where(_is(workspace_id, signin_id))
        .values(outcome=outcome, account_id=account_id, flow_sealed=None)
    )
