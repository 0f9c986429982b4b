"""The thread window: opened without a call, paged, folded and unfolded, refreshed, refused."""

import json
from email.message import EmailMessage
from typing import Any

from sandbox.slack.state import View
from tests.flows.inbox.reading import ask, gmail_calls, open_thread, open_with, row_of
from tests.stage import Stage, connect, texts

DANA = "dana@northwind.example"
PRIYA = "priya@nairstudio.example"
CLEO = "cleo@northwind.example"
PAGE_BLOCKS, PAGE_BYTES = 86, 200_000  # screens.md 4


def folded(window: View) -> list[dict[str, Any]]:
    """The lines of folded messages."""
    return [
        b for b in window.blocks if b["type"] == "section" and b["accessory"]["action_id"] == "inbox.show"
    ]


def weight(window: View) -> int:
    return len(json.dumps(window.blocks))


def write(stage: Stage, sender: str, to: str, subject: str, text: str, **headers: str) -> EmailMessage:
    """Let somebody write to somebody, now."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    mail["Message-ID"] = f"<{abs(hash((sender, subject, text[:50])))}@test.example>"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    stage.world.send(mail.as_bytes(), announce=False)
    return mail


def test_a_listed_thread_opens_without_asking_gmail_again(stage: Stage) -> None:
    connect(stage)
    answer = ask(stage, stage.ann, f"/inbox {DANA}")
    before = gmail_calls(stage)
    window = open_thread(stage, stage.ann, answer, "Prices for the spring order")
    assert gmail_calls(stage) == before
    shown = texts(window.blocks)
    assert shown.startswith("Prices for the spring order")
    assert DANA in shown
    assert "4 messages" in shown
    assert "as of 10:00" in shown
    assert "From Dana Reyes <dana@northwind.example>\nTo Ann Lee <ann@northwind.example>" in shown
    assert "Piet says yes to 400" in shown
    assert stage.ann.element(window, "inbox.reply")


def test_the_newest_message_stands_open_and_the_others_are_a_line_each(stage: Stage) -> None:
    connect(stage)
    window = open_with(stage, stage.ann, DANA, "Prices for the spring order")
    lines = folded(window)
    assert len(lines) == 3
    assert lines[0]["text"]["text"].startswith("Dana Reyes, ")
    assert "That works for us." in lines[0]["text"]["text"]
    assert lines[1]["text"]["text"].startswith("You, ")
    assert "Harbour Blend" not in texts(window.blocks).split("Piet says yes")[0]


def test_messages_are_shown_and_hidden_in_the_same_window(stage: Stage) -> None:
    connect(stage)
    window = open_with(stage, stage.ann, DANA, "Prices for the spring order")
    stage.press(stage.ann, window, "inbox.show", block_id=folded(window)[2]["block_id"])
    assert "Do the 250 g bags still come in boxes of twelve?" in texts(window.blocks)
    assert "Piet says yes to 400" in texts(window.blocks), "the newest was folded by showing another"
    assert len(folded(window)) == 2
    hide = [b for b in window.blocks if any(e.get("action_id") == "inbox.hide" for e in elements(b))]
    stage.press(stage.ann, window, "inbox.hide", block_id=hide[0]["block_id"])
    assert len(folded(window)) == 3
    hide = [b for b in window.blocks if any(e.get("action_id") == "inbox.hide" for e in elements(b))]
    stage.press(stage.ann, window, "inbox.hide", block_id=hide[0]["block_id"])
    assert len(folded(window)) == 4
    assert stage.ann.windows() == [window]


def elements(block: dict[str, Any]) -> list[dict[str, Any]]:
    return list(block.get("elements", []))


def test_quoted_text_comes_and_goes(stage: Stage) -> None:
    connect(stage)
    window = open_with(stage, stage.ann, DANA, "Prices for the spring order")
    quiet = texts(window.blocks)
    stage.press(stage.ann, window, "inbox.quoted")
    assert len(texts(window.blocks)) > len(quiet)
    assert "Hide quoted text" in texts(window.blocks)
    stage.press(stage.ann, window, "inbox.quoted")
    assert texts(window.blocks) == quiet


def test_sixty_messages_are_paged_in_both_orders(stage: Stage) -> None:
    connect(stage)
    window = open_with(stage, stage.ann, PRIYA, "The new website")
    seen = []
    for number in range(6):
        low, high = 60 - 10 * number - 9, 60 - 10 * number
        assert f"Messages {low} to {high} of 60" in texts(window.blocks)
        assert len(window.blocks) <= PAGE_BLOCKS
        seen += [b["text"]["text"] for b in folded(window)]
        if number < 5:
            stage.press(stage.ann, window, "inbox.older_messages")
    assert len(set(seen)) == 59
    assert not [e for b in window.blocks for e in elements(b) if e.get("action_id") == "inbox.older_messages"]
    stage.press(stage.ann, window, "inbox.order")
    assert "Messages 1 to 10 of 60" in texts(window.blocks)
    assert folded(window)[0]["text"]["text"] == seen[-1]
    stage.press(stage.ann, window, "inbox.newer_messages")
    assert "Messages 11 to 20 of 60" in texts(window.blocks)


def test_a_message_with_others_is_read_on_request_and_not_answered(stage: Stage) -> None:
    connect(stage)
    window = open_with(stage, stage.ann, PRIYA, "The new website")
    assert "2 messages are with other people too" in texts(window.blocks)
    mixed: list[dict[str, Any]] = []
    for _ in range(5):
        mixed = [b for b in folded(window) if "with 2 other people" in b["text"]["text"]]
        if mixed:
            break
        stage.press(stage.ann, window, "inbox.older_messages")
    assert mixed, "the message with Paul is on no page"
    assert "\n" not in mixed[0]["text"]["text"], "words of a group message were shown unasked"
    stage.press(stage.ann, window, "inbox.show", block_id=mixed[0]["block_id"])
    assert "With 2 other people: to be read here, not answered from here." in texts(window.blocks)


def test_a_long_message_is_paged_to_its_end_without_losing_a_word(stage: Stage) -> None:
    connect(stage)
    window = open_with(stage, stage.ann, CLEO, "Stock list of the whole warehouse")
    seen, pages = "", 0
    while True:
        assert weight(window) <= PAGE_BYTES
        assert len(window.blocks) <= PAGE_BLOCKS
        seen += texts(window.blocks)
        pages += 1
        more = [e for b in window.blocks for e in elements(b) if e.get("action_id") == "inbox.more"]
        if not more:
            break
        stage.press(stage.ann, window, "inbox.more")
        assert "From the beginning" in texts(window.blocks)
    assert all(f"{chr(65 + number % 26)}{number:03}" in seen for number in range(450))
    if pages > 1:
        stage.press(stage.ann, window, "inbox.beginning")
        assert "by shelf. I know that it is long." in texts(window.blocks)


def test_a_thread_of_megabytes_opens_and_stays_within_what_slack_takes(stage: Stage) -> None:
    connect(stage)
    line = "All work and no play makes Ann a dull member, said the \U0001f600 in the machine.\n"
    write(stage, DANA, "ann@northwind.example", "Much", line * 20_000)
    window = open_with(stage, stage.ann, DANA, "Much")
    assert "All work and no play" in texts(window.blocks)
    assert weight(window) <= PAGE_BYTES
    stage.press(stage.ann, window, "inbox.more")
    assert weight(window) <= PAGE_BYTES
    assert "From the beginning" in texts(window.blocks)


def test_refresh_shows_what_has_come_in(stage: Stage) -> None:
    connect(stage)
    window = open_with(stage, stage.ann, DANA, "Lunch when you are in town?")
    first = stage.mailbox("ann@northwind.example").messages()
    parent = next(m for m in first if m.raw.all("Subject") == ["Lunch when you are in town?"])
    write(
        stage,
        DANA,
        "ann@northwind.example",
        "Re: Lunch when you are in town?",
        "Or dinner?",
        In_Reply_To=parent.raw.all("Message-ID")[0],
        References=parent.raw.all("Message-ID")[0],
    )
    stage.press(stage.ann, window, "inbox.thread_menu", value="refresh")
    assert "Or dinner?" in texts(window.blocks)
    assert "2 messages" in texts(window.blocks)
    assert len(folded(window)) == 1


def test_a_thread_that_is_gone_says_so_and_can_be_tried_again(stage: Stage) -> None:
    connect(stage)
    answer = ask(stage, stage.ann, f"/inbox {DANA}")
    box = stage.mailbox("ann@northwind.example")
    for message in box.messages():
        if message.raw.all("Subject") == ["Lunch when you are in town?"]:
            box.remove(message.id)
    stage.restart()
    block = row_of(answer, "Lunch when you are in town?")
    stage.press(stage.ann, answer, "inbox.open_thread", block_id=block)
    window = stage.ann.window()
    assert "no longer in Gmail" in texts(window.blocks)
    stage.press(stage.ann, window, "inbox.open_thread")
    assert stage.ann.windows() == [window]


def test_a_thread_is_read_again_when_memory_has_let_go_of_it(stage: Stage) -> None:
    connect(stage)
    answer = ask(stage, stage.ann, f"/inbox {DANA}")
    stage.restart()
    before = gmail_calls(stage)
    window = open_thread(stage, stage.ann, answer, "Photo of the new label")
    assert "May we use it in the catalogue?" in texts(window.blocks)
    assert gmail_calls(stage) == before + 1


def test_mail_that_tries_something_is_shown_and_does_nothing(stage: Stage) -> None:
    connect(stage)
    answer = ask(stage, stage.ann, "/inbox eve@marsh-and-sons.example")
    for subject in ("<!channel> everybody", "Invoice"):
        window = open_thread(stage, stage.ann, answer, subject)
        drawn = json.dumps(window.blocks)
        assert '"type": "user"' not in drawn
        assert '"type": "broadcast"' not in drawn
        assert "javascript:" not in drawn
        assert "\u202e" not in texts(window.blocks)
    assert stage.ann.notices() == []


def test_a_subject_of_nothing_has_a_name(stage: Stage) -> None:
    connect(stage)
    window = open_with(stage, stage.ann, "grace.olsen@freemail.example", "(no subject)")
    assert texts(window.blocks).startswith("(no subject)")


def test_the_menu_leads_to_the_person(stage: Stage) -> None:
    connect(stage)
    window = open_with(stage, stage.ann, DANA, "Lunch when you are in town?")
    stage.press(stage.ann, window, "inbox.thread_menu", value="person")
    assert stage.ann.windows() == [window], "the record takes the place of the thread"
    assert window.callback_id != "inbox.thread"
    assert DANA in texts(window.blocks)
