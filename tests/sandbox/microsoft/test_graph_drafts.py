"""Drafts over Graph: begun, changed, sent, and what they want."""

from typing import Any

import pytest

from sandbox.microsoft import scopes
from tests.sandbox.microsoft.stand import CLEO, DANA, Stand, html, sent_to

TO_DANA = [{"emailAddress": {"address": DANA.address, "name": DANA.name}}]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/me/messages", {"subject": "Draft"}),
        ("POST", "/me/messages/{id}/createReply", {}),
        ("PATCH", "/me/messages/{id}", {"isRead": True}),
        ("DELETE", "/me/messages/{id}", None),
        ("POST", "/me/messages/{id}/move", {"destinationId": "archive"}),
    ],
)
def test_drafts_and_changes_want_their_own_scope(stand: Stand, method: str, path: str, body: Any) -> None:
    stand.mail(DANA.address, CLEO.address, "Cups")
    path = path.replace("{id}", stand.newest()["id"])
    assert stand.refused(method, path, body=body) == (403, "ErrorAccessDenied")


def test_a_draft_of_an_answer_is_changed_and_sent_and_keeps_its_immutable_id(stand: Stand) -> None:
    stand.mail(DANA.address, CLEO.address, "Cups", "Blue ones?")
    token = stand.token(CLEO, scopes.MAIL_WRITE, scopes.MAIL_SEND)
    got = stand.newest()
    made = stand.graph("POST", f"/me/messages/{got['id']}/createReply", token=token, body={"comment": "Hm"})
    assert made.status_code == 201
    draft = made.json()
    assert (draft["isDraft"], draft["conversationId"]) == (True, got["conversationId"])
    assert not {"from", "sender"} & set(draft)
    path = f"/me/messages/{draft['id']}"
    changed = stand.graph("PATCH", path, token=token, body={"body": html("<p>Yes</p>")}).json()
    assert (changed["id"], changed["subject"]) == (draft["id"], "RE: Cups")
    file = {"@odata.type": "#microsoft.graph.fileAttachment", "name": "a.txt", "contentBytes": "ZmlsZQ=="}
    assert stand.graph("POST", path + "/attachments", token=token, body=file).json()["name"] == "a.txt"
    assert sent_to(stand, DANA) == []
    assert stand.graph("POST", path + "/send", token=token).status_code == 202
    assert stand.refused("POST", path + "/send", token=token) == (404, "ErrorItemNotFound")
    sent = stand.get(path)
    assert (sent["isDraft"], sent["parentFolderId"]) == (
        False,
        stand.get("/me/mailFolders/sentitems")["id"],
    )
    arrived = sent_to(stand, DANA)[0]
    assert (arrived.subject, len(sent_to(stand, DANA))) == ("RE: Cups", 1)
    assert arrived.message_id == draft["internetMessageId"]
    assert b"a.txt" in arrived.bytes()


def test_a_plain_id_of_a_draft_is_gone_once_it_is_sent(stand: Stand) -> None:
    token = stand.token(CLEO, scopes.MAIL_WRITE, scopes.MAIL_SEND)
    body = {"subject": "Cups", "toRecipients": TO_DANA}
    draft = stand.graph("POST", "/me/messages", token=token, prefer="", body=body).json()
    path = f"/me/messages/{draft['id']}"
    assert stand.graph("POST", path + "/send", token=token, prefer="").status_code == 202
    assert stand.refused("GET", path, prefer="") == (404, "ErrorItemNotFound")


def test_mail_that_came_in_cannot_be_rewritten(stand: Stand) -> None:
    stand.mail(DANA.address, CLEO.address, "Cups")
    token = stand.token(CLEO, scopes.MAIL_WRITE)
    path = f"/me/messages/{stand.newest()['id']}"
    refused = stand.refused("PATCH", path, token=token, body={"subject": "Plates"})
    assert refused == (400, "ErrorInvalidPropertySet")
    assert stand.graph("PATCH", path, token=token, body={"isRead": True}).json()["isRead"] is True
    assert stand.newest()["isRead"] is True
