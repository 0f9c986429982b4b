"""The Calendar API client, built once a process and shared."""

from collections.abc import Callable
from datetime import datetime

from providers.google.client import Api


class CalendarApi(Api):
    """The API's methods that Mailroom uses; each makes a request to be executed with a Bearer."""

    def __init__(self, base_url: str, now: Callable[[], datetime]) -> None:
        super().__init__("calendar", "v3", base_url, now)
        # Making these objects costs more than making a request from them, so they are kept.
        self.events = self._resource.events()
        self.calendar_list = self._resource.calendarList()
