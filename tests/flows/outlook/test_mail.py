"""Reading and answering in Outlook through the front door."""

from datetime import timedelta

from sandbox.faults import Fault, Kind
from tests.flows.inbox.reading import ask, subjects
from tests.flows.outlook.given import ANN, CLEO, OutlookStage, connect, connect_gmail
from tests.flows.writing.post import SOON, open_new, open_reply, screen, send
from tests.stage import texts

ASK = f"/inbox {ANN}"


def arrived(outlook: OutlookStage) -> int:
    return sum(CLEO in one.raw.first("From") for one in outlook.mailbox(ANN).messages())


def write(outlook: OutlookStage, subject: str) -> None:
    open_new(outlook, ANN, outlook.cleo)
    outlook.cleo.fill(outlook.cleo.window(), "subject", subject)


def test_a_list_takes_two_requests_and_opening_none(outlook: OutlookStage) -> None:
    connect(outlook)
    outlook.faults.forget_calls()
    answer = ask(outlook, outlook.cleo, ASK)
    assert len(subjects(answer)) >= 2 and "Open in Outlook" in texts(answer.blocks)
    assert len(outlook.graph()) == 2
    outlook.faults.forget_calls()
    row = next(
        b
        for b in answer.blocks
        if any(e.get("action_id") == "inbox.open_thread" for e in b.get("elements", []))
    )
    outlook.press(outlook.cleo, answer, "inbox.open_thread", block_id=row["block_id"])
    assert subjects(answer)[0] in screen(outlook.cleo.window())
    assert outlook.graph() == []


def test_an_answer_is_threaded_for_both_sides_whatever_they_read_mail_with(outlook: OutlookStage) -> None:
    connect(outlook)
    connect_gmail(outlook)
    open_reply(outlook, ANN, person=outlook.cleo)
    before = arrived(outlook)
    shown = send(outlook, "Friday is fine.", outlook.cleo)
    assert "Sent " in screen(shown)
    assert arrived(outlook) == before + 1
    newest = outlook.mailbox(ANN).messages()[0]
    assert newest.raw.subject.startswith("Re: ")
    (parent,) = [m for m in outlook.mailbox(ANN).messages() if m.raw.message_id == newest.raw.references[-1]]
    assert parent.thread_id == newest.thread_id
    seen = ask(outlook, outlook.ann, f"/inbox {CLEO}")
    assert subjects(seen)[0] == parent.raw.subject
    outlook.cleo.close()
    open_reply(outlook, CLEO, person=outlook.ann)
    send(outlook, "Good, see you then.")
    held = outlook.mailbox(CLEO).messages()[0]
    assert held.thread_id == next(
        m.thread_id for m in outlook.mailbox(CLEO).messages() if m.raw.message_id == newest.raw.message_id
    )


def test_a_lost_answer_is_found_in_sent_items_and_nothing_goes_twice(outlook: OutlookStage) -> None:
    connect(outlook)
    write(outlook, "Kettles")
    before = arrived(outlook)
    outlook.faults.add(Fault("graph", Kind.RESET_AFTER, "sendMail"))
    assert "did not say whether this went out" in screen(send(outlook, "Shall we?", outlook.cleo))
    outlook.later(timedelta(seconds=10))
    assert "Sent " in screen(outlook.cleo.window())
    assert arrived(outlook) == before + 1 and len(outlook.graph("sendMail")) == 1


def test_what_stays_unknown_is_the_persons_to_decide(outlook: OutlookStage) -> None:
    connect(outlook)
    write(outlook, "Kettles")
    before = arrived(outlook)
    outlook.faults.add(Fault("graph", Kind.RESET_BEFORE, "sendMail"))
    send(outlook, "Shall we?", outlook.cleo)
    for seconds in (10, 60, 180):
        outlook.later(timedelta(seconds=seconds))
    window = outlook.cleo.window()
    assert "Not certain." in screen(window) and "Send again" in screen(window)
    assert arrived(outlook) == before and len(outlook.graph("sendMail")) == 1
    assert len(outlook.graph("sentitems")) == 3


def test_throttling_says_until_when_and_sends_once_when_it_ends(outlook: OutlookStage) -> None:
    connect(outlook)
    outlook.faults.add(Fault("graph", Kind.STATUS, times=None, status=429, retry_after=600))
    answer = ask(outlook, outlook.cleo, ASK)
    assert "allows no more until" in texts(answer.blocks)
    outlook.faults.clear("graph")
    assert subjects(ask(outlook, outlook.cleo, ASK))
    write(outlook, "Kettles")
    before = arrived(outlook)
    outlook.faults.add(Fault("graph", Kind.STATUS, "sendMail", status=429, retry_after=60))
    send(outlook, "Shall we?", outlook.cleo)
    assert arrived(outlook) == before
    for _ in range(3):
        outlook.later(timedelta(minutes=2))
    outlook.later(SOON)
    assert arrived(outlook) == before + 1


def test_a_draft_needs_a_permission_that_was_not_asked_for_before(outlook: OutlookStage) -> None:
    connect(outlook)
    open_reply(outlook, ANN, person=outlook.cleo)
    outlook.cleo.fill(outlook.cleo.window(), "text", "Let me think.")
    outlook.press(outlook.cleo, outlook.cleo.window(), "inbox.save_draft")
    assert "save drafts" in screen(outlook.cleo.window())
    assert arrived(outlook) == sum(CLEO in one.raw.first("From") for one in outlook.mailbox(ANN).messages())
