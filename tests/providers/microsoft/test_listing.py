"""How Graph is asked: in how few requests, how patiently, and with what left out."""

import threading
from email.message import EmailMessage

import pytest

from providers.content.notes import AttachedMessage
from providers.content.reading import read_message
from providers.errors import NotFound, RateLimited, Refused, Unavailable
from providers.mail import EmailAddress, Thread
from sandbox.faults import Fault, Kind
from tests.providers.contract import ANN, DANA, EVE, list_all, subjects
from tests.providers.microsoft.stage import ANN as ANN_LEE
from tests.providers.microsoft.stage import APP, BATCH, BEN, GRAPH, PRIVATE, SCOPES, MicrosoftStage

INNER = r"GET /me/messages"


def fill(stage: MicrosoftStage, count: int) -> None:
    for number in range(count):
        stage.mail(DANA, ANN, f"Number {number:02}", minutes_ago=number + 1)


def calls(stage: MicrosoftStage, service: str = GRAPH) -> list[str]:
    return [f"{one.method} {one.path}" for one in stage.faults.calls(service)]


def refused(stage: MicrosoftStage) -> int:
    return stage.microsoft.used(ANN_LEE, APP.id).refused


def test_twenty_threads_take_two_requests(stage: MicrosoftStage) -> None:
    fill(stage, 20)
    for kind in ("POST /v1.0/$batch", "GET /v1.0/me/messages"):  # folders are known the second time
        stage.faults.forget_calls()
        page = stage.open().threads_with([DANA], "", 20, None)
        assert len(page.items) == 20 and all(one.unpacked().messages[0].text for one in page.items)
        assert calls(stage) == [kind, "POST /v1.0/$batch"]
    assert len(calls(stage, BATCH)) == 20
    assert stage.pauses == [] and refused(stage) == 0


def test_opening_a_listed_thread_would_bring_nothing_new(stage: MicrosoftStage) -> None:
    first = stage.mail(DANA, ANN, "Offer", minutes_ago=3)
    stage.mail(ANN, DANA, "Re: Offer", minutes_ago=2, answers=first)
    mailbox = stage.open()
    (listed,) = list_all(mailbox, DANA)
    assert all(one.html for one in listed.messages)
    stage.faults.forget_calls()
    assert mailbox.thread(listed.id) == listed
    assert calls(stage) == ["GET /v1.0/me/messages"]


def test_no_more_than_four_are_asked_for_at_once(stage: MicrosoftStage) -> None:
    fill(stage, 20)
    found: list[int] = []

    def read() -> None:
        found.append(len(list_all(stage.open(), DANA)))

    tasks = [threading.Thread(target=read) for _ in range(6)]
    for one in tasks:
        one.start()
    for one in tasks:
        one.join()
    assert found == [20] * 6
    assert refused(stage) == 0 and stage.microsoft.used(ANN_LEE, APP.id).peak <= 4
    assert stage.pauses == []


def test_what_another_process_takes_up_is_waited_for(stage: MicrosoftStage) -> None:
    fill(stage, 3)
    stage.faults.add(Fault(GRAPH, Kind.STATUS, r"\$batch", status=429, retry_after=2))
    assert len(list_all(stage.open(), DANA)) == 3
    assert stage.pauses == [2.0]


def test_items_refused_for_haste_are_asked_for_again_alone(stage: MicrosoftStage) -> None:
    fill(stage, 20)
    mailbox = stage.open()
    list_all(mailbox, DANA)
    stage.faults.add(Fault(BATCH, Kind.STATUS, INNER, times=3, status=429, retry_after=3))
    stage.faults.add(Fault(BATCH, Kind.STATUS, INNER, times=1, status=503))
    stage.faults.forget_calls()
    assert len(list_all(mailbox, DANA)) == 20
    assert stage.pauses == [3.0]
    assert len(calls(stage, BATCH)) == 24, "items that had come were asked for again"


def test_patience_ends_with_what_graph_said(stage: MicrosoftStage) -> None:
    fill(stage, 3)
    stage.faults.add(Fault(BATCH, Kind.STATUS, INNER, times=None, status=429, retry_after=2))
    with pytest.raises(RateLimited):
        list_all(stage.open(), DANA)
    assert stage.pauses == [2.0] * 3


@pytest.mark.parametrize("service", [GRAPH, BATCH])
def test_a_long_wait_is_told_at_once(stage: MicrosoftStage, service: str) -> None:
    fill(stage, 3)
    stage.faults.add(Fault(service, Kind.STATUS, "", times=None, status=429, retry_after=600))
    with pytest.raises(RateLimited) as failure:
        list_all(stage.open(), DANA)
    assert failure.value.retry_after.total_seconds() == 600 and stage.pauses == []


