"""A mailbox that is disconnected while a message waits in it: the text stays within reach."""

from datetime import timedelta

from tests.flows.accounts.walking import press_for, settings
from tests.flows.writing.post import ANN, DANA, SOON, arrived, connect, open_reply, part, screen, submit
from tests.stage import Stage


def disconnect_with_a_message_waiting(stage: Stage) -> None:
    open_reply(stage)
    submit(stage, "Friday is fine.")
    stage.ann.close()
    press_for(stage, settings(stage), "accounts.disconnect", f"Disconnect {ANN}")
    assert stage.ann.submit().accepted
    stage.settle()
    stage.later(timedelta(seconds=60))
    stage.ann.close()


def test_the_message_says_why_it_did_not_go_and_its_text_goes_out_once_connected_again(stage: Stage) -> None:
    connect(stage)
    disconnect_with_a_message_waiting(stage)
    assert arrived(stage, DANA) == []
    (told,) = stage.ann.dm()
    stage.press(stage.ann, told, "inbox.open_outgoing")
    assert "is not connected any more" in screen(stage.ann.window())
    stage.press(stage.ann, stage.ann.window(), "inbox.edit_outgoing")
    assert "connect it again" in screen(stage.ann.window())
    stage.ann.close()
    connect(stage)
    stage.press(stage.ann, stage.ann.dm()[0], "inbox.open_outgoing")
    stage.press(stage.ann, stage.ann.window(), "inbox.edit_outgoing")
    assert "Friday is fine." in str(stage.ann.window().blocks)
    assert stage.ann.submit().accepted
    stage.later(SOON)
    (letter,) = arrived(stage, DANA)
    assert part(letter, "plain").startswith("Friday is fine.")
