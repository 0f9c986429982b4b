"""Messages of which it is not certain whether they went, and what the person decides about them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from sandbox.faults import Fault, Kind
from sandbox.slack.state import View
from store.schema import outgoing
from tests.flows.writing.post import (
    DANA,
    SOON,
    arrived,
    connect,
    discard_draft,
    drafts,
    open_reply,
    part,
    screen,
    send,
    submit,
    write_back,
)
from tests.stage import Stage, texts

MINUTES = timedelta(minutes=4)


def not_certain(stage: Stage) -> View:
    """Bring a message into doubt: the request is lost, and its draft vanishes before anybody looks."""
    connect(stage)
    open_reply(stage)
    stage.faults.add(Fault("google", Kind.RESET_BEFORE, r"POST .*/drafts/send"))
    shown = send(stage, "Friday is fine.")
    discard_draft(stage)
    for _ in range(4):
        stage.later(timedelta(minutes=1))
    return shown


def test_it_is_said_in_the_window_in_a_message_and_never_sent_by_itself(stage: Stage) -> None:
    shown = not_certain(stage)
    assert "Not certain. Gmail did not say whether this went out" in screen(shown)
    (told,) = stage.ann.dm()
    assert "Not certain." in told.text
    assert "Friday" not in told.text + texts(told.blocks)
    stage.later(timedelta(hours=1))
    assert arrived(stage, DANA) == []


def test_check_again_looks_and_changes_nothing_when_nothing_is_found(stage: Stage) -> None:
    shown = not_certain(stage)
    stage.press(stage.ann, shown, "inbox.check_again")
    stage.later(SOON)
    assert "Not certain." in screen(shown)
    assert arrived(stage, DANA) == []


def test_it_was_sent_is_believed(stage: Stage) -> None:
    shown = not_certain(stage)
    stage.press(stage.ann, shown, "inbox.it_was_sent")
    assert "Sent " in screen(shown)
    assert arrived(stage, DANA) == []
    assert "Sent " in texts(stage.ann.dm()[0].blocks)


def test_send_again_is_asked_and_sends_one_mail_however_often_it_is_pressed(stage: Stage) -> None:
    shown = not_certain(stage)
    stage.press(stage.ann, shown, "inbox.send_again", confirmed=False)
    stage.later(SOON)
    assert arrived(stage, DANA) == []
    stage.press(stage.ann, shown, "inbox.send_again")
    stage.later(SOON)
    assert "Sent " in screen(shown)
    assert len(arrived(stage, DANA)) == 1


def test_deleted_text_is_gone_and_an_old_button_says_how_it_stands(stage: Stage) -> None:
    shown = not_certain(stage)
    (told,) = stage.ann.dm()
    stage.press(stage.ann, told, "inbox.delete_text_told")
    assert "not kept here any more" in screen(shown)
    assert "not kept here any more" in texts(stage.ann.dm()[0].blocks)


def cleared(stage: Stage) -> bool:
    """Have the hourly clearing done: a tick that finds the database busy leaves it to the next one."""
    for _ in range(20):
        stage.mailroom.engine.tick()
        with stage.mailroom.database.read() as tx:
            if tx.scalar(select(outgoing.c.body_sealed)) is None:
                return True
    return False


def test_text_that_was_not_sent_is_kept_for_a_week(stage: Stage) -> None:
    shown = not_certain(stage)
    stage.later(timedelta(days=6, hours=23))
    stage.ann.close()
    (told,) = stage.ann.dm()
    stage.press(stage.ann, told, "inbox.open_outgoing")
    assert stage.ann.element(stage.ann.window(), "inbox.send_again")
    stage.later(timedelta(hours=3))
    assert cleared(stage)
    stage.press(stage.ann, stage.ann.window(), "inbox.check_again")
    stage.later(SOON)
    assert "inbox.send_again" not in str(stage.ann.window().blocks)
    del shown


def test_an_edited_text_replaces_the_one_that_was_not_sent(stage: Stage) -> None:
    connect(stage)
    open_reply(stage)
    stage.faults.add(Fault("google", Kind.STATUS, r"POST .*/drafts/send", status=400))
    shown = send(stage, "Friday is fine.")
    stage.press(stage.ann, shown, "inbox.edit_outgoing")
    assert "Friday is fine." in str(stage.ann.element(shown, "text")["initial_value"])
    submit(stage, "Friday at ten is fine.")
    assert "Goes to dana@northwind.example now." in screen(stage.ann.window())
    stage.later(SOON)
    assert "Sent " in screen(stage.ann.window())
    (letter,) = arrived(stage, DANA)
    assert part(letter, "plain").startswith("Friday at ten is fine.")
    assert "not kept here any more" in texts(stage.ann.dm()[0].blocks)


@pytest.mark.parametrize(
    "action", ["inbox.it_was_sent", "inbox.send_again", "inbox.delete_text", "inbox.check_again"]
)
def test_nobody_else_decides_about_a_message(stage: Stage, action: str) -> None:
    shown = not_certain(stage)
    value = stage.ann.element(shown, action)["value"]
    ben = stage.person("ben")
    open_first_window(stage)
    window = ben.window()
    button = {
        "type": "button",
        "action_id": action,
        "value": value,
        "text": {"type": "plain_text", "text": "x"},
    }
    window.blocks.append({"type": "actions", "block_id": "forged", "elements": [button]})
    stage.press(ben, window, action)
    assert "belongs to somebody else" in screen(ben.window())
    stage.later(SOON)
    assert "Not certain." in screen(shown)
    assert arrived(stage, DANA) == []


def open_first_window(stage: Stage) -> None:
    stage.person("ben").command("general", "/inbox write Nobody")
    stage.settle()


def test_a_draft_keeps_what_is_typed_and_is_saved_once(stage: Stage) -> None:
    connect(stage)
    window = open_reply(stage)
    before = len(drafts(stage))
    stage.ann.fill(window, "text", "To be finished.")
    stage.press(stage.ann, window, "inbox.save_draft")
    assert "Saved as a draft in Gmail." in screen(window)
    assert stage.ann.element(window, "inbox.draft_link")["url"].startswith("https://mail.google.com/")
    made = drafts(stage)
    assert len(made) == before + 1
    assert any(part(one, "plain").startswith("To be finished.") for one in made)
    assert stage.ann.submit().accepted
    stage.later(SOON)
    (letter,) = arrived(stage, DANA)
    assert part(letter, "plain").startswith("To be finished.")


def test_a_draft_that_cannot_be_saved_leaves_the_text_where_it_is(stage: Stage) -> None:
    connect(stage)
    window = open_reply(stage)
    stage.ann.fill(window, "text", "To be finished.")
    stage.faults.add(Fault("google", Kind.STATUS, r"POST .*/drafts", status=503))
    stage.press(stage.ann, window, "inbox.continue_draft")
    assert "does not answer properly" in screen(window)
    assert stage.ann.submit().accepted
    stage.later(SOON)
    assert part(arrived(stage, DANA)[0], "plain").startswith("To be finished.")


def test_a_mention_in_a_draft_is_said_above_the_text(stage: Stage) -> None:
    connect(stage)
    window = open_reply(stage)
    mention = {"type": "user", "user_id": stage.person("ben").id}
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": "Ask "}, mention]}
    stage.ann.fill(window, "text", {"type": "rich_text", "elements": [section]})
    stage.press(stage.ann, window, "inbox.save_draft")
    assert "Not saved. People outside Slack cannot see a mention." in screen(window)


def test_more_of_a_long_message_keeps_what_is_typed(stage: Stage) -> None:
    connect(stage)
    write_back(stage, "long " * 300 + "END")
    window = open_reply(stage)
    assert "END" not in screen(window)
    stage.ann.fill(window, "text", "Read it.")
    stage.press(stage.ann, window, "inbox.write_more")
    assert "END" in screen(window)
    assert stage.ann.submit().accepted
    stage.later(SOON)
    assert part(arrived(stage, DANA)[0], "plain").startswith("Read it.")