def test_a_search_that_is_throttled_for_a_moment_is_waited_for(stage: MicrosoftStage) -> None:
    fill(stage, 3)
    mailbox = stage.open()
    list_all(mailbox, DANA)
    stage.faults.add(Fault(GRAPH, Kind.STATUS, "GET /v1.0/me/messages", status=503, retry_after=5))
    assert len(list_all(mailbox, DANA)) == 3 and stage.pauses == [5.0]


def test_a_reading_over_a_broken_connection_is_made_once_more(stage: MicrosoftStage) -> None:
    fill(stage, 1)
    mailbox = stage.open()
    (thread,) = list_all(mailbox, DANA)
    stage.faults.add(Fault(GRAPH, Kind.RESET_BEFORE, "GET /v1.0/me/messages"))
    assert mailbox.thread(thread.id) == thread
    stage.faults.add(Fault(GRAPH, Kind.RESET_BEFORE, "GET /v1.0/me/messages", times=None))
    with pytest.raises(Unavailable):
        mailbox.thread(thread.id)


def test_pages_go_on_where_they_ended_while_mail_comes_in(stage: MicrosoftStage) -> None:
    fill(stage, 6)
    mailbox = stage.open()
    first = mailbox.threads_with([DANA], "", 3, None)
    stage.mail(DANA, ANN, "Just now")
    second = mailbox.threads_with([DANA], "", 3, first.cursor)
    assert subjects([*first.items, *second.items]) == [f"Number {n:02}" for n in range(6)]
    assert first.cursor is not None and DANA not in first.cursor and second.cursor is None


def test_conversations_of_many_messages_do_not_hide_the_others(stage: MicrosoftStage) -> None:
    fill(stage, 2)
    for number in range(60):
        stage.mail(DANA, ANN, "Long", f"Part {number}", minutes_ago=0, answers="<root@partner.example>")
    mailbox = stage.open()
    threads = list_all(mailbox, DANA, limit=3)
    assert subjects(threads) == ["Long", "Number 00", "Number 01"]
    assert len(threads[0].messages) == 60, "a conversation comes whole, over several answers"
    assert len(mailbox.thread(threads[0].id).messages) == 60


def test_a_person_with_a_like_name_or_a_longer_address_is_not_listed(stage: MicrosoftStage) -> None:
    stage.mail(EVE, ANN, "About Dana", f"dana partner example, {DANA}")
    body = EmailMessage()
    body.set_content("Hello")
    stage.mail(f'"{DANA}" <{EVE}>', ANN, "Posing", body=body)
    assert list_all(stage.open(), DANA) == []


def test_an_address_that_the_search_does_not_know_is_asked_for_exactly(stage: MicrosoftStage) -> None:
    odd = "dana+offers@partner.example"
    stage.mail(odd, ANN, "With a plus")
    stage.mail("dana.offers@partner.example", ANN, "With a dot")
    stage.microsoft.limits.found = 0  # as if the search knew nothing of it
    assert subjects(list_all(stage.open(), odd)) == ["With a plus"]


def test_chats_of_teams_are_no_mail(stage: MicrosoftStage) -> None:
    first = stage.mail(DANA, ANN, "Mail", minutes_ago=2)
    dana = stage.world.person(DANA)
    assert first and dana is not None
    stage.microsoft.chat(ANN_LEE, dana, "a chat")
    assert subjects(list_all(stage.open(), DANA)) == ["Mail"]


def test_ids_stay_when_mail_is_moved(stage: MicrosoftStage) -> None:
    stage.mail(DANA, ANN, "Offer")
    mailbox = stage.open()
    (before,) = list_all(mailbox, DANA)
    filed = stage.own()[0]
    stage.world.mailbox(ANN).relabel(filed.id, remove=["INBOX"])  # into the archive
    (after,) = list_all(mailbox, DANA)
    assert [one.id for one in after.messages] == [one.id for one in before.messages]


def test_a_thread_with_too_much_text_comes_without_it(stage: MicrosoftStage) -> None:
    stage.mail(DANA, ANN, "Huge", "A line of a very long letter.\n" * 50_000)
    mailbox = stage.open()
    (listed,) = list_all(mailbox, DANA)
    assert listed.messages[0].html is None and listed.messages[0].text is None and listed.messages[0].preview
    assert len(mailbox.thread(listed.id).messages[0].html or "") > 1024 * 1024


def test_an_invitation_is_a_meeting(stage: MicrosoftStage) -> None:
    body = EmailMessage()
    body.set_content("You are invited.")
    calendar = (
        "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nDTSTART:20261201T140000Z\r\nEND:VEVENT\r\n"
    )
    body.add_alternative(calendar + "END:VCALENDAR\r\n", subtype="calendar")
    stage.mail(DANA, ANN, "Planning", body=body)
    (message,) = list_all(stage.open(), DANA)[0].messages
    assert message.kind == "meeting"
    (part,) = message.parts
    assert part.type == "text/calendar; method=REQUEST" and "DTSTART:20261201T140000Z" in part.text


