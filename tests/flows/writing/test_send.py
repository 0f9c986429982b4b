"""Reply and Write, from the button to the other person's mailbox."""

import pytest

from tests.flows.writing.post import (
    ANN,
    DANA,
    SOON,
    arrived,
    connect,
    filed_sent,
    open_new,
    open_reply,
    part,
    screen,
    send,
    submit,
    twice,
    write_back,
)
from tests.stage import Stage, texts


def test_a_reply_reaches_the_person_threaded_on_both_sides(stage: Stage) -> None:
    connect(stage)
    window = open_reply(stage)
    assert DANA in screen(window)
    shown = send(stage, "Friday is fine.")
    assert "Sent " in screen(shown)
    (letter,) = arrived(stage, DANA)
    assert letter["From"] == f"Ann Lee <{ANN}>"
    assert letter["Subject"].startswith("Re: ")
    assert letter["In-Reply-To"] in letter["References"]
    assert part(letter, "plain").startswith("Friday is fine.")
    assert "<div>Friday is fine.</div>" in part(letter, "html")
    assert len(filed_sent(stage)) == 1
    parent = next(m for m in stage.mailbox(DANA).messages() if m.raw.message_id == letter["In-Reply-To"])
    child = next(m for m in stage.mailbox(DANA).messages() if m.raw.first("X-Mailroom-Key"))
    assert parent.thread_id == child.thread_id


def test_a_new_message_has_its_own_subject(stage: Stage) -> None:
    connect(stage)
    open_new(stage, DANA)
    stage.ann.fill(stage.ann.window(), "subject", "Kettles")
    assert "Sent " in screen(send(stage, "Shall we order more?"))
    (letter,) = arrived(stage, DANA)
    assert (letter["Subject"], letter["In-Reply-To"]) == ("Kettles", None)


def test_between_send_and_sent_the_window_says_where_it_goes(stage: Stage) -> None:
    connect(stage)
    open_reply(stage)
    assert submit(stage, "Friday is fine.").accepted
    assert f"Goes to {DANA} now. Closing this window does not stop it." in screen(stage.ann.window())
    assert arrived(stage, DANA) == []
    stage.ann.close()
    stage.later(SOON)
    assert len(arrived(stage, DANA)) == 1
    assert stage.ann.dm() == []


def test_the_same_press_delivered_twice_sends_one_mail(stage: Stage) -> None:
    connect(stage)
    open_reply(stage)
    first, second = twice(stage, "Friday is fine.")
    assert first.json()["response_action"] == second.json()["response_action"] == "update"
    stage.later(SOON)
    assert len(arrived(stage, DANA)) == len(filed_sent(stage)) == 1


def test_an_answer_comes_from_the_address_that_was_written_to(stage: Stage) -> None:
    connect(stage)
    window = open_reply(stage, "grace.olsen@freemail.example")
    chosen = stage.ann.element(window, "from")["initial_option"]["text"]["text"]
    assert chosen == "ann.lee@northwind.example"
    send(stage, "Yes, gladly.")
    (letter,) = arrived(stage, "grace.olsen@freemail.example")
    assert letter["From"].addresses[0].addr_spec == "ann.lee@northwind.example"


def test_answers_wanted_elsewhere_are_a_warning_with_a_choice(stage: Stage) -> None:
    connect(stage)
    hannah, bookings = "hannah@coleevents.example", "bookings@coleevents.example"
    window = open_reply(stage, hannah)
    assert f"asks for answers to go to another address: {bookings}" in screen(window)
    select = stage.ann.element(window, "to")
    assert select["initial_option"]["text"]["text"] == hannah
    other = next(o for o in select["options"] if o["text"]["text"] == bookings)
    stage.ann.fill(window, "to", other["value"])
    send(stage, "Two tables, please.")
    assert len(arrived(stage, bookings)) == 1
    assert arrived(stage, hannah) == []
    stage.press(stage.ann, stage.ann.window(), "inbox.open_thread")
    assert "Stand at the summer fair" in screen(stage.ann.window())


def test_without_a_choice_an_answer_goes_to_who_wrote(stage: Stage) -> None:
    connect(stage)
    open_reply(stage, "hannah@coleevents.example")
    send(stage, "Two tables, please.")
    assert len(arrived(stage, "hannah@coleevents.example")) == 1


def test_the_message_below_is_quoted_unless_the_box_is_unticked(stage: Stage) -> None:
    connect(stage)
    open_reply(stage)
    send(stage, "With it.")
    stage.ann.close()
    window = open_reply(stage)
    stage.ann.fill(window, "boxes", [])
    send(stage, "Without it.")
    without, quoted = (part(one, "plain") for one in arrived(stage, DANA))
    assert " wrote:\n> " in quoted
    assert without.strip() == "Without it."


