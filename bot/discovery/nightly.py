"""What a member wishes for the night, and when the next one is.

The plan stands in the member's row, numbered; the ledger holds one piece of work for the scan and one for the
digest of each plan. Work of a plan that was overtaken does nothing. Whatever ends a night plans the next one
in the same transaction, so that a night is neither lost nor doubled by anything that dies.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from bot.discovery.hashes import Hashes
from bot.discovery.nightly_pages import NightlySettings
from bot.discovery.nights import Wishes, date_to_tell, next_night
from bot.engine import Job
from bot.words import zone_named
from store import accounts, across, digests, members, nightly, work
from store.database import Database, Transaction
from store.members import Member
from store.nightly import Nightly

NIGHT, DIGEST = "discovery.night", "discovery.digest"  # kinds of work
FAILING = 3  # nights without a look into the mail, until the member hears of it
NEVER = Nightly("", False, 8, False, None, 0, None, None, None, 0, None)  # of a member who chose nothing yet


class NightlyService:
    """A member's nights. Thread-safe. `offers` are the kinds of account that can be connected here."""

    def __init__(
        self, database: Database, hashes: Hashes, nudge: Callable[[str], None], offers: tuple[str, ...]
    ) -> None:
        self._database, self._hashes, self._nudge, self.offers = database, hashes, nudge, offers

    # --- wishes -------------------------------------------------------------------------------------------

    def settings(self, member: Member) -> NightlySettings:
        """Read what the member chose."""
        with self._database.read() as tx:
            row = nightly.get(tx, member.workspace_id, member.id) or NEVER
            now = members.get(tx, member.workspace_id, member.id) or member
        return NightlySettings(
            row.is_on,
            row.hour,
            row.working_days,
            row.paused_until,
            row.tell_at if row.is_on else None,
            now.names_in_notifications,
            row.is_on and row.failed_nights >= FAILING,
        )

    def is_on(self, member: Member) -> bool:
        """Say whether the member's mail is scanned every night."""
        with self._database.read() as tx:
            row = nightly.get(tx, member.workspace_id, member.id)
        return row is not None and row.is_on

    def has_mailbox(self, member: Member) -> bool:
        """Say whether there is anything to scan."""
        with self._database.read() as tx:
            return bool(accounts.of_member(tx, member.workspace_id, member.id))

    def wish(self, member: Member, **wishes: Any) -> NightlySettings:
        """Change some of is_on, hour, working_days, paused_until, and plan the next night by that."""
        with self._database.write(patience=1.5) as tx:
            self._hashes.ensure(tx, member.workspace_id, member.id)
            row = replace(nightly.get(tx, member.workspace_id, member.id) or NEVER, **wishes)
            nightly.set_wishes(
                tx,
                member.workspace_id,
                member.id,
                is_on=row.is_on,
                hour=row.hour,
                working_days=row.working_days,
                paused_until=row.paused_until,
            )
            self.plan(tx, member)
        return self.settings(member)

    def show_names(self, member: Member, wanted: bool) -> None:
        """Put names into notifications, or not."""
        with self._database.write(patience=1.5) as tx:
            now = members.get(tx, member.workspace_id, member.id) or member
            members.set_wishes(
                tx,
                member.workspace_id,
                member.id,
                preview_lines=now.preview_lines,
                undo_seconds=now.undo_seconds,
                names_in_notifications=wanted,
            )

    # --- plans --------------------------------------------------------------------------------------------

    def plan(self, tx: Transaction, member: Member) -> None:
        """Plan the next night, or none, instead of what was planned before."""
        whose = (member.workspace_id, member.id)
        row = nightly.get(tx, *whose)
        if row is None:
            return
        self._withdraw(tx, member, row)
        now = members.get(tx, *whose) or member
        told = digests.last_date(tx, *whose)
        night = next_night(member.id, _wishes(row), zone_named(now.zone), tx.now, told) if row.is_on else None
        number = nightly.plan(
            tx,
            *whose,
            scan_at=night.scan_at if night else None,
            tell_at=night.tell_at if night else None,
            tell_date=night.date if night else None,
        )
        if night is not None:
            for kind, at in ((NIGHT, night.scan_at), (DIGEST, night.tell_at)):
                self._enqueue(tx, member, kind, _key(member.id, night.date, number), at)

    def _enqueue(self, tx: Transaction, member: Member, kind: str, key: str, at: datetime) -> None:
        lane = f"{kind}:{member.id}"
        added = work.enqueue(tx, member.workspace_id, kind, key, due_at=at, lane=lane, ref=member.id)
        if at <= tx.now:
            self._nudge(added.id)

    def _withdraw(self, tx: Transaction, member: Member, row: Nightly) -> None:
        if row.tell_date is None:
            return
        for kind in (NIGHT, DIGEST):
            old = work.by_key(tx, member.workspace_id, kind, _key(member.id, row.tell_date, row.plan))
            if old is not None:
                work.withdraw(tx, member.workspace_id, old.id)

    def night_of(self, job: Job) -> tuple[Member, Nightly] | None:
        """Read whose night a piece of work is for. None: a newer plan overtook it, or it is not wished."""
        with self._database.read() as tx:
            member = members.get(tx, job.workspace_id, job.ref or "")
            row = nightly.get(tx, job.workspace_id, job.ref or "")
        if member is None or row is None or not row.is_on or row.tell_date is None:
            return None
        return (member, row) if job.key == _key(member.id, row.tell_date, row.plan) else None

    def plan_again(self, member: Member) -> None:
        """Plan by where the member is now."""
        with self._database.write() as tx:
            self.plan(tx, member)

    def end(self, job: Job, member: Member) -> None:
        """End a night that has nothing to tell, and plan the next one."""
        with self._database.write() as tx:
            self.plan(tx, member)
            job.finish_in(tx)

    def give_up(self, job: Job) -> None:
        """Plan the next night although this one could not be told."""
        found = self.night_of(job)
        if found is not None:
            self.plan_again(found[0])

    def heal(self) -> None:
        """Plan anew for members whose last night was given up. Called at every start."""
        with self._database.read() as tx:
            strays = across.stray_nights(tx, DIGEST, tx.now)
        for workspace_id, member_id in strays:
            with self._database.write() as tx:
                member = members.get(tx, workspace_id, member_id)
                if member is not None:
                    self.plan(tx, member)

    def failing(self, job: Job) -> Member | None:
        """Read who is to hear that nights failed. None: they work again, or nobody wants them."""
        with self._database.read() as tx:
            member = members.get(tx, job.workspace_id, job.ref or "")
            row = nightly.get(tx, job.workspace_id, job.ref or "")
        return member if row is not None and row.is_on and row.failed_nights >= FAILING else None

    def switch_off(self, member: Member) -> None:
        """Plan nothing for somebody who may not use Mailroom any more."""
        self.wish(member, is_on=False)

    def date_of(self, member: Member, row: Nightly) -> date | None:
        """Say which local date a night that has come is told for. None: none, go on to the next."""
        if row.tell_date is None:
            return None
        return date_to_tell(row.tell_date, _wishes(row), zone_named(member.zone), self._database.clock())


def _wishes(row: Nightly) -> Wishes:
    return Wishes(row.hour, row.working_days, row.paused_until)


def _key(member_id: str, local_date: date, number: int) -> str:
    return f"{member_id}:{local_date}:{number}"
