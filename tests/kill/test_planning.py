"""Killed at any line while it writes a calendar, an appointment stands there once, as it is."""

import pytest

from sandbox.calendars.entries import Hours
from tests.flows.appointments.dates import add_contact
from tests.flows.appointments.syncing import Syncing
from tests.flows.contacts.people import everybody
from tests.kill.running import deaths
from tests.stage import standing

pytestmark = pytest.mark.kill

MAILBOXES = {"google": ("ann", "ann@northwind.example"), "microsoft": ("cleo", "cleo@northwind.example")}


@pytest.mark.parametrize("act", ["make", "move", "cancel"])
@pytest.mark.parametrize("vendor", ["google", "microsoft"])
def test_killed_at_any_line_an_appointment_stands_in_the_calendar_once_as_it_is(
    sqlite_url: str, vendor: str, act: str
) -> None:
    files = ("bot/appointments/agreeing.py", "store/calendars.py", f"providers/{vendor}/calendar.py")
    with standing(sqlite_url) as stage:
        syncing = Syncing(stage, *MAILBOXES[vendor])
        syncing.connect()
        add_contact(stage, handle=syncing.handle)
        syncing.switch_on()
        (contact,) = everybody(stage)
        died = deaths("planning", stage, handle=syncing.handle, act=act, contact=contact.id, files=files)
        assert died > 3
        found = syncing.entries()
        stage.restart()
    numbers = range(died + 1) if act != "cancel" else ()
    assert sorted(one.title for one in found) == sorted(f"Number {n} · Dana Reyes" for n in numbers)
    hours = {one.when.starts.hour for one in found if isinstance(one.when, Hours)}
    assert hours <= ({11} if act == "move" else {10})
    syncing.nobody_was_mailed()