def test_formatted_text_goes_out_as_text_and_as_html(stage: Stage) -> None:
    connect(stage)
    stage.ann.fill(open_reply(stage), "boxes", [])
    link = {"type": "link", "url": "https://northwind.example/list", "text": "the list"}
    bold = {"type": "text", "text": "two", "style": {"bold": True}}
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": "Take "}, bold, link]}
    point = {"type": "rich_text_section", "elements": [{"type": "text", "text": "red <kettles> & pans"}]}
    points = {"type": "rich_text_list", "style": "bullet", "elements": [point]}
    send(stage, {"type": "rich_text", "elements": [section, points]})
    (letter,) = arrived(stage, DANA)
    words = "Take twothe list (https://northwind.example/list)\n- red <kettles> & pans"
    assert part(letter, "plain").strip() == words
    html = part(letter, "html")
    assert '<b>two</b><a href="https://northwind.example/list">the list</a>' in html
    assert "<ul><li>red &lt;kettles&gt; &amp; pans</li></ul>" in html


def test_a_newer_message_is_shown_before_the_answer_goes(stage: Stage) -> None:
    connect(stage)
    open_reply(stage)
    write_back(stage, "Wait, make it Monday.")
    send(stage, "Friday is fine.")
    window = stage.ann.window()
    assert "wrote again before your message went" in screen(window)
    assert "Wait, make it Monday." in screen(window)
    preset = stage.ann.element(window, "text")["initial_value"]
    assert "Friday is fine." in texts([preset])
    assert arrived(stage, DANA) == []
    assert stage.ann.dm() == []
    assert stage.ann.submit().accepted
    stage.later(SOON)
    (letter,) = arrived(stage, DANA)
    assert part(letter, "plain").startswith("Friday is fine.")
    assert letter["In-Reply-To"] == "<21.again@northwind.example>"


def test_a_newer_message_after_the_window_was_closed_is_told_in_a_direct_message(stage: Stage) -> None:
    connect(stage)
    open_reply(stage)
    write_back(stage, "Wait, make it Monday.")
    submit(stage, "Friday is fine.")
    stage.ann.close()
    stage.later(SOON)
    (told,) = stage.ann.dm()
    assert "Not sent." in told.text
    assert "Friday" not in told.text + texts(told.blocks)
    stage.press(stage.ann, told, "inbox.open_outgoing")
    assert "Wait, make it Monday." in screen(stage.ann.window())
    assert stage.ann.submit().accepted
    stage.later(SOON)
    assert len(arrived(stage, DANA)) == 1


@pytest.mark.parametrize(
    ("piece", "sentence"),
    [
        ({"type": "user", "user_id": "U0BEN"}, "cannot see a mention"),
        ({"type": "channel", "channel_id": "C0GENERAL"}, "cannot see a channel"),
        ({"type": "usergroup", "usergroup_id": "S0ALL"}, "cannot see a user group"),
        ({"type": "broadcast", "range": "channel"}, "work in Slack only"),
        ({"type": "emoji", "name": "northwind-logo"}, "exists in your Slack only"),
        ({"type": "text", "text": "x" * 20_001}, "longer than the 20,000 characters"),
        ({"type": "text", "text": "   "}, "has to be filled in"),
        ({"type": "text", "text": "\u200b"}, "Write something first"),
    ],
)
def test_what_only_slack_knows_is_refused_beside_the_text(
    stage: Stage, piece: dict[str, str], sentence: str
) -> None:
    connect(stage)
    window = open_reply(stage)
    before = [] if piece.get("text", "x") in ("   ", "\u200b") else [{"type": "text", "text": "Hello "}]
    section = {"type": "rich_text_section", "elements": [*before, piece]}
    submission = submit(stage, {"type": "rich_text", "elements": [section]})
    (said,) = submission.errors.values()
    assert sentence in said
    assert stage.ann.window() is window
    stage.later(SOON)
    assert arrived(stage, DANA) == []


def test_a_new_message_without_a_subject_is_refused_beside_the_subject(stage: Stage) -> None:
    connect(stage)
    open_new(stage, DANA)
    submission = submit(stage, "Hello")
    (place,) = submission.errors
    assert place.startswith("subject:")


def test_write_finds_people_by_name_and_says_when_there_is_nobody(stage: Stage) -> None:
    open_new(stage, DANA)
    assert "Connect your mailbox first" in screen(stage.ann.window())
    stage.ann.close()
    connect(stage)
    assert 'is called "Zaphod"' in screen(open_new(stage, "Zaphod"))
    stage.ann.close()
    assert "To whom?" in screen(open_new(stage, ""))
