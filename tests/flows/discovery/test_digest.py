"""The digest in the direct message: decided in place, however old it is, and in step with everything else."""

from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest

from bot.discovery_payloads import DigestRef
from bot.payloads import encode
from sandbox.slack.blocks.rules import text_characters
from sandbox.slack.state import Message
from store import contacts
from store.schema import digest as digest_table
from tests.flows.accounts.walking import member, settings
from tests.flows.discovery.nights import agree, digests, next_morning, people, press_person, rows, shown, told
from tests.stage import Stage, connect, texts

NORA, PETE, QUIN = "nora@fields.example", "pete@gray.example", "quin@hall.example"
HOSTILE = "<!channel> *bold* <https://evil.example|Ann> \u202e" + "W" * 900


@pytest.fixture
def digest(stage: Stage) -> Message:
    """A digest with three people, in the morning."""
    connect(stage)
    stage.type(stage.ann, "/inbox digest on")
    return told(stage, NORA, PETE, QUIN)


def now(stage: Stage) -> Message:
    """The newest digest as it stands."""
    return digests(stage)[-1]


def holder(stage: Stage, address: str) -> str:
    """The name of the contact with an address, "" where there is none."""
    workspace_id = member(stage).workspace_id
    with stage.mailroom.database.read() as tx:
        found = contacts.by_address(tx, workspace_id, address)
    return found.name if found else ""


def buttons(message: Message, address: str, stage: Stage) -> list[str]:
    """The words of a person's buttons."""
    block_id = f"person:{people(stage)[address].id}"
    (row,) = (block for block in message.blocks if block.get("block_id") == block_id)
    return [one["text"]["text"] for one in row["elements"]]


def test_it_says_whom_and_why_and_a_screen_reader_hears_all_of_it(stage: Stage, digest: Message) -> None:
    said = shown(digest)
    assert digest.text == ("3 people wrote to you who are not in your contacts: Nora, Pete, Quin")
    assert "2 conversations in two weeks, last mail" in said
    assert "they wrote 3; you wrote 2 in all" in said
    assert said.count("ou write to each other") == 1  # once for all of them
    assert "You wrote to each other" not in said
    assert buttons(digest, NORA, stage) == ["Add", "Dismiss"]
    assert {"Choose several", "All on Home", "Settings"} <= set(said.split("\n"))
    labels = [one.get("accessibility_label") for block in digest.blocks for one in block.get("elements", ())]
    assert "Add Nora to contacts" in labels


def test_the_first_add_tells_who_sees_contacts_and_then_adds(stage: Stage, digest: Message) -> None:
    press_person(stage, digest, "add", NORA)
    assert holder(stage, NORA) == ""
    agree(stage)
    assert holder(stage, NORA) == "Nora"
    assert "Added today 08:00, from your digest." in shown(now(stage))
    assert buttons(now(stage), NORA, stage) == ["Open record", "Undo"]
    assert buttons(now(stage), PETE, stage) == ["Add", "Dismiss"]
    press_person(stage, now(stage), "add", PETE)
    assert stage.ann.windows() == [], "told once"
    assert now(stage).text.endswith("Nora (added), Pete (added), Quin")


def test_added_leads_to_the_record_and_undo_takes_the_contact_back(stage: Stage, digest: Message) -> None:
    press_person(stage, digest, "add", NORA)
    agree(stage)
    row = f"person:{people(stage)[NORA].id}"
    stage.press(stage.ann, now(stage), "record.open", block_id=row)
    assert "Nora" in texts(stage.ann.window().blocks)
    stage.ann.close()
    press_person(stage, now(stage), "undo", NORA)
    assert holder(stage, NORA) == ""
    assert buttons(now(stage), NORA, stage) == ["Add", "Dismiss"]


def test_dismissed_and_taken_back_and_dismissed_never_comes_again(stage: Stage, digest: Message) -> None:
    press_person(stage, digest, "dismiss", NORA)
    assert "Dismissed today 08:00, from your digest." in shown(now(stage))
    press_person(stage, now(stage), "undo", NORA)
    assert buttons(now(stage), NORA, stage) == ["Add", "Dismiss"]
    press_person(stage, now(stage), "dismiss", NORA)
    for _ in range(2):
        next_morning(stage)
    assert len(digests(stage)) == 1
    assert people(stage)[NORA].state == "dismissed"


def test_clicks_on_what_is_decided_already_change_nothing(stage: Stage, digest: Message) -> None:
    on_screen = deepcopy(digest.blocks)
    press_person(stage, digest, "add", NORA)
    agree(stage)
    before = people(stage)[NORA]
    stage.later(timedelta(hours=1))
    for act in ("add", "dismiss", "add"):
        digest.blocks = deepcopy(on_screen)  # a screen that was not drawn anew
        press_person(stage, digest, act, NORA)
    assert people(stage)[NORA] == before
    assert "Added today 08:00, from your digest." in shown(now(stage))


def test_everybody_decided_is_said_and_offers_only_undo(stage: Stage, digest: Message) -> None:
    for address in (NORA, PETE, QUIN):
        press_person(stage, now(stage), "dismiss", address)
    said = shown(now(stage))
    assert "Everybody here is decided." in said
    assert "Choose several" not in said.split("\n")


