"""Buttons that were tampered with, or belong to somebody else: a sentence, and nothing read."""

import json
from typing import Any

import pytest

from sandbox.slack.state import Message
from tests.flows.inbox.reading import add_contact, ask, gmail_calls, open_with, row_of
from tests.stage import Stage, connect, texts

DANA = "dana@northwind.example"
NOT_YOURS = "This is not there any more, or it belongs to somebody else."


def button(answer: Message, block_id: str, action_id: str) -> dict[str, Any]:
    block = next(b for b in answer.blocks if b["block_id"] == block_id)
    return next(e for e in block["elements"] if e["action_id"] == action_id)


def values(element: dict[str, Any]) -> dict[str, Any]:
    return dict(json.loads(element["value"]))


@pytest.fixture
def both(stage: Stage) -> Stage:
    """Ann and Ben, each with their own mailbox."""
    connect(stage)
    connect(stage, "ben", "ben@northwind.example")
    return stage


def test_a_thread_of_somebody_elses_account_is_not_opened(both: Stage) -> None:
    ben = both.person("ben")
    hers = ask(both, both.ann, f"/inbox {DANA}")
    his = ask(both, ben, "/inbox ann@northwind.example")
    row = his.blocks[2]["block_id"]
    stolen = button(hers, row_of(hers, "Lunch"), "inbox.open_thread")["value"]
    button(his, row, "inbox.open_thread")["value"] = stolen
    before = gmail_calls(both)
    both.press(ben, his, "inbox.open_thread", block_id=row)
    assert NOT_YOURS in texts(ben.window().blocks)
    assert "Lunch" not in texts(ben.window().blocks)
    assert gmail_calls(both) == before


def test_a_thread_is_opened_only_as_the_conversation_that_it_is(both: Stage) -> None:
    answer = ask(both, both.ann, f"/inbox {DANA}")
    row = row_of(answer, "Lunch")
    element = button(answer, row, "inbox.open_thread")
    element["value"] = json.dumps(values(element) | {"address": "ivo@petrovparts.example"})
    both.press(both.ann, answer, "inbox.open_thread", block_id=row)
    assert NOT_YOURS in texts(both.ann.window().blocks)


def test_a_file_is_given_only_out_of_the_thread_that_stands_open(both: Stage) -> None:
    window = open_with(both, both.ann, DANA, "Photo of the new label")
    line = next(b for b in window.blocks if b.get("accessory", {}).get("action_id") == "inbox.show")
    both.press(both.ann, window, "inbox.show", block_id=line["block_id"])
    element = both.ann.element(window, "inbox.file")
    for change in ({"message": "f" * 16}, {"part": "9.9"}, {"account": "someone"}):
        honest = element["value"]
        element["value"] = json.dumps(values(element) | change)
        both.ann.press(window, "inbox.file")
        both.settle()
        assert NOT_YOURS in texts(both.ann.window().blocks), change
        assert "/files/" not in json.dumps(both.ann.window().blocks)
        both.ann.close()
        window = open_with(both, both.ann, DANA, "Photo of the new label")
        line = next(b for b in window.blocks if b.get("accessory", {}).get("action_id") == "inbox.show")
        both.press(both.ann, window, "inbox.show", block_id=line["block_id"])
        element = both.ann.element(window, "inbox.file")
        assert element["value"] == honest


@pytest.mark.parametrize(
    "value", ["", "{}", '{"v":9,"account":"a","thread":"t"}', "null", '{"v":1,"account":7}']
)
def test_a_button_that_cannot_be_read_says_so(both: Stage, value: str) -> None:
    answer = ask(both, both.ann, f"/inbox {DANA}")
    row = row_of(answer, "Lunch")
    button(answer, row, "inbox.open_thread")["value"] = value
    before = {m.ts for m in both.ann.messages("general")}
    both.press(both.ann, answer, "inbox.open_thread", block_id=row)
    said = [m.text for m in both.ann.messages("general") if m.ts not in before]
    assert said
    assert "another version of Mailroom" in said[0]
    assert both.ann.windows() == []


def test_a_list_of_a_contact_that_is_gone_says_so(both: Stage) -> None:
    add_contact(both, "Tom Abel", "tom@abel.example")
    add_contact(both, "Tom Abel", "tom@abe1.example")
    answer = ask(both, both.ann, "/inbox tom")
    block = next(b for b in answer.blocks if "tom@abel.example" in json.dumps(b))
    block["accessory"]["value"] = json.dumps({"v": 1, "contact": "x" * 26})
    before = {m.ts for m in both.ann.messages("general")}
    both.press(both.ann, answer, "inbox.show_threads", block_id=block["block_id"])
    assert next(m.text for m in both.ann.messages("general") if m.ts not in before).startswith(NOT_YOURS)
