"""One step of a scan: a stretch of mail, questions about some people, or decisions about some.

Each step asks the world once and then commits once: rows, cursor and figures together, under the fence of the
work. Killed anywhere, a step was done or was not.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.connections import Connections
from bot.discovery.evidence import Own
from bot.discovery.knowledge import Knowledge
from bot.discovery.rows import Counted, Window, answered, counted, dated, evidence_of, grown
from bot.discovery.rules import Decision, Known, Outcome, decide
from bot.engine import Job
from providers.errors import ProviderError, RateLimited
from providers.mail import Changes, Exchange, Mailbox
from store import accounts, met, scans
from store.accounts import Account
from store.database import Database, Transaction
from store.members import Member
from store.met import ASKED, DECIDED, MET, Met
from store.scans import NIGHT, Scan, ScanMailbox

STEP = "scanning"  # the ledger's word while it runs
SUGGESTED = (Outcome.SUGGEST, Outcome.SHARED)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a step stands: the work, the scan, whose it is."""

    job: Job
    scan: Scan
    member: Member

    @property
    def workspace_id(self) -> str:
        return self.member.workspace_id

    @property
    def is_night(self) -> bool:
        return self.scan.kind == NIGHT

    def goes_on(self, tx: Transaction) -> bool:
        """Take the fence, and say whether the scan was not cancelled meanwhile. Raises: Fenced."""
        self.job.reach_in(tx, STEP)
        return not scans.is_cancelled_or_gone(tx, self.workspace_id, self.scan.id)

    def count(self, tx: Transaction, fresh: int = 0) -> None:
        """Bring the four figures up to date; `fresh` people are new."""
        contacts, left_out = met.figures(tx, self.workspace_id, self.scan.id)
        before = scans.get(tx, self.workspace_id, self.scan.id) or self.scan
        boxes = scans.mailboxes(tx, self.workspace_id, self.scan.id)
        scans.note(
            tx,
            self.workspace_id,
            self.scan.id,
            looked_at=sum(box.looked_at for box in boxes),
            found=before.found + fresh,
            contacts=contacts,
            left_out=left_out,
        )


