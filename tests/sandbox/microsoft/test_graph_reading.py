"""Reading mail over Graph: lists, messages, bodies, attachments, folders, ids."""

import base64
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest

from sandbox.mail.raw import RawMessage
from sandbox.microsoft import scopes
from tests.sandbox.microsoft.shape import check, needs_metadata
from tests.sandbox.microsoft.stand import ASKED, CLEO, DANA, EVE, HOME, IMMUTABLE, Stand, letter

QUOTED = '<p>New words</p><div class="gmail_quote"><blockquote>Old words</blockquote></div>'
INVITATION = """BEGIN:VCALENDAR\r
METHOD:REQUEST\r
BEGIN:VEVENT\r
DTSTART:20261201T090000Z\r
DTEND:20261201T100000Z\r
LOCATION:Room 4\r
END:VEVENT\r
END:VCALENDAR\r
"""


def subjects(page: dict[str, Any]) -> list[str]:
    return [one["subject"] for one in page["value"]]


def invitation(method: str = "REQUEST") -> EmailMessage:
    message = letter("dana@partner.example", "cleo@northwind.example", "Invitation")
    message["Message-ID"] = f"<{method}@partner.example>"
    text = INVITATION.replace("REQUEST", method)
    if method == "REPLY":
        text = text.replace("LOCATION", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:dana@partner.example\r\nLOCATION")
    message.add_alternative(text, subtype="calendar", params={"method": method})
    return message


def with_files() -> EmailMessage:
    inner = letter("eve@elsewhere.example", "dana@partner.example", "Inner", "Inside")
    message = letter("dana@partner.example", "cleo@northwind.example", "Files", "See the files")
    message["Message-ID"] = "<files@partner.example>"
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="offer.pdf")
    message.add_attachment(inner)
    return message


def test_a_list_has_ten_messages_newest_first_and_a_link_to_the_next(stand: Stand) -> None:
    for number in range(12):
        stand.mail("dana@partner.example", CLEO.address, f"Mail {number}", ago=timedelta(hours=number))
    page = stand.get("/me/messages")
    assert subjects(page) == [f"Mail {number}" for number in range(10)]
    rest = stand.get(page["@odata.nextLink"])
    assert subjects(rest) == ["Mail 10", "Mail 11"]
    assert "@odata.nextLink" not in rest
    assert stand.refused("GET", page["@odata.nextLink"] + "x") == (400, "BadRequest")


@pytest.mark.parametrize("top", ["0", "1001", "many", "-1"])
def test_a_page_has_one_to_a_thousand_messages(stand: Stand, top: str) -> None:
    assert stand.refused("GET", "/me/messages", top=top) == (400, "BadRequest")
    assert stand.get("/me/messages", top="1000")["value"] == []


@needs_metadata
def test_every_answer_is_what_the_metadata_says(stand: Stand) -> None:
    stand.mail("dana@partner.example", CLEO.address, "Plain", Reply_To="Dana <reply@partner.example>")
    stand.mail(CLEO.address, "dana@partner.example", "Sent", html=QUOTED)
    for message in (invitation(), invitation("CANCEL"), invitation("REPLY"), with_files()):
        stand.world.send(message.as_bytes(), at=stand.clock.now())
    stand.microsoft.attach_reference(CLEO, "<files@partner.example>", "plan.docx", "https://drive.example/1")
    for one in stand.get("/me/messages", expand="attachments")["value"]:
        check(one, "message")
        wanted = "uniqueBody,internetMessageHeaders,subject"
        check(stand.get(f"/me/messages/{one['id']}", select=wanted), "message")
    for folder in stand.get("/me/mailFolders", top="20")["value"]:
        check(folder, "mailFolder")


