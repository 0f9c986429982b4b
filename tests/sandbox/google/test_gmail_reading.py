"""Reading with the real client: lists, threads, messages, attachments, masks, scopes."""

import base64
from datetime import timedelta
from email.message import EmailMessage

import pytest

from tests.sandbox.google.shape import check
from tests.sandbox.google.stand import ANN, BEN, DANA, Stand, letter, refused


def conversation(stand: Stand) -> None:
    first = stand.mail("Dana Reyes <dana@partner.example>", ANN.address, "Prices", ago=timedelta(days=2))
    stand.mail(
        ANN.address, DANA.address, "Re: Prices", "Here & <there>", ago=timedelta(days=1), answers=first
    )
    stand.mail(DANA.address, ANN.address, "Lunch", ago=timedelta(hours=3))


def test_a_list_names_threads_newest_first_and_nothing_of_their_messages(stand: Stand) -> None:
    conversation(stand)
    answer = stand.gmail().users().threads().list(userId="me", q="from:dana@partner.example").execute()
    check(answer, "ListThreadsResponse")
    assert answer["resultSizeEstimate"] == 2
    assert "nextPageToken" not in answer
    assert all(set(one) == {"id", "snippet", "historyId"} for one in answer["threads"])


def test_an_empty_list_has_no_threads_at_all(stand: Stand) -> None:
    answer = stand.gmail().users().threads().list(userId="me", q="from:nobody@x.example").execute()
    assert answer == {"resultSizeEstimate": 0}


def test_a_thread_holds_both_sides_and_its_history_id_grows(stand: Stand) -> None:
    conversation(stand)
    threads = stand.gmail().users().threads()
    listed = threads.list(userId="me", q="subject:prices").execute()["threads"]
    assert len(listed) == 1
    thread = threads.get(userId="me", id=listed[0]["id"]).execute()
    check(thread, "Thread")
    first, second = thread["messages"]
    assert first["labelIds"] == ["INBOX", "UNREAD"]
    assert second["labelIds"] == ["SENT"]
    assert second["snippet"] == "Here &amp; &lt;there&gt;"
    assert int(second["internalDate"]) - int(first["internalDate"]) == 24 * 3600 * 1000
    assert thread["historyId"] == second["historyId"] == listed[0]["historyId"]
    stand.world.mailbox(ANN.address).relabel(first["id"], remove=["UNREAD"])
    again = threads.get(userId="me", id=thread["id"], fields="historyId").execute()
    assert int(again["historyId"]) > int(thread["historyId"])


def test_the_other_side_has_other_ids(stand: Stand) -> None:
    stand.mail(BEN.address, ANN.address, "Hi")
    mine = stand.gmail(ANN).users().messages().list(userId="me").execute()["messages"]
    theirs = stand.gmail(BEN).users().messages().list(userId="me").execute()["messages"]
    assert {one["id"] for one in mine} & {one["id"] for one in theirs} == set()


@pytest.mark.parametrize("form", ["full", "metadata", "minimal", "raw"])
def test_every_format_has_the_shape_of_the_discovery_document(stand: Stand, form: str) -> None:
    conversation(stand)
    messages = stand.gmail().users().messages()
    found = messages.list(userId="me", q="lunch").execute()["messages"][0]["id"]
    message = messages.get(userId="me", id=found, format=form).execute()
    check(message, "Message")
    assert ("payload" in message) == (form in ("full", "metadata"))
    assert ("raw" in message) == (form == "raw")


def test_chosen_headers_come_in_their_original_case(stand: Stand) -> None:
    message = letter(DANA.address, ANN.address, "Hello", X_Odd_Name="1")
    message["message-ID"] = "<odd@x.example>"
    stand.world.send(message.as_bytes())
    messages = stand.gmail().users().messages()
    found = messages.list(userId="me").execute()["messages"][0]["id"]
    got = messages.get(
        userId="me", id=found, format="metadata", metadataHeaders=["x-odd-name", "Message-Id"]
    ).execute()
    assert [one["name"] for one in got["payload"]["headers"]] == ["X-Odd-Name", "message-ID"]


