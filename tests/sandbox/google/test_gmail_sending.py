"""Sending and drafts with the real client: what goes out, to whom, under which id."""

import io
import threading
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from googleapiclient.http import MediaIoBaseUpload

from sandbox.mail.mailbox import FiledMessage
from tests.sandbox.google.shape import check
from tests.sandbox.google.stand import ANN, DANA, EVE, PRIVATE, Stand, letter, raw, refused


def inbox(stand: Stand, address: str) -> tuple[FiledMessage, ...]:
    return stand.world.mailbox(address).messages()


def send(stand: Stand, message: EmailMessage | bytes, **more: str) -> dict[str, Any]:
    body = {"raw": raw(message), **more}
    answer: dict[str, Any] = stand.gmail().users().messages().send(userId="me", body=body).execute()
    return answer


def test_what_ann_sends_dana_receives(stand: Stand) -> None:
    sent = send(stand, letter("Ann Lee <ann@northwind.example>", DANA.address, "Prices", "As agreed"))
    check(sent, "Message")
    assert sent["labelIds"] == ["SENT"]
    (received,) = inbox(stand, DANA.address)
    assert received.raw.subject == "Prices"
    assert b"As agreed" in received.raw.bytes()
    assert received.labels == {"INBOX", "UNREAD"}
    assert received.id != sent["id"]


def test_gmail_puts_its_own_message_id_and_keeps_other_headers(stand: Stand) -> None:
    message = letter(ANN.address, DANA.address, "Hi", X_Mailroom_Key="abc123")
    message["Message-ID"] = "<mine@mailroom.example>"
    sent = send(stand, message)
    (received,) = inbox(stand, DANA.address)
    assert received.raw.message_id.endswith("@mail.gmail.com>")
    assert len(received.raw.all("Message-ID")) == 1
    assert received.raw.first("X-Mailroom-Key") == "abc123"
    headers = ["Message-ID", "X-Mailroom-Key"]
    got = (
        stand.gmail()
        .users()
        .messages()
        .get(userId="me", id=sent["id"], format="metadata", metadataHeaders=headers)
        .execute()
    )
    values = {one["name"]: one["value"] for one in got["payload"]["headers"]}
    assert values == {"Message-ID": received.raw.message_id, "X-Mailroom-Key": "abc123"}


@pytest.mark.parametrize(
    ("written", "goes_as"),
    [
        ("Ann Lee <ann@northwind.example>", "ann@northwind.example"),
        ("Northwind Sales <sales@northwind.example>", "sales@northwind.example"),
        ("ann@elsewhere.example", "ann@northwind.example"),  # not confirmed
        ("old@northwind.example", "ann@northwind.example"),  # receives, but is no identity
        ("Dana <dana@partner.example>", "ann@northwind.example"),
    ],
)
def test_a_from_that_is_not_an_accepted_identity_is_rewritten(
    stand: Stand, written: str, goes_as: str
) -> None:
    send(stand, letter(written, DANA.address, "Who"))
    (received,) = inbox(stand, DANA.address)
    assert [address for _, address in received.raw.addresses("From")] == [goes_as]


def test_blind_copies_are_delivered_and_shown_to_the_sender_alone(stand: Stand) -> None:
    sent = send(stand, letter(ANN.address, DANA.address, "Quiet", Bcc=EVE.address))
    (open_copy,) = inbox(stand, DANA.address)
    (blind_copy,) = inbox(stand, EVE.address)
    assert not open_copy.raw.all("Bcc")
    assert not blind_copy.raw.all("Bcc")
    own = stand.world.mailbox(ANN.address).message(sent["id"])
    assert own is not None
    assert own.raw.all("Bcc") == [EVE.address]
    assert open_copy.raw is blind_copy.raw


def test_an_injected_recipient_really_receives_it(stand: Stand) -> None:
    smuggled = (
        b"From: ann@northwind.example\r\nTo: dana@partner.example\r\nSubject: a\r\n"
        b"Bcc: eve@elsewhere.example\r\n\r\nHello\r\n"
    )
    send(stand, smuggled)
    assert len(inbox(stand, EVE.address)) == 1


@pytest.mark.parametrize(
    ("to", "reason"),
    [("", "Recipient address required"), ("human@f", "Invalid To header"), ("nobody", "Invalid To header")],
)
def test_a_message_to_nobody_is_refused_and_nothing_is_filed(stand: Stand, to: str, reason: str) -> None:
    data = b"From: ann@northwind.example\r\n"
    data += f"To: {to}\r\n".encode() if to else b""
    answer = stand.gmail().users().messages().send(userId="me", body={"raw": raw(data + b"\r\nHello\r\n")})
    assert refused(answer) == (400, "invalidArgument")
    text = stand.post_json("/gmail/v1/users/me/messages/send", {"raw": raw(data + b"\r\nHello\r\n")}).json()
    assert text["error"]["message"] == reason
    assert inbox(stand, ANN.address) == ()


