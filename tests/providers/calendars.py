"""The contract of a Calendar, whoever's it is. A vendor's test file makes a stage and inherits it unchanged.

The calendars are Ann's: a primary one, "Projects", and one to look at only.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from providers.calendar import Calendar, Days, Event, EventRef, Hours
from sandbox.calendars.calendar import Calendar as Shelf
from sandbox.calendars.entries import Entry
from sandbox.calendars.people import Calendars
from sandbox.clock import Clock
from sandbox.faults import Fault, Faults, Kind
from sandbox.mail.people import Person

SINCE, UNTIL = datetime(2026, 10, 1, tzinfo=UTC), datetime(2027, 10, 1, tzinfo=UTC)
AT_TWO = datetime(2026, 11, 25, 13, 0, tzinfo=UTC)  # 14:00 in Amsterdam
ZONE = "Europe/Amsterdam"


class CalendarStage(ABC):
    """A provider with Ann's calendars behind it, and the ways in which it can go wrong."""

    service: str  # what the faults call it
    events: str  # a request for events, as the faults see its path
    removing: Sequence[str] = ("DELETE",)  # what taking one out asks
    faults: Faults
    clock: Clock
    everybody: Calendars
    ann: Person

    @abstractmethod
    def open(self, *, allowed: bool = True) -> Calendar:
        """Open Ann's calendars, with or without the grant for them."""

    @abstractmethod
    def end_access(self) -> None:
        """Make every access token worthless."""

    @abstractmethod
    def forgive_quota(self) -> None:
        """Begin the count of requests anew."""

    def shelf(self, name: str = "Projects") -> Shelf:
        """The sandbox's own calendar with that name: for what a person does by hand."""
        return next(one for one in self.everybody.of(self.ann) if one.name == name)

    @abstractmethod
    def id_of(self, name: str = "Projects") -> str:
        """The provider's id of that calendar."""

    def only(self, name: str = "Projects") -> Entry:
        """The one entry that stands in it."""
        (entry,) = self.shelf(name).entries()
        return entry

    def ref(self, key: str = "appointment-1", name: str = "Projects") -> EventRef:
        return EventRef(self.id_of(name), key)

    def lose_answer(self, method: str, times: int = 1) -> None:
        """Break the connection after the next such request took effect."""
        self.faults.add(Fault(self.service, Kind.RESET_AFTER, f"^{method} {self.events}", times=times))

    def lose_request(self, method: str) -> None:
        """Break the connection before the next such request takes effect."""
        self.faults.add(Fault(self.service, Kind.RESET_BEFORE, f"^{method} {self.events}"))

    def refuse(self, method: str, status: int, times: int = 1) -> None:
        """Answer such requests with this status."""
        fault = Fault(self.service, Kind.STATUS, f"^{method} {self.events}", times=times, status=status)
        self.faults.add(fault)

    def asked(self) -> list[str]:
        """The methods of the requests since the last look."""
        made = [one.method for one in self.faults.calls(self.service)]
        self.faults.forget_calls()
        return made


def lunch(
    title: str = "Lunch with Dana",
    starts: datetime = AT_TWO,
    minutes: int = 60,
    zone: str = ZONE,
    *,
    place: str = "",
    notes: str = "",
    link: str = "",
) -> Event:
    """An hour at 14:00 in Amsterdam."""
    return Event(title, Hours(starts, starts + timedelta(minutes=minutes), zone), place, notes, link)


def fair() -> Event:
    """Three whole days."""
    return Event("Book fair", Days(date(2026, 11, 27), date(2026, 11, 29)), place="Utrecht")
