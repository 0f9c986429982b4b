"""Scans: looks through a member's mailboxes, and how far each of them is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select, update

from store.database import Transaction
from store.schema import mail_cursor, member, scan, scan_mailbox

ASKED, EVERY_SENDER, NIGHT = "asked", "every_sender", "night"
RUNNING, DONE, CANCELLED, FAILED = "running", "done", "cancelled", "failed"
WAITING, READ = "waiting", "read"
WAITED_FOR = "RateLimited"  # the error code of an account that asks, or asked for too long, for patience


@dataclass(frozen=True, slots=True)
class Scan:
    """One scan. `found` counts people not suggested before, `left_out` those whom a rule left out."""

    id: str
    member_id: str
    kind: str
    state: str
    since: datetime
    started_at: datetime
    finished_at: datetime | None
    view_id: str | None
    told_at: datetime | None
    looked_at: int
    found: int
    contacts: int
    left_out: int


@dataclass(frozen=True, slots=True)
class ScanMailbox:
    """How far a scan is in one account. `total` is None while nobody knows how many mails there are."""

    scan_id: str
    account_id: str
    state: str
    cursor: str | None
    looked_at: int
    total: int | None
    filed_apart: int
    paused_until: datetime | None
    trouble: int
    error_code: str | None


COLUMNS = tuple(scan.c[name] for name in Scan.__dataclass_fields__)
MAILBOX_COLUMNS = tuple(scan_mailbox.c[name] for name in ScanMailbox.__dataclass_fields__)


def begin(
    tx: Transaction,
    workspace_id: str,
    member_id: str,
    scan_id: str,
    *,
    kind: str,
    since: datetime,
    cursors: Mapping[str, str | None],
) -> None:
    """Begin a scan of the accounts that are the keys of `cursors`, each from its cursor or by date."""
    belongs = {"workspace_id": workspace_id, "member_id": member_id}
    values = {**belongs, "id": scan_id, "kind": kind, "since": since, "started_at": tx.now}
    tx.execute(scan.insert().values(**values))
    for account_id, cursor in cursors.items():
        row = {**belongs, "scan_id": scan_id, "account_id": account_id, "cursor": cursor}
        tx.execute(scan_mailbox.insert().values(**row))


def hold(tx: Transaction, workspace_id: str, member_id: str) -> None:
    """Let nobody else begin a scan of this member's until the transaction ends."""
    tx.execute(
        select(member.c.id)
        .where(member.c.workspace_id == workspace_id, member.c.id == member_id)
        .with_for_update(key_share=True)
    )


def get(tx: Transaction, workspace_id: str, scan_id: str) -> Scan | None:
    """Read a scan for work that is done behind; whoever presses goes through `find`."""
    return _one(tx, scan.c.workspace_id == workspace_id, scan.c.id == scan_id)


def find(tx: Transaction, workspace_id: str, member_id: str, scan_id: str) -> Scan | None:
    """Find a scan, only if it is this member's."""
    return _one(tx, scan.c.workspace_id == workspace_id, scan.c.member_id == member_id, scan.c.id == scan_id)


def latest(tx: Transaction, workspace_id: str, member_id: str, *states: str) -> Scan | None:
    """Read the scan that began last, of any state or of these."""
    where = [scan.c.workspace_id == workspace_id, scan.c.member_id == member_id]
    return _one(tx, *where, *([scan.c.state.in_(states)] if states else []))


def running(tx: Transaction, workspace_id: str, member_id: str) -> Scan | None:
    """Read the scan that the member asked for and that is under way."""
    return _one(
        tx,
        scan.c.workspace_id == workspace_id,
        scan.c.member_id == member_id,
        scan.c.state == RUNNING,
        scan.c.kind != NIGHT,
    )


def mailboxes(tx: Transaction, workspace_id: str, scan_id: str) -> tuple[ScanMailbox, ...]:
    """List how far a scan is in each account. An account that was disconnected has no row any more."""
    statement = (
        select(*MAILBOX_COLUMNS)
        .where(scan_mailbox.c.workspace_id == workspace_id, scan_mailbox.c.scan_id == scan_id)
        .order_by(scan_mailbox.c.account_id)
    )
    return tuple(ScanMailbox(*row) for row in tx.all(statement))


def note(tx: Transaction, workspace_id: str, scan_id: str, **values: Any) -> None:
    """Write down something about a scan that is no change of its state."""
    tx.execute(update(scan).where(scan.c.workspace_id == workspace_id, scan.c.id == scan_id).values(**values))


def note_mailbox(tx: Transaction, workspace_id: str, scan_id: str, account_id: str, **values: Any) -> None:
    """Write down how far a scan is in one account."""
    tx.execute(
        update(scan_mailbox)
        .where(
            scan_mailbox.c.workspace_id == workspace_id,
            scan_mailbox.c.scan_id == scan_id,
            scan_mailbox.c.account_id == account_id,
        )
        .values(**values)
    )


def move(tx: Transaction, workspace_id: str, scan_id: str, *, to: str) -> bool:
    """Bring a running scan to its end, or an ended one back to running. False: it was not in that state."""
    origin = scan.c.state != RUNNING if to == RUNNING else scan.c.state == RUNNING
    statement = (
        update(scan)
        .where(scan.c.workspace_id == workspace_id, scan.c.id == scan_id, origin)
        .values(state=to, finished_at=None if to == RUNNING else tx.now)
    )
    return tx.changed(statement) == 1


def forget_window(tx: Transaction, workspace_id: str, scan_id: str, view_id: str) -> None:
    """Note that a window shows a scan no more, unless another one does by now."""
    tx.execute(
        update(scan)
        .where(scan.c.workspace_id == workspace_id, scan.c.id == scan_id, scan.c.view_id == view_id)
        .values(view_id=None)
    )


def is_cancelled_or_gone(tx: Transaction, workspace_id: str, scan_id: str) -> bool:
    """Say whether a scan is not to go on."""
    found = get(tx, workspace_id, scan_id)
    return found is None or found.state != RUNNING


def cursors(tx: Transaction, workspace_id: str, member_id: str) -> dict[str, str]:
    """Read where the next night begins, by account."""
    statement = select(mail_cursor.c.account_id, mail_cursor.c.cursor).where(
        mail_cursor.c.workspace_id == workspace_id, mail_cursor.c.member_id == member_id
    )
    return {row.account_id: row.cursor for row in tx.all(statement)}


def keep_cursor(tx: Transaction, workspace_id: str, member_id: str, account_id: str, cursor: str) -> None:
    """Keep where the next night begins in an account."""
    keys = ("workspace_id", "account_id")
    values = {
        "workspace_id": workspace_id,
        "account_id": account_id,
        "member_id": member_id,
        "cursor": cursor,
        "as_of": tx.now,
    }
    tx.upsert(mail_cursor, keys, values)


def _one(tx: Transaction, *where: ColumnElement[bool]) -> Scan | None:
    row = tx.first(select(*COLUMNS).where(*where).order_by(scan.c.started_at.desc(), scan.c.id).limit(1))
    return None if row is None else Scan(*row)
