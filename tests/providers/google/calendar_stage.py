"""Google's stage for calendars."""

from providers import Provider
from providers.calendar import Calendar
from sandbox.google import scopes
from sandbox.google.calendar.methods import OWNED
from sandbox.google.calendar.resources import calendar_id
from tests.providers.calendars import CalendarStage
from tests.sandbox.google.stand import ANN, Stand

GRANT = (scopes.OPENID, scopes.EMAIL, OWNED, scopes.AUTH + "calendar.calendarlist.readonly")


class GoogleCalendars(CalendarStage):
    """Ann's calendars at Google, seen through Mailroom's provider."""

    service, events = "google", r"/calendar/v3/calendars/"
    ann = ANN

    def __init__(self, stand: Stand, provider: Provider) -> None:
        self.stand, self.provider = stand, provider
        self.faults, self.clock = stand.faults, stand.clock
        self.everybody = stand.world.calendars

    def open(self, *, allowed: bool = True) -> Calendar:
        token = self.stand.token(ANN, *(GRANT if allowed else GRANT[:2]))
        return self.provider.open_calendar(token, ANN.address)

    def id_of(self, name: str = "Projects") -> str:
        return calendar_id(self.shelf(name))

    def forgive_quota(self) -> None:
        self.stand.google.forgive_quota()

    def end_access(self) -> None:
        self.stand.google.expire_access(ANN)
