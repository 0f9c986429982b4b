"""Whatever is done in whatever order, at rest calendar and CRM agree, and nothing stands there twice."""

import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from bot.appointments.calendar_rules import TITLES, event_of, value_of
from bot.appointments.dates import Refused, Standing
from bot.appointments.rules import Entry, entry_of
from bot.payloads import AppointmentForm
from providers import Provider
from sandbox.calendars.calendar import Calendar as Shelf
from sandbox.calendars.entries import Entry as There
from sandbox.calendars.entries import Hours
from sandbox.faults import Fault, Kind
from store import appointments, calendars
from store.appointments import Appointment
from store.calendars import ASKED, GONE, KEPT, WRITTEN
from store.database import new_id
from tests.bot.appointments.desk import Desk, desk
from tests.providers.calendars import CalendarStage

BOUNDS = settings(
    max_examples=8,
    stateful_step_count=14,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
HOURS, NUMBERS = st.integers(7, 18), st.integers(0, 3)


class SyncMachine(RuleBasedStateMachine):
    """A member who plans, syncs, and touches the calendar by hand. A subclass sets what is the vendor's."""

    stage: CalendarStage
    provider: Provider
    id_of: Callable[[Shelf], str]
    empty: Path  # a migrated SQLite file to be copied

    made = Bundle("made")

    @initialize()
    def begin(self) -> None:
        self.stack = ExitStack()
        folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        shutil.copy(self.empty, folder / "m.db")
        self.desk: Desk = self.stack.enter_context(
            desk(self.stage, self.provider, f"sqlite:///{folder / 'm.db'}")
        )
        self.start = self.stage.clock.now() + timedelta(days=40)
        self.removed = False

    def teardown(self) -> None:
        self.stage.faults.clear()
        if hasattr(self, "stack"):
            with self.stack:
                self.rest()

    # --- in the CRM ---------------------------------------------------------------------------------------

    @rule(target=made, hour=HOURS)
    def create(self, hour: int) -> str:
        appointment_id = new_id()
        entry = Entry(self.desk.contact, "Call", self.start.date().isoformat(), f"{hour:02}:00")
        saved = self.desk.dates.save(self.desk.member, AppointmentForm(appointment_id), entry)
        assert isinstance(saved, Standing)
        return appointment_id

    @rule(which=made, hour=HOURS)
    def move(self, which: str, hour: int) -> None:
        one = self._get(which)
        entry = replace(entry_of(one), clock=f"{hour:02}:30")
        saved = self.desk.dates.save(self.desk.member, AppointmentForm(which, one.version), entry)
        assert not isinstance(saved, Refused)

    @rule(which=made)
    def cancel(self, which: str) -> None:
        self.desk.dates.cancel(self.desk.member, AppointmentForm(which, 1))

    @rule(which=made)
    def plan_again(self, which: str) -> None:
        self.desk.dates.plan_again(self.desk.member, which)

    # --- Calendar Sync ------------------------------------------------------------------------------------

    @rule(which=st.sampled_from([0, 0, 1]), titles=st.sampled_from(TITLES))
    def switch_on(self, which: int, titles: str) -> None:
        value = value_of(type(self).id_of(self.desk.shelves[which]))
        self.desk.connections.dies = ""
        self.desk.stage.faults.clear()
        self.desk.sync.switch_on(self.desk.member, self.desk.account, value, titles, "A1", "V1")
        self.removed = False

    @rule(keep=st.booleans())
    def switch_off(self, keep: bool) -> None:
        was_on = self._sync() is not None
        self.desk.sync.switch_off(self.desk.member, keep=keep)
        self.removed = not keep if was_on else self.removed and not keep

    @rule()
    def night(self) -> None:
        self.desk.night()

    # --- by hand ------------------------------------------------------------------------------------------

    @rule(number=NUMBERS, hours=st.sampled_from([1, 2, -1]))
    def move_there(self, number: int, hours: int) -> None:
        found = self._there()
        if found:
            shelf, entry = found[number % len(found)]
            assert isinstance(entry.when, Hours)
            by = timedelta(hours=hours)
            shelf.change(entry.id, when=Hours(entry.when.starts + by, entry.when.ends + by, entry.when.zone))

    @rule(number=NUMBERS)
    def delete_there(self, number: int) -> None:
        found = self._there()
        if found:
            shelf, entry = found[number % len(found)]
            shelf.delete(entry.id)

    @rule(number=NUMBERS, act=st.sampled_from(["take", "put_back", "leave"]))
    def answer(self, number: int, act: str) -> None:
        open_ones = self.desk.asking.open_ones(self.desk.member, 10)
        if open_ones:
            one = open_ones[number % len(open_ones)]
            self.desk.connections.dies = ""
            self.desk.stage.faults.clear()
            self.desk.asking.answer(self.desk.member, one.row.id, act, one.row.asked)

    # --- what goes wrong ----------------------------------------------------------------------------------

    @rule(kind=st.sampled_from([Kind.RESET_AFTER, Kind.RESET_BEFORE, Kind.STATUS]), times=st.integers(1, 3))
    def fail(self, kind: Kind, times: int) -> None:
        path = f"^(POST|PATCH|DELETE) {self.stage.events}"
        self.stage.faults.add(Fault(self.stage.service, kind, path, times=times, status=503))

    @rule(dies=st.sampled_from(["before", "after"]))
    def die(self, dies: str) -> None:
        self.desk.connections.dies = dies

    @rule()
    def settle(self) -> None:
        """Let some of it happen, with what goes wrong."""
        self.desk.engine.settle()
        self.stage.clock.advance(timedelta(minutes=6))

    # --- what holds ---------------------------------------------------------------------------------------

    @rule()
    def rest(self) -> None:
        """At rest, calendar and CRM agree."""
        self.desk.rest()
        self.desk.night()
        sync = self._sync()
        for one in self._all():
            rows = self._rows(one.id)
            standing = [(shelf, entry) for shelf, entry in self._there() if self._is_for(entry, one)]
            if sync is None:
                assert not standing or not self.removed
                continue
            here = next(shelf for shelf in self.desk.shelves if type(self).id_of(shelf) == sync.calendar_id)
            assert all(shelf is here for shelf, _ in standing), "something was left in another calendar"
            state = next((row.state for row in rows if row.calendar_id == sync.calendar_id), "")
            if not one.is_planned:
                assert not standing
            elif any(row.state == GONE for row in rows):
                assert not standing, "what was deleted there stays deleted"
            elif state in (ASKED, KEPT):
                assert len(standing) == 1
            else:
                assert state == WRITTEN
                ((_, entry),) = standing
                wanted = event_of(one, "Dana", sync.titles, "Busy", "")
                assert isinstance(entry.when, Hours)
                assert (entry.title, entry.when.starts) == (wanted.title, one.starts_at)

    @invariant()
    def never_twice(self) -> None:
        """Nobody is mailed, and one appointment stands in one calendar at most once."""
        if not hasattr(self, "desk"):
            return
        assert self.stage.everybody.guest_mails == ()
        for shelf in self.desk.shelves:
            keys = [_key(entry) for entry in shelf.entries()]
            assert len(keys) == len(set(keys))

    # --- looking ------------------------------------------------------------------------------------------

    def _there(self) -> list[tuple[Shelf, There]]:
        return [(shelf, entry) for shelf in self.desk.shelves for entry in shelf.entries()]

    def _is_for(self, entry: There, one: Appointment) -> bool:
        return one.id in _key(entry)

    def _sync(self) -> calendars.Sync | None:
        with self.desk.database.read() as tx:
            return calendars.sync_of(tx, self.desk.member.workspace_id, self.desk.member.id)

    def _get(self, appointment_id: str) -> Appointment:
        with self.desk.database.read() as tx:
            found = appointments.get(tx, self.desk.member.workspace_id, appointment_id)
        assert found is not None
        return found

    def _all(self) -> list[Appointment]:
        with self.desk.database.read() as tx:
            ids = calendars.to_write(tx, self.desk.member.workspace_id, self.desk.member.id)
        return [one for one in (self._get(one) for one in ids) if one.ends_at > self.stage.clock.now()]

    def _rows(self, appointment_id: str) -> tuple[calendars.Event, ...]:
        with self.desk.database.read() as tx:
            where = (self.desk.member.workspace_id, self.desk.member.id, appointment_id)
            return calendars.events_of(tx, *where)


def _key(entry: There) -> str:
    """The key of ours that an event carries, whichever way its vendor keeps it."""
    return " ".join(str(value) for value in entry.properties.values())