class Looking:
    """The steps that ask a mailbox. They raise providers.errors, having changed nothing."""

    def __init__(
        self,
        database: Database,
        connections: Connections,
        knowledge: Knowledge,
        clock: Callable[[], datetime],
    ) -> None:
        self._database, self._connections, self._knowledge = database, connections, knowledge
        self._clock = clock

    def stretch(self, place: Place, box: ScanMailbox, account: Account) -> None:
        """Read the next stretch of an account's mail."""
        since, every = place.scan.since, place.scan.kind == scans.EVERY_SENDER
        changes = self._connections.use(
            account, lambda mailbox: mailbox.correspondents(since, box.cursor, every)
        )
        own = self._own(place.member)
        found = counted(changes.sightings, own, self._window(place))
        with self._database.write() as tx:
            if not place.goes_on(tx):
                return
            if box.cursor is None:
                met.clear(tx, place.workspace_id, account.id)
            self._keep(tx, place, account, found, own)
            self._note(tx, place, box, changes)
            accounts.note_read(tx, place.workspace_id, account.id)
            place.count(tx)

    def ask(self, place: Place, rows: Sequence[Met], account: Account) -> None:
        """Ask an account what went back and forth with some people."""
        since = place.scan.since
        exchanges = self._connections.use(account, lambda mailbox: _exchanges(mailbox, rows, since))
        own, window = self._own(place.member), self._window(place)
        known = [
            answered(row, exchanges[row.address], own, window, old=place.is_night and row.sent > 0)
            if row.address in exchanges
            else replace(row, reasons="unchecked")
            for row in rows
        ]
        with self._database.write() as tx:
            if place.goes_on(tx):
                met.keep(tx, place.workspace_id, [replace(row, state=ASKED) for row in known])
                scans.note_mailbox(tx, place.workspace_id, place.scan.id, account.id, trouble=0)

    def date(self, place: Place, rows: Sequence[Met], account: Account) -> None:
        """Find out when people wrote last, of whose mails only an older one was read.

        Raises RateLimited alone: failing otherwise, the date of that one stands until the next scan.
        """
        since, asked = place.scan.since, [row.address for row in rows]
        found: dict[str, Exchange] = {}
        try:
            exchanges = self._connections.use(
                account, lambda mailbox: mailbox.exchanges(asked, since, sent=False)
            )
            found = {one.address: one for one in exchanges}
        except RateLimited:
            raise
        except ProviderError as error:
            log.warning("last mail not dated", account_id=account.id, error=type(error).__name__)
        own, window = self._own(place.member), self._window(place)
        known = [
            dated(row, found[row.address].newest if row.address in found else None, own, window)
            for row in rows
        ]
        with self._database.write() as tx:
            if place.goes_on(tx):  # decided once more, since a strength depends on the date
                met.keep(tx, place.workspace_id, [replace(row, state=ASKED) for row in known])
                scans.note_mailbox(tx, place.workspace_id, place.scan.id, account.id, paused_until=None)

    def _own(self, member: Member) -> Own:
        with self._database.read() as tx:
            return self._knowledge.own(tx, member)

    def _window(self, place: Place) -> Window:
        return Window(place.scan.since, max(self._clock(), place.scan.since + timedelta(seconds=1)))

    def _keep(
        self, tx: Transaction, place: Place, account: Account, found: dict[str, Counted], own: Own
    ) -> None:
        before = by_address(met.of_addresses(tx, place.workspace_id, place.member.id, found))
        known = self._knowledge.known(tx, place.member, own, found)
        fresh: list[Met] = []
        for address, more in found.items():
            rows = before.get(address, [])
            elsewhere = [row for row in rows if row.account_id != account.id]
            here = next((row for row in rows if row.account_id == account.id), None)
            base = here or Met(place.member.id, account.id, address, place.scan.id)
            row = grown(replace(base, scan_id=place.scan.id, reasons=""), more)
            fresh.append(self._standing(row, elsewhere, more, known, place))
        met.keep(tx, place.workspace_id, fresh)
        for row in fresh:
            if row.state == DECIDED:
                met.decide(tx, place.workspace_id, place.member.id, row.address, row.reasons)

    def _standing(self, row: Met, elsewhere: Iterable[Met], more: Counted, known: Known, place: Place) -> Met:
        """Say what is to be done about somebody next: the mailbox asked, then decided; or decided at once."""
        evidence = evidence_of((row, *elsewhere))
        first = decide(evidence, known)
        if _wants_asking(first, more, is_night=place.is_night):
            return replace(row, state=MET)
        if first.outcome in SUGGESTED or first.reasons == ("one_way",):
            return replace(row, state=ASKED)
        return replace(row, state=DECIDED, reasons=" ".join(first.reasons))

    def _note(self, tx: Transaction, place: Place, box: ScanMailbox, changes: Changes) -> None:
        begun = box.cursor is None
        scans.note_mailbox(
            tx,
            place.workspace_id,
            place.scan.id,
            box.account_id,
            state=scans.READ if changes.done else scans.RUNNING,
            cursor=changes.cursor,
            looked_at=(0 if begun else box.looked_at) + changes.looked_at,
            total=box.total if changes.total is None else changes.total,
            filed_apart=(0 if begun else box.filed_apart) + changes.filed_apart,
            trouble=0,
            paused_until=None,
        )


def by_address(rows: Iterable[Met]) -> dict[str, list[Met]]:
    """Put the rows of each address together."""
    found: dict[str, list[Met]] = {}
    for row in rows:
        found.setdefault(row.address, []).append(row)
    return found


def _exchanges(mailbox: Mailbox, rows: Sequence[Met], since: datetime) -> dict[str, Exchange]:
    """Ask no more than is not known: of strangers what was sent, of the others what came."""
    strangers = [row.address for row in rows if not row.sent]
    silent = [row.address for row in rows if row.sent and not row.mails]
    heard = [row.address for row in rows if row.sent and row.mails]
    found: list[Exchange] = []
    if strangers:
        found += mailbox.exchanges(strangers)
    if silent:
        found += mailbox.exchanges(silent, since, sent=False)
    if heard:
        found += mailbox.exchanges(heard, since, sent=False, newest=False)
    return {one.address: one for one in found}


def _wants_asking(first: Decision, more: Counted, *, is_night: bool) -> bool:
    """Say whether only the mailbox can tell: a stranger's mail, or at night whom the member wrote to."""
    if first.reasons == ("one_way",):
        return more.sent is None
    if not is_night:
        return False  # what came from them stands in the same inbox, which is read to its end
    if more.evidence.human:
        return False  # what they wrote tonight says enough, and each question costs like a mail
    return first.outcome in SUGGESTED or first.reasons == ("no_answer",)
