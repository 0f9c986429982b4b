"""Adding people and opening records as somebody at their Slack does."""

from typing import Any

from sandbox.slack.person import Person, Submission
from sandbox.slack.state import View
from store import contacts, members
from store.contacts import Contact
from tests.stage import Stage

DANA = "dana@northwind.example"
ADD, RECORD = "contacts.add", "record.open"


def open_form(stage: Stage, person: Person, address: str) -> View:
    """List somebody's conversations, press Add to contacts, and return the form."""
    answer = stage.type(person, f"/inbox {address}")
    assert answer is not None
    stage.press(person, answer, ADD)
    return person.window()


def new_contact(stage: Stage, handle: str = "ann") -> View:
    """Ask for a name that nobody has, press New contact, and return the form."""
    person = stage.person(handle)
    answer = stage.type(person, "/inbox Nobody Of That Name")
    assert answer is not None
    stage.press(person, answer, ADD)
    return person.window()


def fill(person: Person, form: View, **fields: str) -> None:
    """Type into the form's fields, named as their blocks are."""
    for block_id, text in fields.items():
        person.fill(form, "contacts.typed", text, block_id=block_id)


def submit(stage: Stage, person: Person) -> Submission:
    """Press the window's button and wait for what follows."""
    sent = person.submit()
    stage.settle()
    return sent


def value_of(form: View, block_id: str) -> str:
    """What stands in a field when it is drawn."""
    block: dict[str, Any] = next(b for b in form.blocks if b["block_id"] == block_id)
    return str(block["element"].get("initial_value", ""))


def title(window: View) -> str:
    """What stands above a window."""
    assert window.title is not None
    return str(window.title["text"])


def everybody(stage: Stage) -> list[Contact]:
    """The contacts of the workspace, the newest first."""
    with stage.mailroom.database.read() as tx:
        found = tx.connection.exec_driver_sql("select id from workspace").scalar()
        return list(contacts.latest(tx, str(found), 100))


def member(stage: Stage, handle: str) -> members.Member:
    """Somebody as Mailroom knows them."""
    with stage.mailroom.database.read() as tx:
        workspace = str(tx.connection.exec_driver_sql("select id from workspace").scalar())
        found = members.by_slack_user(tx, workspace, stage.person(handle).id)
    assert found is not None
    return found
