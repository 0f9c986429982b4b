"""Three windows on top of each other: what goes wrong in the third is said there, and typed text stays."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from slack_sdk import WebClient

from sandbox.faults import Fault, Kind
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


def write_in_the_third(stage: Stage) -> None:
    """Ann has two windows below a reply, and has typed into it."""
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


def test_a_press_that_fails_in_the_third_window_says_so_and_keeps_the_text(
    stage: Stage, sqlite_url: str
) -> None:
    write_in_the_third(stage)
    ann = stage.ann
    with held(sqlite_url):
        stage.press(ann, ann.window(), "inbox.save_draft")
    assert "Nothing was saved; try again in a few seconds." in screen(ann.window())
    assert ann.submit().accepted
    stage.later(SOON)
    (letter,) = arrived(stage, DANA)
    assert "Friday is fine." in str(letter)


def test_a_press_that_fails_in_a_third_window_that_was_drawn_meanwhile_is_told_in_a_direct_message(
    stage: Stage, sqlite_url: str
) -> None:
    write_in_the_third(stage)
    installed, window = stage.workspace.installation, stage.ann.window()
    assert installed is not None
    client = WebClient(installed.bot_token, base_url=f"{stage.base}/api/")
    drawn = {name: getattr(window, name) for name in ("type", "title", "blocks", "submit", "callback_id")}
    view = {**drawn, "private_metadata": window.private_metadata}
    with held(sqlite_url):
        pressing = Thread(target=stage.ann.press, args=(window, "inbox.save_draft"))
        pressing.start()
        stage.faults.add(Fault("slack", Kind.DELAY, "views.push", seconds=0.5))
        while stage.faults.standing():  # the push that finds no room is on its way
            Event().wait(0.01)
        client.views_update(view_id=window.id, view=view)
        pressing.join()
    stage.settle()
    assert "Nothing was saved; try again in a few seconds." in stage.ann.dm()[-1].text
    assert stage.ann.submit().accepted
    stage.later(SOON)
    (letter,) = arrived(stage, DANA)
    assert "Friday is fine." in str(letter)