def test_invitations_answers_and_cancellations_have_types_of_their_own(stand: Stand) -> None:
    for method in ("REQUEST", "CANCEL", "REPLY"):
        stand.world.send(invitation(method).as_bytes(), at=stand.clock.now())
    found = {one["internetMessageId"]: one for one in stand.get("/me/messages")["value"]}
    told = {
        key: (one["@odata.type"].rpartition(".")[2], one["meetingMessageType"]) for key, one in found.items()
    }
    assert told == {
        "<REQUEST@partner.example>": ("eventMessageRequest", "meetingRequest"),
        "<CANCEL@partner.example>": ("eventMessage", "meetingCancelled"),
        "<REPLY@partner.example>": ("eventMessageResponse", "meetingAccepted"),
    }
    request = found["<REQUEST@partner.example>"]
    assert request["startDateTime"] == {"dateTime": "2026-12-01T09:00:00.0000000", "timeZone": "UTC"}
    assert request["location"]["displayName"] == "Room 4"
    assert request["hasAttachments"] is False
    select = "subject,microsoft.graph.eventMessage/meetingMessageType"
    assert stand.newest(select=select)["meetingMessageType"]
    refused = stand.refused("GET", "/me/messages", select="meetingMessageType")
    assert refused == (400, "RequestBroker--ParseUri")


def test_what_is_selected_comes_and_nothing_else(stand: Stand) -> None:
    stand.mail("dana@partner.example", CLEO.address, "Plain")
    assert set(stand.newest(select="subject,isDraft")) == {"@odata.etag", "id", "subject", "isDraft"}
    whole = stand.newest()
    assert "uniqueBody" not in whole
    assert "internetMessageHeaders" not in whole
    assert stand.refused("GET", "/me/messages", select="subjekt") == (400, "RequestBroker--ParseUri")


def test_headers_come_with_select_and_never_of_sent_items(stand: Stand) -> None:
    stand.mail("dana@partner.example", CLEO.address, "In", List_Id="<list.partner.example>")
    stand.mail(CLEO.address, "dana@partner.example", "Out")
    headers = stand.newest(select="internetMessageHeaders")["internetMessageHeaders"]
    names = [one["name"] for one in headers]
    assert {"Received", "List-Id", "Message-ID"} <= set(names)
    assert "internetMessageHeaders" not in stand.newest(folder="sentitems", select="internetMessageHeaders")


def test_bodies_are_html_unless_text_is_preferred(stand: Stand) -> None:
    stand.mail("dana@partner.example", CLEO.address, "Both", "As text", html="<p>As HTML</p>")
    stand.mail("dana@partner.example", CLEO.address, "Plain", "Only <text>", ago=timedelta(hours=1))
    both, plain = stand.get("/me/messages", prefer="")["value"]
    assert both["body"] == {"contentType": "html", "content": "<p>As HTML</p>\n"}
    assert (plain["body"]["contentType"], "Only &lt;text&gt;" in plain["body"]["content"]) == ("html", True)
    answer = stand.graph("GET", "/me/messages", prefer='outlook.body-content-type="text"')
    assert answer.json()["value"][0]["body"] == {"contentType": "text", "content": "As text\r\n"}
    assert 'outlook.body-content-type="text"' in answer.headers["Preference-Applied"]


def test_the_unique_body_leaves_quotes_out(stand: Stand) -> None:
    stand.mail("dana@partner.example", CLEO.address, "Re: it", "New words\n\n> Old words", html=QUOTED)
    unique = stand.newest(select="uniqueBody,body")
    assert "New words" in unique["uniqueBody"]["content"]
    assert "Old words" not in unique["uniqueBody"]["content"]
    assert "Old words" in unique["body"]["content"]
    text = stand.newest(select="uniqueBody", prefer=f'{IMMUTABLE}, outlook.body-content-type="text"')
    assert text["uniqueBody"]["content"] == "New words"


def test_scripts_are_taken_out_of_bodies(stand: Stand) -> None:
    stand.mail("dana@partner.example", CLEO.address, "Bad", html="<p>Hi</p><script>alert(1)</script>")
    assert "script" not in stand.newest()["body"]["content"]


