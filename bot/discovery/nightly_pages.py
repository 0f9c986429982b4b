"""Nights and digests as they are drawn."""

from dataclasses import dataclass
from datetime import date, datetime

from store.candidates import Candidate
from store.digests import Digest


@dataclass(frozen=True, slots=True)
class NightlySettings:
    """What a member chose about the night. `next_at` is when the next digest may come, None while none may.

    `paused_until` is the first local date told again; `names`: notifications name people.
    """

    is_on: bool
    hour: int
    working_days: bool
    paused_until: date | None
    next_at: datetime | None
    names: bool
    is_failing: bool


@dataclass(frozen=True, slots=True)
class DigestPage:
    """A digest as it is to be drawn now. `people` are in its order, None for somebody kept no longer.

    `earlier` were named before and still wait, `fresh` wait to be named by the next one.
    """

    digest: Digest
    people: tuple[Candidate | None, ...]
    earlier: int
    fresh: int
    names: bool
