"""Two presses at once in one conversation, and presses in one that is not as it was."""

import json
from email import message_from_bytes
from email.message import EmailMessage
from threading import Event

from sandbox.faults import Fault, Kind
from sandbox.slack.standing import change_user
from sandbox.slack.state import View
from tests.flows.inbox.reading import ask, open_thread, open_with
from tests.flows.writing.post import DANA, screen
from tests.stage import Stage, connect

PRICES = "Prices for the spring order"


def folded(window: View) -> list[str]:
    return [
        str(b["block_id"]) for b in window.blocks if b.get("accessory", {}).get("action_id") == "inbox.show"
    ]


def of(window: View) -> dict[str, object]:
    return dict(json.loads(window.private_metadata))


def test_a_press_that_takes_long_never_covers_what_a_later_one_drew(stage: Stage) -> None:
    connect(stage)
    window = open_with(stage, stage.ann, DANA, PRICES)
    line = folded(window)[0]
    stage.restart()
    stage.faults.add(Fault("google", Kind.SLOW_AFTER, "threads", seconds=2))
    stage.ann.press(window, "inbox.show", block_id=line)
    while stage.faults.standing():
        Event().wait(0.01)
    stage.ann.press(window, "inbox.order")
    stage.settle()
    assert of(window)["oldest_first"]


def test_two_presses_at_once_are_both_drawn_and_the_later_one_stands(stage: Stage) -> None:
    connect(stage)
    window = open_with(stage, stage.ann, DANA, PRICES)
    first, second, *_ = folded(window)
    about = next(b for b in window.blocks if b.get("block_id") == second)
    meant = json.loads(about["accessory"]["value"])["open"].split(",")[-1]
    stage.ann.press(window, "inbox.show", block_id=first)
    stage.ann.press(window, "inbox.show", block_id=second)
    stage.settle()
    assert str(of(window)["open"]).endswith(f",{meant}")


def test_presses_in_a_conversation_that_grew_open_the_message_that_was_meant(stage: Stage) -> None:
    connect(stage)
    window = open_with(stage, stage.ann, DANA, PRICES)
    line = next(b for b in window.blocks if b.get("block_id") == folded(window)[0])
    words = str(line["text"]["text"]).partition("\n")[2][:18]
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = DANA, "ann@northwind.example", f"Re: {PRICES}"
    held = [m for m in stage.mailbox("ann@northwind.example").messages() if b"spring order" in m.raw.bytes()]
    mail["In-Reply-To"] = mail["References"] = message_from_bytes(held[-1].raw.bytes())["Message-ID"]
    mail["Message-ID"] = "<one-more@test.example>"
    mail.set_content("One more thing.")
    stage.world.send(mail.as_bytes(), announce=False)
    stage.restart()
    stage.press(stage.ann, window, "inbox.show", block_id=str(line["block_id"]))
    assert "5 messages" in screen(window)
    assert words in screen(window)
    assert words not in json.dumps([b for b in window.blocks if b.get("block_id") in folded(window)])


def test_presses_of_somebody_who_is_a_guest_now_say_so(stage: Stage) -> None:
    connect(stage)
    window = open_with(stage, stage.ann, DANA, PRICES)
    change_user(stage.slack, stage.workspace, stage.ann.id, is_restricted=True)
    stage.settle()
    stage.press(stage.ann, window, "inbox.show", block_id=folded(window)[0])
    assert "Mailroom is for members of Northwind" in screen(stage.ann.window())


def test_presses_in_a_conversation_that_was_deleted_say_so(stage: Stage) -> None:
    connect(stage)
    window = open_with(stage, stage.ann, DANA, PRICES)
    line = folded(window)[0]
    mailbox = stage.mailbox("ann@northwind.example")
    for one in list(mailbox.messages()):
        if b"spring order" in one.raw.bytes():
            mailbox.remove(one.id)
    stage.restart()
    stage.press(stage.ann, window, "inbox.show", block_id=line)
    assert "no longer in Gmail" in screen(window)


def test_a_window_that_could_not_load_before_a_restart_opens_when_tried_again_after_it(stage: Stage) -> None:
    connect(stage)
    answer = ask(stage, stage.ann, f"/inbox {DANA}")
    stage.restart()
    stage.faults.add(Fault("google", Kind.STATUS, "threads|batch", status=503, times=None))
    window = open_thread(stage, stage.ann, answer, PRICES)
    stage.faults.clear("google")
    stage.restart()
    stage.press(stage.ann, window, "inbox.open_thread")
    assert "4 messages" in screen(window)