def test_what_is_decided_on_home_shows_in_the_digest(stage: Stage, digest: Message) -> None:
    stage.ann.open_home()
    stage.settle()
    home = stage.ann.home()
    assert home is not None
    stage.press(stage.ann, home, "home.people")
    home = stage.ann.home()
    assert home is not None
    (row,) = (
        block["block_id"]
        for block in home.blocks
        if any(people(stage)[NORA].id in str(one.get("value")) for one in block.get("elements", ()))
    )
    stage.press(stage.ann, home, "discovery.dismiss", block_id=row)
    assert people(stage)[NORA].state == "dismissed"
    assert "Dismissed today 08:00." in shown(now(stage))
    assert buttons(now(stage), NORA, stage) == ["Undo"]


def test_choosing_several_decides_them_and_the_digest_follows(stage: Stage, digest: Message) -> None:
    stage.press(stage.ann, digest, "discovery.choose_several")
    window = stage.ann.window()
    stage.press(stage.ann, window, "discovery.several_all")
    stage.press(stage.ann, stage.ann.window(), "discovery.several_dismiss")
    assert {people(stage)[one].state for one in (NORA, PETE, QUIN)} == {"dismissed"}
    assert "Everybody here is decided." in shown(now(stage))


def test_a_press_eight_days_later_still_counts_and_redraws(stage: Stage, digest: Message) -> None:
    stage.later(timedelta(days=8))
    press_person(stage, digest, "dismiss", NORA)
    assert people(stage)[NORA].state == "dismissed"
    assert buttons(digest, NORA, stage) == ["Undo"]


def test_somebody_kept_no_longer_is_said_to_be_gone(stage: Stage, digest: Message) -> None:
    old = people(stage)[NORA]
    stage.later(timedelta(days=100))
    assert NORA not in people(stage)
    person = stage.ann
    stage.press(person, digest, "discovery.digest_add", block_id=f"person:{old.id}")
    if person.windows():
        person.close()
    stage.press(person, digest, "discovery.digest_dismiss", block_id=f"person:{old.id}")
    assert "Somebody whom Mailroom keeps no longer." in shown(digest)


@pytest.mark.parametrize("way", ["closed", "deleted"])
def test_a_message_that_slack_does_not_let_change_stays_and_nothing_else_suffers(
    stage: Stage, digest: Message, way: str
) -> None:
    stage.slack.messages.edit_window = timedelta(minutes=1)
    stage.later(timedelta(minutes=5))
    if way == "deleted":
        stage.slack.state.remove_message(digest)
    before = shown(digest)
    stage.ann.open_home()
    stage.settle()
    home = stage.ann.home()
    assert home is not None
    stage.press(stage.ann, home, "home.people")
    home = stage.ann.home()
    assert home is not None
    row = next(
        block["block_id"]
        for block in home.blocks
        if any(people(stage)[NORA].id in str(one.get("value")) for one in block.get("elements", ()))
    )
    stage.press(stage.ann, home, "discovery.dismiss", block_id=row)
    assert people(stage)[NORA].state == "dismissed"
    assert shown(digest) == before
    if way == "closed":
        press_person(stage, digest, "dismiss", NORA)
        assert "Dismissed today 08:05." in shown(digest)


def test_without_names_in_notifications_the_text_names_nobody(stage: Stage) -> None:
    connect(stage)
    stage.type(stage.ann, "/inbox digest on")
    stage.ann.fill(settings(stage), "discovery.names", [])
    stage.settle()
    message = told(stage, NORA, PETE)
    assert message.text == "Mailroom found 2 people."
    press_person(stage, message, "dismiss", NORA)
    assert now(stage).text == "Mailroom found 2 people."


def test_names_that_are_long_or_hostile_fit_and_mention_nobody(stage: Stage) -> None:
    connect(stage)
    stage.type(stage.ann, "/inbox digest on")
    local = "x" * 60
    addresses = [f"{local}{number}@{'y' * 60}.{'z' * 60}.example" for number in range(10)]
    message = told(stage, *addresses, name=HOSTILE, company=HOSTILE, conversations=10**6, received=10**6)
    assert len(message.blocks) <= 26
    assert text_characters(message.blocks) <= 10_000
    assert len(message.text) <= 4_000
    assert "<!channel>" not in message.text and "&lt;!channel&gt;" in message.text
    kinds = {element["type"] for block in message.blocks for element in spans(block)}
    assert kinds <= {"text"}, "no link and no mention came of a name"
    for address in addresses:
        press_person(stage, now(stage), "dismiss", address)
    assert text_characters(now(stage).blocks) <= 10_000


def spans(block: dict[str, Any]) -> list[dict[str, Any]]:
    """The pieces of a rich text block."""
    if block["type"] != "rich_text":
        return []
    return [piece for part in block["elements"] for piece in part["elements"]]


def test_a_colleague_cannot_press_what_is_anns(stage: Stage, digest: Message) -> None:
    connect(stage, "ben", "ben@northwind.example")
    stage.type(stage.person("ben"), "/inbox digest on")
    bens = told(stage, "one@other.example", handle="ben")
    (anns,) = rows(stage, digest_table)
    stolen = encode(DigestRef(anns["id"], people(stage)[NORA].id))
    block_id = f"person:{people(stage, 'ben')['one@other.example'].id}"
    for one in (one for block in bens.blocks for one in block.get("elements", ())):
        if one.get("action_id") == "discovery.digest_dismiss":
            one["value"] = stolen
    stage.press(stage.person("ben"), bens, "discovery.digest_dismiss", block_id=block_id)
    assert people(stage)[NORA].state == "pending"
    notices = [message.text for message in stage.person("ben").dm()]
    assert any("belongs to somebody else" in said for said in notices)
    assert not any("Nora" in said for said in notices)