def test_received_mail_shows_the_way_it_came(stand: Stand) -> None:
    stand.mail(DANA.address, "sales@northwind.example", "To sales")
    messages = stand.gmail().users().messages()
    found = messages.list(userId="me").execute()["messages"][0]["id"]
    headers = messages.get(userId="me", id=found).execute()["payload"]["headers"]
    assert {"name": "Delivered-To", "value": "sales@northwind.example"} in headers


def with_files() -> EmailMessage:
    message = letter(DANA.address, ANN.address, "Files", "the plain one")
    message.add_alternative("<p>the <b>rich</b> one</p>", subtype="html")
    message.add_attachment(b"%PDF-1.4 " * 50, maintype="application", subtype="pdf", filename="offer.pdf")
    return message


def test_parts_are_numbered_and_files_wait_behind_an_id_that_changes(stand: Stand) -> None:
    stand.world.send(with_files().as_bytes())
    messages = stand.gmail().users().messages()
    found = messages.list(userId="me", q="has:attachment filename:offer.pdf").execute()["messages"][0]["id"]
    one = messages.get(userId="me", id=found).execute()
    two = messages.get(userId="me", id=found).execute()
    check(one, "Message")
    root = one["payload"]
    assert (root["partId"], root["mimeType"]) == ("", "multipart/mixed")
    alternative, pdf = root["parts"]
    assert [part["partId"] for part in alternative["parts"]] == ["0.0", "0.1"]
    assert (pdf["partId"], pdf["filename"], pdf["body"]["size"]) == ("1", "offer.pdf", 450)
    assert "data" not in pdf["body"]
    first, second = pdf["body"]["attachmentId"], two["payload"]["parts"][1]["body"]["attachmentId"]
    assert first != second
    for attachment_id in (first, second):
        got = messages.attachments().get(userId="me", messageId=found, id=attachment_id).execute()
        check(got, "MessagePartBody")
        padded = got["data"] + "=" * (-len(got["data"]) % 4)
        assert base64.urlsafe_b64decode(padded) == b"%PDF-1.4 " * 50


def test_an_attachment_id_opens_nothing_of_another_message(stand: Stand) -> None:
    stand.world.send(with_files().as_bytes())
    stand.mail(DANA.address, ANN.address, "Other")
    messages = stand.gmail().users().messages()
    files = messages.list(userId="me", q="subject:files").execute()["messages"][0]["id"]
    other = messages.list(userId="me", q="subject:other").execute()["messages"][0]["id"]
    held = messages.get(userId="me", id=files).execute()["payload"]["parts"][1]["body"]["attachmentId"]
    assert refused(messages.attachments().get(userId="me", messageId=other, id=held)) == (
        400,
        "invalidArgument",
    )
    assert refused(messages.attachments().get(userId="me", messageId=files, id="AAAA"))[0] == 400


def test_a_long_text_waits_behind_an_id_too(stand: Stand) -> None:
    stand.google.limits.inline_text = 1_000
    stand.mail(DANA.address, ANN.address, "Long", "line\n" * 400)
    messages = stand.gmail().users().messages()
    found = messages.list(userId="me").execute()["messages"][0]["id"]
    body = messages.get(userId="me", id=found).execute()["payload"]["body"]
    assert set(body) == {"size", "attachmentId"}


def test_text_comes_in_utf8_whatever_its_charset_says(stand: Stand) -> None:
    sent = (
        b"From: dana@partner.example\r\nTo: ann@northwind.example\r\nSubject: =?iso-8859-1?q?Gr=FC=DFe?=\r\n"
        b"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=iso-8859-1\r\n"
        b"Content-Transfer-Encoding: 8bit\r\n\r\nGr\xfc\xdfe\r\n"
    )
    stand.world.send(sent)
    messages = stand.gmail().users().messages()
    found = messages.list(userId="me", q="grüße").execute()["messages"][0]["id"]
    payload = messages.get(userId="me", id=found).execute()["payload"]
    data = payload["body"]["data"]
    assert base64.urlsafe_b64decode(data + "=" * (-len(data) % 4)).decode().strip() == "Grüße"
    assert {"name": "Subject", "value": "=?iso-8859-1?q?Gr=FC=DFe?="} in payload["headers"]


