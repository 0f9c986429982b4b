"""Links, callbacks and tickets: the browser brings a secret, and only the row says whose it is.

Each is taken by one statement, so that of any number of callers one gets it.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Executable, or_, select, update

from store.database import Transaction
from store.schema import signin, ticket


@dataclass(frozen=True, slots=True, repr=False)
class Signin:
    """One attempt to connect an account."""

    id: str
    workspace_id: str
    member_id: str
    provider: str
    ticket_hash: str
    state_hash: str | None
    cookie_hash: str | None
    flow_sealed: str | None
    wish_sealed: str | None
    reconnect_account_id: str | None
    view_id: str | None
    app_id: str | None
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None
    outcome: str | None
    account_id: str | None
    asks: str


@dataclass(frozen=True, slots=True, repr=False)
class Ticket:
    """Leave to see one page once."""

    hash: str
    workspace_id: str
    member_id: str
    kind: str
    payload_sealed: str
    cookie_hash: str | None
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None


_SIGNIN = tuple(signin.c[name] for name in Signin.__dataclass_fields__)
_TICKET = tuple(ticket.c[name] for name in Ticket.__dataclass_fields__)


def signin_by_id(tx: Transaction, signin_id: str) -> Signin | None:
    """Look at the sign-in that a page's address names; the caller holds the cookie against it."""
    return _signin(tx, select(*_SIGNIN).where(signin.c.id == signin_id))


def signin_by_ticket(tx: Transaction, ticket_hash: str) -> Signin | None:
    """Look at the sign-in that a link names, whatever its state."""
    return _signin(tx, select(*_SIGNIN).where(signin.c.ticket_hash == ticket_hash))


def signin_by_state(tx: Transaction, state_hash: str) -> Signin | None:
    """Look at the sign-in that a callback names, whatever its state: to say what went wrong."""
    return _signin(tx, select(*_SIGNIN).where(signin.c.state_hash == state_hash))


def begin_signin(
    tx: Transaction,
    ticket_hash: str,
    *,
    state_hash: str,
    cookie_hash: str,
    flow_sealed: str,
    expires_at: datetime | None = None,
) -> Signin | None:
    """Turn a link, once, into a sign-in under way in one browser. None: used, expired or unknown.

    `expires_at` gives the way through the provider a time of its own; else the link's goes on.
    """
    statement = (
        update(signin)
        .where(
            signin.c.ticket_hash == ticket_hash,
            signin.c.state_hash.is_(None),
            signin.c.used_at.is_(None),
            signin.c.expires_at > tx.now,
        )
        .values(
            state_hash=state_hash,
            cookie_hash=cookie_hash,
            flow_sealed=flow_sealed,
            expires_at=expires_at or signin.c.expires_at,
        )
        .returning(*_SIGNIN)
    )
    return _signin(tx, statement)


def take_signin(tx: Transaction, state_hash: str, cookie_hash: str) -> Signin | None:
    """Take the sign-in that a callback names, once, in the browser that began it. None: changes nothing."""
    statement = (
        update(signin)
        .where(
            signin.c.state_hash == state_hash,
            signin.c.cookie_hash == cookie_hash,
            signin.c.used_at.is_(None),
            signin.c.expires_at > tx.now,
        )
        .values(used_at=tx.now)
        .returning(*_SIGNIN)
    )
    return _signin(tx, statement)


def ticket_by_hash(tx: Transaction, ticket_hash: str) -> Ticket | None:
    """Look at a ticket, whatever its state."""
    row = tx.first(select(*_TICKET).where(ticket.c.hash == ticket_hash))
    return None if row is None else Ticket(*row)


def bind_ticket(tx: Transaction, ticket_hash: str, cookie_hash: str) -> bool:
    """Bind a ticket to the browser that shows its page first. False: it is bound already."""
    statement = (
        update(ticket)
        .where(ticket.c.hash == ticket_hash, ticket.c.cookie_hash.is_(None))
        .values(cookie_hash=cookie_hash)
    )
    return tx.changed(statement) == 1


def take_ticket(tx: Transaction, ticket_hash: str, cookie_hash: str | None) -> Ticket | None:
    """Take a ticket, once, in the browser it is bound to. None: used, expired, unknown, other browser."""
    statement = (
        update(ticket)
        .where(
            ticket.c.hash == ticket_hash,
            or_(ticket.c.cookie_hash.is_(None), ticket.c.cookie_hash == cookie_hash),
            ticket.c.used_at.is_(None),
            ticket.c.expires_at > tx.now,
        )
        .values(used_at=tx.now)
        .returning(*_TICKET)
    )
    row = tx.first(statement)
    return None if row is None else Ticket(*row)


def _signin(tx: Transaction, statement: Executable) -> Signin | None:
    row = tx.first(statement)
    return None if row is None else Signin(*row)
