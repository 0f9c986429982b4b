"""Withdrawing grants at their provider: asked until it says yes, for a week; then its holder is told.

The sealed tokens stay for that long, because without them nobody could end what lives at the provider.
Nothing but withdrawing can use them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.accounts.attempts import Outcome
from bot.accounts.kept import Withdrawn
from bot.accounts.kinds import TELL_LEFT, WITHDRAW
from bot.accounts.reading import Attempts
from bot.connections import Connections
from bot.engine import Job
from providers.errors import ProviderError, ReconnectRequired
from store import across, members, pendings, signins, work
from store.database import Database, Transaction
from store.members import Member
from store.pendings import Pending

GIVE_UP = timedelta(days=7)
SOONEST, LATEST = timedelta(seconds=30), timedelta(hours=12)  # between two questions

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Left:
    """Access that a provider did not end: who is told, and whose it is. `address` only for its holder."""

    told: Member
    holder: Member
    company: str
    page: str  # where its holder ends it
    address: str = ""


class Withdrawing:
    """Withdraws what bot/accounts/grants.py put by. Thread-safe."""

    def __init__(
        self,
        database: Database,
        connections: Connections,
        attempts: Attempts,
        nudge: Callable[[str], None],
    ) -> None:
        self._database, self._connections = database, connections
        self._attempts, self._nudge = attempts, nudge

    def ask(self, workspace_id: str, pending_id: str) -> Withdrawn | timedelta:
        """Ask the provider once to withdraw one. Returns how it ended, or how long to wait with the next try.

        GONE: it was taken, or is withdrawn already.
        """
        with self._database.read() as tx:
            row = pendings.get(tx, workspace_id, pending_id)
            if row is None:
                return Withdrawn.GONE
            if row.may_be_taken(tx.now):  # the clock was set back since this became due
                return row.expires_on - tx.now
            elsewhere = across.is_used_elsewhere(tx, row.provider, row.subject, but_pending=row.id)
            since = tx.now - row.created_at
        if elsewhere:
            self.forget(workspace_id, pending_id)
            return Withdrawn.LIVES_ON
        if row.provider not in self._connections.providers:  # its settings were taken out: nobody can ask
            log.error("access left at the provider", member_id=row.member_id, provider=row.provider)
            self.forget(workspace_id, pending_id)
            return Withdrawn.FAILED
        try:
            has_way = self._revoke(row)
        except ProviderError as error:
            log.warning("not withdrawn", provider=row.provider, error=type(error).__name__, code=error.code)
            if since >= GIVE_UP:
                self.give_up(workspace_id, pending_id)
                return Withdrawn.FAILED
            named: timedelta = getattr(error, "retry_after", SOONEST)
            return max(named, min(max(since, SOONEST), LATEST))
        self.forget(workspace_id, pending_id)
        return Withdrawn.DONE if has_way else Withdrawn.NO_WAY

    def ask_now(self, workspace_id: str, pending_id: str, *, again: bool) -> Withdrawn:
        """Ask before the ledger does; `again`: somebody looks on, so a mere hiccup is tried once more.

        LATER: the ledger goes on asking, not before the provider wants to be asked.
        """
        answer = self.ask(workspace_id, pending_id)
        if again and answer == SOONEST:
            answer = self.ask(workspace_id, pending_id)
        if isinstance(answer, timedelta):
            with self._database.write() as tx:
                work.put_off(tx, workspace_id, WITHDRAW, pending_id, tx.now + answer)
            return Withdrawn.LATER
        return answer

    def _revoke(self, row: Pending) -> bool:
        tokens = self._connections.open_tokens(row.tokens_sealed, "pending", row.workspace_id, row.id)
        try:
            return self._connections.provider(row.provider).oauth.revoke(tokens)
        except ReconnectRequired:
            return True  # it is dead already

    def forget(self, workspace_id: str, pending_id: str) -> None:
        """Delete it here. A window that asks for its digits stops asking."""
        with self._database.write() as tx:
            row = pendings.get(tx, workspace_id, pending_id)
            if row is None:
                return
            pendings.remove(tx, workspace_id, pending_id)
            self._close_window(tx, row)

    def give_up(self, workspace_id: str, pending_id: str) -> None:
        """Ask no more, and have somebody told who can end it: its holder, or the administrators."""
        with self._database.write() as tx:
            row = pendings.get(tx, workspace_id, pending_id)
            holder = members.get(tx, workspace_id, row.member_id) if row else None
            if row is None or holder is None:
                return
            self._close_window(tx, row)
            told = (holder,) if holder.is_admitted else members.administrators(tx, workspace_id)
            if not holder.is_admitted:
                pendings.remove(tx, workspace_id, pending_id)  # administrators hear no address
            if not told:
                log.error("access left at the provider", member_id=holder.id, provider=row.provider)
            for one in told:
                key = f"{row.id}:{one.id}:{row.provider}"
                self._nudge(work.enqueue(tx, workspace_id, TELL_LEFT, key, ref=holder.id).id)

    def left(self, job: Job) -> Left | None:
        """Read what there is to tell, and to whom. None: it was told, or they may not be told any more."""
        pending_id, told_id, provider = job.key.split(":")
        with self._database.read() as tx:
            row = pendings.get(tx, job.workspace_id, pending_id)
            told = members.get(tx, job.workspace_id, told_id)
            holder = members.get(tx, job.workspace_id, job.ref or "")
        if told is None or holder is None or not told.is_admitted or (told.id == holder.id and row is None):
            return None
        vendor = self._connections.provider(provider)
        return Left(told, holder, vendor.company, vendor.apps_page, row.address if row else "")

    def _close_window(self, tx: Transaction, row: Pending) -> None:
        signin = signins.get(tx, row.workspace_id, row.signin_id)
        if signin and signin.outcome == Outcome.CODE:
            signins.conclude(tx, row.workspace_id, signin.id, Outcome.EXPIRED)
            self._attempts.show_in_slack(tx, signin)
