"""One digest: claimed for a local date, gathered, posted at most once, and read again to be redrawn."""

from collections.abc import Callable, Collection
from datetime import date, datetime

from bot.discovery.nightly import FAILING, NightlyService
from bot.discovery.nightly_pages import DigestPage
from bot.engine import Job
from store import digests, members, nightly, work
from store.database import Database, Transaction
from store.digests import CLAIMED, EMPTY, POSTED, POSTING, UNSURE, Digest
from store.members import Member

TELL_FAILING = "discovery.tell_failing"  # a kind of work
MOST = 10  # people in one digest


class Digests:
    """The digests of members. Thread-safe."""

    def __init__(self, database: Database, nights: NightlyService, nudge: Callable[[str], None]) -> None:
        self._database, self._nights, self._nudge = database, nights, nudge

    def gather(self, job: Job, member: Member, local_date: date, *, failed: bool) -> DigestPage | None:
        """Take the digest of a date and choose whom it names. None: nothing is to be posted on this date.

        One that was being posted when its process died may stand there: it is never posted again, and its
        people come again.
        """
        whose = (member.workspace_id, member.id)
        with self._database.write() as tx:
            digest = digests.claim(tx, *whose, local_date)
            if job.step is None:
                self._note_night(tx, member, local_date, failed=failed)
                job.reach_in(tx, "gathered")
            if digest.state != CLAIMED:
                digests.move(tx, member.workspace_id, digest.id, UNSURE, POSTING)
                return None
            news = digests.news(tx, *whose, MOST)
            digests.set_people(tx, *whose, digest.id, [one.id for one in news])
            if not news:
                digests.move(tx, member.workspace_id, digest.id, EMPTY, CLAIMED)
                return None
            return _page(tx, member, digest)

    def _note_night(self, tx: Transaction, member: Member, local_date: date, *, failed: bool) -> None:
        whose = (member.workspace_id, member.id)
        nights = nightly.note_night(tx, *whose, failed=failed)
        row = nightly.get(tx, *whose)
        if nights >= FAILING and row is not None and row.told_failing_at is None:
            nightly.note_told_failing(tx, *whose)
            key = f"{member.id}:{local_date}"
            added = work.enqueue(tx, member.workspace_id, TELL_FAILING, key, ref=member.id)
            self._nudge(added.id)

    def begin_posting(self, job: Job, digest: Digest) -> bool:
        """Note that it is being posted, before it is. False: it was, or may have been."""
        with self._database.write() as tx:
            job.reach_in(tx, "posting")
            return digests.move(tx, job.workspace_id, digest.id, POSTING, CLAIMED)

    def not_posted(self, job: Job, digest: Digest) -> None:
        """Note that Slack certainly did not take it."""
        with self._database.write() as tx:
            digests.move(tx, job.workspace_id, digest.id, CLAIMED, POSTING)
            job.reach_in(tx, "gathered")

    def posted(self, job: Job, member: Member, digest: Digest, channel: str, ts: str) -> None:
        """Note that it stands there: its people are named, and the next night is planned."""
        with self._database.write() as tx:
            digests.move(tx, member.workspace_id, digest.id, POSTED, POSTING, channel=channel, ts=ts)
            digests.note_named(tx, member.workspace_id, member.id, digest.id)
            members.set_dm_channel(tx, member.workspace_id, member.id, channel)
            self._nights.plan(tx, member)
            job.finish_in(tx)

    def unsure(self, job: Job, member: Member, digest: Digest) -> None:
        """Note that Slack's answer was lost: its people come again, and it is not posted a second time."""
        with self._database.write() as tx:
            digests.move(tx, member.workspace_id, digest.id, UNSURE, POSTING)
            self._nights.plan(tx, member)
            job.finish_in(tx)

    def adopt(self, member: Member, digest_id: str, channel: str, ts: str) -> None:
        """Learn from a press where a digest stands that nobody was sure of."""
        with self._database.write(patience=1.5) as tx:
            digest = digests.get(tx, member.workspace_id, member.id, digest_id)
            if digest is None or digest.state not in (POSTING, UNSURE):
                return
            digests.move(tx, member.workspace_id, digest_id, POSTED, POSTING, UNSURE, channel=channel, ts=ts)
            digests.note_named(tx, member.workspace_id, member.id, digest_id)

    def page(self, member: Member, digest_id: str) -> DigestPage | None:
        """Read a digest as it stands now. None: it is not this member's, or kept no longer."""
        with self._database.read() as tx:
            digest = digests.get(tx, member.workspace_id, member.id, digest_id)
            return _page(tx, member, digest) if digest else None

    def naming(self, member: Member, candidate_ids: Collection[str], since: datetime) -> tuple[Digest, ...]:
        """List the digests that name any of these people and stand somewhere."""
        if not candidate_ids:
            return ()
        with self._database.read() as tx:
            return digests.naming(tx, member.workspace_id, member.id, candidate_ids, since)


def _page(tx: Transaction, member: Member, digest: Digest) -> DigestPage:
    whose = (member.workspace_id, member.id, digest.id)
    earlier, fresh = digests.count_others(tx, *whose)
    now = members.get(tx, member.workspace_id, member.id) or member
    return DigestPage(digest, digests.candidates_of(tx, *whose), earlier, fresh, now.names_in_notifications)
