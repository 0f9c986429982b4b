"""Work of the night: the scan, the digest told at most once on a date, and nights that failed."""

from contextlib import suppress
from datetime import timedelta

from bot.discovery.digest_views import digest_message
from bot.discovery.digesting import TELL_FAILING, Digests
from bot.discovery.nightly import DIGEST, NIGHT, NightlyService
from bot.discovery.nightly_pages import DigestPage
from bot.discovery.nightly_views import failing_message
from bot.discovery.scanning import ScanService
from bot.engine import Again, Done, Handler, Job, Outcome, Stopping
from bot.identity import NotAllowed
from bot.places import NOT_SENT, post, post_once
from bot.slack import (
    CannotReach,
    ScopeMissing,
    SlackBusy,
    SlackError,
    SlackUnreachable,
    TokenDead,
    TooLarge,
)
from bot.visits import Visits
from store.members import Member
from store.nightly import Nightly
from store.scans import FAILED, RUNNING, Scan

SEEN = timedelta(hours=1)  # a member whom Slack was asked about so lately is not asked about again
LOOK = timedelta(seconds=30)  # between two looks whether the scan is done
PATIENCE = timedelta(hours=1)  # with a scan, from its beginning; then the digest tells what there is
TOLD = ("ReconnectRequired", "PermissionMissing")  # their own message tells of them
REFUSED = (CannotReach, TooLarge, TokenDead, ScopeMissing)  # Slack certainly did not post it


class NightJobs:
    """Carries out what the ledger holds of nights."""

    def __init__(self, nights: NightlyService, digests: Digests, scans: ScanService, visits: Visits) -> None:
        self._nights, self._digests, self._scans, self._visits = nights, digests, scans, visits

    def scan(self, job: Job) -> Outcome:
        """Start the night's scan. The digest starts it where this could not, or came too late."""
        found = self._night(job)
        if found is None:
            return Done()
        member, row, moved = found
        if moved:
            self._nights.plan_again(member)
        elif row.tell_date and row.tell_at and self._visits.clock() < row.tell_at:
            self._scans.start_night(member, row.tell_date)
        return Done()

    def tell(self, job: Job) -> Outcome:
        """Tell whom the night found, and plan the next night."""
        found = self._night(job)
        if found is None:
            return Done()
        member, row, _ = found
        local_date = self._nights.date_of(member, row)
        scan = self._scans.start_night(member, local_date) if local_date else None
        if local_date is None or scan is None:
            self._nights.end(job, member)
            return Done()
        if scan.state == RUNNING and self._visits.clock() < scan.started_at + PATIENCE:
            return Again(LOOK)
        page = self._digests.gather(job, member, local_date, failed=self._has_failed(member, scan))
        if page is None:
            self._nights.end(job, member)
            return Done()
        return self._post(job, member, page)

    def _has_failed(self, member: Member, scan: Scan) -> bool:
        """Say whether a scan could read nothing, for a reason of which nothing else tells the member."""
        if scan.state != FAILED:
            return False
        progress = self._scans.progress(member.workspace_id, scan.id)
        return progress is not None and any(one.box.error_code not in TOLD for one in progress.failed)

    def _night(self, job: Job) -> tuple[Member, Nightly, bool] | None:
        """Read whose night it is, as Slack knows them now, and whether they moved. None: nothing to do."""
        found = self._nights.night_of(job)
        if found is None:
            return None
        member, row = found
        try:
            now = self._visits.look_again(member, SEEN)
        except (NotAllowed, CannotReach):
            self._nights.switch_off(member)
            return None
        except (SlackBusy, SlackUnreachable):
            now = member
        return now, row, now.zone != member.zone

    def _post(self, job: Job, member: Member, page: DigestPage) -> Outcome:
        """Post the digest: said to be posted before it is, and never again where nobody knows."""
        answer = digest_message(page, self._visits.reader(member))
        client = self._visits.clients.patient(member.workspace_id)
        job.guard()
        if not self._digests.begin_posting(job, page.digest):
            self._nights.end(job, member)
            return Done()
        try:
            job.guard()
            channel, ts = post(client, member.slack_user_id, answer)
        except (SlackBusy, Stopping, *REFUSED) as error:
            self._digests.not_posted(job, page.digest)
            if not isinstance(error, CannotReach):
                raise
            self._nights.end(job, member)
        except SlackError as error:
            if isinstance(error, SlackUnreachable) and error.code == NOT_SENT:
                self._digests.not_posted(job, page.digest)
                return Again(timedelta(minutes=2), error.code)
            self._digests.unsure(job, member, page.digest)
        else:
            self._digests.posted(job, member, page.digest, channel, ts)
        return Done()

    def tell_failing(self, job: Job) -> Outcome:
        """Say once that several nights in a row could read nothing."""
        member = self._nights.failing(job)
        if member is not None:
            post_once(job, self._visits.direct(member), failing_message(self._visits.reader(member)))
        return Done()

    def give_up(self, job: Job, _code: str) -> None:
        """Plan the next night although this one could not be told."""
        with suppress(NotAllowed):
            self._nights.give_up(job)

    def handlers(self) -> dict[str, Handler]:
        """What the ledger's kinds of the night do."""
        return {
            NIGHT: Handler(self.scan, lane="bulk"),
            DIGEST: Handler(self.tell, gave_up=self.give_up),
            TELL_FAILING: Handler(self.tell_failing),
        }
