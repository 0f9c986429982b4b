"""Mail is shown where nothing of it stays: never in a message that Slack keeps."""

import json

from slack_sdk import WebClient

from bot import doors
from bot.blocks import actions
from bot.payloads import ListRef
from bot.words import Reader
from sandbox.faults import Fault, Kind
from tests.flows.inbox.reading import ask
from tests.stage import Stage, connect, texts

DANA = "dana@northwind.example"


def post(stage: Stage) -> None:
    """Put a message with the door to a list into Ann's conversation with Mailroom."""
    installed = stage.workspace.installation
    assert installed is not None
    client = WebClient(token=installed.bot_token, base_url=f"{stage.base}/api/")
    button = doors.SHOW_THREADS.draw(Reader(), ListRef(address=DANA))
    client.chat_postMessage(channel=stage.ann.id, text="Connected.", blocks=[actions(button)])


def test_a_list_asked_for_in_a_direct_message_opens_in_a_window(stage: Stage) -> None:
    connect(stage)
    post(stage)
    message = stage.ann.dm()[-1]
    stage.press(stage.ann, message, "inbox.show_threads")
    assert "Lunch when you are in town?" in texts(stage.ann.window().blocks)
    assert "Lunch" not in json.dumps([m.blocks for m in stage.ann.dm()])
    assert len(message.blocks) == 1


def test_nothing_of_a_list_is_left_after_a_reload_and_nobody_else_sees_it(stage: Stage) -> None:
    connect(stage)
    for place in ("general", "dm"):
        answer = stage.type(stage.ann, f"/inbox {DANA}", place)
        assert answer is not None
        assert answer.ephemeral
    stage.ann.reload()
    kept = json.dumps([[m.text, m.blocks] for place in ("general", "dm") for m in stage.ann.messages(place)])
    assert "Lunch" not in kept


def test_a_window_that_failed_leads_on_in_the_same_window(stage: Stage) -> None:
    connect(stage)
    answer = ask(stage, stage.ann, f"/inbox {DANA}")
    stage.restart()
    stage.faults.add(Fault("google", Kind.STATUS, "/gmail/v1", times=None))
    row = next(b["block_id"] for b in answer.blocks if '"inbox.open_thread"' in json.dumps(b))
    stage.press(stage.ann, answer, "inbox.open_thread", block_id=row)
    window = stage.ann.window()
    assert "Gmail does not answer properly at the moment." in texts(window.blocks)
    stage.faults.clear("google")
    stage.press(stage.ann, window, "inbox.open_thread")
    assert stage.ann.windows() == [window]
    assert "Lunch at the little place by the canal?" in texts(window.blocks)
