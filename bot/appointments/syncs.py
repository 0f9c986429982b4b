"""What the views of Calendar Sync draw: where it stands, what would be written, a question."""

from dataclasses import dataclass

from bot.appointments.dates import Row
from providers.calendar import CalendarInfo, Event, ExternalEvent
from store import calendars
from store.accounts import Account
from store.calendars import ASKED, Sync

TAKE, PUT_BACK, LEAVE = "take", "put_back", "leave"  # answers to a question


@dataclass(frozen=True, slots=True)
class Choice:
    """A connected account whose calendars could be used. `allowed`: Mailroom may write there already."""

    account: Account
    label: str
    company: str
    allowed: bool


@dataclass(frozen=True, slots=True)
class SyncState:
    """How Calendar Sync stands. `sync` is None while it is off.

    `waiting` are still to be written, `written` stand there, `left` were left behind when it was off.
    """

    sync: Sync | None
    choices: tuple[Choice, ...] = ()
    offers: tuple[str, ...] = ()
    waiting: int = 0
    written: int = 0
    left: int = 0

    @property
    def used(self) -> Choice | None:
        """The account that is synced to."""
        mine = self.sync.account_id if self.sync else ""
        return next((one for one in self.choices if one.account.id == mine), None)


@dataclass(frozen=True, slots=True)
class Preview:
    """What will stand in the calendar: the first few events, and how many."""

    events: tuple[Event, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Choosing:
    """The step in which a calendar is chosen."""

    choice: Choice
    calendars: tuple[CalendarInfo, ...]
    preview: Preview
    titles: str
    chosen: str = ""  # the calendar that is used now
    moves: int = 0  # how many events will move out of it


@dataclass(frozen=True, slots=True)
class Question:
    """An appointment that the calendar says otherwise. `theirs`: None where unasked or gone."""

    row: calendars.Event
    shown: Row
    mine: Event
    theirs: ExternalEvent | None
    titles: str
    refused: bool = False  # it was to be taken, and cannot stand so here

    @property
    def is_open(self) -> bool:
        """Say whether an answer is waited for."""
        return self.row.state == ASKED
