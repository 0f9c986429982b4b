"""Buttons and windows of a Mailroom that was, pressed in the one that is."""

from tests.flows.inbox.reading import ask
from tests.flows.writing.post import DANA, connect, open_new, screen
from tests.stage import Stage


def test_a_button_that_nobody_listens_to_any_more_says_so(stage: Stage) -> None:
    connect(stage)
    answer = ask(stage, stage.ann, f"/inbox {DANA}")
    stage.ann.element(answer, "inbox.search")["action_id"] = "inbox.of_last_year"
    before = {m.ts for m in stage.ann.messages("general")}
    stage.press(stage.ann, answer, "inbox.of_last_year")
    (said,) = [m.text for m in stage.ann.messages("general") if m.ts not in before]
    assert "another version of Mailroom" in said
    assert stage.ann.notices() == []


def test_a_window_that_nobody_listens_to_any_more_says_so_and_keeps_the_text(stage: Stage) -> None:
    connect(stage)
    window = open_new(stage, DANA)
    window.callback_id = "inbox.of_last_year"
    stage.ann.fill(window, "subject", "Kettles")
    stage.ann.fill(window, "text", "Shall we order more?")
    (said,) = stage.ann.submit().errors.values()
    assert "another version of Mailroom" in said
    assert stage.ann.window() is window
    assert "Save draft" in screen(window)
