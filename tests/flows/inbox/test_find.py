"""The Find window: from everywhere, offering contacts and whole addresses, becoming the person's window."""

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sandbox.slack.state import View
from tests.flows.inbox.reading import add_contact, ask, gmail_calls
from tests.stage import Stage, connect, texts

DANA = "dana@northwind.example"


def find(stage: Stage) -> View:
    stage.ann.command("general", "/inbox")
    return stage.ann.window()


def offered(stage: Stage, window: View, typed: str = "") -> list[str]:
    return [option["text"]["text"] for option in stage.ann.options(window, "inbox.whom", typed)]


def choose(stage: Stage, window: View, typed: str) -> None:
    option = stage.ann.options(window, "inbox.whom", typed)[0]
    stage.ann.fill(window, "inbox.whom", option["value"])


def test_the_command_alone_the_shortcut_and_find_open_the_same_window(stage: Stage) -> None:
    for way in ("/inbox", "/inbox find"):
        stage.ann.command("general", way)
        window = stage.ann.window()
        assert window.callback_id == "inbox.find"
        assert len(window.blocks) <= 4
        stage.ann.close()
    assert stage.ann.shortcut("inbox.find") == ""
    assert stage.ann.window().callback_id == "inbox.find"


def test_contacts_are_offered_recent_ones_first_and_gmail_is_not_asked(stage: Stage) -> None:
    connect(stage)
    for name in ("Dana Reyes", "Ivo Petrov", "Tom Abel"):
        add_contact(stage, name, f"{name.split()[0].lower()}@northwind.example", company="Abel & Söhne")
    ask(stage, stage.ann, "/inbox Ivo")
    before = gmail_calls(stage)
    window = find(stage)
    assert offered(stage, window)[0] == "Ivo Petrov"
    assert sorted(offered(stage, window)) == ["Dana Reyes", "Ivo Petrov", "Tom Abel"]
    assert offered(stage, window, "tom")[0] == "Tom Abel"
    assert sorted(offered(stage, window, "ABEL")) == ["Dana Reyes", "Ivo Petrov", "Tom Abel"]
    assert offered(stage, window, "sohne tom") == ["Tom Abel"]
    assert offered(stage, window, "zzz") == []
    assert gmail_calls(stage) == before


def test_a_whole_address_is_offered_as_it_is_and_a_known_one_as_its_contact(stage: Stage) -> None:
    connect(stage)
    add_contact(stage, "Dana Reyes", DANA)
    window = find(stage)
    assert offered(stage, window, "new@somewhere.example") == ["Show mail with new@somewhere.example"]
    assert offered(stage, window, f"<{DANA.upper()}>") == ["Dana Reyes"]
    assert offered(stage, window, "new@somewhere") == []


def test_a_strangers_mail_is_shown_in_the_same_window(stage: Stage) -> None:
    connect(stage)
    window = find(stage)
    choose(stage, window, DANA)
    assert stage.ann.submit().accepted
    stage.settle()
    assert stage.ann.windows() == [window]
    assert "Lunch when you are in town?" in texts(window.blocks)


def test_words_narrow_what_is_shown(stage: Stage) -> None:
    connect(stage)
    add_contact(stage, "Dana Reyes", DANA)
    window = find(stage)
    choose(stage, window, "dana")
    stage.ann.fill(window, "inbox.words", "label")
    assert stage.ann.submit().accepted
    stage.settle()
    shown = texts(window.blocks)
    assert "Photo of the new label" in shown
    assert "Lunch when you are in town?" not in shown


def test_search_below_a_list_opens_with_the_person_filled_in(stage: Stage) -> None:
    connect(stage)
    answer = ask(stage, stage.ann, f"/inbox {DANA}")
    stage.press(stage.ann, answer, "inbox.search")
    window = stage.ann.window()
    assert stage.ann.element(window, "inbox.whom")["initial_option"]["text"]["text"].endswith(DANA)
    stage.ann.fill(window, "inbox.words", "label")
    assert stage.ann.submit().accepted
    stage.settle()
    assert "Photo of the new label" in texts(window.blocks)
    assert "Lunch" not in texts(window.blocks)


def test_nobody_chosen_is_said_beside_the_field(stage: Stage) -> None:
    connect(stage)
    find(stage)
    assert "inbox.whom" in stage.ann.submit().errors


def test_an_address_too_long_to_carry_is_not_offered(stage: Stage) -> None:
    connect(stage)
    window = find(stage)
    long = f"{'a' * 60}@{'b' * 60}.{'c' * 60}.example"
    assert offered(stage, window, long) == []
    assert stage.ann.notices() == []


def test_a_thread_opened_from_there_lies_on_top(stage: Stage) -> None:
    connect(stage)
    window = find(stage)
    choose(stage, window, DANA)
    stage.ann.submit()
    stage.settle()
    block = next(b for b in window.blocks if '"inbox.open_thread"' in json.dumps(b))
    stage.press(stage.ann, window, "inbox.open_thread", block_id=block["block_id"])
    below, top = stage.ann.windows()
    assert below is window
    assert top.callback_id == "inbox.thread"


def test_what_was_found_never_overtakes_the_answer_that_makes_room_for_it(stage: Stage) -> None:
    connect(stage)
    window = find(stage)
    choose(stage, window, DANA)
    inner, engine = stage.mailroom.web, stage.mailroom.engine
    early: list[bool] = []

    def slowly(environ: Any, start_response: Any) -> Iterable[bytes]:
        answer: Any = inner(environ, start_response)
        body = b"".join(answer)
        early.append(engine.wait_until_idle(0.3) or bool(stage.faults.calls("slack", "views.update")))
        answer.close()
        return [body]

    stage.faults.forget_calls()
    slow: Any = slowly
    stage.mailroom = replace(stage.mailroom, web=slow)
    stage.ann.submit()
    stage.mailroom = replace(stage.mailroom, web=inner)
    stage.settle()
    assert early == [False]
    assert "Lunch when you are in town?" in texts(window.blocks)
