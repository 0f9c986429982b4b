"""A window that is drawn late never covers what took its place, and a third one keeps what is typed in it."""

from collections.abc import Callable
from threading import Event

from bot.contacts.views import FORMS
from sandbox.faults import Fault, Kind
from sandbox.slack.state import View
from tests.flows.inbox.reading import add_contact, ask, open_with, row_of
from tests.flows.writing.post import DANA, SOON, arrived, screen
from tests.stage import Stage, connect

PRICES = "Prices for the spring order"
WORDS = "Friday is fine."


def hold(stage: Stage, status: int = 0) -> None:
    """Have Gmail answer a second late, or refuse late."""
    kind = Kind.DELAY if status else Kind.SLOW_AFTER
    stage.faults.add(Fault("google", kind, "threads|batch", seconds=1.5))
    if status:
        stage.faults.add(Fault("google", Kind.STATUS, "threads|batch", status=status))


def until(holds: Callable[[], bool]) -> None:
    for _ in range(500):
        if holds():
            return
        Event().wait(0.01)
    raise TimeoutError


def until_asked(stage: Stage) -> None:
    until(lambda: not stage.faults.standing())


def show_first(stage: Stage, window: View) -> None:
    line = next(b for b in window.blocks if (b.get("accessory") or {}).get("action_id") == "inbox.show")
    stage.ann.press(window, "inbox.show", block_id=line["block_id"])


def third_window(stage: Stage) -> View:
    """Ann's conversation with Dana as the third window: a record's, a person's, on top of another."""
    connect(stage)
    add_contact(stage, "Dana Reyes", DANA)
    ann = stage.ann
    ask(stage, ann, f"/inbox {DANA}")
    stage.type(ann, "/inbox")
    window = ann.window()
    ann.fill(window, "inbox.whom", ann.options(window, "inbox.whom", "dana")[0]["value"])
    ann.submit()
    stage.settle()
    stage.press(ann, ann.window(), "inbox.open_thread", block_id=row_of(ann.window(), PRICES))
    stage.press(ann, ann.window(), "inbox.thread_menu", value="person")
    stage.press(ann, ann.window(), "inbox.open_thread", block_id=row_of(ann.window(), PRICES))
    assert len(ann.windows()) == 3
    return ann.window()


def write_at_once(stage: Stage, window: View) -> None:
    """Press Reply, and type as soon as there is a place for it."""
    stage.ann.press(window, "inbox.reply")
    until(lambda: any(str(block.get("block_id")).startswith("text") for block in stage.ann.window().blocks))
    stage.ann.fill(stage.ann.window(), "text", WORDS)


def reply_is_there_with_its_words(stage: Stage) -> None:
    stage.settle()
    assert stage.ann.submit().accepted
    stage.later(SOON)
    (letter,) = arrived(stage, DANA)
    assert WORDS in str(letter)


def test_a_conversation_drawn_late_does_not_cover_the_reply_that_took_its_place(stage: Stage) -> None:
    third_window(stage)
    stage.restart()
    ask(stage, stage.ann, "/inbox help")
    window = stage.ann.windows()[-1]
    hold(stage)
    show_first(stage, window)
    until_asked(stage)
    write_at_once(stage, window)
    reply_is_there_with_its_words(stage)


def test_a_failure_that_comes_late_does_not_cover_the_reply_either(stage: Stage) -> None:
    third_window(stage)
    stage.restart()
    window = stage.ann.windows()[-1]
    hold(stage, 503)
    show_first(stage, window)
    write_at_once(stage, window)
    reply_is_there_with_its_words(stage)


def test_a_conversation_opened_twice_while_it_loads_does_not_cover_the_reply(stage: Stage) -> None:
    connect(stage)
    answer = ask(stage, stage.ann, f"/inbox {DANA}")
    stage.restart()
    hold(stage)
    stage.ann.press(answer, "inbox.open_thread", block_id=row_of(answer, PRICES))
    until_asked(stage)
    stage.ann.press(stage.ann.window(), "inbox.open_thread")
    until(lambda: PRICES in screen(stage.ann.window()))
    showing = stage.ann.window().hash
    stage.settle()
    assert stage.ann.window().hash == showing, "drawn again by whoever was asked first"


def test_a_conversation_below_is_drawn_late_and_the_reply_on_top_stays(stage: Stage) -> None:
    connect(stage)
    window = open_with(stage, stage.ann, DANA, PRICES)
    stage.restart()
    hold(stage)
    show_first(stage, window)
    until_asked(stage)
    write_at_once(stage, window)
    stage.settle()
    assert len(stage.ann.windows()) == 2
    reply_is_there_with_its_words(stage)
    assert PRICES in screen(stage.ann.windows()[0])


def test_two_presses_from_one_picture_are_both_drawn(stage: Stage) -> None:
    connect(stage)
    window = open_with(stage, stage.ann, DANA, PRICES)
    lines = [
        str(b["block_id"])
        for b in window.blocks
        if (b.get("accessory") or {}).get("action_id") == "inbox.show"
    ]
    first, *_, last = lines
    stage.ann.press(window, "inbox.show", block_id=last)
    stage.press(stage.ann, window, "inbox.order")
    assert "Newest first" in screen(window)
    assert first


def test_a_record_drawn_late_does_not_cover_what_took_its_place(stage: Stage) -> None:
    window = third_window(stage)
    stage.press(stage.ann, window, "inbox.thread_menu", value="person")
    stage.press(stage.ann, window, "record.tab_details")
    stage.restart()
    hold(stage)
    stage.ann.press(window, "record.tab_inbox")
    until_asked(stage)
    menu = stage.ann.element(window, "contacts.menu")
    edit = next(one["value"] for one in menu["options"] if '"edit"' in one["value"])
    stage.ann.press(window, "contacts.menu", value=edit)
    assert window.callback_id in FORMS
    stage.ann.fill(window, "contacts.typed", "Left the company", block_id="notes")
    stage.settle()
    assert window.callback_id in FORMS
    assert stage.ann.submit().accepted
