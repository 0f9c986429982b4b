"""Graph's JSON into neutral messages, whatever is in it."""

import json
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from providers.content.notes import Invitation
from providers.content.reading import read_message
from providers.microsoft.convert import CLOUD_LINK, is_kept, message_of, plain, takes_part, thread_of
from providers.microsoft.folders import Folders

ANN, DANA = "ann@northwind.example", "dana@partner.example"
FOLDERS = Folders("sent-id", frozenset({"trash-id", "junk-id"}))


def person(address: str, name: str = "") -> dict[str, Any]:
    return {"emailAddress": {"address": address, "name": name or address}}


def graph_message(**changes: Any) -> dict[str, Any]:
    return {
        "id": "m1",
        "conversationId": "c1",
        "internetMessageId": "<1@partner.example>",
        "subject": "Lunch",
        "from": person(DANA, "Dana Reyes"),
        "toRecipients": [person(ANN)],
        "receivedDateTime": "2026-11-20T11:00:00Z",
        "parentFolderId": "inbox-id",
        "body": {"contentType": "html", "content": "<p>Hello</p>"},
        "internetMessageHeaders": [
            {"name": "Received", "value": "by mail.example"},
            {"name": "List-Id", "value": "<a.example>"},
            {"name": "References", "value": "<a@x> <b@x>"},
            {"name": "X-MS-Exchange-Organization-SCL", "value": "1"},
        ],
        **changes,
    }


def read(**changes: Any) -> Any:
    return message_of(graph_message(**changes), FOLDERS, ANN)


def test_people_dates_and_ancestors_are_read() -> None:
    message = read()
    assert (message.sender.address, message.sender.name) == (DANA, "Dana Reyes")
    assert message.to[0].name == "" and message.date == datetime(2026, 11, 20, 11, tzinfo=UTC)
    assert message.references == ("<a@x>", "<b@x>") and message.message_id == "<1@partner.example>"
    assert message.html == "<p>Hello</p>" and message.text == "Hello"


def test_headers_that_tell_machines_from_people_are_kept() -> None:
    assert set(read().headers) == {"list-id", "references"}
    kept = [{"name": "X-MS-Exchange-Generated-Message-Source", "value": "Mailbox Rules Agent"}]
    assert "x-ms-exchange-generated-message-source" in read(internetMessageHeaders=kept).headers


def test_what_lies_in_sent_items_was_sent_and_a_claim_in_from_says_nothing() -> None:
    assert read(parentFolderId="sent-id").outgoing
    assert not read().outgoing
    assert not read(**{"from": person(ANN)}).outgoing, "somebody wrote our address into From"


def test_what_was_sent_and_then_filed_elsewhere_is_still_outgoing() -> None:
    assert read(**{"from": person(ANN)}, internetMessageHeaders=None, parentFolderId="clients-id").outgoing
    assert not read(internetMessageHeaders=None, parentFolderId="clients-id").outgoing


def test_ancestors_of_sent_mail_come_from_its_properties() -> None:
    held = [{"id": "String 0x1039", "value": "<a@x> <b@x>"}, {"id": "String 0x1042", "value": "<b@x>"}]
    sent = read(internetMessageHeaders=None, singleValueExtendedProperties=held)
    assert sent.references == ("<a@x>", "<b@x>")
    assert read(internetMessageHeaders=None, singleValueExtendedProperties=held[1:]).references == ("<b@x>",)


def test_drafts_deleted_junk_and_chats_are_left_out() -> None:
    assert is_kept(graph_message(), FOLDERS)
    assert not is_kept(graph_message(isDraft=True), FOLDERS)
    assert not is_kept(graph_message(parentFolderId="trash-id"), FOLDERS)
    assert not is_kept(graph_message(parentFolderId="junk-id"), FOLDERS)
    chat = [{"id": "String 0x001a", "value": "IPM.SkypeTeams.Message"}]
    assert not is_kept(graph_message(singleValueExtendedProperties=chat), FOLDERS)


def test_taking_part_is_decided_by_whole_addresses() -> None:
    assert takes_part(graph_message(), [DANA])
    assert not takes_part(graph_message(), ["ana@partner.example"])
    named = graph_message(**{"from": person("x@y.example", DANA)})
    assert not takes_part(named, [DANA]), "a name is no address"
    assert takes_part(
        graph_message(ccRecipients=[person("Eve@Elsewhere.example")]), ["eve@elsewhere.example"]
    )