def test_files_messages_and_links_are_attachments_of_three_kinds(stand: Stand) -> None:
    stand.world.send(with_files().as_bytes(), at=stand.clock.now())
    stand.microsoft.attach_reference(CLEO, "<files@partner.example>", "plan.docx", "https://drive.example/1")
    message = stand.newest()
    assert message["hasAttachments"] is True
    path = f"/me/messages/{message['id']}/attachments"
    found = {one["@odata.type"].rpartition(".")[2]: one for one in stand.get(path)["value"]}
    assert set(found) == {"fileAttachment", "itemAttachment", "referenceAttachment"}
    file = found["fileAttachment"]
    assert (file["name"], base64.b64decode(file["contentBytes"])) == ("offer.pdf", b"%PDF-1.7")
    assert stand.graph("GET", f"{path}/{file['id']}/$value").content == b"%PDF-1.7"
    item = stand.get(f"{path}/{found['itemAttachment']['id']}", expand="microsoft.graph.itemAttachment/item")
    assert item["item"]["subject"] == "Inner"
    assert stand.graph("GET", f"{path}/{found['itemAttachment']['id']}/$value").content.startswith(
        b"From: eve"
    )
    link = f"{path}/{found['referenceAttachment']['id']}/$value"
    assert stand.refused("GET", link) == (405, "ErrorInvalidRequest")
    small = stand.get(path, select="id,name,size")["value"]
    assert all("contentBytes" not in one for one in small)
    assert stand.refused("GET", path + "/nonsense") == (400, "ErrorInvalidIdMalformed")


def test_a_picture_in_the_text_is_inline_and_no_attachment_to_speak_of(stand: Stand) -> None:
    message = letter("dana@partner.example", CLEO.address, "Picture")
    message.set_content('<img src="cid:pic">', subtype="html")
    message.add_related(b"PNG", maintype="image", subtype="png", cid="<pic>", disposition="inline")
    stand.world.send(message.as_bytes(), at=stand.clock.now())
    found = stand.newest(expand="attachments($select=id,name,contentId,isInline)")
    assert found["hasAttachments"] is False
    assert [(one["isInline"], one["contentId"]) for one in found["attachments"]] == [(True, "pic")]


def test_the_whole_message_can_be_read_as_it_came(stand: Stand) -> None:
    message_id = stand.mail("dana@partner.example", CLEO.address, "Plain")
    answer = stand.graph("GET", f"/me/messages/{stand.newest()['id']}/$value")
    assert RawMessage(answer.content).message_id == message_id
    assert answer.content.startswith(b"Delivered-To: cleo@northwind.example\r\n")


def test_plain_ids_change_with_a_move_and_immutable_ones_do_not(stand: Stand) -> None:
    stand.mail("dana@partner.example", CLEO.address, "Moving")
    token = stand.token(CLEO, *ASKED, scopes.MAIL_WRITE)
    plain, kept = stand.newest(prefer="")["id"], stand.newest()["id"]
    body = {"destinationId": "archive"}
    moved = stand.graph("POST", f"/me/messages/{plain}/move", token=token, prefer="", body=body)
    assert moved.status_code == 201
    assert moved.json()["id"] != plain
    assert stand.refused("GET", f"/me/messages/{plain}", prefer="") == (404, "ErrorItemNotFound")
    assert stand.get(f"/me/messages/{moved.json()['id']}", prefer="")["subject"] == "Moving"
    archive = stand.get("/me/mailFolders/archive")["id"]
    assert stand.get(f"/me/messages/{kept}")["parentFolderId"] == archive


def test_an_id_is_read_only_the_way_it_was_given(stand: Stand) -> None:
    stand.mail("dana@partner.example", CLEO.address, "Plain")
    plain, kept = stand.newest(prefer="")["id"], stand.newest()["id"]
    assert stand.refused("GET", f"/me/messages/{kept}", prefer="") == (400, "ErrorInvalidIdMalformed")
    assert stand.refused("GET", f"/me/messages/{plain}") == (400, "ErrorInvalidIdMalformed")
    assert stand.refused("GET", f"/me/messages/{kept.swapcase()}") == (400, "ErrorInvalidIdMalformed")
    assert stand.refused("GET", f"/me/messages/{kept}", person=HOME) == (404, "ErrorItemNotFound")


