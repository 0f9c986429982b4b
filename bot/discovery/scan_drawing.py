"""Draws how far a scan is wherever it is shown: its window, Home, and a message where the window was closed.

Each drawing reads the rows while nobody else draws the same scan, so an older one never lies on a newer one.
"""

import threading
import time
from collections.abc import Callable
from contextlib import suppress

from bot.discovery.progress import Progress
from bot.discovery.scan_views import finished_message, scan_window
from bot.discovery.scanning import ScanService
from bot.engine import Done, Job, Outcome
from bot.places import WindowPlace
from bot.slack import CannotReach, SlackBusy, SlackError, SlackUnreachable, WindowChanged, WindowGone
from bot.visits import Visits
from store import members, scans
from store.database import Busy, Database
from store.members import Member

LOCKS = 64
EVERY = 5.0  # seconds between two drawings of a scan that runs
NOT_SENT = "URLError"  # the connection failed before Slack had the whole request (urllib.request.do_open)


class ShowScan:
    """Draws scans. Thread-safe."""

    def __init__(
        self,
        database: Database,
        service: ScanService,
        visits: Visits,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database, self._service, self._visits, self._now = database, service, visits, now
        # held while Slack answers: of one scan one drawing is made after the other
        self._locks = tuple(threading.Lock() for _ in range(LOCKS))
        self._drawn: dict[str, float] = {}

    def step(self, workspace_id: str, scan_id: str, at_once: bool) -> None:
        """Draw a scan that has come on, now and then; what Slack or the database refuses is left undone."""
        if not at_once and self._now() - self._drawn.get(scan_id, -EVERY) < EVERY:
            return
        self._drawn[scan_id] = self._now()
        with suppress(SlackError, Busy):
            progress = self.window(workspace_id, scan_id)
            if progress is not None:
                self._home(workspace_id, progress)

    def window(self, workspace_id: str, scan_id: str) -> Progress | None:
        """Draw the window of a scan. None: nothing is shown, because no window stands open."""
        with self._lock(scan_id):
            progress = self._service.progress(workspace_id, scan_id)
            member = self._member(workspace_id, progress)
            if progress is None or member is None:
                return None
            if progress.scan.state != scans.RUNNING:
                self._drawn.pop(scan_id, None)
            self._draw(member, progress)
            return progress

    def _lock(self, scan_id: str) -> threading.Lock:
        return self._locks[hash(scan_id) % LOCKS]

    def _draw(self, member: Member, progress: Progress) -> bool:
        """Put it into its window. False: there is none."""
        view_id = progress.scan.view_id
        if view_id is None:
            return False
        reader = self._visits.reader(member)
        place = WindowPlace(self._visits.clients.patient(member.workspace_id), view_id, reader)
        try:
            place.show(scan_window(progress, reader))
        except (WindowGone, WindowChanged):
            with self._database.write() as tx:
                scans.forget_window(tx, member.workspace_id, progress.scan.id, view_id)
            return False
        return True

    def _member(self, workspace_id: str, progress: Progress | None) -> Member | None:
        if progress is None:
            return None
        with self._database.read() as tx:
            return members.get(tx, workspace_id, progress.scan.member_id)

    def _home(self, workspace_id: str, progress: Progress) -> None:
        """Draw Home while the first scan runs: it shows how far that is."""
        member = self._member(workspace_id, progress)
        if member is not None and self._service.state(member).is_first:
            self._visits.redraw_home(member)

    def tell(self, job: Job) -> Outcome:
        """Say that a scan has ended: in its window, or else in a message, at most once; and on Home."""
        scan_id = job.ref or ""
        with self._lock(scan_id):
            self._drawn.pop(scan_id, None)
            progress = self._service.progress(job.workspace_id, scan_id)
            member = self._member(job.workspace_id, progress)
            if progress is None or member is None:
                return Done()
            seen = job.step is None and self._draw(member, progress)
        if not seen:
            self._post(job, member, progress)
        self._visits.redraw_home(member)
        return Done()

    def _post(self, job: Job, member: Member, progress: Progress) -> None:
        if job.step == "posting":
            return  # its answer was lost: it may stand there already, and Home says the same
        answer = finished_message(progress, self._visits.reader(member))
        job.reach("posting")
        job.guard()
        try:
            with suppress(CannotReach):
                self._visits.direct(member).show(answer)
        except SlackBusy:
            job.reach("to post")
            raise
        except SlackUnreachable as error:
            if error.code == NOT_SENT:
                job.reach("to post")
            raise
