"""Answering, sending and drafts over Graph; one world with a Google beside it."""

import base64
from datetime import timedelta
from email.utils import getaddresses
from typing import Any

import pytest
from werkzeug.test import Client as Browser

from sandbox.google import scopes as google_scopes
from sandbox.google.accounts import Client
from sandbox.google.service import Google
from sandbox.mail.people import Person, SendAs
from sandbox.microsoft import scopes
from tests.sandbox.microsoft.stand import (
    BEN,
    CLEO,
    DANA,
    EVE,
    GIL,
    HOME,
    MARK,
    Json,
    Stand,
    html,
    letter,
    sent_to,
)

TO_DANA = [{"emailAddress": {"address": DANA.address, "name": DANA.name}}]


def reply(stand: Stand, message_id: str, body: Any, **options: Any) -> Any:
    return stand.graph("POST", f"/me/messages/{message_id}/reply", body=body, **options)


def test_a_reply_is_taken_without_a_word_and_threads_for_both(stand: Stand) -> None:
    first = stand.mail(DANA.address, CLEO.address, "Cups")
    got = stand.newest()
    message = {"body": html("<p>Yes</p>"), "toRecipients": TO_DANA, "ccRecipients": []}
    answer = reply(stand, got["id"], {"message": message}, token=stand.token(CLEO, scopes.MAIL_SEND))
    assert (answer.status_code, answer.content) == (202, b"")
    arrived = sent_to(stand, DANA)[0]
    assert (arrived.subject, arrived.references) == ("RE: Cups", (first,))
    assert arrived.addresses("From") == [("Cleo Martin", CLEO.address)]
    assert arrived.addresses("To", "Cc") == [("Dana Reyes", DANA.address)]
    assert len(arrived.message_id) == 81
    assert arrived.message_id.endswith(".outlook.com>")
    sent = stand.newest(folder="sentitems")
    assert sent["conversationId"] == got["conversationId"]
    assert "Yes" in sent["body"]["content"]
    assert len(stand.world.mailbox(DANA.address).thread(_thread(stand, DANA))) == 2


def _thread(stand: Stand, person: Person) -> str:
    return stand.world.mailbox(person.address).messages()[0].thread_id


def test_a_comment_keeps_the_history_and_a_body_replaces_it(stand: Stand) -> None:
    stand.mail(DANA.address, CLEO.address, "Cups", "Blue ones?")
    got = stand.newest()["id"]
    assert reply(stand, got, {"comment": "Yes <please>"}).status_code == 202
    with_history = stand.newest(folder="sentitems")
    assert "Yes &lt;please&gt;" in with_history["body"]["content"]
    assert "Blue ones?" in with_history["body"]["content"]
    stand.clock.advance(timedelta(minutes=1))
    assert reply(stand, got, {"message": {"body": html("<p>No</p>")}}).status_code == 202
    assert "Blue ones?" not in stand.newest(folder="sentitems")["body"]["content"]
    both = {"comment": "Yes", "message": {"body": html("No")}}
    refused = stand.refused("POST", f"/me/messages/{got}/reply", body=both)
    assert refused == (400, "ErrorInvalidRequest")
    assert len(sent_to(stand, DANA)) == 2


def test_a_reply_goes_where_the_original_says_and_to_oneself_if_it_was_ones_own(stand: Stand) -> None:
    stand.mail(DANA.address, CLEO.address, "Cups", Reply_To=EVE.address)
    assert reply(stand, stand.newest()["id"], {"comment": "To Eve"}).status_code == 202
    assert sent_to(stand, EVE)[0].subject == "RE: Cups"
    assert sent_to(stand, DANA) == []
    stand.mail(CLEO.address, DANA.address, "Plates", ago=-timedelta(minutes=1))
    stand.clock.advance(timedelta(minutes=2))
    mine = stand.newest(folder="sentitems")["id"]
    assert reply(stand, mine, {"comment": "To me"}).status_code == 202
    assert sent_to(stand, CLEO)[0].subject == "RE: Plates"
    stand.clock.advance(timedelta(minutes=1))
    message = {"toRecipients": TO_DANA, "body": html("To Dana")}
    assert reply(stand, mine, {"message": message}).status_code == 202
    assert sent_to(stand, DANA)[0].subject == "RE: Plates"
    assert sent_to(stand, DANA)[0].addresses("To") == [("Dana Reyes", DANA.address)]


def test_a_reply_to_all_goes_to_the_others_too(stand: Stand) -> None:
    stand.mail(DANA.address, f"{CLEO.address}, {EVE.address}", "Cups", Cc=BEN.address)
    answer = stand.graph("POST", f"/me/messages/{stand.newest()['id']}/replyAll", body={"comment": "All"})
    assert answer.status_code == 202
    arrived = sent_to(stand, DANA)[0]
    assert {address for _, address in getaddresses(arrived.all("To"))} == {DANA.address, EVE.address}
    assert arrived.addresses("Cc") == [("", BEN.address)]


