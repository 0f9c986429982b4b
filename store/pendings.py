"""Grants in hand that wait for six digits, or to be given back to their provider.

One that nobody can take any more has no digits left; its tokens serve to withdraw it and nothing else.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, delete, select, update
from sqlalchemy.sql import ColumnElement

from store.schema import pending
from store.transactions import Transaction


@dataclass(frozen=True, slots=True, repr=False)
class Pending:
    """A grant that is no connection yet. `expires_at` is the access token's, `expires_on` the row's."""

    id: str
    workspace_id: str
    member_id: str
    signin_id: str
    provider: str
    subject: str
    address: str
    name: str
    granted: str
    tokens_sealed: str
    expires_at: datetime
    digits_hash: str
    tries: int
    expires_on: datetime
    created_at: datetime

    def may_be_taken(self, now: datetime) -> bool:
        """Say whether its digits still open it. A clock that was set back brings none to life again."""
        return bool(self.digits_hash) and self.expires_on > now


COLUMNS = tuple(pending.c[name] for name in Pending.__dataclass_fields__)


def _is(workspace_id: str, pending_id: str) -> ColumnElement[bool]:
    return and_(pending.c.workspace_id == workspace_id, pending.c.id == pending_id)


def _may_be_taken(now: datetime) -> ColumnElement[bool]:
    return and_(pending.c.digits_hash != "", pending.c.expires_on > now)


def add(tx: Transaction, workspace_id: str, row: Pending) -> None:
    """Keep a grant until its member says that it is hers, or it is given back."""
    values = {name: getattr(row, name) for name in Pending.__dataclass_fields__}
    tx.execute(pending.insert().values(**values | {"workspace_id": workspace_id}))


def get(tx: Transaction, workspace_id: str, pending_id: str) -> Pending | None:
    """Read one, whatever its age."""
    return _one(tx, _is(workspace_id, pending_id))


def of_signin(tx: Transaction, workspace_id: str, member_id: str, signin_id: str) -> Pending | None:
    """Find what an attempt of this member left waiting, if it may still be taken."""
    return _one(
        tx,
        pending.c.workspace_id == workspace_id,
        pending.c.member_id == member_id,
        pending.c.signin_id == signin_id,
        _may_be_taken(tx.now),
    )


def of_member(tx: Transaction, workspace_id: str, member_id: str) -> tuple[Pending, ...]:
    """List what may still be taken of all that a member has begun."""
    statement = select(*COLUMNS).where(
        pending.c.workspace_id == workspace_id,
        pending.c.member_id == member_id,
        _may_be_taken(tx.now),
    )
    return tuple(Pending(*row) for row in tx.all(statement))


def count_try(tx: Transaction, workspace_id: str, pending_id: str, most: int) -> int | None:
    """Count one guess before it is looked at. None: too late, or too many. Returns how many it were."""
    statement = (
        update(pending)
        .where(_is(workspace_id, pending_id), pending.c.tries < most, _may_be_taken(tx.now))
        .values(tries=pending.c.tries + 1)
        .returning(pending.c.tries)
    )
    row = tx.first(statement)
    return None if row is None else int(row.tries)


def close(tx: Transaction, workspace_id: str, pending_id: str) -> bool:
    """Let nobody take it any more; it only waits to be given back. False: nobody could."""
    statement = (
        update(pending)
        .where(_is(workspace_id, pending_id), _may_be_taken(tx.now))
        .values(expires_on=tx.now, digits_hash="")
    )
    return tx.changed(statement) == 1


def remove(tx: Transaction, workspace_id: str, pending_id: str) -> bool:
    """Delete it with its tokens. False: it was gone."""
    return tx.changed(delete(pending).where(_is(workspace_id, pending_id))) == 1


def _one(tx: Transaction, *where: ColumnElement[bool]) -> Pending | None:
    row = tx.first(select(*COLUMNS).where(*where))
    return None if row is None else Pending(*row)
