"""Reply and Write, from the button to the other person's mailbox."""

from tests.flows.writing.post import (
    DANA,
    all_arrived,
    connect,
    filed_sent,
    open_new,
    open_reply,
    part,
    screen,
    send,
)
from tests.stage import Stage


def test_a_reply_reaches_the_person_threaded_on_both_sides(stage: Stage) -> None:
    connect(stage)
    window = open_reply(stage)
    assert "dana@northwind.example" in screen(window)
    shown = send(stage, "Friday is fine.")
    assert "Sent" in screen(shown)
    (letter,) = all_arrived(stage, DANA)
    assert letter["From"] == "Ann Lee <ann@northwind.example>"
    assert letter["Subject"].startswith("Re: ")
    assert letter["In-Reply-To"] in letter["References"]
    assert part(letter, "plain").startswith("Friday is fine.")
    assert "<div>Friday is fine.</div>" in part(letter, "html")
    assert len(filed_sent(stage)) == 1


def test_a_new_message_has_its_own_subject(stage: Stage) -> None:
    connect(stage)
    open_new(stage, DANA)
    stage.ann.fill(stage.ann.window(), "subject", "Kettles")
    assert "Sent" in screen(send(stage, "Shall we order more?"))
    (letter,) = all_arrived(stage, DANA)
    assert (letter["Subject"], letter["In-Reply-To"]) == ("Kettles", None)
