"""Killed at any line while it writes a calendar, an appointment stands there once, as it is."""

import json
import subprocess
import sys

import pytest

from sandbox.calendars.entries import Hours
from tests.flows.accounts.walking import member
from tests.flows.appointments.dates import add_contact
from tests.flows.appointments.syncing import Syncing
from tests.flows.contacts.people import everybody
from tests.kill.plans import EVERY, ROOT
from tests.stage import Stage, standing

pytestmark = pytest.mark.kill
FILES = ("bot/appointments/agreeing.py", "store/calendars.py", "providers/google/calendar.py")
MAILBOXES = {"google": ("ann", "ann@northwind.example"), "microsoft": ("cleo", "cleo@northwind.example")}


def walked(stage: Stage, handle: str, act: str) -> int:
    """Run the program; how many processes died."""
    who = member(stage, handle)
    (contact,) = everybody(stage)
    stage.mailroom.stop()
    plan = {
        "values": stage.environment(),
        "now": stage.clock.now().isoformat(),
        "workspace": who.workspace_id,
        "member": who.id,
        "contact": contact.id,
        "act": act,
        "files": [name.replace("google", _vendor(handle)) for name in FILES],
        "stride": 1 if EVERY else 11,
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.kill.planning"],
        input=json.dumps(plan),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=3600,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return int(json.loads(done.stdout)["deaths"])


def _vendor(handle: str) -> str:
    return "google" if handle == "ann" else "microsoft"


@pytest.mark.parametrize("act", ["make", "move", "cancel"])
@pytest.mark.parametrize("vendor", ["google", "microsoft"])
def test_killed_at_any_line_an_appointment_stands_in_the_calendar_once_as_it_is(
    sqlite_url: str, vendor: str, act: str
) -> None:
    with standing(sqlite_url) as stage:
        syncing = Syncing(stage, *MAILBOXES[vendor])
        syncing.connect()
        add_contact(stage, handle=syncing.handle)
        syncing.switch_on()
        deaths = walked(stage, syncing.handle, act)
        assert deaths > 3
        found = syncing.entries()
        stage.restart()
    numbers = range(deaths + 1) if act != "cancel" else ()
    assert sorted(one.title for one in found) == sorted(f"Number {n} · Dana Reyes" for n in numbers)
    hours = {one.when.starts.hour for one in found if isinstance(one.when, Hours)}
    assert hours <= ({11} if act == "move" else {10})
    syncing.nobody_was_mailed()
