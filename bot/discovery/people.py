"""What the review of people found draws and carries out: decisions, groups, and a page of a list."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.discovery.strength import NOW_AND_THEN, OFTEN, Group
from providers.content.free_mail import is_free_mail
from store.candidates import ADDED, DISMISSED, PENDING, Candidate
from store.deciding import Batch, Counts
from store.scans import Scan

PAGE = "people"  # of App Home
ROWS = 15  # people at once
MANY = 20  # more than these at once are asked about first
EDGES: Mapping[Group, tuple[int, int]] = {  # the lowest and the highest strength of each group
    Group.OFTEN: (OFTEN, 100),
    Group.NOW_AND_THEN: (NOW_AND_THEN, OFTEN - 1),
    Group.ONCE: (0, NOW_AND_THEN - 1),
}


class Act(StrEnum):
    """What can be decided about somebody."""

    ADD = "add"
    DISMISS = "dismiss"


class Where(StrEnum):
    """Where somebody was decided. Blocked people were decided by their block."""

    HOME = "home"
    DIGEST = "digest"
    PERSON = "person"
    SEVERAL = "several"


STATES = {Act.ADD: ADDED, Act.DISMISS: DISMISSED}


def domain_of(address: str) -> str:
    """The "@domain" that can be blocked for an address; "" where anybody may have a mailbox."""
    domain = address.rpartition("@")[2]
    return "" if is_free_mail(domain) else f"@{domain}"


@dataclass(frozen=True, slots=True)
class Typed:
    """What a member typed about somebody before adding them. `address` is normalised."""

    name: str
    company: str
    address: str


@dataclass(frozen=True, slots=True)
class Wish:
    """People to be decided: some by id, or everybody of a group who was found by `found_until`.

    `typed` takes the place of what the mail said, where one person is added.
    """

    act: Act
    where: str
    ids: tuple[str, ...] = ()
    group: Group | None = None
    found_until: datetime | None = None
    typed: Typed | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a wish. `before` were decided earlier: nothing was changed about them.

    `joined` of those done were somebody's contacts already. `batch` undoes it; "" when nothing was done.
    """

    act: Act
    done: tuple[Candidate, ...]
    before: tuple[Candidate, ...] = ()
    joined: tuple[Candidate, ...] = ()
    batch: str = ""

    @property
    def everybody(self) -> tuple[Candidate, ...]:
        return (*self.done, *self.before)


@dataclass(frozen=True, slots=True)
class Undone:
    """Who waits again, and who does not because their record was used in the meantime."""

    back: tuple[Candidate, ...] = ()
    stay: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Blocking:
    """An address or "@domain" was blocked, with how many people went for it."""

    shown: str
    hash: str
    gone: int
    fresh: bool


@dataclass(frozen=True, slots=True)
class Blocked:
    """One blocked address or "@domain". `shown` is "" when the last mailbox was disconnected since."""

    hash: str
    shown: str
    at: datetime


@dataclass(frozen=True, slots=True)
class BlockedPage:
    """A page of what is blocked, the newest first."""

    rows: tuple[Blocked, ...]
    start: int
    more: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many people wait, and the strongest of them."""

    people: int = 0
    strongest: str = ""


NOBODY = Waiting()


class Tab(StrEnum):
    """The lists of People found; the shared mailboxes are folded into a list of their own."""

    PENDING = PENDING
    ADDED = ADDED
    DISMISSED = DISMISSED
    SHARED = "shared"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the page stands: which list, from which row on."""

    tab: Tab = Tab.PENDING
    start: int = 0

    @classmethod
    def read(cls, place: str) -> "Standing":
        """Read the place of a button; whatever it does not know is the beginning."""
        name, _, start = place.partition(" ")
        tab = Tab(name) if name in set(Tab) else Tab.PENDING
        return cls(tab, int(start) if start.isdecimal() and len(start) < 7 else 0)

    def __str__(self) -> str:
        return f"{self.tab} {self.start}"


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """One page of People found, drawn under a `number`, with everything found until `as_of`.

    `folded` are the first of the shared mailboxes. `last_name` is of the only person of `last_batch`, "" of
    several. Of the added, `undoable` are those whose contact nobody has used or who have none any more,
    `contacts` those who have one, and `adders` names the colleague who had added it before.
    """

    at: Standing
    number: int
    counts: Counts
    groups: Mapping[str, int]
    rows: tuple[Candidate, ...]
    more: bool
    connected: bool
    last_scan: Scan | None
    nightly: bool
    as_of: datetime
    scanning: bool = False
    folded: tuple[Candidate, ...] = ()
    last_batch: Batch | None = None
    last_name: str = ""
    contacts: frozenset[str] = frozenset()
    undoable: frozenset[str] = frozenset()
    adders: Mapping[str, str] = field(default_factory=dict)
    blocked: int = 0