def test_a_marked_reply_is_found_in_sent_items_and_its_mark_stays_at_home(stand: Stand) -> None:
    stand.mail(HOME.address, CLEO.address, "Cups")
    marks = [{"id": MARK, "value": "k-1"}]
    message = {"body": html("Yes"), "singleValueExtendedProperties": marks}
    stand.microsoft.limits.sent_lag = timedelta(seconds=20)
    assert reply(stand, stand.newest()["id"], {"message": message}).status_code == 202
    query = f"singleValueExtendedProperties/Any(ep: ep/id eq '{MARK}' and ep/value eq 'k-1')"
    path = "/me/mailFolders/sentitems/messages"
    assert stand.get(path, filter=query)["value"] == []
    stand.clock.advance(timedelta(seconds=20))
    assert [one["subject"] for one in stand.get(path, filter=query)["value"]] == ["RE: Cups"]
    assert stand.get("/me/messages", person=HOME, filter=query)["value"] == []


def test_mail_is_sent_as_json_and_as_mime(stand: Stand) -> None:
    message = {
        "subject": "Cups",
        "body": {"contentType": "text", "content": "Blue"},
        "toRecipients": TO_DANA,
        "bccRecipients": [{"emailAddress": {"address": EVE.address}}],
        "internetMessageHeaders": [{"name": "X-Mark", "value": "m-1"}],
        "attachments": [
            {
                "@odata.type": "#microsoft.graph.fileAttachment",
                "name": "a.txt",
                "contentType": "text/plain",
                "contentBytes": base64.b64encode(b"file").decode(),
            }
        ],
    }
    assert stand.graph("POST", "/me/sendMail", body={"message": message}).status_code == 202
    arrived = sent_to(stand, DANA)[0]
    assert arrived.first("X-Mark") == "m-1"
    assert arrived.all("Bcc") == []
    assert sent_to(stand, EVE)[0].message_id == arrived.message_id
    assert stand.newest(folder="sentitems")["bccRecipients"][0]["emailAddress"]["address"] == EVE.address
    stand.clock.advance(timedelta(minutes=1))
    first = stand.mail(DANA.address, CLEO.address, "Plates")
    written = letter(CLEO.address, DANA.address, "Re: Plates", In_Reply_To=first, References=first)
    data = base64.b64encode(written.as_bytes())
    headers = {"Authorization": f"Bearer {stand.token(CLEO)}", "Content-Type": "text/plain"}
    url = stand.base + "/graph/v1.0/me/sendMail"
    assert stand.session.post(url, data=data, headers=headers, timeout=10).status_code == 202
    assert sent_to(stand, DANA)[0].references == (first,)
    conversations = {stand.newest(folder=one)["conversationId"] for one in ("inbox", "sentitems")}
    assert len(conversations) == 1
    broken = stand.session.post(url, data=b"no base64!", headers=headers, timeout=10)
    assert broken.json()["error"]["code"] == "ErrorMimeContentInvalidBase64String"


def test_mail_need_not_be_kept(stand: Stand) -> None:
    message = {"subject": "Gone", "toRecipients": TO_DANA}
    body = {"message": message, "saveToSentItems": False}
    assert stand.graph("POST", "/me/sendMail", body=body).status_code == 202
    assert sent_to(stand, DANA)[0].subject == "Gone"
    assert stand.get("/me/mailFolders/sentitems/messages")["value"] == []


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"toRecipients": []}, 400, "ErrorInvalidRecipients"),
        ({"toRecipients": [{"emailAddress": {"address": "nobody"}}]}, 400, "ErrorInvalidRecipients"),
        ({"toRecipients": [{"address": DANA.address}]}, 400, "ErrorInvalidRecipients"),
        (
            {"toRecipients": [{"emailAddress": {"address": "a\r\nBcc: b@c.example"}}]},
            400,
            "ErrorInvalidRecipients",
        ),
        (
            {"internetMessageHeaders": [{"name": "x-a", "value": "1\r\nBcc: b@c.example"}]},
            400,
            "InvalidInternetMessageHeader",
        ),
        ({"subjekt": "Cups"}, 400, "RequestBodyRead"),
        ({"importance": "high\r\nBcc: b@c.example"}, 400, "RequestBodyRead"),
        ({"subject": "half a sign: \ud83d"}, 400, "BadRequest"),
        ({"body": {"contentType": "rtf", "content": ""}}, 400, "RequestBodyRead"),
        ({"from": {"emailAddress": {"address": EVE.address}}}, 403, "ErrorSendAsDenied"),
        ({"internetMessageHeaders": [{"name": "Mark", "value": "1"}]}, 400, "InvalidInternetMessageHeader"),
        (
            {"internetMessageHeaders": [{"name": f"x-{n}", "value": "1"} for n in range(6)]},
            400,
            "InvalidInternetMessageHeaderCollection",
        ),
        ({"singleValueExtendedProperties": [{"id": "mark", "value": "1"}]}, 400, "ErrorInvalidProperty"),
    ],
)
def test_a_wrong_message_is_refused_and_nothing_happens(
    stand: Stand, changes: Json, status: int, code: str
) -> None:
    message = {"subject": "Cups", "toRecipients": TO_DANA, **changes}
    assert stand.refused("POST", "/me/sendMail", body={"message": message}) == (status, code)
    assert sent_to(stand, DANA) == []
    assert stand.get("/me/mailFolders/sentitems/messages")["value"] == []


