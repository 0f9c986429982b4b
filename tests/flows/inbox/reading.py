"""What tests of reading need: the rows of a list, opening one, contacts that are there already."""

from typing import Any

from sandbox.slack.person import Person
from sandbox.slack.state import Message, View
from store import contacts, members
from store.ids import new_id
from tests.stage import Stage, texts

Json = dict[str, Any]


def ask(stage: Stage, person: Person, text: str) -> Message:
    """Type a command and return the answer."""
    answer = stage.type(person, text)
    assert answer is not None, "there was no answer"
    return answer


def subjects(answer: Message) -> list[str]:
    """The subjects of a list, from top to bottom."""
    return [first(block) for block, below in pairs(answer) if is_row(below)]


def is_row(block: Json) -> bool:
    """Say whether these are the buttons of a conversation."""
    return any(one.get("action_id") == "inbox.open_thread" for one in block.get("elements", []))


def pairs(answer: Message | View) -> list[tuple[Json, Json]]:
    """Each block with the one below it."""
    return list(zip(answer.blocks, answer.blocks[1:], strict=False))


def first(block: Json) -> str:
    """The first words of a rich text block: of a row, its subject."""
    return str(block["elements"][0]["elements"][0]["text"]) if block["type"] == "rich_text" else ""


def row_of(answer: Message | View, subject: str) -> str:
    """The block of buttons below the conversation with this subject."""
    for block, below in pairs(answer):
        if is_row(below) and first(block).startswith(subject):
            return str(below["block_id"])
    raise LookupError(f"no conversation {subject!r}: {texts(answer.blocks)}")


def open_thread(stage: Stage, person: Person, answer: Message, subject: str) -> View:
    """Press Open below a conversation and return the window."""
    stage.press(person, answer, "inbox.open_thread", block_id=row_of(answer, subject))
    return person.window()


def open_with(stage: Stage, person: Person, address: str, subject: str) -> View:
    """List the conversations with somebody and open one of them."""
    return open_thread(stage, person, ask(stage, person, f"/inbox {address}"), subject)


def gmail_calls(stage: Stage) -> int:
    """How often Gmail was asked so far."""
    return len(stage.faults.calls("google", "/gmail/|/batch"))


def add_contact(stage: Stage, name: str, *addresses: str, company: str = "") -> str:
    """Put a contact into the workspace of everybody, as if somebody had added it before."""
    database = stage.mailroom.database
    workspace_id, contact_id = workspace_of(stage), new_id()
    with database.write() as tx:
        contacts.add(
            tx,
            workspace_id,
            contact_id,
            name=name,
            addresses=addresses,
            company=company,
            source="form",
            added_by=None,
        )
    return contact_id


def workspace_of(stage: Stage) -> str:
    """The id of the one workspace; somebody has used Mailroom in it."""
    with stage.mailroom.database.read() as tx:
        found = tx.connection.exec_driver_sql("select id from workspace").scalar()
    assert found, "nobody has used Mailroom yet"
    return str(found)


def member_of(stage: Stage, handle: str) -> members.Member:
    """Somebody as Mailroom knows them."""
    with stage.mailroom.database.read() as tx:
        found = members.by_slack_user(tx, workspace_of(stage), stage.person(handle).id)
    assert found is not None
    return found
