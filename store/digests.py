"""Digests: at most one for a member and local date, and the people whom each names.

claimed → posting → posted, or unsure where Slack's answer was lost: then it may stand there, and is never
posted again. Only people of a digest that is known to stand there count as named; the others come again.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, not_, select, update

from store.candidates import COLUMNS as CANDIDATE_COLUMNS
from store.candidates import PENDING, STRONGEST_FIRST, Candidate
from store.database import Transaction
from store.deciding import IS_CONTACT
from store.ids import new_id
from store.schema import candidate, digest, digest_person

CLAIMED, POSTING, POSTED, UNSURE, EMPTY = "claimed", "posting", "posted", "unsure", "empty"


@dataclass(frozen=True, slots=True)
class Digest:
    """One digest as it stands. `channel` and `ts` are where, once that is known."""

    id: str
    member_id: str
    local_date: date
    state: str
    channel: str | None
    ts: str | None
    at: datetime
    posted_at: datetime | None


COLUMNS = tuple(digest.c[name] for name in Digest.__dataclass_fields__)


def claim(tx: Transaction, workspace_id: str, member_id: str, local_date: date) -> Digest:
    """Take the one digest of a local date; where it is taken already, it stands as it stands."""
    values = {
        "id": new_id(),
        "workspace_id": workspace_id,
        "member_id": member_id,
        "local_date": local_date,
        "at": tx.now,
    }
    tx.insert_new(digest, values)
    found = _one(tx, *_of(workspace_id, member_id), digest.c.local_date == local_date)
    if found is None:
        raise RuntimeError("a digest was claimed and is not there")
    return found


def get(tx: Transaction, workspace_id: str, member_id: str, digest_id: str) -> Digest | None:
    """Read a digest, only for the member it was made for."""
    return _one(tx, *_of(workspace_id, member_id), digest.c.id == digest_id)


def last_date(tx: Transaction, workspace_id: str, member_id: str) -> date | None:
    """Say which local date was the last to have its digest, or to need none."""
    statement = select(func.max(digest.c.local_date)).where(
        *_of(workspace_id, member_id), digest.c.state != CLAIMED
    )
    found: date | None = tx.scalar(statement)
    return found


def move(
    tx: Transaction,
    workspace_id: str,
    digest_id: str,
    to: str,
    *before: str,
    channel: str | None = None,
    ts: str | None = None,
) -> bool:
    """Bring a digest to another state, from one of the states `before`. False: it is in none of them."""
    values: dict[str, Any] = {"state": to}
    if to == POSTED:
        values |= {"channel": channel, "ts": ts, "posted_at": tx.now}
    statement = (
        update(digest)
        .where(digest.c.workspace_id == workspace_id, digest.c.id == digest_id, digest.c.state.in_(before))
        .values(**values)
    )
    return tx.changed(statement) == 1


# --- people -----------------------------------------------------------------------------------------------


def news(tx: Transaction, workspace_id: str, member_id: str, limit: int) -> tuple[Candidate, ...]:
    """List who waits and was named by no digest, strongest first; no address that several people read."""
    statement = (
        select(*CANDIDATE_COLUMNS)
        .where(*_waiting(workspace_id, member_id), candidate.c.named_at.is_(None))
        .order_by(*STRONGEST_FIRST)
        .limit(limit)
    )
    return tuple(Candidate(*row) for row in tx.all(statement))


def set_people(
    tx: Transaction, workspace_id: str, member_id: str, digest_id: str, candidate_ids: Sequence[str]
) -> None:
    """Say whom a digest names, in this order, instead of whomever it named before."""
    tx.execute(
        delete(digest_person).where(
            digest_person.c.workspace_id == workspace_id, digest_person.c.digest_id == digest_id
        )
    )
    whose = {"workspace_id": workspace_id, "member_id": member_id, "digest_id": digest_id}
    for position, candidate_id in enumerate(candidate_ids):
        tx.execute(digest_person.insert().values(**whose, position=position, candidate_id=candidate_id))


def people(tx: Transaction, workspace_id: str, digest_id: str) -> tuple[str, ...]:
    """List the candidates whom a digest names, in its order; some may be kept no longer."""
    statement = (
        select(digest_person.c.candidate_id)
        .where(digest_person.c.workspace_id == workspace_id, digest_person.c.digest_id == digest_id)
        .order_by(digest_person.c.position)
    )
    return tuple(str(row.candidate_id) for row in tx.all(statement))


def candidates_of(
    tx: Transaction, workspace_id: str, member_id: str, digest_id: str
) -> tuple[Candidate | None, ...]:
    """Read the people of a digest as they stand now, in its order. None: somebody kept no longer."""
    named = people(tx, workspace_id, digest_id)
    statement = select(*CANDIDATE_COLUMNS).where(
        candidate.c.workspace_id == workspace_id,
        candidate.c.member_id == member_id,
        candidate.c.id.in_(named),
    )
    found = {row.id: Candidate(*row) for row in tx.all(statement)}
    return tuple(found.get(one) for one in named)


def count_others(tx: Transaction, workspace_id: str, member_id: str, digest_id: str) -> tuple[int, int]:
    """Count who waits beside the people of a digest: named by an earlier one, and not named yet."""
    here = select(digest_person.c.candidate_id).where(
        digest_person.c.workspace_id == workspace_id, digest_person.c.digest_id == digest_id
    )
    named = func.count().filter(candidate.c.named_at.is_not(None))
    fresh = func.count().filter(candidate.c.named_at.is_(None))
    row = tx.first(
        select(named, fresh).where(*_waiting(workspace_id, member_id), candidate.c.id.not_in(here))
    )
    return (int(row[0]), int(row[1])) if row else (0, 0)


def note_named(tx: Transaction, workspace_id: str, member_id: str, digest_id: str) -> None:
    """Note that the people of a digest have been named."""
    here = people(tx, workspace_id, digest_id)
    tx.execute(
        update(candidate)
        .where(
            candidate.c.workspace_id == workspace_id,
            candidate.c.member_id == member_id,
            candidate.c.id.in_(here),
            candidate.c.named_at.is_(None),
        )
        .values(named_at=tx.now)
    )


def naming(
    tx: Transaction, workspace_id: str, member_id: str, candidate_ids: Collection[str], since: datetime
) -> tuple[Digest, ...]:
    """List the digests that stand somewhere, were made since then and name any of these people."""
    statement = (
        select(*COLUMNS)
        .where(
            *_of(workspace_id, member_id),
            digest.c.state == POSTED,
            digest.c.at >= since,
            select(digest_person.c.position)
            .where(
                digest_person.c.workspace_id == workspace_id,
                digest_person.c.digest_id == digest.c.id,
                digest_person.c.candidate_id.in_(sorted(candidate_ids)),
            )
            .exists(),
        )
        .order_by(digest.c.at.desc())
    )
    return tuple(Digest(*row) for row in tx.all(statement))


def _of(workspace_id: str, member_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return digest.c.workspace_id == workspace_id, digest.c.member_id == member_id


def _waiting(workspace_id: str, member_id: str) -> tuple[ColumnElement[bool], ...]:
    return (
        candidate.c.workspace_id == workspace_id,
        candidate.c.member_id == member_id,
        candidate.c.state == PENDING,
        candidate.c.shared.is_(False),
        not_(IS_CONTACT),
    )


def _one(tx: Transaction, *where: ColumnElement[bool]) -> Digest | None:
    row = tx.first(select(*COLUMNS).where(and_(*where)))
    return None if row is None else Digest(*row)
