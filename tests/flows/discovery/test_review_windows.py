"""The windows of the review: Person with its fields, what is blocked, and whom several choose of a digest."""

from typing import Any

from sandbox.slack.state import Message, View
from tests.flows.contacts.people import everybody, title
from tests.flows.discovery.nights import digests, next_morning, people, suggest
from tests.flows.discovery.reviewing import TOM, look, open_people, press, shown, states, turn, words
from tests.flows.discovery.test_review import told
from tests.stage import Stage, connect, texts

IVO = "ivo@petrovparts.example"
__all__ = ["told"]


def open_person(stage: Stage, address: str) -> View:
    """Choose Edit before adding beside somebody."""
    open_people(stage)
    press(stage, "discovery.more", address, value="edit")
    return stage.ann.window()


def type_in(stage: Stage, **fields: str) -> None:
    """Type into the fields of the window Person."""
    for block_id, text in fields.items():
        stage.ann.fill(stage.ann.window(), "record.person_typed", text, block_id=block_id)


# --- Person -----------------------------------------------------------------------------------------------


def test_a_person_is_shown_with_why_and_conversations_and_added_as_edited(told: Stage) -> None:
    suggest(told, IVO, name="ivo p", company="Petrovparts")
    window = open_person(told, IVO)
    assert title(window) == "Person"
    assert "You wrote to each other." in words(window)
    assert len(window.blocks) <= 20
    assert [one for one in window.blocks if one["type"] == "rich_text"], "conversations are listed"
    type_in(told, name="Ivo Petrov", company="Petrov Parts OOD")
    assert told.ann.submit().accepted
    told.settle()
    (ivo,) = (one for one in everybody(told) if one.addresses == (IVO,))
    assert (ivo.name, ivo.company, ivo.source) == ("Ivo Petrov", "Petrov Parts OOD", "mail")
    assert "Added today 10:01." in words(told.ann.window())
    assert "Ivo Petrov · ivo@petrovparts.example · Petrov Parts OOD" in words(told.ann.window())
    assert "ivo p" not in words(told.ann.window())
    turn(told, "added 0")
    assert "Ivo Petrov was added" in words(shown(told))
    assert "Ivo Petrov · ivo@petrovparts.example · Petrov Parts OOD" in words(shown(told))
    assert "ivo p" not in words(shown(told))
    told.press(told.ann, told.ann.window(), "record.person_waits")
    assert "Ivo Petrov is waiting again." in words(told.ann.window())
    assert len(everybody(told)) == 1
    assert states(told)[IVO] == "pending"


def test_a_conversation_opens_on_top_of_the_person(told: Stage) -> None:
    suggest(told, IVO)
    window = open_person(told, IVO)
    row = next(one for one in window.blocks if one["type"] == "actions" and "inbox.open_thread" in str(one))
    told.press(told.ann, window, "inbox.open_thread", block_id=row["block_id"])
    assert len(told.ann.windows()) == 2
    told.ann.close()
    assert title(told.ann.window()) == "Person"


def test_what_cannot_be_kept_is_said_beside_its_field(told: Stage) -> None:
    suggest(told, TOM, name="Tom Abel")
    open_person(told, TOM)
    type_in(told, name=" \u200b", address="tom at abel")
    errors = told.ann.submit().errors
    assert errors["name"].startswith("Give a name")
    assert errors["address"].startswith("Give one complete email address")
    type_in(told, name="Tom", address="ann@northwind.example")
    assert told.ann.submit().errors == {"address": "This is your own address."}
    assert TOM not in str(everybody(told))


def test_another_address_can_be_typed_and_an_address_of_a_contact_adds_nobody(told: Stage) -> None:
    suggest(told, TOM, "una@abel.example")
    open_person(told, TOM)
    type_in(told, address="Tom.Abel@ABEL.example")
    assert told.ann.submit().accepted
    told.settle()
    assert ("tom.abel@abel.example",) in [one.addresses for one in everybody(told)]
    told.ann.close()
    open_person(told, "una@abel.example")
    type_in(told, address="tom.abel@abel.example")
    assert told.ann.submit().accepted
    told.settle()
    assert "is in your contacts already; nothing was added twice." in words(told.ann.window())
    assert len(everybody(told)) == 2


def test_somebody_is_dismissed_in_the_window_and_brought_back(told: Stage) -> None:
    suggest(told, TOM, name="Tom Abel")
    open_person(told, TOM)
    told.press(told.ann, told.ann.window(), "record.dismiss_person")
    assert "Dismissed today 10:01." in words(told.ann.window())
    assert told.ann.window().submit is None
    assert "Dismissed 1" in words(shown(told))
    told.press(told.ann, told.ann.window(), "record.person_waits")
    assert "Tom Abel is waiting again." in words(told.ann.window())
    assert states(told)[TOM] == "pending"


def test_nobody_opens_or_decides_people_found_for_somebody_else(told: Stage) -> None:
    suggest(told, TOM, name="Tom Abel")
    look(told, "ben")
    suggest(told, "una@abel.example", handle="ben")
    anns = people(told)[TOM].id
    bens = people(told, "ben")["una@abel.example"].id
    open_people(told, "ben")
    home = shown(told, "ben")
    for block in home.blocks:
        for element in block.get("elements", ()):
            if bens in str(element.get("value", "")):
                element["value"] = element["value"].replace(bens, anns)
    press(told, "discovery.dismiss", "una@abel.example", "ben")
    assert "it belongs to somebody else. Nothing was changed." in words(told.person("ben").window())
    assert states(told)[TOM] == "pending"
    assert states(told, "ben") == {"una@abel.example": "pending"}


