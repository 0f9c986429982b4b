"""Carries a scan, step by step, until nothing is left: whom it met first is asked about and decided first.

One run does a bounded number of steps and then lets others have the thread. An account that cannot be read
waits or is given up alone; the others go on.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.connections import Connections
from bot.discovery.colleagues import Colleagues
from bot.discovery.kinds import TELL_SCAN
from bot.discovery.scan_steps import Looking, Place
from bot.discovery.settling import Settling
from bot.engine import Again, Done, Job, Outcome
from providers.errors import CursorExpired, ProviderError, RateLimited, Unavailable
from store import accounts, activity, members, met, scans, work
from store.accounts import Account
from store.database import Database, Transaction
from store.ids import new_id
from store.scans import DONE, FAILED, NIGHT, READ, RUNNING, WAITED_FOR, WAITING, ScanMailbox

STEPS = 12  # of one run
ASKED_AT_ONCE = 25  # people, in one question to a mailbox
DECIDED_AT_ONCE = 20
PATIENCE = (10, 60, 300)  # seconds after a failure that may pass; one more and the account is given up
LEAST = timedelta(seconds=1)
# For how long accounts may ask for nothing but patience; then they are given up until somebody tries again.
# A night's is shorter than its digest waits for it: the morning knows, and the next night tries again.
LIMITED, LIMITED_AT_NIGHT = timedelta(hours=6), timedelta(minutes=50)

log = structlog.get_logger(__name__)


class Scanner:
    """Does the ledger's work of scanning. `show` draws how far it is, told of every step; True: at once."""

    def __init__(
        self,
        database: Database,
        connections: Connections,
        looking: Looking,
        settling: Settling,
        colleagues: Colleagues,
        clock: Callable[[], datetime],
        nudge: Callable[[str], None],
        show: Callable[[str, str, bool], None],
    ) -> None:
        self._database, self._connections = database, connections
        self._looking, self._settling, self._colleagues = looking, settling, colleagues
        self._clock, self._nudge, self._show = clock, nudge, show

    def run(self, job: Job) -> Outcome:
        """Go on with a scan. Called again after whatever interruption.

        Raises: RateLimited where nothing could be done but wait, so that the ledger knows since when.
        """
        got_on = False
        for _ in range(STEPS):
            place = self._place(job)
            if place is None:
                return Done()
            if job.leaving:
                break
            outcome = self._step(place)
            got_on = got_on or outcome is True
            if place.scan.kind != NIGHT and not isinstance(outcome, Done):
                waits = not isinstance(outcome, bool)
                self._show(place.workspace_id, place.scan.id, waits)  # waiting is said at once
            if isinstance(outcome, RateLimited):
                if not got_on:
                    raise outcome
                return Again(outcome.retry_after, "Waiting")
            if not isinstance(outcome, bool):
                return outcome
        return Again(timedelta(0))

    def gave_up(self, job: Job, code: str) -> None:
        """End a scan that cannot go on: what it found stays, and the person may try the rest again."""
        place = self._place(job)
        if place is not None:
            for box in self._boxes(place):
                if box.state not in (scans.DONE, FAILED):
                    self._give_up(place, box, code)
            self._finish(place)

    def _place(self, job: Job) -> Place | None:
        """Read the scan. None: it is over."""
        with self._database.read() as tx:
            scan = scans.get(tx, job.workspace_id, job.ref or "")
            if scan is None or scan.state != scans.RUNNING:
                return None
            member = members.get(tx, job.workspace_id, scan.member_id)
        if member is not None and not member.is_admitted:  # they may begin another when they are back
            with self._database.write() as tx:
                scans.move(tx, job.workspace_id, scan.id, to=scans.CANCELLED)
            return None
        return Place(job, scan, member) if member else None

    def _boxes(self, place: Place) -> tuple[ScanMailbox, ...]:
        with self._database.read() as tx:
            return scans.mailboxes(tx, place.workspace_id, place.scan.id)

    def _step(self, place: Place) -> Outcome | RateLimited | bool:
        """Do the next thing. True: it got on; False: it did not, and there may be more to do."""
        now = self._clock()
        boxes = [one for one in self._boxes(place) if one.state in (WAITING, RUNNING, READ)]
        able = [one for one in boxes if one.paused_until is None or one.paused_until <= now]
        got_on = self._asked(place, able)
        if got_on is None and self._settled(place):
            got_on = True
        if got_on is None:
            got_on = self._read_on(place, able)
        if got_on is not None:
            return got_on
        paused = [one for one in boxes if one not in able]
        busy = self._colleagues.busy_until(place.workspace_id)
        if busy and not self._to_decide(place):
            busy = None
        if paused and not busy and all(one.error_code == WAITED_FOR for one in paused):
            return self._limited(place, paused, now)
        waits = [one for one in (busy, *(box.paused_until for box in paused)) if one]
        if waits:
            return Again(max(LEAST, min(waits) - now), "Waiting")
        self._finish(place)
        return Done()

    def _limited(self, place: Place, paused: Sequence[ScanMailbox], now: datetime) -> RateLimited | bool:
        """Wait for accounts that ask for nothing but patience; after long enough, give them up."""
        most = LIMITED_AT_NIGHT if place.scan.kind == NIGHT else LIMITED
        left = (place.job.limited_since or now) + most - now
        if left <= timedelta(0):
            for box in paused:
                self._give_up(place, box, WAITED_FOR)
            return False
        wait = min(one.paused_until - now for one in paused if one.paused_until)
        return RateLimited(max(LEAST, min(wait, left)))

    def _asked(self, place: Place, boxes: Sequence[ScanMailbox]) -> bool | None:
        """Ask an account about the people met there. None: there is nobody to ask about."""
        for box in boxes:
            with self._database.read() as tx:
                rows = met.to_ask(tx, place.workspace_id, place.scan.id, box.account_id, ASKED_AT_ONCE)
            if rows:
                return self._guarded(place, box, partial(self._looking.ask, place, rows))
        return None

    def _settled(self, place: Place) -> bool:
        """Decide about people. False: there is nobody, or Slack asks for patience."""
        if self._colleagues.busy_until(place.workspace_id):
            return False
        rows = self._to_decide(place)
        if rows:
            self._settling.settle(place, rows)
        return bool(rows)

    def _to_decide(self, place: Place) -> tuple[met.Met, ...]:
        with self._database.read() as tx:
            return met.to_decide(tx, place.workspace_id, place.scan.id, DECIDED_AT_ONCE)

    def _read_on(self, place: Place, boxes: Sequence[ScanMailbox]) -> bool | None:
        """Read on in the account that was looked at least. None: every one is read."""
        for box in sorted(boxes, key=lambda one: one.looked_at):
            if box.state != READ:
                return self._guarded(place, box, partial(self._looking.stretch, place, box))
            if not self._to_decide(place):  # else Slack asks for patience
                return self._end_with(place, box)
        return None

    def _end_with(self, place: Place, box: ScanMailbox) -> bool:
        """Find out when those who are suggested wrote last, and be done with an account."""
        with self._database.read() as tx:
            rows = met.to_date(tx, place.workspace_id, place.scan.id, box.account_id, ASKED_AT_ONCE)
        if rows:
            return self._guarded(place, box, partial(self._looking.date, place, rows))
        self._note(place, box, state=scans.DONE)
        return True

    # --- what goes wrong ----------------------------------------------------------------------------------

    def _guarded(self, place: Place, box: ScanMailbox, do: Callable[[Account], None]) -> bool:
        """Do something with an account; a failure of it is written down with that account alone.

        False: it failed.
        """
        with self._database.read() as tx:
            account = accounts.get(tx, place.workspace_id, box.account_id)
        if account is None:
            return True  # disconnected just now: its rows are gone as well
        try:
            do(account)
        except RateLimited as error:
            until = self._clock() + max(LEAST, error.retry_after)
            self._note(place, box, paused_until=until, error_code=WAITED_FOR)
        except (Unavailable, CursorExpired) as error:
            self._trouble(place, box, error)
        except ProviderError as error:
            log.warning("account not scanned", account_id=account.id, error=type(error).__name__)
            self._give_up(place, box, type(error).__name__)
        else:
            return True
        return False

    def _trouble(self, place: Place, box: ScanMailbox, error: ProviderError) -> None:
        """Wait a little longer each time; begin anew by date where the provider knows the cursor no more."""
        if box.trouble >= len(PATIENCE):
            self._give_up(place, box, type(error).__name__)
        elif isinstance(error, CursorExpired):
            self._note(place, box, cursor=None, trouble=box.trouble + 1)
        else:
            until = self._clock() + timedelta(seconds=PATIENCE[box.trouble])
            code = type(error).__name__
            self._note(place, box, paused_until=until, trouble=box.trouble + 1, error_code=code)

    def _give_up(self, place: Place, box: ScanMailbox, code: str) -> None:
        with self._database.write() as tx:
            if place.goes_on(tx):
                met.leave_unasked(tx, place.workspace_id, place.scan.id, box.account_id, "unchecked")
                values = {"state": FAILED, "error_code": code, "paused_until": None}
                scans.note_mailbox(tx, place.workspace_id, place.scan.id, box.account_id, **values)

    def _note(self, place: Place, box: ScanMailbox, **values: object) -> None:
        with self._database.write() as tx:
            if place.goes_on(tx):
                scans.note_mailbox(tx, place.workspace_id, place.scan.id, box.account_id, **values)

    # --- the end ------------------------------------------------------------------------------------------

    def _finish(self, place: Place) -> None:
        """Bring the scan to its end: the next night begins where each account was read to."""
        with self._database.write() as tx:
            if not place.goes_on(tx):
                return
            boxes = scans.mailboxes(tx, place.workspace_id, place.scan.id)
            for box in boxes:
                if box.state == scans.DONE and box.cursor:
                    member_id = place.member.id
                    scans.keep_cursor(tx, place.workspace_id, member_id, box.account_id, box.cursor)
            place.count(tx)
            read = any(box.state == scans.DONE for box in boxes)
            scans.move(tx, place.workspace_id, place.scan.id, to=DONE if read else FAILED)
            activity.note(tx, place.workspace_id, place.member.id, "scanned")
            if place.scan.kind != NIGHT:
                self._tell(tx, place)
            place.job.finish_in(tx)

    def _tell(self, tx: Transaction, place: Place) -> None:
        key = f"{place.scan.id}:{new_id()}"
        told = work.enqueue(tx, place.workspace_id, TELL_SCAN, key, ref=place.scan.id)
        self._nudge(told.id)
