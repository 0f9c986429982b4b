"""Fills windows with records: the way in for every feature that leads to somebody (show_person in app.py)."""

from dataclasses import replace
from typing import Any

from bot.appointments.service import AppointmentsService
from bot.blocks import View
from bot.inbox.service import InboxService
from bot.payloads import MineRef, PersonRef, RecordPlace, ThreadPlace
from bot.places import WindowPlace
from bot.record.records import begin
from bot.record.service import RecordService
from bot.record.views import record_window
from bot.visits import Visit, Visits
from store.database import Database


class ShowRecord:
    """Reads a record and draws it, behind. Raises what the services raise."""

    def __init__(self, records: RecordService, visits: Visits) -> None:
        self._records, self._visits = records, visits

    def __call__(
        self,
        visit: Visit,
        place: WindowPlace,
        person: PersonRef,
        words: str = "",
        back: ThreadPlace | None = None,
    ) -> None:
        """Fill a window with somebody's record. `back`: the thread whose window it takes."""
        self.draw(visit, place, begin(person, words, back), fresh=True)
        self._visits.redraw_home(visit.member)  # whom one looked at last stands there

    def anew(self, visit: Visit, place: WindowPlace, at: RecordPlace) -> None:
        """Draw a record from what is known, after something in it was changed."""
        self.draw(visit, place, at, fresh=False)

    def draw(
        self,
        visit: Visit,
        place: WindowPlace,
        at: RecordPlace,
        *,
        fresh: bool,
        claimed: MineRef | None = None,
    ) -> None:
        """Draw a record as it is to stand. `claimed`: an address that was just taken as the viewer's."""
        place.show(self.view(visit, at, fresh=fresh, claimed=claimed))

    def view(
        self, visit: Visit, at: RecordPlace, *, fresh: bool = True, claimed: MineRef | None = None
    ) -> View:
        """Read a record and make its window as it is to stand."""
        record = replace(self._records.read(visit.member, at, fresh=fresh), claimed=claimed)
        return record_window(record, visit.member, visit.reader)


def build_records(
    database: Database, inbox: InboxService, dates: AppointmentsService, visits: Visits
) -> dict[str, Any]:
    """Build the record's services for listeners, its own and those of the features that lead to it."""
    records = RecordService(database, inbox, dates)
    show = ShowRecord(records, visits)
    return {"records": records, "show_person": show, "draw_record": show.anew}
