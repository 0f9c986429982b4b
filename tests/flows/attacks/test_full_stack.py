"""Three windows on top of each other: what goes wrong in the third is said there, and typed text stays."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from tests.flows.inbox.reading import add_contact, row_of
from tests.flows.writing.post import DANA, SOON, arrived, connect, screen
from tests.stage import Stage


@contextmanager
def held(url: str) -> Iterator[None]:
    """Keep everybody else from writing into the database."""
    other = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    try:
        other.execute("begin immediate")
        yield
    finally:
        other.close()


def test_a_press_that_fails_in_the_third_window_says_so_and_keeps_the_text(
    stage: Stage, sqlite_url: str
) -> None:
    connect(stage)
    add_contact(stage, "Dana Reyes", DANA)
    ann = stage.ann
    stage.type(ann, "/inbox")
    window = ann.window()
    ann.fill(window, "inbox.whom", ann.options(window, "inbox.whom", "dana")[0]["value"])
    ann.submit()
    stage.settle()
    stage.press(ann, ann.window(), "inbox.open_thread", block_id=row_of(ann.window(), "Lunch"))
    stage.press(ann, ann.window(), "inbox.reply")
    assert len(ann.windows()) == 3
    ann.fill(ann.window(), "text", "Friday is fine.")
    with held(sqlite_url):
        stage.press(ann, ann.window(), "inbox.save_draft")
    assert "Nothing was saved; try again in a few seconds." in screen(ann.window())
    assert ann.submit().accepted
    stage.later(SOON)
    (letter,) = arrived(stage, DANA)
    assert "Friday is fine." in str(letter)
