"""What changes between Send and sent, when sending has to wait or is tried a second time."""

from datetime import timedelta

from sandbox.faults import Fault, Kind
from tests.flows.writing.post import DANA, SOON, arrived, connect, open_reply, screen, send, write_back
from tests.stage import Stage

SENDING = r"POST .*/drafts/send"


def test_somebody_who_writes_again_while_an_answer_waits_is_read_before_it_goes(stage: Stage) -> None:
    connect(stage)
    open_reply(stage)
    stage.faults.add(Fault("google", Kind.STATUS, SENDING, status=429, retry_after=3600))
    send(stage, "Friday is fine.")
    write_back(stage, "Wait, make it Monday.")
    stage.later(timedelta(hours=2))
    assert arrived(stage, DANA) == []
    assert "Wait, make it Monday." in screen(stage.ann.window())


def test_somebody_who_writes_again_before_a_second_try_is_read_before_it_goes(stage: Stage) -> None:
    connect(stage)
    open_reply(stage)
    stage.faults.add(Fault("google", Kind.STATUS, SENDING, status=403))
    send(stage, "Friday is fine.")
    write_back(stage, "Wait, make it Monday.")
    stage.press(stage.ann, stage.ann.window(), "inbox.try_again")
    stage.later(SOON)
    assert arrived(stage, DANA) == []
    assert "Wait, make it Monday." in screen(stage.ann.window())
    assert stage.ann.submit().accepted
    stage.later(SOON)
    assert len(arrived(stage, DANA)) == 1