def test_files_messages_and_links_are_told_apart() -> None:
    attachments = [
        {
            "@odata.type": "#microsoft.graph.fileAttachment",
            "id": "a1",
            "name": "logo.png",
            "contentType": "image/png",
            "size": 10,
            "isInline": True,
            "contentId": "<logo@x>",
        },
        {"@odata.type": "#microsoft.graph.itemAttachment", "id": "a2", "name": "Fwd", "size": 5},
        {"@odata.type": "#microsoft.graph.referenceAttachment", "id": "a3", "name": "plan.docx"},
    ]
    logo, item, link = read(attachments=attachments).attachments
    assert (logo.inline, logo.content_id, logo.type, logo.size) == (True, "logo@x", "image/png", 10)
    assert item.type == "message/rfc822" and link.type == CLOUD_LINK and not link.inline


def test_a_message_in_plain_text_has_no_html() -> None:
    message = read(body={"contentType": "text", "content": "Hello"})
    assert message.html is None and message.text == "Hello"


def test_html_becomes_words_line_for_line() -> None:
    assert plain("<style>p{}</style><p>One<br>two &amp; three</p><script>x()</script>") == "One\ntwo & three"
    assert plain("") == "" and plain("<") == "<"


def test_a_meeting_is_shown_as_what_it_is() -> None:
    message = read(
        **{"@odata.type": "#microsoft.graph.eventMessageRequest"},
        subject="Planning, again; now",
        meetingMessageType="meetingRequest",
        startDateTime={"dateTime": "2026-12-01T14:00:00.0000000", "timeZone": "UTC"},
        endDateTime={"dateTime": "2026-12-01T15:00:00.0000000", "timeZone": "UTC"},
        location={"displayName": "Room 5\nEND:VEVENT"},
    )
    assert message.kind == "meeting"
    (note,) = [one for one in read_message(message).notes if isinstance(one, Invitation)]
    assert (note.method, note.what, note.where) == ("REQUEST", "Planning, again; now", "Room 5 END:VEVENT")
    assert note.start == datetime(2026, 12, 1, 14, tzinfo=UTC)
    assert note.organizer is not None and note.organizer.address == DANA


def test_an_answer_to_a_meeting_says_which() -> None:
    message = read(
        **{"@odata.type": "#microsoft.graph.eventMessageResponse"}, meetingMessageType="meetingDeclined"
    )
    (note,) = [one for one in read_message(message).notes if isinstance(one, Invitation)]
    assert (note.method, note.answer) == ("REPLY", "DECLINED")


def test_a_conversation_is_told_oldest_first_without_what_was_thrown_away() -> None:
    late = graph_message(
        id="m2", receivedDateTime="2026-11-20T12:00:00Z", webLink="https://outlook.example/2"
    )
    gone = graph_message(id="m3", parentFolderId="trash-id")
    thread = thread_of("c1", [late, gone, graph_message(), late], FOLDERS, ANN)
    assert [one.id for one in thread.messages] == ["m1", "m2"]
    assert thread.link == "https://outlook.example/2"
    assert thread_of("c1", [graph_message(), late], FOLDERS, ANN).version == thread.version
    assert thread_of("c1", [graph_message()], FOLDERS, ANN).version != thread.version
    assert thread_of("c1", [gone], FOLDERS, ANN).messages == ()


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.dictionaries(st.sampled_from([*graph_message(), "attachments", "uniqueBody", "isDraft"]), _ANYTHING)
)
def test_no_answer_is_too_damaged_to_be_read(damage: dict[str, Any]) -> None:
    raw = json.loads(json.dumps({**graph_message(), **damage}))
    thread_of("c1", [raw], FOLDERS, ANN)
    takes_part(raw, [DANA])


def test_whoever_wrote_an_attached_message_is_named_as_it_says() -> None:
    item = {
        "@odata.type": "#microsoft.graph.message",
        "subject": "Prices",
        "from": {"emailAddress": {"name": 'Zoë "Z" Holm\nTo: x', "address": "zoë@ü.example"}},
        "body": {"contentType": "text", "content": "Oak 12"},
    }
    attached = {"@odata.type": "#microsoft.graph.itemAttachment", "id": "a1", "name": "Prices", "size": 5}
    (part,) = read(attachments=[{**attached, "item": item}]).parts
    assert part.text == 'From: "Zoë \\"Z\\" Holm To: x" <zoë@ü.example>\nSubject: Prices'
    assert (part.enclosed_html, part.enclosed_text) == (None, "Oak 12")