# --- blocks -----------------------------------------------------------------------------------------------


def test_a_blocked_domain_takes_everybody_behind_it_away_until_it_is_lifted(told: Stage) -> None:
    behind = (TOM, "una@mail.abel.example", "vic@abel.example")
    suggest(told, *behind, "wim@notabel.example", "xia@gmail.com")
    home = open_people(told)
    gmail = next(one for one in home.blocks if "xia@gmail.com" in str(one) and one["type"] == "actions")
    assert "Block all of" not in str(gmail), "a domain where anybody has a mailbox is not blocked"
    home = press(told, "discovery.more", TOM, value="domain")
    assert "All of abel.example is blocked" in words(home)
    assert "3 people were blocked, today 10:01." in words(home)
    waiting = {address for address, state in states(told).items() if state == "pending"}
    assert waiting == {"wim@notabel.example", "xia@gmail.com"}
    assert "Dismissed 0" in words(home), "blocked people stand under Blocked"
    told.press(told.ann, home, "discovery.unblock")
    assert "3 people are waiting again." in words(shown(told))
    assert states(told)[TOM] == "pending"


def test_blocks_are_listed_and_lifted_in_a_window(told: Stage) -> None:
    suggest(told, TOM, "una@abel.example")
    open_people(told)
    press(told, "discovery.more", TOM, value="address")
    press(told, "discovery.dismiss", "una@abel.example")
    turn(told, "dismissed 0")
    press(told, "discovery.block", "una@abel.example")
    home = shown(told)
    assert "2 addresses or domains are blocked." in words(home)
    told.press(told.ann, home, "home.accounts")
    told.press(told.ann, shown(told), "discovery.blocked")
    window = told.ann.window()
    assert {TOM, "una@abel.example"} <= {word.strip(",") for word in words(window).split()}
    for _ in range(2):
        first = next(one for one in told.ann.window().blocks if "accessory" in one)
        told.press(told.ann, told.ann.window(), "discovery.lift", block_id=first["block_id"])
    assert "Nothing is blocked." in words(told.ann.window())
    assert states(told)[TOM] == "pending"
    assert states(told)["una@abel.example"] == "dismissed", "she was dismissed for herself"


# --- several of a digest ----------------------------------------------------------------------------------


def morning(stage: Stage) -> Message:
    """Let a night pass and return the digest of ten people."""
    connect(stage)
    stage.type(stage.ann, "/inbox digest on")
    next_morning(stage)
    (message,) = digests(stage)
    stage.press(stage.ann, message, "discovery.choose_several")
    return message


def groups(window: View) -> list[dict[str, Any]]:
    """The groups of boxes."""
    return [block for block in window.blocks if block["type"] == "input"]


def test_some_of_a_digest_are_chosen_added_and_taken_back_together(stage: Stage) -> None:
    message = morning(stage)
    window = stage.ann.window()
    assert "everybody in Northwind who uses Mailroom will see" in words(window), "told before the first Add"
    assert len(window.blocks) <= 8
    (group,) = groups(window)
    values = [one["value"] for one in group["element"]["options"]]
    assert len(values) == 10
    assert stage.ann.submit().errors == {group["block_id"]: "Tick at least one person."}
    stage.ann.fill(window, "discovery.chosen", values[:3])
    assert stage.ann.submit().accepted
    stage.settle()
    window = stage.ann.window()
    assert "3 people were added." in words(window)
    assert "will see" not in words(window)
    assert len(everybody(stage)) == 3
    assert texts(message.blocks).count("Open record") == 3, "the digest is drawn anew"
    stage.press(stage.ann, window, "discovery.several_undo")
    assert "3 people are waiting again." in words(stage.ann.window())
    assert everybody(stage) == []
    (group,) = groups(stage.ann.window())
    assert [one["value"] for one in group["element"]["initial_options"]] == values[:3]
    assert "Open record" not in texts(message.blocks)


def test_all_are_ticked_and_dismissed_and_none_is_left(stage: Stage) -> None:
    message = morning(stage)
    stage.press(stage.ann, stage.ann.window(), "discovery.several_dismiss")
    assert "Nobody is ticked." in words(stage.ann.window())
    stage.press(stage.ann, stage.ann.window(), "discovery.several_all")
    (group,) = groups(stage.ann.window())
    assert len(group["element"]["initial_options"]) == 10
    stage.press(stage.ann, stage.ann.window(), "discovery.several_none")
    (group,) = groups(stage.ann.window())
    assert "initial_options" not in group["element"]
    stage.press(stage.ann, stage.ann.window(), "discovery.several_all")
    stage.press(stage.ann, stage.ann.window(), "discovery.several_dismiss")
    window = stage.ann.window()
    assert "10 people were dismissed." in words(window)
    assert "Everybody of this digest is decided." in words(window)
    assert window.submit is None
    assert texts(message.blocks).count("Dismissed today") == 10
    turned = turn_to(stage, "dismissed")
    assert "from your digest" in words(turned)


def turn_to(stage: Stage, tab: str) -> View:
    """Close everything and look at a list of People found."""
    stage.ann.close()
    open_people(stage)
    return turn(stage, f"{tab} 0")
