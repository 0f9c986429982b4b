"""Whatever happens in whatever order: one event at most, and what a person did by hand stays."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from providers.calendar import Calendar, Event, EventRef
from providers.errors import Conflict, NotFound, Unavailable
from sandbox.calendars.calendar import Calendar as Shelf
from sandbox.calendars.entries import Entry, Hours
from sandbox.faults import Fault, Kind
from tests.providers.calendars import AT_TWO, SINCE, UNTIL, ZONE, CalendarStage, lunch

BOUNDS = settings(
    max_examples=20,
    phases=[Phase.generate],  # told as it was found: making a failure shorter takes minutes over HTTP
    stateful_step_count=14,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
FAULTS = st.sampled_from([None, None, Kind.RESET_AFTER, Kind.RESET_BEFORE, Kind.STATUS])
HOURS = st.integers(0, 8)
_numbers = count()


class Machine(RuleBasedStateMachine):
    """One appointment and one calendar. `open_stage` and `id_of` are the vendor's, set in a subclass."""

    stage: CalendarStage
    id_of: Callable[[Shelf], str]

    @initialize()
    def begin(self) -> None:
        self.stage.faults.clear()
        self.stage.forgive_quota()
        number = next(_numbers)
        self.shelf = self.stage.everybody.add(self.stage.ann, f"Calendar {number}")
        self.fresh = EventRef(type(self).id_of(self.shelf), f"appointment-{number}")
        self.ref, self.begun = self.fresh, False
        self.hand: tuple[str, Any] | None = None  # title and time as the person left them
        self.made_by_hand = 0

    @property
    def entry(self) -> Entry | None:
        return next(iter(self.shelf.entries()), None)

    def _try(self, fault: Kind | None, act: Callable[[Calendar], EventRef | None]) -> EventRef | None:
        """Act under a fault of the next write; Unavailable is all that a fault may lead to."""
        if fault is not None:
            self.stage.faults.add(
                Fault(self.stage.service, fault, f"^(POST|PATCH|DELETE) {self.stage.events}", status=503)
            )
        try:
            return act(self.stage.open())
        finally:
            self.stage.faults.clear()

    @rule(hours=HOURS, word=st.sampled_from(["Lunch", "Dinner", "Tea"]), fault=FAULTS)
    def put(self, hours: int, word: str, fault: Kind | None) -> None:
        event = lunch(word, AT_TWO + timedelta(hours=hours), notes=f"About {word}")
        was, ref = self.entry, self.ref
        try:
            put = self._try(fault, lambda calendar: calendar.put(ref, event, again=self.begun))
        except Unavailable:
            self.begun = True
        except Conflict as conflict:
            assert conflict.code == "by_hand" and self.hand
            assert self.entry == was
        except NotFound as missing:
            assert missing.code != "calendar" and was is None and ref.etag
            self.ref = replace(self.fresh)
            self.begun = True
        else:
            assert put is not None and self.hand is None
            self.ref, self.begun = put, False
            self._stands(event)

    def _stands(self, event: Event) -> None:
        entry = self.entry
        assert entry is not None and entry.title == event.title
        assert isinstance(entry.when, Hours) and entry.when.starts == getattr(event.when, "starts", None)
        assert self.stage.open().get(self.ref).ref == self.ref

    @rule(fault=FAULTS)
    def remove(self, fault: Kind | None) -> None:
        try:
            self._try(fault, lambda calendar: calendar.remove(self.ref))
        except Unavailable:
            self.hand = self.hand if self.entry else None  # it may have come through
            return
        assert self.entry is None
        self.ref, self.hand, self.begun = replace(self.ref, etag=""), None, True

    @precondition(lambda self: self.entry is not None)
    @rule(hours=HOURS, moves=st.booleans())
    def change_by_hand(self, hours: int, moves: bool) -> None:
        assert self.entry is not None
        self.made_by_hand += 1
        title = f"By hand {self.made_by_hand}"
        starts = AT_TWO + timedelta(hours=hours, minutes=7)
        when = Hours(starts, starts + timedelta(minutes=20), ZONE) if moves else self.entry.when
        changed = self.shelf.change(self.entry.id, title=title, when=when)
        self.hand = (changed.title, changed.when)

    @precondition(lambda self: self.entry is not None)
    @rule(busy=st.booleans())
    def touch_something_else(self, busy: bool) -> None:
        assert self.entry is not None
        self.shelf.change(self.entry.id, busy=busy)

    @precondition(lambda self: self.entry is not None)
    @rule()
    def delete_by_hand(self) -> None:
        assert self.entry is not None
        self.shelf.delete(self.entry.id)
        self.hand = None

    @precondition(lambda self: self.hand is not None and self.ref.event_id)
    @rule()
    def decide(self) -> None:
        """Let the appointment win, as the person answered."""
        there = self.stage.open().get(self.ref)
        assert there.by_hand and there.title == (self.hand or ("",))[0]
        event = lunch("Decided")
        self.ref = self.stage.open().put(there.ref, event)
        self.hand, self.begun = None, False
        self._stands(event)

    @rule()
    def restore_a_backup(self) -> None:
        """Forget everything about the event; a caller who restored one looks before it makes anything."""
        self.ref, self.begun = self.fresh, True

    @invariant()
    def one_event_at_most(self) -> None:
        if not hasattr(self, "shelf"):
            return
        entries = self.shelf.entries()
        assert len(entries) <= 1
        listed = self.stage.open().events(self.fresh.calendar_id, SINCE, UNTIL)
        assert [one.title for one in listed] == [one.title for one in entries]
        assert [one.by_hand for one in listed] == [self.hand is not None for _ in entries]

    @invariant()
    def what_was_done_by_hand_stays(self) -> None:
        if getattr(self, "hand", None) is not None:
            entry = self.entry
            assert entry is not None and (entry.title, entry.when) == self.hand

    @invariant()
    def nobody_is_mailed(self) -> None:
        assert self.stage.everybody.guest_mails == ()
