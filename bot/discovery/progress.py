"""How far a scan is, and who was left out, ready to be drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from store.met import LeftOut
from store.scans import Scan, ScanMailbox


@dataclass(frozen=True, slots=True)
class InAccount:
    """A scan in one account. `label` is the kind in words: Gmail."""

    account_id: str
    address: str
    label: str
    box: ScanMailbox


@dataclass(frozen=True, slots=True)
class Progress:
    """A scan as it stands. `waiting` counts everybody who waits to be decided about, of earlier scans too.

    `shared` are those of `scan.found` that are addresses which several people read.
    """

    scan: Scan
    accounts: tuple[InAccount, ...]
    waiting: int
    nightly: bool
    shared: int = 0

    @property
    def people(self) -> int:
        """New people, without the shared mailboxes, which are shown apart."""
        return max(0, self.scan.found - self.shared)

    @property
    def failed(self) -> tuple[InAccount, ...]:
        return tuple(one for one in self.accounts if one.box.state == "failed")

    @property
    def filed_apart(self) -> int:
        return sum(one.box.filed_apart for one in self.accounts)


@dataclass(frozen=True, slots=True)
class ScanState:
    """What Home says of scans: the one under way that was asked for, and the last that came to its end."""

    running: Progress | None
    ended: Scan | None

    @property
    def is_first(self) -> bool:
        """Say whether the first scan is under way."""
        return self.running is not None and self.ended is None


@dataclass(frozen=True, slots=True)
class LeftOutPage:
    """Who was left out: all reasons with their numbers, and the people of the one that is open.

    Rare reasons stand together under the code `OTHER`. Whoever waits by now is not among them.
    """

    reasons: tuple[tuple[str, int], ...]
    chosen: str
    people: tuple[LeftOut, ...]
    start: int
    more: bool
    every_sender: bool  # the last scan read every sender
    alike: Mapping[str, str] = field(
        default_factory=dict
    )  # by address: a domain like it, MIXED: two alphabets


OTHER = "other"
MIXED = "mixed"
