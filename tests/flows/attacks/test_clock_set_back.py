"""A machine whose clock is set back while mail is sent, or while it is looked through."""

from datetime import timedelta

from sandbox.faults import Fault, Kind
from tests.flows.discovery.scanning import begin, expected, said, suggested
from tests.flows.writing.post import DANA, SOON, arrived, open_reply, send
from tests.stage import Stage, connect

BACK = timedelta(hours=-3)


def test_a_reply_on_its_way_goes_out_once_when_the_clock_was_set_back(stage: Stage) -> None:
    connect(stage)
    open_reply(stage)
    stage.faults.add(Fault("google", Kind.STATUS, "send", times=1, status=429, retry_after=20))
    send(stage, "Friday is fine.")
    stage.later(BACK)
    stage.restart()
    for _ in range(8):
        stage.later(timedelta(minutes=30))
    assert len(arrived(stage, DANA)) == 1
    stage.later(SOON)
    assert len(arrived(stage, DANA)) == 1


def test_a_scan_goes_on_when_the_clock_was_set_back_and_finds_everybody(stage: Stage) -> None:
    connect(stage)
    stage.faults.add(Fault("google", Kind.STATUS, "POST /batch", times=1, status=429, retry_after=60))
    window = begin(stage)
    stage.later(BACK)
    stage.restart()
    for _ in range(7):
        stage.later(timedelta(minutes=30))
    assert "is scanned" in said(window)
    assert suggested(stage) == expected(stage)