def test_an_attached_message_is_a_file_and_a_link_into_a_cloud_is_none(stage: MicrosoftStage) -> None:
    inside = EmailMessage()
    inside["Subject"], inside["From"] = "Inside", "x@y.example"
    inside.set_content("the inner words")
    body = EmailMessage()
    body.set_content("the outer words")
    body.add_attachment(inside)
    written = stage.mail(DANA, ANN, "Fwd", body=body)
    stage.microsoft.attach_reference(ANN_LEE, written, "plan.docx", "https://cloud.example/plan")
    mailbox = stage.open()
    (thread,) = list_all(mailbox, DANA)
    (message,) = thread.messages
    item, link = message.attachments
    assert item.type == "message/rfc822" and link.name == "plan.docx"
    assert b"the inner words" in b"".join(mailbox.attachment(message.id, item.part).chunks)
    with pytest.raises(Refused):
        mailbox.attachment(message.id, link.part)
    with pytest.raises(NotFound):
        mailbox.attachment(message.id, thread.id)


def test_messages_attached_to_a_mail_without_words_come_with_what_they_say(stage: MicrosoftStage) -> None:
    body = EmailMessage()
    body.set_content("\n")
    for subject, words in (("Über uns", "the inner words"), ("Prices", "<p>Oak <b>12</b></p>")):
        inside = EmailMessage()
        inside["Subject"], inside["From"] = subject, "Zoë Holm <zoe@y.example>"
        inside.set_content(words, subtype="html" if "<" in words else "plain")
        body.add_attachment(inside)
    stage.mail(DANA, ANN, "Fwd: 2 messages", body=body)
    mailbox = stage.open()
    (thread,) = list_all(mailbox, DANA)
    (message,) = thread.unpacked().messages
    reading = read_message(message)
    assert reading.text == "the inner words\n\n---\n\nOak 12"
    zoe = EmailAddress("zoe@y.example", "Zoë Holm")
    assert reading.notes == (AttachedMessage(zoe, "Über uns"), AttachedMessage(zoe, "Prices"))
    assert read_message(mailbox.thread(thread.id).messages[0]) == reading
    stage.faults.add(Fault(BATCH, Kind.STATUS, "/attachments/", times=None, status=503))
    (bare,) = mailbox.thread(thread.id).messages
    assert [file.name for file in bare.attachments] == ["Über uns", "Prices"] and not bare.parts


def test_what_is_new_in_an_answer_is_hinted_at(stage: MicrosoftStage) -> None:
    stage.mail(DANA, ANN, "Re: Offer", "Yes.\n\n> What do you say?\n")
    (message,) = list_all(stage.open(), DANA)[0].messages
    assert message.unique_html is not None and message.html is not None


def test_an_account_without_a_mailbox_is_told_apart_from_missing_mail(stage: MicrosoftStage) -> None:
    stage.mail(DANA, ANN, "Here")
    mailbox = stage.open()
    (thread,) = list_all(mailbox, DANA)
    stage.microsoft.without_mailbox(ANN_LEE)
    with pytest.raises(Refused) as failure:
        mailbox.thread(thread.id)
    assert failure.value.code == "MailboxNotEnabledForRESTAPI"


def test_each_mailbox_has_its_own_places_and_folders(stage: MicrosoftStage) -> None:
    stage.mail(DANA, BEN.address, "For Ben")
    stage.mail(BEN.address, DANA, "From Ben", minutes_ago=1)
    stage.mail(DANA, ANN, "For Ann")
    list_all(stage.open(), DANA)
    ben = stage.provider.open_mailbox(stage.token(BEN), BEN.address)
    found: list[Thread] = list_all(ben, DANA)
    assert [(one.subject, one.messages[0].outgoing) for one in found] == [
        ("For Ben", False),
        ("From Ben", True),
    ]


def test_a_personal_account_reads_like_any_other(stage: MicrosoftStage) -> None:
    stage.mail(DANA, PRIVATE.address, "Private")
    mailbox = stage.provider.open_mailbox(stage.token(PRIVATE, SCOPES), PRIVATE.address)
    (thread,) = list_all(mailbox, DANA)
    assert thread.subject == "Private" and thread.link.startswith("https://outlook.live.com/")
    assert [one.address for one in mailbox.own_addresses()] == [PRIVATE.address]


def test_a_mailbox_that_knows_no_invitations_is_read_all_the_same(
    stage: MicrosoftStage,
) -> None:
    stage.microsoft.without_invitations(ANN_LEE)
    fill(stage, 3)
    mailbox = stage.open()
    threads = list_all(mailbox, DANA)
    assert len(threads) == 3 and mailbox.thread(threads[0].id) == threads[0]
