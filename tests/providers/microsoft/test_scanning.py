"""How Outlook is asked for whom it met: in how few requests, and what of Graph's ways must not show."""

from email.message import EmailMessage
from urllib.parse import parse_qs, urlsplit

import pytest

from providers.errors import CursorExpired, Unavailable
from providers.microsoft import search
from providers.microsoft.scan_place import Place, Round, read_place
from sandbox.faults import Fault, Kind
from sandbox.mail.mailbox import DRAFT, INBOX
from sandbox.mail.raw import RawMessage
from tests.providers.contract import ANN, DANA, EVE
from tests.providers.microsoft.stage import ANN as PERSON
from tests.providers.microsoft.stage import APP, GRAPH, MicrosoftStage
from tests.providers.scanning import SINCE, met, scan, writers
from tests.sandbox.google.stand import letter


def letters(stage: MicrosoftStage, count: int) -> None:
    for n in range(count):
        stage.mail(f"Person {n} <p{n}@firm.example>", ANN, f"Letter {n}", minutes_ago=n + 1)


def requests(stage: MicrosoftStage) -> int:
    return stage.microsoft.used(PERSON, APP.id).requests


def test_a_hundred_mails_cost_one_request(stage: MicrosoftStage) -> None:
    letters(stage, 250)
    stretches = scan(stage)
    assert len(writers(met(stretches))) == 250
    assert requests(stage) == 5  # how many there are, what was sent, three pages of what came
    assert [one.looked_at for one in stretches] == [200, 50]
    assert {one.total for one in stretches} == {250}


def test_a_night_without_mail_costs_one_request_for_each_folder(stage: MicrosoftStage) -> None:
    letters(stage, 3)
    cursor = scan(stage)[-1].cursor
    before = requests(stage)
    assert met(scan(stage, cursor)) == []
    assert requests(stage) - before == 2


def test_new_mail_alone_is_asked_for_and_no_body() -> None:
    asked = parse_qs(urlsplit(search.changes("inbox", SINCE)).query)
    assert asked["changeType"] == ["created"]
    assert asked["$filter"] == ["receivedDateTime ge 2026-11-06T12:00:00Z"]
    wanted = set(asked["$select"][0].split(","))
    assert "internetMessageHeaders" in wanted and not wanted & {"body", "bodyPreview", "uniqueBody"}


def test_what_graph_tells_again_is_met_once(stage: MicrosoftStage) -> None:
    stage.microsoft.limits.replayed = 3
    letters(stage, 250)
    stretches = scan(stage)
    assert len(met(stretches)) == len(writers(met(stretches))) == 250
    stage.mail(f"Eve <{EVE}>", ANN, "New")
    night = scan(stage, stretches[-1].cursor)
    assert writers(met(night)) == {EVE: 1}
    assert sum(one.looked_at for one in night) == 1


def test_a_change_of_an_old_mail_is_no_new_one(stage: MicrosoftStage) -> None:
    letters(stage, 3)
    cursor = scan(stage)[-1].cursor
    for one in stage.kept.messages():
        stage.kept.relabel(one.id, remove={"UNREAD"}, add={"STARRED"})
    assert met(scan(stage, cursor)) == []


def test_drafts_are_not_met(stage: MicrosoftStage) -> None:
    cursor = scan(stage)[-1].cursor
    draft = RawMessage(letter(ANN, DANA, "Unfinished").as_bytes())
    stage.kept.file(draft, {DRAFT}, stage.clock.now())
    stage.kept.file(draft, {DRAFT, INBOX}, stage.clock.now())
    assert met(scan(stage, cursor)) == []


def test_an_invitation_is_met_as_one(stage: MicrosoftStage) -> None:
    body = EmailMessage()
    body.set_content("You are invited.")
    body.add_alternative("BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n", subtype="calendar")
    stage.mail(DANA, ANN, "Invitation", body=body)
    assert [one.message.kind for one in met(scan(stage))] == ["meeting"]


def test_a_mail_in_a_conversation_of_the_member_s_of_days_ago_answers_it(stage: MicrosoftStage) -> None:
    first = stage.mail(ANN, DANA, "Question", minutes_ago=60)
    cursor = scan(stage)[-1].cursor
    stage.mail(f"Dana <{DANA}>", ANN, "Re: Question", answers=first)
    assert [one.answers_me for one in met(scan(stage, cursor))] == [True]


def test_a_page_that_fails_ends_no_round(stage: MicrosoftStage) -> None:
    letters(stage, 1)
    stage.faults.add(Fault(GRAPH, Kind.STATUS, r"GET .*/delta", times=None, status=500))
    with pytest.raises(Unavailable):
        stage.open().correspondents(SINCE, None)


def test_a_round_that_is_gone_begins_the_scan_again(stage: MicrosoftStage) -> None:
    letters(stage, 250)
    begun = stage.open().correspondents(SINCE, None)
    stage.faults.add(Fault(GRAPH, Kind.STATUS, r"GET .*/delta", status=410))
    with pytest.raises(CursorExpired):
        stage.open().correspondents(SINCE, begun.cursor)
    assert len(writers(met(scan(stage)))) == 250


def test_a_cursor_leads_nowhere_but_to_graph() -> None:
    away = Place((Round("https://elsewhere.example/v1.0"), Round("/me/messages")))
    with pytest.raises(CursorExpired):
        read_place(away.written())


def test_a_cursor_holds_no_more_than_the_next_night_needs() -> None:
    signs = tuple(f"{n:010x}" for n in range(6000))
    running = Place((Round("/a"), Round("/b", is_open=False)), signs, signs, total=7)
    assert read_place(running.written()) == running
    done = running.at(0, "/a", is_open=False)
    assert len(done.written()) < len(running.written()) / 5
    assert read_place(done.written()).seen == signs[-400:]
