"""Say for whom the page is drawn: their clock, their zone, the names they know."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Viewer:
    """Hold what changes from one reader to the next.

    Shape: people and channels map an id to the name that is shown, without @ or #.
    """

    id: str
    zone: str
    now: datetime
    locale: str = "en-US"
    people: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)

    def local(self, moment: datetime) -> datetime:
        """Move an instant into the viewer's zone."""
        return moment.astimezone(ZoneInfo(self.zone))

    @property
    def twelve_hours(self) -> bool:
        """Say whether times are written with AM and PM."""
        return self.locale in {"en-US", "en_US", "en"}
