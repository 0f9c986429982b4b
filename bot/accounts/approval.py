"""Waiting for an organisation: the link for its administrator, and telling the member how it went on.

At work, most sign-ins at Microsoft end on a page of Microsoft's that sends nobody back. So the link names the
sign-in that it helps; what an administrator's browser brings back connects nobody, it only tells the member.
Source: reference/providers.md 3.5
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.accounts.attempts import ABOUT_APPROVAL, Answered, Attempt, Cause
from bot.accounts.kinds import APPROVED, APPROVED_YET
from bot.accounts.reading import Attempts
from bot.connections import Connections
from providers.oauth import SignInRefused
from store import accounts, across, members, signins, work
from store.across import Signin
from store.database import Database, Transaction
from store.members import Member

WAIT = timedelta(days=2)  # until the member is asked whether it was approved

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A member who waits, and what for."""

    member: Member
    attempt: Attempt


def is_about_approval(query: Mapping[str, str]) -> bool:
    """Say whether a callback is an administrator's, not that of a sign-in."""
    return query.get("state", "").startswith(ABOUT_APPROVAL)


def wait(tx: Transaction, signin: Signin) -> None:
    """Ask the member in two days, once for all attempts that wait by then."""
    lane = _lane(signin)
    if not work.waiting(tx, signin.workspace_id, APPROVED_YET, lane):
        due = tx.now + WAIT
        work.enqueue(tx, signin.workspace_id, APPROVED_YET, signin.id, due_at=due, lane=lane, ref=signin.id)


def waits_no_longer(tx: Transaction, signin: Signin) -> None:
    """Do not ask: it is approved, or the mailbox is connected."""
    for one in work.waiting(tx, signin.workspace_id, APPROVED_YET, _lane(signin)):
        work.withdraw(tx, signin.workspace_id, one.id)


def _lane(signin: Signin) -> str:
    return f"approval:{signin.member_id}:{signin.provider}"


class Approvals:
    """Takes approvals, and finds out whom they help. Thread-safe."""

    def __init__(
        self,
        database: Database,
        connections: Connections,
        attempts: Attempts,
        nudge: Callable[[str], None],
    ) -> None:
        self._database, self._connections = database, connections
        self._attempts, self._nudge = attempts, nudge

    def company(self, provider: str) -> str:
        """Name whom an administrator has been with; "" for a provider that is not there."""
        known = self._connections.providers.get(provider)
        return known.company if known else ""

    def take(self, provider: str, query: Mapping[str, str]) -> Answered | Cause:
        """Take what an administrator's browser came back with. Connects nobody, whoever it was."""
        signin_id = query.get("state", "").removeprefix(ABOUT_APPROVAL)
        with self._database.read() as tx:
            signin = across.signin_by_id(tx, signin_id)
        known = self._connections.providers.get(provider)
        approval = known.approval if known else None
        if signin is None or signin.provider != provider or approval is None:
            return Cause.UNKNOWN
        try:
            approval.read(query)
        except SignInRefused as refused:
            log.info("approval refused", reason=refused.reason, code=refused.code)
            return Answered.DECLINED if refused.reason == "declined" else Answered.UNCLEAR
        with self._database.write() as tx:
            waits_no_longer(tx, signin)
            told = work.enqueue(
                tx,
                signin.workspace_id,
                APPROVED,
                f"{signin.member_id}:{provider}",  # the link may be followed often; it is told once
                ref=signin.id,
            )
            if told.fresh:
                self._nudge(told.id)
        return Answered.APPROVED

    def waiting(self, workspace_id: str, signin_id: str) -> Waiting | None:
        """Find who waits for an approval. None: nobody does any more, all of it is allowed."""
        with self._database.read() as tx:
            signin = signins.get(tx, workspace_id, signin_id)
            member = members.get(tx, workspace_id, signin.member_id) if signin else None
            if signin is None or member is None:
                return None
            attempt = self._attempts.describe(tx, signin)
            mine = accounts.of_member(tx, workspace_id, member.id)
        works = (one for one in mine if one.provider == signin.provider and one.state == "active")
        if any(attempt.asked <= one.granted for one in works):
            return None
        return Waiting(member, attempt)
