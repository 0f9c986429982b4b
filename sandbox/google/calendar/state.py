"""What tests turn at the sandbox's Google calendars."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sandbox.google.gmail.quota import Limits, Meter

PER_USER, PER_PROJECT = 600, 10_000  # requests a minute


@dataclass(slots=True, init=False)
class CalendarState:
    """`over_usage`: subjects whose writes meet the usage limits; `never_again`: whose ids stay reserved."""

    meter: Meter
    limits: Limits
    over_usage: set[str]
    never_again: set[str]

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.limits = Limits(units_per_user_minute=PER_USER, units_per_project_minute=PER_PROJECT)
        self.meter = Meter(now, self.limits)
        self.over_usage = set()
        self.never_again = set()
