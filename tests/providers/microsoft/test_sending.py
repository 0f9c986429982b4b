"""One attempt, evidence in Sent Items, and nothing left behind before."""

import json
from datetime import timedelta

import pytest

from providers.errors import DeliveryUncertain, PermissionMissing, RateLimited, Refused, Unavailable
from providers.mail import InReplyTo, Outgoing
from providers.microsoft import microsoft_provider
from providers.oauth import Capability
from sandbox.faults import Fault, Kind
from sandbox.mail.mailbox import DRAFT, SENT
from tests.providers.contract import ANN, DANA, EVE, SALES, list_all, outgoing
from tests.providers.microsoft.stage import ANN as ANN_LEE
from tests.providers.microsoft.stage import APP, GRAPH, MicrosoftStage

KEY = "key-0123456789abcdef"
SEND = r"POST .*/(reply|sendMail)$"


def writes(stage: MicrosoftStage) -> list[str]:
    return [one.path for one in stage.faults.calls(GRAPH, "^POST") if not one.path.endswith("$batch")]


def test_preparing_asks_microsoft_nothing_and_survives_a_restart(stage: MicrosoftStage) -> None:
    prepared = stage.open().prepare(outgoing(), KEY)
    assert stage.faults.calls(GRAPH) == [] and stage.own(DRAFT) == []
    assert json.loads(prepared.ref) == {"v": 1, "marker": KEY}


def test_mail_send_alone_is_enough_to_answer(stage: MicrosoftStage) -> None:
    stage.mail(DANA, ANN, "Offer", minutes_ago=5)
    mailbox = stage.open(Capability.DRAFT)
    (thread,) = list_all(mailbox, DANA)
    prepared = mailbox.prepare(outgoing(subject="Offer", reply=thread.messages[-1]), KEY)
    assert mailbox.send(prepared) is None
    found = mailbox.find_sent(prepared)
    assert found is not None and found.thread_id == thread.id
    assert [one.id for one in mailbox.thread(thread.id).messages][-1] == found.id
    (path,) = writes(stage)
    assert path.endswith("/reply")


def test_an_answer_to_my_own_message_goes_to_the_contact(stage: MicrosoftStage) -> None:
    stage.mail(ANN, DANA, "Offer", minutes_ago=5)
    mailbox = stage.open()
    (thread,) = list_all(mailbox, DANA)
    mailbox.send(mailbox.prepare(outgoing(subject="Offer", reply=thread.messages[-1]), KEY))
    assert sorted(one["Subject"] for one in stage.inbox(DANA)) == ["Offer", "Re: Offer"]
    assert stage.inbox(ANN) == []


def test_an_answer_goes_to_whom_it_was_written_to_whatever_reply_to_says(stage: MicrosoftStage) -> None:
    stage.world.send(
        f"From: {DANA}\r\nTo: {ANN}\r\nReply-To: {EVE}\r\nSubject: Offer\r\n\r\nHello\r\n".encode(),
        at=stage.clock.now() - timedelta(minutes=5),
    )
    mailbox = stage.open()
    (thread,) = list_all(mailbox, DANA)
    assert [one.address for one in thread.messages[0].reply_to] == [EVE]
    mailbox.send(mailbox.prepare(outgoing(subject="Offer", reply=thread.messages[-1]), KEY))
    assert len(stage.inbox(DANA)) == 1 and stage.inbox(EVE) == []


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_an_error_of_theirs_is_no_clear_refusal(stage: MicrosoftStage, status: int) -> None:
    mailbox = stage.open()
    prepared = mailbox.prepare(outgoing(), KEY)
    stage.faults.add(Fault(GRAPH, Kind.STATUS, SEND, status=status, retry_after=5))
    with pytest.raises(DeliveryUncertain):
        mailbox.send(prepared)
    assert writes(stage) == ["/v1.0/me/sendMail"], "it was tried again"
    assert stage.pauses == []


def test_throttling_is_a_clear_refusal_and_nothing_is_tried_again_here(stage: MicrosoftStage) -> None:
    mailbox = stage.open()
    prepared = mailbox.prepare(outgoing(), KEY)
    stage.faults.add(Fault(GRAPH, Kind.STATUS, SEND, status=429, retry_after=2))
    with pytest.raises(RateLimited):
        mailbox.send(prepared)
    assert len(writes(stage)) == 1 and stage.pauses == []


