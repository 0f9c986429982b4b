"""Whom the last scan met, one row for each address in each account, and what became of them.

A row goes from met (the mailbox is still to be asked whether the member ever wrote there) over asked to
decided. Kept for two weeks after the last scan that met them.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select, update

from store.candidates import DISMISSED
from store.database import Transaction
from store.schema import candidate, met

KEPT = timedelta(days=14)
MET, ASKED, DECIDED = "met", "asked", "decided"
CONTACT = "contact"  # the reason of somebody who is one already: not left out
_KEYS = ("workspace_id", "member_id", "account_id", "address")


@dataclass(frozen=True, slots=True)
class Met:
    """What is known of an address in one account; some texts are as bot/discovery/rows writes them."""

    member_id: str
    account_id: str
    address: str
    scan_id: str
    name: str = ""
    mails: int = 0
    human: int = 0
    sent: int = 0
    conversations: int = 0
    threads: str = ""
    last_at: datetime | None = None
    marks: str = ""
    reasons: str = ""
    state: str = MET
    newer_unread: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody whom a rule left out, over all accounts."""

    address: str
    name: str
    mails: int
    sent: int
    last_at: datetime | None
    reasons: str


COLUMNS = tuple(met.c[name] for name in Met.__dataclass_fields__)


def keep(tx: Transaction, workspace_id: str, rows: Iterable[Met]) -> None:
    """Write rows, each in the place of what was known before."""
    for row in sorted(rows, key=lambda one: (one.account_id, one.address)):
        values: dict[str, Any] = {name: getattr(row, name) for name in Met.__dataclass_fields__}
        values |= {"workspace_id": workspace_id, "keep_until": tx.now + KEPT}
        tx.upsert(met, _KEYS, values)


def of_addresses(
    tx: Transaction, workspace_id: str, member_id: str, addresses: Collection[str]
) -> tuple[Met, ...]:
    """Read what is known of some addresses, in every account of the member."""
    return _read(tx, workspace_id, met.c.member_id == member_id, met.c.address.in_(sorted(addresses)))


def to_ask(tx: Transaction, workspace_id: str, scan_id: str, account_id: str, limit: int) -> tuple[Met, ...]:
    """List whom an account is still to be asked about, who wrote last first."""
    where = (met.c.scan_id == scan_id, met.c.account_id == account_id, met.c.state == MET)
    return _read(tx, workspace_id, *where, limit=limit)


def to_decide(tx: Transaction, workspace_id: str, scan_id: str, limit: int) -> tuple[Met, ...]:
    """List who is asked about and not decided, who wrote last first."""
    return _read(tx, workspace_id, met.c.scan_id == scan_id, met.c.state == ASKED, limit=limit)


def to_date(tx: Transaction, workspace_id: str, scan_id: str, account_id: str, limit: int) -> tuple[Met, ...]:
    """List who is suggested and wrote again after the newest mail that was read."""
    where = (met.c.scan_id == scan_id, met.c.account_id == account_id, met.c.newer_unread)
    return _read(tx, workspace_id, *where, met.c.state == DECIDED, met.c.reasons == "", limit=limit)


def familiar(tx: Transaction, workspace_id: str, member_id: str, limit: int) -> tuple[str, ...]:
    """List whom the last scan met who is a contact or was suggested, who wrote last first."""
    wanted = (met.c.member_id == member_id, met.c.state == DECIDED, met.c.reasons.in_(("", CONTACT)))
    return tuple(row.address for row in _read(tx, workspace_id, *wanted, limit=limit))


def written_to(tx: Transaction, workspace_id: str, member_id: str) -> dict[str, int]:
    """Count what the member wrote to each address, over all accounts."""
    statement = (
        select(met.c.address, func.sum(met.c.sent))
        .where(met.c.workspace_id == workspace_id, met.c.member_id == member_id, met.c.sent > 0)
        .group_by(met.c.address)
    )
    return {address: int(sent) for address, sent in tx.all(statement)}


def decide(tx: Transaction, workspace_id: str, member_id: str, address: str, reasons: str) -> None:
    """Write down what became of an address; "" for who is suggested."""
    tx.execute(
        update(met)
        .where(
            met.c.workspace_id == workspace_id,
            met.c.member_id == member_id,
            met.c.address == address,
            met.c.state != MET,
        )
        .values(reasons=reasons, state=DECIDED)
    )


