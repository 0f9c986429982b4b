"""Drafts with the real client: kept, changed, sent once."""

import io
import threading
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

from googleapiclient.http import MediaIoBaseUpload

from sandbox.mail.mailbox import FiledMessage
from tests.sandbox.google.shape import check
from tests.sandbox.google.stand import ANN, DANA, Stand, letter, raw, refused


def inbox(stand: Stand, address: str) -> tuple[FiledMessage, ...]:
    return stand.world.mailbox(address).messages()


def reply(stand: Stand, parent: str, subject: str) -> EmailMessage:
    message = letter(ANN.address, DANA.address, subject)
    message["In-Reply-To"] = parent
    message["References"] = parent
    return message


def drafts(stand: Stand) -> Any:
    return stand.gmail().users().drafts()


def create(stand: Stand, message: EmailMessage, **more: str) -> dict[str, Any]:
    body = {"message": {"raw": raw(message), **more}}
    made: dict[str, Any] = drafts(stand).create(userId="me", body=body).execute()
    check(made, "Draft")
    return made


def test_a_draft_is_delivered_to_nobody(stand: Stand) -> None:
    made = create(stand, letter(ANN.address, DANA.address, "Later", X_Mailroom_Key="k1"))
    assert made["message"]["labelIds"] == ["DRAFT"]
    assert inbox(stand, DANA.address) == ()
    listed = drafts(stand).list(userId="me").execute()
    check(listed, "ListDraftsResponse")
    assert [one["id"] for one in listed["drafts"]] == [made["id"]]
    got = drafts(stand).get(userId="me", id=made["id"], format="metadata").execute()
    check(got, "Draft")
    assert {"name": "X-Mailroom-Key", "value": "k1"} in got["message"]["payload"]["headers"]


def test_sending_a_draft_removes_it_and_a_message_with_a_new_id_appears(stand: Stand) -> None:
    parent = stand.mail(DANA.address, ANN.address, "Prices")
    (asked,) = inbox(stand, ANN.address)
    made = create(stand, reply(stand, parent, "Re: Prices"), threadId=asked.thread_id)
    assert made["message"]["threadId"] == asked.thread_id
    sent = drafts(stand).send(userId="me", body={"id": made["id"]}).execute()
    check(sent, "Message")
    assert sent["id"] != made["message"]["id"]
    assert sent["threadId"] == asked.thread_id
    assert sent["labelIds"] == ["SENT"]
    messages = stand.gmail().users().messages()
    assert refused(messages.get(userId="me", id=made["message"]["id"])) == (404, "notFound")
    assert refused(drafts(stand).get(userId="me", id=made["id"])) == (404, "notFound")


def test_a_draft_is_sent_once_however_often_it_is_asked_for(stand: Stand) -> None:
    made = create(stand, letter(ANN.address, DANA.address, "Once"))
    statuses: list[int] = []
    gate = threading.Barrier(6)

    def ask() -> None:
        gate.wait()
        statuses.append(stand.post_json("/gmail/v1/users/me/drafts/send", {"id": made["id"]}).status_code)

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(statuses) == [200, 404, 404, 404, 404, 404]
    assert len(inbox(stand, DANA.address)) == 1


def test_an_updated_draft_keeps_its_id_and_gets_a_new_message(stand: Stand) -> None:
    made = create(stand, letter(ANN.address, DANA.address, "First"))
    body = {"message": {"raw": raw(letter(ANN.address, DANA.address, "Second"))}}
    changed = drafts(stand).update(userId="me", id=made["id"], body=body).execute()
    assert changed["id"] == made["id"]
    assert changed["message"]["id"] != made["message"]["id"]
    assert changed["message"]["threadId"] == made["message"]["threadId"]
    drafts(stand).send(userId="me", body={"id": made["id"]}).execute()
    assert inbox(stand, DANA.address)[0].raw.subject == "Second"


def test_a_deleted_draft_is_gone(stand: Stand) -> None:
    made = create(stand, letter(ANN.address, DANA.address, "Never"))
    drafts(stand).delete(userId="me", id=made["id"]).execute()
    assert refused(drafts(stand).send(userId="me", body={"id": made["id"]})) == (404, "notFound")
    assert inbox(stand, ANN.address) == ()


def test_a_draft_without_recipient_is_kept_but_not_sent(stand: Stand) -> None:
    message = EmailMessage()
    message.set_content("nobody yet")
    made = create(stand, message)
    assert refused(drafts(stand).send(userId="me", body={"id": made["id"]})) == (400, "invalidArgument")
    assert drafts(stand).get(userId="me", id=made["id"]).execute()["id"] == made["id"]


def test_drafts_are_in_their_thread_and_in_searches(stand: Stand) -> None:
    create(stand, letter(ANN.address, DANA.address, "Half done"))
    found = stand.gmail().users().threads().list(userId="me", q="in:drafts").execute()["threads"]
    thread = stand.gmail().users().threads().get(userId="me", id=found[0]["id"]).execute()
    assert thread["messages"][0]["labelIds"] == ["DRAFT"]


def test_a_large_message_goes_by_the_upload_address(stand: Stand) -> None:
    parent = stand.mail(DANA.address, ANN.address, "Prices")
    (asked,) = inbox(stand, ANN.address)
    message = reply(stand, parent, "Re: Prices")
    data = b"\x00\x01\r\n--x" * 300_000
    message.add_attachment(data, maintype="application", subtype="zip", filename="a.zip")
    media = MediaIoBaseUpload(io.BytesIO(message.as_bytes()), mimetype="message/rfc822")
    body = {"message": {"threadId": asked.thread_id}}
    made = drafts(stand).create(userId="me", body=body, media_body=media).execute()
    assert made["message"]["threadId"] == asked.thread_id
    sent = drafts(stand).send(userId="me", body={"id": made["id"]}).execute()
    own = stand.world.mailbox(ANN.address).message(sent["id"])
    assert own is not None
    parts = {one.name: one.content for one in stand.google.gmail.state.parts.read(own.raw).walk()}
    assert parts["a.zip"] == data


def test_a_stopped_sender_is_told_until_when_in_the_text_alone(stand: Stand) -> None:
    until = stand.clock.now() + timedelta(minutes=90)
    stand.google.stop_sending(ANN, until)
    made = create(stand, letter(ANN.address, DANA.address, "Wait"))
    answer = stand.post_json("/gmail/v1/users/me/drafts/send", {"id": made["id"]})
    assert answer.status_code == 429
    assert (
        answer.json()["error"]["message"] == "User-rate limit exceeded.  Retry after 2026-11-20T13:30:00.000Z"
    )
    assert "Retry-After" not in answer.headers
    assert inbox(stand, DANA.address) == ()
    stand.clock.advance(timedelta(minutes=90))
    assert drafts(stand).send(userId="me", body={"id": made["id"]}).execute()["labelIds"] == ["SENT"]