def test_where_nobody_listens_nothing_can_have_gone_out(stage: MicrosoftStage) -> None:
    nowhere = "http://127.0.0.1:1/graph/v1.0"
    provider = microsoft_provider(APP.id, "secret-1", stage.base, nowhere, now=stage.clock.now)
    mailbox = provider.open_mailbox(stage.token(ANN_LEE), ANN)
    with pytest.raises(Unavailable):
        mailbox.send(mailbox.prepare(outgoing(), KEY))
    provider.close()


def test_an_answer_to_what_is_gone_is_refused(stage: MicrosoftStage) -> None:
    mailbox = stage.open()
    gone = Outgoing(
        outgoing().sender, outgoing().to, "x", "x", "<p>x</p>", InReplyTo("c", "AAkALgone", "<1@x>", ())
    )
    with pytest.raises(Refused):
        mailbox.send(mailbox.prepare(gone, KEY))
    assert stage.inbox(DANA) == []


def test_somebody_elses_address_is_refused_by_exchange(stage: MicrosoftStage) -> None:
    mailbox = stage.open()
    with pytest.raises(Refused) as failure:
        mailbox.send(mailbox.prepare(outgoing(sender="ben@northwind.example"), KEY))
    assert failure.value.code == "ErrorSendAsDenied"
    mailbox.send(mailbox.prepare(outgoing(sender=SALES), f"{KEY}2"))


def test_a_blocked_account_is_refused(stage: MicrosoftStage) -> None:
    stage.microsoft.refuse_sending(ANN_LEE)
    mailbox = stage.open()
    with pytest.raises(Refused) as failure:
        mailbox.send(mailbox.prepare(outgoing(), KEY))
    assert failure.value.code == "ErrorMessageSubmissionBlocked"


def test_sent_items_may_show_it_late(stage: MicrosoftStage) -> None:
    stage.microsoft.limits.sent_lag = timedelta(seconds=30)
    mailbox = stage.open()
    prepared = mailbox.prepare(outgoing(), KEY)
    stage.lose_answer_of_send()
    with pytest.raises(DeliveryUncertain):
        mailbox.send(prepared)
    assert mailbox.find_sent(prepared) is None
    stage.clock.advance(timedelta(seconds=31))
    assert mailbox.find_sent(prepared) is not None
    assert len(stage.own(SENT)) == 1


def test_the_same_words_under_another_key_are_no_evidence(stage: MicrosoftStage) -> None:
    mailbox = stage.open()
    mailbox.send(mailbox.prepare(outgoing(), KEY))
    assert mailbox.find_sent(mailbox.prepare(outgoing(), f"{KEY}x")) is None


def test_a_draft_asks_for_its_permission_at_that_moment(stage: MicrosoftStage) -> None:
    with pytest.raises(PermissionMissing) as failure:
        stage.open(Capability.DRAFT).save_draft(outgoing())
    assert failure.value.capability == Capability.DRAFT
    link = stage.open().save_draft(outgoing())
    assert link.url.startswith("https://outlook.office365.com/")
    assert stage.inbox(DANA) == [] and len(stage.own(DRAFT)) == 1
    assert list_all(stage.open(), DANA) == [], "a draft is no conversation"


@pytest.mark.parametrize("key", ["short", "a b c d e f g h", "x') or (1 eq 1"])
def test_a_key_that_could_be_more_is_refused(stage: MicrosoftStage, key: str) -> None:
    with pytest.raises(Refused):
        stage.open().prepare(outgoing(), key)


def test_letters_of_every_script_and_half_ones_arrive_or_are_left_out(stage: MicrosoftStage) -> None:
    mailbox = stage.open()
    mailbox.send(mailbox.prepare(outgoing("Grüße \ud800 🎉 こんにちは\x00", subject="日本 🎉\ud800"), KEY))
    (arrived,) = stage.inbox(DANA)
    html = arrived.get_body(("html",))
    assert arrived["Subject"] == "日本 🎉" and html and "Grüße  🎉 こんにちは" in html.get_content()
