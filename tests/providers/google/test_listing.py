"""How Gmail is asked: in how few requests, how patiently, and with what left out."""

from email.message import EmailMessage

import pytest

from providers.errors import RateLimited, Unavailable
from sandbox.faults import Fault, Kind
from tests.providers.contract import ANN, DANA, list_all, outgoing
from tests.providers.google.stage import SERVICE, GoogleStage


def fill(stage: GoogleStage, count: int) -> None:
    for number in range(count):
        stage.mail(DANA, ANN, f"Number {number:02}", minutes_ago=number + 1)


def calls(stage: GoogleStage) -> list[str]:
    return [
        f"{one.method} {one.path}" for one in stage.stand.faults.calls(SERVICE) if "inner" not in one.path
    ]


def test_twenty_threads_take_two_requests(stage: GoogleStage) -> None:
    fill(stage, 20)
    mailbox = stage.open()
    stage.stand.faults.forget_calls()
    page = mailbox.threads_with([DANA], "", 20, None)
    assert len(page.items) == 20 and all(one.unpacked().messages[0].text for one in page.items)
    outer = [one for one in calls(stage) if "/threads/" not in one]
    assert outer == ["GET /gmail/v1/users/me/threads", "POST /batch"]
    assert stage.pauses == []


def test_opening_a_thread_takes_one_request(stage: GoogleStage) -> None:
    fill(stage, 1)
    mailbox = stage.open()
    (thread,) = list_all(mailbox, DANA)
    stage.stand.faults.forget_calls()
    mailbox.thread(thread.id)
    assert len(calls(stage)) == 1


def test_no_batch_is_larger_than_gmail_lets_through(stage: GoogleStage) -> None:
    fill(stage, 30)
    assert len(list_all(stage.open(), DANA, limit=30)) == 30
    assert stage.stand.google.quota(stage.stand.google.realm.people()[0]).refused == 0
    assert stage.pauses == []


def test_refused_items_are_asked_for_again_in_smaller_batches(stage: GoogleStage) -> None:
    fill(stage, 20)
    stage.stand.google.limits.at_once = 8
    before = stage.stand.google.quota(ANN).total
    assert len(list_all(stage.open(), DANA)) == 20
    assert 1 <= len(stage.pauses) <= 3 and all(0 < one < 10 for one in stage.pauses)
    spent = stage.stand.google.quota(ANN).total - before
    assert spent <= 20 * 40 + 20, "items that had come were asked for again"


def test_patience_ends_with_what_gmail_said(stage: GoogleStage) -> None:
    fill(stage, 20)
    stage.stand.google.limits.at_once = 1
    mailbox = stage.open()
    with pytest.raises(RateLimited):
        mailbox.threads_with([DANA], "", 20, None)
    assert len(stage.pauses) == 3


def test_a_spent_minute_is_told_at_once(stage: GoogleStage) -> None:
    fill(stage, 3)
    stage.stand.google.limits.units_per_user_minute = 60
    with pytest.raises(RateLimited) as failure:
        list_all(stage.open(), DANA)
    assert failure.value.retry_after.total_seconds() >= 10
    assert stage.pauses == []


def test_a_batch_that_fails_as_a_whole_is_tried_again(stage: GoogleStage) -> None:
    fill(stage, 3)
    mailbox = stage.open()
    stage.stand.faults.add(Fault(SERVICE, Kind.STATUS, "POST /batch", status=503))
    assert len(list_all(mailbox, DANA)) == 3
    assert len(stage.pauses) == 1


def test_a_batch_that_stays_broken_is_unavailable(stage: GoogleStage) -> None:
    fill(stage, 3)
    mailbox = stage.open()
    stage.stand.faults.add(Fault(SERVICE, Kind.RESET_BEFORE, "POST /batch", times=None))
    with pytest.raises(Unavailable):
        mailbox.threads_with([DANA], "", 20, None)


def test_text_that_gmail_keeps_apart_is_left_for_opening(stage: GoogleStage) -> None:
    stage.stand.google.limits.inline_text = 2_000
    stage.mail(DANA, ANN, "Long", "A line of a very long letter.\n" * 500)
    mailbox = stage.open()
    (listed,) = list_all(mailbox, DANA)
    assert listed.messages[0].text is None and listed.messages[0].html is None
    assert listed.messages[0].attachments == ()
    opened = mailbox.thread(listed.id)
    assert (opened.messages[0].text or "").count("very long letter") == 500
    assert opened.messages[0].attachments == ()


def test_a_thread_with_too_much_text_comes_without_it(stage: GoogleStage) -> None:
    stage.stand.google.limits.inline_text = 10**9
    stage.mail(DANA, ANN, "Huge", "A line of a very long letter.\n" * 50_000)
    mailbox = stage.open()
    (listed,) = list_all(mailbox, DANA)
    assert listed.messages[0].text is None and listed.messages[0].preview
    assert len(mailbox.thread(listed.id).messages[0].text or "") > 1024 * 1024


def test_a_message_without_any_text_has_an_empty_one(stage: GoogleStage) -> None:
    body = EmailMessage()
    body.set_content(
        b"%PDF", maintype="application", subtype="pdf", filename="a.pdf", disposition="attachment"
    )
    stage.mail(DANA, ANN, "Only a file", body=body)
    mailbox = stage.open()
    (message,) = list_all(mailbox, DANA)[0].messages
    assert message.text == "" and message.html is None
    (file,) = message.attachments
    assert b"".join(mailbox.attachment(message.id, file.part).chunks) == b"%PDF"


def test_an_attached_message_is_a_file_and_not_the_text(stage: GoogleStage) -> None:
    inside = EmailMessage()
    inside["Subject"], inside["From"] = "Inside", "x@y.example"
    inside.set_content("the inner words")
    body = EmailMessage()
    body.set_content("the outer words")
    body.add_attachment(inside)
    stage.mail(DANA, ANN, "Fwd", body=body)
    (message,) = list_all(stage.open(), DANA)[0].messages
    assert "outer" in (message.text or "") and "inner" not in (message.text or "")
    assert [(one.type, one.name) for one in message.attachments] == [("message/rfc822", "Inside.eml")]
    assert [(one.text, one.enclosed_text) for one in message.parts] == [
        ("Subject: Inside\nFrom: x@y.example\nContent-Type: text/plain; charset=\"utf-8\"\n"
         "Content-Transfer-Encoding: 7bit\nMIME-Version: 1.0", "the inner words\n")
    ]  # fmt: skip


def test_an_invitation_is_a_meeting(stage: GoogleStage) -> None:
    body = EmailMessage()
    body.set_content("You are invited.")
    body.add_alternative("BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n", subtype="calendar")
    stage.mail(DANA, ANN, "Invitation", body=body)
    (message,) = list_all(stage.open(), DANA)[0].messages
    assert message.kind == "meeting"
    assert [one.type.split(";")[0] for one in message.parts] == ["text/calendar"]


def test_only_drafts_with_a_person_are_no_thread(stage: GoogleStage) -> None:

    mailbox = stage.open()
    mailbox.save_draft(outgoing())
    assert mailbox.threads_with([DANA], "", 20, None).items == ()
