"""What goes wrong between Send and sent: nothing twice, nothing lost, and always a sentence."""

from datetime import timedelta

import pytest

from sandbox.faults import Fault, Kind
from tests.flows.writing.post import (
    ANN,
    DANA,
    SOON,
    arrived,
    connect,
    drafts,
    filed_sent,
    open_reply,
    part,
    rewrite_draft,
    screen,
    send,
    submit,
    withdraw_aliases,
)
from tests.stage import Stage, texts

SENDING = r"POST .*/drafts/send"


def fault(stage: Stage, kind: Kind, path: str = SENDING, *, times: int = 1, status: int = 503) -> None:
    stage.faults.add(Fault("google", kind, path, times, status=status))


def test_an_answer_that_is_lost_is_looked_for_and_found(stage: Stage) -> None:
    connect(stage)
    open_reply(stage)
    fault(stage, Kind.RESET_AFTER)
    shown = send(stage, "Friday is fine.")
    assert "did not say whether this went out" in screen(shown)
    stage.later(timedelta(seconds=10))
    assert "Sent " in screen(shown)
    assert len(arrived(stage, DANA)) == len(filed_sent(stage)) == 1
    assert stage.ann.dm() == []


@pytest.mark.parametrize(("kind", "status"), [(Kind.RESET_BEFORE, 0), (Kind.STATUS, 500), (Kind.STATUS, 503)])
def test_a_request_that_never_arrived_goes_out_later_and_once(stage: Stage, kind: Kind, status: int) -> None:
    connect(stage)
    open_reply(stage)
    fault(stage, kind, status=status)
    shown = send(stage, "Friday is fine.")
    stage.later(timedelta(seconds=10))
    assert arrived(stage, DANA) == []
    stage.later(timedelta(seconds=50))
    assert "Sent " in screen(shown)
    assert len(arrived(stage, DANA)) == len(filed_sent(stage)) == 1


def test_lost_answers_all_the_way_send_one_mail(stage: Stage) -> None:
    connect(stage)
    open_reply(stage)
    fault(stage, Kind.RESET_AFTER, r"POST .*/drafts", times=2)
    shown = send(stage, "Friday is fine.")
    for _ in range(6):
        stage.later(timedelta(seconds=60))
    assert "Sent " in screen(shown)
    assert len(arrived(stage, DANA)) == len(filed_sent(stage)) == 1
    assert not any(one["X-Mailroom-Key"] for one in drafts(stage))


def test_a_limit_is_said_with_its_end_and_the_mail_goes_then_by_itself(stage: Stage) -> None:
    connect(stage)
    open_reply(stage)
    stage.google.stop_sending(ANN, stage.clock.now() + timedelta(minutes=30))
    shown = send(stage, "Friday is fine.")
    assert "Gmail allows no more sending until 10:30:00" in screen(shown)
    assert stage.ann.dm() == []
    stage.later(timedelta(minutes=31))
    assert "Sent " in screen(shown)
    assert len(arrived(stage, DANA)) == 1


def test_ended_access_keeps_the_text_until_the_mailbox_is_connected_again(stage: Stage) -> None:
    connect(stage)
    open_reply(stage)
    submit(stage, "Friday is fine.")
    stage.google.revoke(ANN)
    stage.later(SOON)
    window = stage.ann.window()
    assert "Not sent." in screen(window)
    assert "Your text is kept until 27 November." in screen(window)
    assert any("Not sent." in told.text for told in stage.ann.dm())
    stage.ann.close()
    connect(stage)
    told = next(told for told in stage.ann.dm() if "Not sent." in told.text)
    stage.press(stage.ann, told, "inbox.open_outgoing")
    stage.press(stage.ann, stage.ann.window(), "inbox.try_again")
    stage.later(SOON)
    assert "Sent " in screen(stage.ann.window())
    (letter,) = arrived(stage, DANA)
    assert part(letter, "plain").startswith("Friday is fine.")
    assert "Sent " in texts(told.blocks)


def test_a_refused_mail_is_said_and_can_be_saved_as_a_draft(stage: Stage) -> None:
    connect(stage)
    open_reply(stage)
    fault(stage, Kind.STATUS, status=400)
    send(stage, "Friday is fine.")
    assert "Gmail did not accept this message" in screen(stage.ann.window())
    stage.press(stage.ann, stage.ann.window(), "inbox.draft_outgoing")
    assert "Saved as a draft in Gmail" in screen(stage.ann.window())
    link = stage.ann.element(stage.ann.window(), "inbox.sent_draft_link")["url"]
    assert link.startswith("https://mail.google.com/")
    assert any(part(one, "plain").startswith("Friday is fine.") for one in drafts(stage))
    assert arrived(stage, DANA) == []
    assert "not kept here any more" in texts(stage.ann.dm()[0].blocks)


def test_unanswered_requests_are_said_and_tried_again(stage: Stage) -> None:
    connect(stage)
    open_reply(stage)
    fault(stage, Kind.STATUS, r"/drafts", status=503, times=2)
    shown = send(stage, "Friday is fine.")
    assert "does not answer properly at the moment" in screen(shown)
    stage.later(timedelta(minutes=6))
    stage.later(timedelta(minutes=6))
    assert "Sent " in screen(shown)
    assert len(arrived(stage, DANA)) == 1


def test_a_mailbox_that_stays_away_ends_as_not_sent(stage: Stage) -> None:
    connect(stage)
    open_reply(stage)
    fault(stage, Kind.STATUS, r"/drafts", status=503, times=1000)
    shown = send(stage, "Friday is fine.")
    for _ in range(8):
        stage.later(timedelta(minutes=6))
    assert "Not sent." in screen(shown)
    stage.faults.clear()
    stage.press(stage.ann, shown, "inbox.try_again")
    stage.later(SOON)
    assert "Sent " in screen(shown)
    assert len(arrived(stage, DANA)) == 1


def test_an_alias_that_was_taken_away_is_not_replaced_by_another_address(stage: Stage) -> None:
    connect(stage)
    open_reply(stage, "grace.olsen@freemail.example")
    submit(stage, "Yes, gladly.")
    withdraw_aliases(stage)
    stage.later(SOON)
    assert "does not let you send from ann.lee@northwind.example" in screen(stage.ann.window())
    assert arrived(stage, "grace.olsen@freemail.example") == []


def test_a_draft_that_the_person_changed_in_gmail_is_left_alone(stage: Stage) -> None:
    connect(stage)
    open_reply(stage)
    fault(stage, Kind.STATUS, status=503)
    send(stage, "Friday is fine.")
    rewrite_draft(stage, lambda raw: raw.replace(b"To: ", b"Cc: ben@northwind.example\r\nTo: ", 1))
    for _ in range(4):
        stage.later(timedelta(minutes=1))
    assert arrived(stage, DANA) == []
    assert arrived(stage, "ben@northwind.example") == []
    assert "The draft was changed in Gmail before it went" in screen(stage.ann.window())
