"""One call of one method: whose calendars, which of them, and may they."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from werkzeug.datastructures import Headers, MultiDict

from sandbox.calendars.calendar import Calendar
from sandbox.calendars.entries import Entry
from sandbox.calendars.people import Calendars
from sandbox.google.calendar import errors
from sandbox.google.calendar.resources import calendar_id, etag
from sandbox.google.calendar.state import CalendarState
from sandbox.mail.people import Person

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, repr=False)
class Call:
    """A request that was let in. `owned`: its token reaches only calendars that the person owns."""

    calendars: Calendars
    state: CalendarState
    person: Person
    owned: bool
    path: Mapping[str, str]
    query: MultiDict[str, str]
    headers: Headers
    body: bytes

    def calendar(self, *, writing: bool = False) -> Calendar:
        """Find the calendar named in the address. Raises ApiError."""
        wanted = unquote(self.path["calendarId"])
        for one in self.calendars.of(self.person):
            if wanted == calendar_id(one) or (wanted == "primary" and one.is_primary):
                if self.owned and one.role != "owner":
                    raise errors.forbidden()
                if writing and one.role == "reader":
                    raise errors.read_only()
                if writing and self.person.subject in self.state.over_usage:
                    raise errors.over_usage()
                return one
        raise errors.not_found()

    def entry(self, calendar: Calendar) -> Entry:
        """Find the event named in the address, also a deleted one. Raises ApiError (404)."""
        found = calendar.entry(unquote(self.path["eventId"]))
        if found is None:
            raise errors.not_found()
        return found

    def check_match(self, entry: Entry) -> None:
        """Hold a request to the etag it names. Raises ApiError (412)."""
        wanted = self.headers.get("If-Match")
        if wanted not in (None, "*", etag(entry)):
            raise errors.changed()

    def json(self) -> object:
        """Read the JSON body. Raises ApiError (400)."""
        if "json" not in self.headers.get("Content-Type", ""):
            raise errors.wrong("Parse Error", "parseError")
        try:
            found: object = json.loads(self.body or b"{}")
            json.dumps(found, ensure_ascii=False).encode()  # half a sign (a lone surrogate) is no text
        except ValueError:
            raise errors.wrong("Parse Error", "parseError") from None
        return found

    def flag(self, name: str) -> bool:
        value = self.query.get(name, "false")
        if value not in ("true", "false"):
            raise errors.wrong(f"Invalid value for: {name}")
        return value == "true"

    def page(self, most: int, default: int) -> tuple[int, int]:
        """Read where a page begins and how long it is. Raises ApiError (400)."""
        wanted = self.query.get("maxResults", str(default))
        if not wanted.isdigit() or int(wanted) < 1:
            raise errors.wrong("Invalid value for: maxResults")
        token = self.query.get("pageToken", "")
        try:
            start = int(base64.urlsafe_b64decode(token + "==").removeprefix(b"at ")) if token else 0
        except ValueError:
            raise errors.wrong("Invalid page token value.") from None
        return start, min(int(wanted), most)

    @staticmethod
    def token(start: int) -> str:
        """Make the token of a next page."""
        return base64.urlsafe_b64encode(f"at {start}".encode()).decode().rstrip("=")

    def mails_guests(self) -> bool:
        """Say whether guests are mailed. Without `sendUpdates` too: "some emails might still be sent"."""
        wanted = self.query.get("sendUpdates", "all")
        if wanted not in ("all", "externalOnly", "none"):
            raise errors.wrong("Invalid value for: sendUpdates")
        return wanted != "none"
