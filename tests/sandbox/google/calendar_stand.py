"""The real calendar client in front of the sandbox."""

import importlib.resources
import json
from typing import Any

from googleapiclient.discovery import build_from_document

from sandbox.calendars.calendar import Calendar
from sandbox.google import scopes
from sandbox.google.calendar.methods import OWNED
from sandbox.google.calendar.resources import calendar_id
from sandbox.mail.people import Person
from tests.sandbox.google.stand import ANN, CREDENTIALS, Stand

LIST = scopes.AUTH + "calendar.calendarlist.readonly"
TIMES = {
    "start": {"dateTime": "2026-11-25T14:00:00+01:00", "timeZone": "Europe/Amsterdam"},
    "end": {"dateTime": "2026-11-25T15:00:00+01:00", "timeZone": "Europe/Amsterdam"},
}


def document_text() -> str:
    documents = importlib.resources.files("googleapiclient") / "discovery_cache" / "documents"
    return (documents / "calendar.v3.json").read_text()


def client(stand: Stand, person: Person = ANN, *wanted: str) -> Any:
    """Build the real client, its discovery document patched as the product patches it."""
    document = json.loads(document_text())
    document["rootUrl"] = stand.base + "/"
    document["baseUrl"] = stand.base + "/" + document["servicePath"]
    token = stand.token(person, *(wanted or (scopes.OPENID, OWNED, LIST)))
    made = build_from_document(document, credentials=CREDENTIALS(token))
    stand.opened.append(made)
    return made


def shelf(stand: Stand, name: str = "Projects") -> Calendar:
    return next(one for one in stand.world.calendars.of(ANN) if one.name == name)


def projects(stand: Stand) -> str:
    """Google's id of Ann's second calendar."""
    return calendar_id(shelf(stand))


def lunch(**more: Any) -> dict[str, Any]:
    return {"summary": "Lunch", **TIMES, **more}
