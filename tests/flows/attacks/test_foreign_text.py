"""Text of others that is none: headers that only look like addresses, characters that nobody can keep."""

from datetime import timedelta

import pytest

from sandbox.faults import Fault, Kind
from tests.flows.inbox.reading import ask, subjects
from tests.flows.writing.post import DANA, connect, open_reply, screen, send
from tests.stage import Stage, texts

MALLORY = "mallory@evil.example"


def receive(stage: Stage, *headers: str) -> None:
    """Let Ann have a message of Mallory's."""
    head = [f"From: {MALLORY}", "To: ann@northwind.example", "Message-ID: <1@evil.example>", *headers]
    raw = "\r\n".join([*head, "", "Hello"]).encode()
    stage.world.send(raw, at=stage.clock.now() - timedelta(hours=1), announce=False)


@pytest.mark.parametrize("wish", ["not an address at all", f"<{'a' * 400}@evil.example>", "Bcc: <q>"])
def test_answers_are_never_offered_to_what_is_no_address(stage: Stage, wish: str) -> None:
    receive(stage, "Subject: Hello", f"Reply-To: {wish}")
    connect(stage)
    window = open_reply(stage, MALLORY)
    assert "asks for answers" not in screen(window)
    assert "Sent " in screen(send(stage, "Thank you."))


def test_half_characters_and_controls_in_a_contact_are_left_out(stage: Stage) -> None:
    connect(stage)
    ann = stage.ann
    stage.press(ann, ask(stage, ann, f"/inbox {DANA}"), "contacts.add")
    window = ann.window()
    typed = (
        ("name", "Dana\ud83d\x00"),
        ("addresses", DANA),
        ("company", "\ud83d"),
        ("notes", "One\x00\ud83d\nTwo"),
    )
    for block_id, text in typed:
        ann.fill(window, "contacts.typed", text, block_id=block_id)
    assert ann.submit().accepted
    stage.settle()
    assert subjects(ask(stage, ann, "/inbox dana"))


def test_a_batch_that_is_not_found_is_no_empty_mailbox(stage: Stage) -> None:
    connect(stage)
    stage.faults.add(Fault("google", Kind.STATUS, "POST /batch", times=None, status=404))
    answer = ask(stage, stage.ann, f"/inbox {DANA}")
    assert "could not be read" in texts(answer.blocks)
    assert "No one-to-one mail" not in texts(answer.blocks)
