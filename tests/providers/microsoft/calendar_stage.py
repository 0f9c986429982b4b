"""Microsoft's stage for calendars."""

from providers.calendar import Calendar
from sandbox.calendars.calendar import Calendar as Shelf
from tests.providers.calendars import CalendarStage
from tests.providers.microsoft.stage import ANN, MicrosoftStage

GRANT = frozenset({"User.Read", "Calendars.ReadWrite"})


class OutlookCalendars(CalendarStage):
    """Ann's calendars at Microsoft, seen through Mailroom's provider."""

    service, events = "graph", r"/v1.0/me/(calendars/[^/]+/)?events"
    removing = ("GET", "DELETE")  # nobody promises that DELETE heeds an etag
    ann = ANN

    def __init__(self, stage: MicrosoftStage) -> None:
        self.stage, self.provider = stage, stage.provider
        self.faults, self.clock = stage.faults, stage.clock
        self.everybody = stage.world.calendars

    def open(self, *, allowed: bool = True) -> Calendar:
        token = self.stage.token(ANN, GRANT if allowed else frozenset({"User.Read"}))
        return self.provider.open_calendar(token, ANN.address)

    def id_of(self, name: str = "Projects") -> str:
        return self.graph_id(self.shelf(name))

    def graph_id(self, shelf: Shelf) -> str:
        """Graph's id of a calendar."""
        box = self.stage.microsoft.account(ANN).key
        return self.stage.microsoft.graph.state.ids.make("calendar", box, shelf.id)

    def forgive_quota(self) -> None:
        self.stage.microsoft.forgive_quota()

    def end_access(self) -> None:
        self.stage.end_access()