def test_folders_have_names_that_every_mailbox_knows(stand: Stand) -> None:
    stand.mail("dana@partner.example", CLEO.address, "In")
    stand.mail(CLEO.address, "dana@partner.example", "Out")
    inbox = stand.get("/me/mailFolders/inbox")
    assert (inbox["displayName"], inbox["totalItemCount"], inbox["unreadItemCount"]) == ("Inbox", 1, 1)
    assert subjects(stand.get(f"/me/mailFolders/{inbox['id']}/messages")) == ["In"]
    assert subjects(stand.get("/me/mailFolders/SentItems/messages")) == ["Out"]
    names = [one["displayName"] for one in stand.get("/me/mailFolders", top="50")["value"]]
    assert "TeamsMessagesData" not in names
    assert stand.refused("GET", "/me/mailFolders/nowhere") == (400, "ErrorInvalidIdMalformed")


def test_the_whole_mailbox_holds_drafts_deleted_mail_and_chat(stand: Stand) -> None:
    token = stand.token(CLEO, scopes.MAIL_WRITE)
    stand.graph("POST", "/me/messages", token=token, body={"subject": "Draft"})
    stand.mail("dana@partner.example", CLEO.address, "Gone", ago=timedelta(hours=1))
    gone = stand.newest()["id"]
    assert stand.graph("DELETE", f"/me/messages/{gone}", token=token).status_code == 204
    stand.microsoft.chat(CLEO, DANA, "Chat words")
    found = {one["bodyPreview"] or one["subject"]: one for one in stand.get("/me/messages")["value"]}
    assert set(found) == {"Draft", "Hello", "Chat words"}
    assert found["Draft"]["isDraft"] is True
    shown = {one["id"] for one in stand.get("/me/mailFolders", top="50")["value"]}
    assert found["Chat words"]["parentFolderId"] not in shown
    assert found["Hello"]["parentFolderId"] == stand.get("/me/mailFolders/deleteditems")["id"]


def test_what_one_sends_to_oneself_is_two_items_of_one_conversation(stand: Stand) -> None:
    stand.mail(CLEO.address, CLEO.address, "Note")
    found = stand.get("/me/messages")["value"]
    assert len(found) == 2
    assert len({one["parentFolderId"] for one in found}) == 2
    assert len({one["conversationId"] for one in found}) == 1
    assert [stand.get(f"/me/messages/{one['id']}")["parentFolderId"] for one in found] == [
        one["parentFolderId"] for one in found
    ]


def test_the_person_has_an_address_and_maybe_proxies(stand: Stand) -> None:
    me = stand.get("/me")
    assert (me["mail"], me["userPrincipalName"]) == (CLEO.address, CLEO.address)
    assert "proxyAddresses" not in me
    proxies = stand.get("/me", select="proxyAddresses")["proxyAddresses"]
    assert proxies == ["SMTP:cleo@northwind.example", "smtp:sales@northwind.example"]
    stand.microsoft.without_mail_property(HOME)
    home = stand.get("/me", person=HOME, select="mail,userPrincipalName")
    assert (home["mail"], home["userPrincipalName"]) == (None, HOME.address)
    assert stand.refused("GET", "/me", select="shoeSize") == (400, "RequestBroker--ParseUri")


def test_conversations_are_each_mailboxs_own(stand: Stand) -> None:
    first = stand.mail(HOME.address, CLEO.address, "Talk")
    stand.mail(CLEO.address, HOME.address, "Re: Talk", answers=first)
    stand.mail(EVE.address, CLEO.address, "Talk", ago=timedelta(hours=1))
    mine = stand.get("/me/messages", select="conversationId,from")["value"]
    theirs = stand.get("/me/messages", person=HOME, select="conversationId")["value"]
    assert len({one["conversationId"] for one in mine}) == 2
    assert len({one["conversationId"] for one in theirs}) == 1
    assert not {one["conversationId"] for one in mine} & {one["conversationId"] for one in theirs}
