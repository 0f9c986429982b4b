"""What the views of appointments draw: a form on its way, an appointment as it stands, lists."""

from dataclasses import dataclass, field

from bot.appointments.rules import Entry, Finding
from store.appointments import Appointment
from store.contacts import Contact

ROWS = 15  # on a page of Home


@dataclass(frozen=True, slots=True)
class Draft:
    """A form to be shown. `version` is 0 for an appointment that is not there yet.

    `contact` is whom `entry.contact` names, None while nobody is chosen. `changed` says what somebody else
    changed while this was typed.
    """

    id: str
    version: int
    entry: Entry
    contact: Contact | None
    changed: "Changed | None" = None
    calendar_reminds: bool = False


@dataclass(frozen=True, slots=True)
class Changed:
    """Somebody else was faster: who, and the appointment as it is now. `owner` is named where it differs."""

    by: str
    now: Appointment
    contact: str
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was saved, because of these fields."""

    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """An appointment in a list, with the names of its contact ("" where deleted) and owner."""

    appointment: Appointment
    contact: str
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """One appointment after something was decided. `overlaps`: the owner's others at that time."""

    row: Row
    overlaps: tuple[Row, ...] = ()
    calendar_reminds: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of a list. `more`: there are further ones. `cancelled`: those that can still be taken back."""

    rows: tuple[Row, ...] = ()
    start: int = 0
    more: bool = False
    cancelled: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """What Home shows under Appointments."""

    upcoming: Stretch = field(default_factory=Stretch)
    has_earlier: bool = False


@dataclass(frozen=True, slots=True)
class OfContact:
    """What a contact's record shows under Appointments."""

    coming: tuple[Row, ...] = ()
    past: tuple[Row, ...] = ()
    cancelled: tuple[Row, ...] = ()
