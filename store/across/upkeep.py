"""What is done for all workspaces alike: throwing away what has served, and moving to a new key."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Column, ColumnElement, and_, delete, func, not_, or_, select, update

from store.across import contact_upkeep, discovery_upkeep
from store.database import Transaction
from store.schema import SEALED, activity, outgoing, pending, seen, signin, ticket, work
from store.sealing import Keyring

SEEN_DAYS = timedelta(days=7)  # Slack delivers again for hours; a saved request dies after five minutes
WORK_DAYS = timedelta(days=90)  # done or dead; the keys of finished work protect against doing it again
ACTIVITY_DAYS = timedelta(days=365)
PENDING_DAYS = timedelta(days=14)  # a provider is asked for a week to withdraw a grant, then its holder told
SIGNIN_DAYS = timedelta(days=30)  # an administrator may take weeks to approve what a sign-in asked for


@dataclass(frozen=True, slots=True)
class Purged:
    """How many rows went, or lost their text."""

    rows: int
    texts: int


def purge(tx: Transaction) -> Purged:
    """Delete what is over and forget the text of messages that are kept no longer."""
    now = tx.now
    over = (
        delete(seen).where(seen.c.at < now - SEEN_DAYS),
        delete(ticket).where(ticket.c.expires_at < now - timedelta(days=1)),
        delete(signin).where(signin.c.expires_at < now - SIGNIN_DAYS),
        delete(pending).where(pending.c.expires_on < now - PENDING_DAYS),
        delete(activity).where(activity.c.at < now - ACTIVITY_DAYS),
        delete(work).where(work.c.state.in_(("done", "dead")), work.c.finished_at < now - WORK_DAYS),
        delete(outgoing).where(outgoing.c.created_at < now - WORK_DAYS),
        *contact_upkeep.over(now),
        *discovery_upkeep.over(now),
    )
    forget = (
        update(outgoing)
        .where(
            outgoing.c.keep_until < now,
            or_(outgoing.c.subject_sealed.is_not(None), outgoing.c.body_sealed.is_not(None)),
        )
        .values(subject_sealed=None, body_sealed=None)
    )
    over_for_a_day = (
        update(signin)
        .where(
            signin.c.expires_at < now - timedelta(days=1),
            or_(signin.c.flow_sealed.is_not(None), signin.c.wish_sealed.is_not(None)),
        )
        .values(flow_sealed=None, wish_sealed=None)
    )
    rows = sum(tx.changed(statement) for statement in over)
    return Purged(rows=rows, texts=tx.changed(forget) + tx.changed(over_for_a_day))


def reseal(tx: Transaction, keyring: Keyring, limit: int) -> int:
    """Seal at most `limit` values again under the first key. 0: all of them are.

    A value that changes meanwhile is left to whoever changed it. Raises: store.sealing.Unreadable.
    """
    moved = 0
    for column in SEALED:
        if moved >= limit:
            break
        row_id = _row_id(column)
        workspace_id = column.table.c.workspace_id
        statement = (
            select(workspace_id, row_id, column)
            .where(column.is_not(None), not_(_under(column, keyring, keyring.sealing_id)))
            .limit(limit - moved)
        )
        for workspace, row, envelope in tx.all(statement):
            plain = keyring.open(envelope, column.table.name, column.name, workspace, row)
            fresh = keyring.seal(plain, column.table.name, column.name, workspace, row)
            tx.execute(
                update(column.table)
                .where(workspace_id == workspace, row_id == row, column == envelope)
                .values({column: fresh})
            )
            moved += 1
    return moved


def count_unreadable(tx: Transaction, keyring: Keyring) -> int:
    """Count values sealed under keys that are not in the keyring: Mailroom must not start with any."""
    total = 0
    for column in SEALED:
        known = or_(*(_under(column, keyring, key_id) for key_id in sorted(keyring.ids)))
        statement = (
            select(func.count()).select_from(column.table).where(and_(column.is_not(None), not_(known)))
        )
        total += int(tx.scalar(statement) or 0)
    return total


def _under(column: Column[str], keyring: Keyring, key_id: str) -> ColumnElement[bool]:
    prefix = keyring.prefix(key_id)
    return func.substr(column, 1, len(prefix)) == prefix


def _row_id(column: Column[str]) -> Column[str]:
    """The column whose value a seal is bound to: the last one of the primary key."""
    return list(column.table.primary_key.columns)[-1]