def test_an_account_may_be_stopped_from_sending(stand: Stand) -> None:
    stand.microsoft.refuse_sending(CLEO)
    body = {"message": {"subject": "Cups", "toRecipients": TO_DANA}}
    assert stand.refused("POST", "/me/sendMail", body=body) == (403, "ErrorMessageSubmissionBlocked")
    stand.microsoft.refuse_sending(CLEO, "")
    assert stand.graph("POST", "/me/sendMail", body=body).status_code == 202


def test_files_and_requests_have_their_largest_size(stand: Stand) -> None:
    stand.microsoft.limits.file_bytes, stand.microsoft.limits.json_bytes = 10, 1_000
    file = {"@odata.type": "#microsoft.graph.fileAttachment", "name": "a", "contentBytes": "MDEyMzQ1Njc4OTA="}
    message = {"toRecipients": TO_DANA, "attachments": [file]}
    large = stand.refused("POST", "/me/sendMail", body={"message": message})
    assert large == (413, "ErrorMessageSizeExceeded")
    body = {"message": {"toRecipients": TO_DANA, "subject": "x" * 1_000}}
    assert stand.refused("POST", "/me/sendMail", body=body) == (413, "RequestEntityTooLarge")


def test_one_may_write_as_an_accepted_address_of_ones_own(stand: Stand) -> None:
    ola = Person("Ola", ("ola@fabrikam.example",), "microsoft", (SendAs("team@fabrikam.example", "Team"),))
    stand.world.add(ola)
    message = {"toRecipients": TO_DANA, "from": {"emailAddress": {"address": "team@fabrikam.example"}}}
    assert stand.graph("POST", "/me/sendMail", person=ola, body={"message": message}).status_code == 202
    assert sent_to(stand, DANA)[0].addresses("From")[0][1] == "team@fabrikam.example"


def test_sending_wants_mail_send_and_reading_mail_read(stand: Stand) -> None:
    body = {"message": {"toRecipients": TO_DANA}}
    reader, writer = stand.token(CLEO, scopes.MAIL_READ), stand.token(CLEO, scopes.MAIL_SEND)
    assert stand.refused("POST", "/me/sendMail", token=reader, body=body) == (403, "ErrorAccessDenied")
    assert stand.refused("GET", "/me/messages", token=writer) == (403, "ErrorAccessDenied")
    assert stand.refused("GET", "/me", token=writer) == (403, "Authorization_RequestDenied")


def test_people_at_google_and_at_microsoft_write_to_each_other_in_one_thread(stand: Stand) -> None:
    google = Google(stand.world, stand.clock.now)
    google.register(Client("client", "secret", ()))
    stand.mail(GIL.address, CLEO.address, "Talk")
    assert reply(stand, stand.newest()["id"], {"comment": "Hello Gil"}).status_code == 202
    token = google.realm.grants.give_access("client", GIL, frozenset({google_scopes.MAIL}))
    browser, headers = Browser(google.wsgi), {"Authorization": f"Bearer {token}"}
    threads = browser.get("/gmail/v1/users/me/threads", headers=headers).get_json()["threads"]
    assert len(threads) == 1
    whole = browser.get(f"/gmail/v1/users/me/threads/{threads[0]['id']}", headers=headers).get_json()
    assert len(whole["messages"]) == 2
    newest = stand.world.mailbox(GIL.address).messages()[0].raw
    stand.clock.advance(timedelta(minutes=1))
    written = letter(GIL.address, CLEO.address, "Re: Talk", "Hello Cleo")
    written["In-Reply-To"] = written["References"] = newest.message_id
    raw = base64.urlsafe_b64encode(written.as_bytes()).decode()
    body = {"raw": raw, "threadId": threads[0]["id"]}
    assert browser.post("/gmail/v1/users/me/messages/send", headers=headers, json=body).status_code == 200
    conversations = {one["conversationId"] for one in stand.get("/me/messages")["value"]}
    assert len(stand.get("/me/messages")["value"]) == 3
    assert len(conversations) == 1