def reconsider(
    tx: Transaction,
    workspace_id: str,
    account_id: str,
    codes: Collection[str],
    *,
    scan_id: str,
    state: str = MET,
) -> None:
    """Ask again about people of whom something could not be found out."""
    tx.execute(
        update(met)
        .where(
            met.c.workspace_id == workspace_id,
            met.c.account_id == account_id,
            met.c.reasons.in_(sorted(codes)),
        )
        .values(reasons="", state=state, scan_id=scan_id)
    )


def leave_unasked(tx: Transaction, workspace_id: str, scan_id: str, account_id: str, code: str) -> None:
    """Ask an account no more: whoever was still to be asked about gets this reason, to be decided with."""
    tx.execute(
        update(met)
        .where(
            met.c.workspace_id == workspace_id,
            met.c.scan_id == scan_id,
            met.c.account_id == account_id,
            met.c.state == MET,
        )
        .values(reasons=code, state=ASKED)
    )


def clear(tx: Transaction, workspace_id: str, account_id: str) -> None:
    """Forget whom an account's last scan met: a new one begins to count."""
    tx.execute(delete(met).where(met.c.workspace_id == workspace_id, met.c.account_id == account_id))


_IS_SUGGESTED = exists().where(  # whatever a rule said: the member asked for them, or has taken them
    candidate.c.workspace_id == met.c.workspace_id,
    candidate.c.member_id == met.c.member_id,
    candidate.c.address == met.c.address,
    candidate.c.state != DISMISSED,
)


def figures(tx: Transaction, workspace_id: str, scan_id: str) -> tuple[int, int]:
    """Count, of those whom a scan met, who is a contact already and who was left out."""
    is_contact = met.c.reasons == CONTACT
    is_left_out = and_(~is_contact, met.c.reasons != "", ~_IS_SUGGESTED)
    row = tx.first(
        select(
            func.count(met.c.address.distinct()).filter(is_contact),
            func.count(met.c.address.distinct()).filter(is_left_out),
        ).where(met.c.workspace_id == workspace_id, met.c.scan_id == scan_id, met.c.state == DECIDED)
    )
    return (int(row[0]), int(row[1])) if row else (0, 0)


def reasons(tx: Transaction, workspace_id: str, member_id: str) -> dict[str, int]:
    """Count who was left out, by the most telling reason, most frequent first."""
    statement = (
        select(met.c.reasons, func.count(met.c.address.distinct()))
        .where(*_left_out(workspace_id, member_id))
        .group_by(met.c.reasons)
    )
    found: dict[str, int] = {}
    for codes, number in tx.all(statement):
        first = codes.split()[0]
        found[first] = found.get(first, 0) + int(number)
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def left_out(
    tx: Transaction, workspace_id: str, member_id: str, codes: Collection[str], limit: int, start: int = 0
) -> tuple[LeftOut, ...]:
    """List who was left out for one of these most telling reasons, who wrote most first."""
    wanted = or_(*(or_(met.c.reasons == code, met.c.reasons.startswith(f"{code} ")) for code in codes))
    mails = func.sum(met.c.mails)
    statement = (
        select(
            met.c.address,
            func.max(met.c.name),
            mails,
            func.sum(met.c.sent),
            func.max(met.c.last_at, type_=met.c.last_at.type),
            func.max(met.c.reasons),
        )
        .where(*_left_out(workspace_id, member_id), wanted)
        .group_by(met.c.address)
        .order_by(mails.desc(), met.c.address)
        .limit(limit)
        .offset(start)
    )
    return tuple(
        LeftOut(address, name, int(total), int(sent), last_at, codes_of)
        for address, name, total, sent, last_at, codes_of in tx.all(statement)
    )


def _left_out(workspace_id: str, member_id: str) -> tuple[ColumnElement[bool], ...]:
    return (
        met.c.workspace_id == workspace_id,
        met.c.member_id == member_id,
        met.c.state == DECIDED,
        met.c.reasons.not_in(("", CONTACT)),
        ~_IS_SUGGESTED,
    )


def _read(
    tx: Transaction, workspace_id: str, *where: ColumnElement[bool], limit: int | None = None
) -> tuple[Met, ...]:
    statement = (
        select(*COLUMNS)
        .where(and_(met.c.workspace_id == workspace_id, *where))
        .order_by(met.c.last_at.desc(), met.c.address, met.c.account_id)
        .limit(limit)
    )
    return tuple(Met(*row) for row in tx.all(statement))
