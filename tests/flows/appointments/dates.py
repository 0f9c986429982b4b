"""Making and reading appointments as somebody at their Slack does."""

import json
from typing import Any

from sandbox.slack.person import Submission
from sandbox.slack.state import View
from store import appointments, members
from store.appointments import Appointment
from store.schema import appointment
from tests.flows.contacts.people import DANA, fill, new_contact
from tests.flows.contacts.people import submit as submit_form
from tests.stage import Stage

FORM = {
    "title": "appointments.typed",
    "contact": "appointments.contact",
    "owner": "appointments.owner",
    "day": "appointments.day",
    "clock": "appointments.clock",
    "length": "appointments.length",
    "zone": "appointments.zone",
    "all_day": "appointments.all_day",
    "place": "appointments.typed",
    "notes": "appointments.typed",
    "remind": "appointments.remind",
}


def add_contact(stage: Stage, name: str = "Dana Reyes", address: str = DANA, handle: str = "ann") -> None:
    """Put somebody into the team's contacts."""
    form = new_contact(stage, handle)
    fill(stage.person(handle), form, name=name, addresses=address)
    assert submit_form(stage, stage.person(handle)).accepted
    stage.person(handle).close()


def ask(stage: Stage, words: str = "", handle: str = "ann") -> View:
    """Type the command, and return the window."""
    assert stage.person(handle).command("general", f"/inbox appointment {words}".strip()) == ""
    stage.settle()
    return stage.person(handle).window()


def enter(stage: Stage, handle: str = "ann", **fields: Any) -> None:
    """Choose and type in the form's fields, named as their blocks are."""
    person = stage.person(handle)
    form = person.window()
    for name, value in fields.items():
        if name in ("contact", "zone"):
            (offered, *_) = person.options(form, FORM[name], value)
            value = offered["value"]
        person.fill(form, FORM[name], value, block_id=name)


def save(stage: Stage, handle: str = "ann") -> Submission:
    """Press Save and wait for what follows."""
    sent = stage.person(handle).submit()
    stage.settle()
    return sent


def make(stage: Stage, words: str = "dana", handle: str = "ann", **fields: Any) -> View:
    """Make an appointment, and return the window that says so."""
    ask(stage, words, handle)
    known = {"title": "Call", "day": "2026-11-20", "clock": "14:00", "length": "30"} | fields
    enter(stage, handle, **known)
    sent = save(stage, handle)
    assert sent.accepted, sent
    return stage.person(handle).window()


def change(stage: Stage, handle: str = "ann", **fields: Any) -> View:
    """Press Change in the window that shows one, save it differently, and return the window."""
    stage.press(stage.person(handle), stage.person(handle).window(), "appointments.open")
    enter(stage, handle, **fields)
    assert save(stage, handle).accepted
    return stage.person(handle).window()


def preset(form: View, name: str) -> Any:
    """What stands in a field when it is drawn."""
    element = next(b for b in form.blocks if b.get("block_id") == name)["element"]
    found = next((value for key, value in element.items() if key.startswith("initial_")), "")
    return found["value"] if isinstance(found, dict) else found


def everything(stage: Stage) -> list[Appointment]:
    """Every appointment, the first one first."""
    with stage.mailroom.database.read() as tx:
        rows = tx.all(appointment.select().order_by(appointment.c.starts_at, appointment.c.id))
        found = [appointments.get(tx, row.workspace_id, row.id) for row in rows]
    return [one for one in found if one]


def the_one(stage: Stage) -> Appointment:
    """The only appointment there is."""
    (one,) = everything(stage)
    return one


def owner_of(stage: Stage, one: Appointment) -> str:
    """Name whose appointment it is."""
    with stage.mailroom.database.read() as tx:
        found = members.get(tx, one.workspace_id, one.owner_member_id or "")
    return found.name if found else ""


def carried(form: View) -> dict[str, Any]:
    """What the window carries."""
    found: dict[str, Any] = json.loads(form.private_metadata)
    return found
