"""Mailroom dies while a window waits to be filled: what stands there says how to go on, and that works."""

from collections.abc import Callable

import pytest

from sandbox.faults import Fault, Kind
from sandbox.slack.state import View
from tests.flows.contacts.people import fill, new_contact, submit
from tests.flows.discovery.scanning import begin
from tests.flows.home.looking import look, shown
from tests.flows.inbox.reading import ask, row_of
from tests.flows.writing.post import DANA, screen
from tests.stage import Stage, connect

LUNCH = "Lunch when you are in town?"
WAY_ON, CLOSE = "go on here", "close this and ask again"
Begin = Callable[[Stage], object]


def open_thread(stage: Stage) -> None:
    answer = ask(stage, stage.ann, f"/inbox {DANA}")
    die_when_drawing(stage)
    stage.ann.press(answer, "inbox.open_thread", block_id=row_of(answer, LUNCH))


def reply(stage: Stage) -> None:
    answer = ask(stage, stage.ann, f"/inbox {DANA}")
    die_when_drawing(stage)
    stage.ann.press(answer, "inbox.reply", block_id=row_of(answer, LUNCH))


def new_record(stage: Stage) -> None:
    fill(stage.ann, new_contact(stage), name="Dana Reyes", addresses=DANA)
    die_when_drawing(stage)
    assert submit(stage, stage.ann).accepted


def record(stage: Stage) -> None:
    answer = ask(stage, stage.ann, f"/inbox {DANA}")
    stage.press(stage.ann, answer, "contacts.add")
    fill(stage.ann, stage.ann.window(), name="Dana Reyes")
    assert submit(stage, stage.ann).accepted
    stage.ann.close()
    look(stage)
    stage.press(stage.ann, shown(stage, "ann"), "home.contacts")
    die_when_drawing(stage)
    home = shown(stage, "ann")
    stage.ann.press(home, "record.open")


def find(stage: Stage) -> None:
    assert stage.ann.command("general", "/inbox") == ""
    stage.settle()
    window = stage.ann.window()
    (offered, *_) = stage.ann.options(window, "inbox.whom", DANA)
    stage.ann.fill(window, "inbox.whom", offered["value"])
    die_when_drawing(stage)
    assert stage.ann.submit().accepted


def scan(stage: Stage) -> None:
    begin(stage)
    stage.ann.close()
    die_when_drawing(stage)
    stage.ann.command("general", "/inbox scan")


WINDOWS: dict[str, tuple[Begin, str]] = {
    "a conversation": (open_thread, LUNCH),
    "a reply": (reply, "Send"),
    "a record just added": (new_record, "Dana Reyes"),
    "a record": (record, "Dana Reyes"),
    "somebody's conversations": (find, LUNCH),
    "a scan": (scan, "looked at"),
}


def die_when_drawing(stage: Stage) -> None:
    """From now on nothing is drawn and nothing is told, as by a process that is not there any more."""
    for path in ("views.update", "views.push", "chat.postMessage", "views.publish"):
        stage.faults.add(Fault("slack", Kind.RESET_BEFORE, path, times=None))


def buried(stage: Stage) -> View:
    """Let another process begin, and return the window that the first one left."""
    stage.settle()
    stage.restart()
    stage.faults.clear("slack")
    return stage.ann.window()


@pytest.mark.parametrize("what", WINDOWS)
def test_a_window_that_nobody_fills_any_more_can_be_gone_on_from(stage: Stage, what: str) -> None:
    begin_with, words = WINDOWS[what]
    connect(stage)
    begin_with(stage)
    window = buried(stage)
    assert WAY_ON in screen(window)
    (button,) = [e for b in window.blocks for e in b.get("elements", ()) if e["type"] == "button"]
    stage.press(stage.ann, window, button["action_id"])
    (now,) = stage.ann.windows()
    assert WAY_ON not in screen(now)
    assert words in screen(now) + str(now.submit)


def test_pressing_on_while_it_is_only_slow_does_no_harm(stage: Stage) -> None:
    connect(stage)
    answer = ask(stage, stage.ann, f"/inbox {DANA}")
    stage.restart()
    stage.faults.add(Fault("google", Kind.DELAY, "threads", times=2, seconds=1))
    stage.ann.press(answer, "inbox.open_thread", block_id=row_of(answer, LUNCH))
    stage.ann.press(stage.ann.window(), "inbox.open_thread")
    stage.settle()
    (window,) = stage.ann.windows()
    assert LUNCH in screen(window)
    assert WAY_ON not in screen(window)


def test_what_was_typed_as_a_command_is_typed_again(stage: Stage) -> None:
    connect(stage)
    die_when_drawing(stage)
    stage.ann.command("general", f"/inbox write {DANA}")
    window = buried(stage)
    assert CLOSE in screen(window)