@pytest.mark.parametrize("body", [{}, {"raw": "not base64 !"}, {"raw": 7}, {"raws": "eA"}])
def test_a_body_that_is_none_is_refused(stand: Stand, body: dict[str, object]) -> None:
    assert stand.post_json("/gmail/v1/users/me/messages/send", body).status_code == 400
    assert inbox(stand, ANN.address) == ()


def reply(stand: Stand, parent: str, subject: str) -> EmailMessage:
    message = letter(ANN.address, DANA.address, subject)
    message["In-Reply-To"] = parent
    message["References"] = parent
    return message


def test_an_answer_joins_the_thread_on_both_sides(stand: Stand) -> None:
    parent = stand.mail(DANA.address, ANN.address, "Prices")
    (asked,) = inbox(stand, ANN.address)
    sent = send(stand, reply(stand, parent, "Re: Prices"), threadId=asked.thread_id)
    assert sent["threadId"] == asked.thread_id
    at_danas = inbox(stand, DANA.address)
    assert len({one.thread_id for one in at_danas}) == 1


@pytest.mark.parametrize("how", ["no headers", "other subject", "no thread id", "foreign reference"])
def test_an_answer_that_lacks_one_condition_begins_a_new_thread(stand: Stand, how: str) -> None:
    parent = stand.mail(DANA.address, ANN.address, "Prices")
    (asked,) = inbox(stand, ANN.address)
    message = reply(stand, parent, "Re: Prices")
    if how == "no headers":
        message = letter(ANN.address, DANA.address, "Re: Prices")
    if how == "other subject":
        message = reply(stand, parent, "Re: Costs")
    if how == "foreign reference":
        message = reply(stand, "<other@x.example>", "Re: Prices")
    more = {} if how == "no thread id" else {"threadId": asked.thread_id}
    assert send(stand, message, **more)["threadId"] != asked.thread_id


@pytest.mark.parametrize("prefix", ["RE: ", "AW: Re: ", "SV: ", "Re[2]: ", ""])
def test_reply_marks_of_any_language_are_the_same_subject(stand: Stand, prefix: str) -> None:
    parent = stand.mail(DANA.address, ANN.address, "Prices")
    (asked,) = inbox(stand, ANN.address)
    sent = send(stand, reply(stand, parent, prefix + "prices"), threadId=asked.thread_id)
    assert sent["threadId"] == asked.thread_id


def test_a_thread_that_is_not_there_is_404(stand: Stand) -> None:
    body = {"raw": raw(letter(ANN.address, DANA.address, "Hi")), "threadId": "1234567890abcdef"}
    assert refused(stand.gmail().users().messages().send(userId="me", body=body)) == (404, "notFound")


def test_mail_to_oneself_is_one_message_sent_and_received(stand: Stand) -> None:
    sent = send(stand, letter(ANN.address, "sales@northwind.example", "Note to self"))
    assert sorted(sent["labelIds"]) == ["INBOX", "SENT", "UNREAD"]
    assert len(inbox(stand, ANN.address)) == 1


def test_two_people_who_send_to_each_other_at_once_both_arrive(stand: Stand) -> None:
    def ask(sender: str, to: str, token: str) -> None:
        for number in range(10):
            body = {"message": {"raw": raw(letter(sender, to, f"Number {number}"))}}
            made = stand.post_json("/gmail/v1/users/me/drafts", body, token).json()
            stand.post_json("/gmail/v1/users/me/drafts/send", {"id": made["id"]}, token)

    pair = ((ANN, PRIVATE), (PRIVATE, ANN))
    threads = [
        threading.Thread(target=ask, args=(one.address, two.address, stand.token(one))) for one, two in pair
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(inbox(stand, ANN.address)) == len(inbox(stand, PRIVATE.address)) == 20


def test_too_large_is_refused_by_both_ways(stand: Stand) -> None:
    stand.google.limits.json_bytes = stand.google.limits.upload_bytes = 2_000
    message = letter(ANN.address, DANA.address, "Big", "x" * 4_000)
    messages = stand.gmail().users().messages()
    assert refused(messages.send(userId="me", body={"raw": raw(message)}))[0] == 413
    media = MediaIoBaseUpload(io.BytesIO(message.as_bytes()), mimetype="message/rfc822")
    assert refused(messages.send(userId="me", body={}, media_body=media))[0] == 413


def test_a_days_mail_is_limited(stand: Stand) -> None:
    stand.google.limits.recipients_a_day = 2
    for number in range(2):
        send(stand, letter(ANN.address, DANA.address, f"Number {number}"))
    body = {"raw": raw(letter(ANN.address, DANA.address, "One more"))}
    assert refused(stand.gmail().users().messages().send(userId="me", body=body)) == (
        429,
        "rateLimitExceeded",
    )
    stand.clock.advance(timedelta(days=1))
    assert send(stand, letter(ANN.address, DANA.address, "Next day"))["id"]
