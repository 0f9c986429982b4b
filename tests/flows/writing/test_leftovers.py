"""Prepared drafts of messages that did not go out: taken away after an hour, never those of the person."""

from datetime import timedelta

from sandbox.faults import Fault, Kind
from sandbox.slack.state import View
from tests.flows.writing.post import (
    DANA,
    SOON,
    arrived,
    connect,
    drafts,
    open_reply,
    rewrite_draft,
    screen,
    send,
    submit,
)
from tests.stage import Stage

SENDING = r"POST .*/drafts/send"
NEARLY, REST = timedelta(minutes=58), timedelta(minutes=3)


def ours(stage: Stage) -> int:
    """How many drafts carry our key."""
    return sum(one["X-Mailroom-Key"] is not None for one in drafts(stage))


def refused(stage: Stage) -> View:
    """Have Gmail refuse an answer whose draft is prepared."""
    connect(stage)
    open_reply(stage)
    stage.faults.add(Fault("google", Kind.STATUS, SENDING, status=400))
    shown = send(stage, "Friday is fine.")
    assert "Not sent." in screen(shown)
    assert ours(stage) == 1
    return shown


def doubted(stage: Stage) -> View:
    """Have Gmail answer nothing any more from Send on, so that the draft stands and nobody knows."""
    connect(stage)
    open_reply(stage)
    assert submit(stage, "Friday is fine.").accepted
    stage.faults.add(Fault("google", Kind.RESET_BEFORE, SENDING, times=None))
    for _ in range(6):
        stage.later(timedelta(minutes=1))
    stage.faults.clear("google")
    shown = stage.ann.window()
    assert "Not certain." in screen(shown)
    assert ours(stage) == 1
    return shown


def test_the_draft_of_a_message_that_was_not_sent_goes_after_an_hour(stage: Stage) -> None:
    before = len(drafts(stage))
    shown = refused(stage)
    stage.later(NEARLY)
    assert ours(stage) == 1
    stage.later(REST)
    assert ours(stage) == 0
    assert len(drafts(stage)) == before
    stage.press(stage.ann, shown, "inbox.try_again")
    stage.later(SOON)
    assert "Sent " in screen(shown)
    assert len(arrived(stage, DANA)) == 1


def test_a_message_that_goes_out_meanwhile_goes_with_its_draft(stage: Stage) -> None:
    shown = refused(stage)
    stage.later(NEARLY)
    stage.press(stage.ann, shown, "inbox.try_again")
    stage.later(SOON)
    assert "Sent " in screen(shown)
    stage.later(REST)
    assert ours(stage) == 0
    assert len(arrived(stage, DANA)) == 1


def test_a_draft_that_the_person_changed_stays(stage: Stage) -> None:
    refused(stage)
    rewrite_draft(stage, lambda raw: raw.replace(b"Friday", b"Monday"))
    stage.later(NEARLY + REST)
    assert ours(stage) == 1


def test_the_draft_of_a_deleted_text_goes_too(stage: Stage) -> None:
    shown = doubted(stage)
    stage.later(NEARLY + REST)
    assert ours(stage) == 1  # nobody has decided yet, and the draft is the evidence
    stage.press(stage.ann, shown, "inbox.delete_text")
    stage.later(NEARLY + REST)
    assert ours(stage) == 0
    assert arrived(stage, DANA) == []


def test_sent_again_by_the_person_the_earlier_draft_goes_and_one_mail_arrives(stage: Stage) -> None:
    shown = doubted(stage)
    stage.press(stage.ann, shown, "inbox.send_again")
    stage.later(SOON)
    assert "Sent " in screen(shown)
    stage.later(NEARLY + REST)
    assert ours(stage) == 0
    assert len(arrived(stage, DANA)) == 1


def test_a_sweep_that_fails_is_repeated(stage: Stage) -> None:
    refused(stage)
    stage.faults.add(Fault("google", Kind.STATUS, "DELETE .*/drafts/", times=2))
    stage.later(NEARLY + REST)
    for _ in range(3):
        stage.later(timedelta(minutes=1))
    assert ours(stage) == 0