def test_a_mask_keeps_what_it_names(stand: Stand) -> None:
    conversation(stand)
    threads = stand.gmail().users().threads()
    listed = threads.list(userId="me", fields="threads(id,historyId),nextPageToken").execute()
    assert {key for one in listed["threads"] for key in one} == {"id", "historyId"}
    assert "resultSizeEstimate" not in listed
    mask = "id,messages(id,internalDate,payload/headers)"
    thread = threads.get(userId="me", id=listed["threads"][0]["id"], fields=mask).execute()
    assert set(thread) == {"id", "messages"}
    assert set(thread["messages"][0]) == {"id", "internalDate", "payload"}
    assert set(thread["messages"][0]["payload"]) == {"headers"}


@pytest.mark.parametrize("mask", ["nonsense", "threads(id", "threads/id/below", "threads(id))", "threads,,"])
def test_a_mask_that_names_nothing_is_refused(stand: Stand, mask: str) -> None:
    request = stand.gmail().users().threads().list(userId="me", fields=mask)
    assert refused(request)[0] == 400


def test_pages_follow_each_other_without_gap_or_repetition(stand: Stand) -> None:
    for number in range(7):
        stand.mail(DANA.address, ANN.address, f"Number {number}", ago=timedelta(hours=number))
    threads = stand.gmail().users().threads()
    seen: list[str] = []
    request = threads.list(userId="me", q="from:dana", maxResults=3)
    sizes = []
    while request is not None:
        page = request.execute()
        sizes.append(len(page["threads"]))
        seen += [one["id"] for one in page["threads"]]
        request = threads.list_next(request, page)
    assert sizes == [3, 3, 1]
    assert len(set(seen)) == 7


def test_a_page_token_belongs_to_its_own_list(stand: Stand) -> None:
    for number in range(3):
        stand.mail(DANA.address, ANN.address, f"Number {number}")
    threads = stand.gmail().users().threads()
    token = threads.list(userId="me", q="number", maxResults=1).execute()["nextPageToken"]
    assert refused(threads.list(userId="me", q="from:dana", pageToken=token)) == (400, "invalidArgument")
    assert refused(threads.list(userId="me", pageToken="12"))[0] == 400


def test_a_long_query_sent_as_a_post_is_still_a_get(stand: Stand) -> None:
    conversation(stand)
    query = "from:dana@partner.example " + " ".join(f"-from:nobody{n}@x.example" for n in range(120))
    answer = stand.gmail().users().threads().list(userId="me", q=query).execute()
    assert answer["resultSizeEstimate"] == 2
    assert stand.faults.calls("google", "^POST /gmail/v1/users/me/threads")


def test_the_profile_counts(stand: Stand) -> None:
    conversation(stand)
    profile = stand.gmail().users().getProfile(userId="me").execute()
    check(profile, "Profile")
    assert (profile["messagesTotal"], profile["threadsTotal"]) == (3, 2)


def test_identities_say_which_may_be_used(stand: Stand) -> None:
    answer = stand.gmail().users().settings().sendAs().list(userId="me").execute()
    check(answer, "ListSendAsResponse")
    primary, sales, foreign = answer["sendAs"]
    assert (primary["isPrimary"], primary["isDefault"]) == (True, True)
    assert "verificationStatus" not in primary
    assert primary["signature"] == "<p>Ann Lee</p>"
    assert (sales["sendAsEmail"], sales["verificationStatus"]) == ("sales@northwind.example", "accepted")
    assert foreign["verificationStatus"] == "pending"


def test_labels_of_the_person_have_numbers(stand: Stand) -> None:
    stand.world.send(
        letter(DANA.address, ANN.address, "VIP mail").as_bytes(), delivered_labels=("INBOX", "VIP")
    )
    users = stand.gmail().users()
    labels = users.labels().list(userId="me").execute()
    check(labels, "ListLabelsResponse")
    mine = [one for one in labels["labels"] if one["type"] == "user"]
    assert mine == [{"id": "Label_1", "name": "VIP", "type": "user"}]
    listed = users.messages().list(userId="me", labelIds=["Label_1"]).execute()
    assert listed["resultSizeEstimate"] == 1
    assert users.messages().list(userId="me", q="label:vip").execute()["resultSizeEstimate"] == 1
    assert refused(users.messages().list(userId="me", labelIds=["Label_9"])) == (400, "invalidArgument")
