"""Scans as the member sees them: begun, watched, cancelled, tried again; and begun for a night."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from bot.connections import Connections
from bot.discovery.evidence import WINDOW
from bot.discovery.kinds import SCAN
from bot.discovery.progress import InAccount, Progress, ScanState
from bot.errors import NotYours
from store import accounts, candidates, met, nightly, scans, work
from store.accounts import Account
from store.database import Database, Transaction
from store.ids import new_id
from store.members import Member
from store.scans import Scan, ScanMailbox

AGAIN = ("unchecked", "unasked")  # reasons that the next scan looks into once more


class ScanService:
    """Begins and ends scans; the ledger does them (bot/discovery/jobs.py). Thread-safe."""

    def __init__(
        self,
        database: Database,
        connections: Connections,
        clock: Callable[[], datetime],
        nudge: Callable[[str], None],
    ) -> None:
        self._database, self._connections = database, connections
        self._clock, self._nudge = clock, nudge

    @property
    def offers(self) -> tuple[str, ...]:
        """The kinds of mailbox that can be connected."""
        return tuple(self._connections.providers)

    def start(self, member: Member, view_id: str | None = None, *, every_sender: bool = False) -> Scan | None:
        """Begin a scan of every account, or find the one that is under way. None: nothing is connected.

        `view_id` is the window that shows it from now on.
        """
        kind = scans.EVERY_SENDER if every_sender else scans.ASKED
        with self._database.write(patience=1.5) as tx:
            scans.hold(tx, member.workspace_id, member.id)
            found = scans.running(tx, member.workspace_id, member.id)
            if found is None:
                mine = accounts.of_member(tx, member.workspace_id, member.id)
                if not mine:
                    return None
                found = self._begin(tx, member, new_id(), kind, dict.fromkeys(one.id for one in mine))
                self._enqueue(tx, found, member, found.id)
            if view_id:
                scans.note(tx, member.workspace_id, found.id, view_id=view_id)
        return found

    def start_night(self, member: Member, local_date: date) -> Scan | None:
        """Begin the scan of one night, or find it: there is one for each local date. None: nothing connected.

        Where a scan of this member's runs already, this one waits for its end.
        """
        key = f"night:{member.id}:{local_date.isoformat()}"
        with self._database.write() as tx:
            scans.hold(tx, member.workspace_id, member.id)
            before = work.by_key(tx, member.workspace_id, SCAN, key)
            if before is not None:
                return scans.get(tx, member.workspace_id, before.ref or "")
            mine = accounts.of_member(tx, member.workspace_id, member.id)
            if not mine:
                return None
            known: Mapping[str, str] = scans.cursors(tx, member.workspace_id, member.id)
            cursors = {one.id: known.get(one.id) for one in mine}
            scan = self._begin(tx, member, new_id(), scans.NIGHT, cursors)
            for one in mine:
                met.reconsider(tx, member.workspace_id, one.id, AGAIN, scan_id=scan.id)
            self._enqueue(tx, scan, member, key)
        return scan

    def _begin(
        self, tx: Transaction, member: Member, scan_id: str, kind: str, cursors: Mapping[str, str | None]
    ) -> Scan:
        since = self._clock() - WINDOW
        scans.begin(tx, member.workspace_id, member.id, scan_id, kind=kind, since=since, cursors=cursors)
        found = scans.get(tx, member.workspace_id, scan_id)
        if found is None:
            raise RuntimeError("a scan was begun and is not there")
        return found

    def _enqueue(self, tx: Transaction, scan: Scan, member: Member, key: str) -> None:
        lane = f"scan:{member.id}"  # one at a time
        self._nudge(work.enqueue(tx, member.workspace_id, SCAN, key, lane=lane, ref=scan.id).id)

    def shown_in(self, member: Member, scan_id: str, view_id: str | None) -> None:
        """Note which window shows a scan; None: none does. Raises: NotYours."""
        with self._database.write(patience=1.5) as tx:
            self._mine(tx, member, scan_id)
            scans.note(tx, member.workspace_id, scan_id, view_id=view_id)

    def hidden(self, member: Member, view_id: str) -> None:
        """Note that a window shows something else from now on."""
        with self._database.write(patience=1.5) as tx:
            last = scans.latest(tx, member.workspace_id, member.id)
            if last is not None:
                scans.forget_window(tx, member.workspace_id, last.id, view_id)

    def cancel(self, member: Member, scan_id: str) -> bool:
        """End a scan where it is; who was found stays. False: it had ended. Raises: NotYours."""
        with self._database.write(patience=1.5) as tx:
            self._mine(tx, member, scan_id)
            return scans.move(tx, member.workspace_id, scan_id, to=scans.CANCELLED)

    def retry(self, member: Member, scan_id: str, view_id: str | None = None) -> Scan:
        """Go on in the accounts that could not be read, once for many presses. Raises: NotYours."""
        with self._database.write(patience=1.5) as tx:
            scans.hold(tx, member.workspace_id, member.id)
            found = self._mine(tx, member, scan_id)
            other = scans.running(tx, member.workspace_id, member.id)
            if other is not None:
                return other
            boxes = scans.mailboxes(tx, member.workspace_id, scan_id)
            failed = [one.account_id for one in boxes if one.state == scans.FAILED]
            if failed and scans.move(tx, member.workspace_id, scan_id, to=scans.RUNNING):
                for account_id in failed:
                    self._again(tx, member.workspace_id, scan_id, account_id)
                self._enqueue(tx, found, member, f"{scan_id}:{new_id()}")
            scans.note(tx, member.workspace_id, scan_id, view_id=view_id, told_at=None)
            return self._mine(tx, member, scan_id)

    def _again(self, tx: Transaction, workspace_id: str, scan_id: str, account_id: str) -> None:
        met.reconsider(tx, workspace_id, account_id, ("unchecked",), scan_id=scan_id)
        fresh = {"state": scans.WAITING, "error_code": None, "trouble": 0, "paused_until": None}
        scans.note_mailbox(tx, workspace_id, scan_id, account_id, **fresh)

    # --- looking ------------------------------------------------------------------------------------------

    def progress(self, workspace_id: str, scan_id: str) -> Progress | None:
        """Read how far a scan is. None: it is gone."""
        with self._database.read() as tx:
            scan = scans.get(tx, workspace_id, scan_id)
            return self._progress(tx, workspace_id, scan) if scan else None

    def last(self, member: Member) -> Progress | None:
        """Read the scan under way, or else the one that began last."""
        with self._database.read() as tx:
            scan = scans.running(tx, member.workspace_id, member.id)
            scan = scan or scans.latest(tx, member.workspace_id, member.id)
            return self._progress(tx, member.workspace_id, scan) if scan else None

    def state(self, member: Member) -> ScanState:
        """Read what Home says of scans."""
        with self._database.read() as tx:
            ended = scans.latest(tx, member.workspace_id, member.id, scans.DONE)
            running = scans.running(tx, member.workspace_id, member.id)
            progress = self._progress(tx, member.workspace_id, running) if running else None
        return ScanState(progress, ended)

    def _progress(self, tx: Transaction, workspace_id: str, scan: Scan) -> Progress:
        mine = {one.id: one for one in accounts.of_member(tx, workspace_id, scan.member_id)}
        boxes = scans.mailboxes(tx, workspace_id, scan.id)
        wishes = nightly.get(tx, workspace_id, scan.member_id)
        return Progress(
            scan=scan,
            accounts=tuple(
                self._in_account(one, mine[one.account_id]) for one in boxes if one.account_id in mine
            ),
            waiting=candidates.count_pending(tx, workspace_id, scan.member_id),
            nightly=wishes is not None and wishes.is_on,
            shared=candidates.count_shared(
                tx, workspace_id, scan.member_id, scan.started_at, scan.finished_at
            ),
        )

    def _in_account(self, box: ScanMailbox, account: Account) -> InAccount:
        provider = self._connections.provider(account.provider)
        return InAccount(account.id, account.address, provider.label, box)

    def _mine(self, tx: Transaction, member: Member, scan_id: str) -> Scan:
        found = scans.find(tx, member.workspace_id, member.id, scan_id)
        if found is None:
            raise NotYours
        return found
