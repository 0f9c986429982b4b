"""Buttons, menus and inputs: what a press carries, and when the app hears of a change."""

import threading
from typing import Any

import pytest
from slack_bolt import Ack

from sandbox.slack.state import Message
from sandbox.slack.surfaces import NotThereError
from tests.sandbox.slack.drawing import Json, actions, button, field, home, modal, option, section, text_field
from tests.sandbox.slack.town import Town


def listen(town: Town, *action_ids: str) -> list[Json]:
    seen: list[Json] = []

    def hear(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        seen.append(body)

    for action_id in action_ids:
        town.bolt.action(action_id)(hear)
    return seen


def post(town: Town, *blocks: Json, who: str = "U0ANN") -> Message:
    answer = town.client.chat_postMessage(channel=who, text="words", blocks=list(blocks))
    message = town.slack.state.message(answer["channel"], answer["ts"])
    assert message is not None
    return message


def select(action_id: str, *values: str, **more: Any) -> Json:
    options = [option(value) for value in values]
    return {"type": "static_select", "action_id": action_id, "options": options, **more}


def test_a_press_in_a_message_carries_message_channel_state_and_response_url(town: Town) -> None:
    seen = listen(town, "go")
    boxes = {"type": "checkboxes", "action_id": "pick", "options": [option("1"), option("2")]}
    message = post(town, actions(button("go", value="v1"), boxes, block_id="row"))

    assert town.ann.press(message, "go") == ""

    (body,) = seen
    (action,) = body["actions"]
    assert (action["action_id"], action["block_id"], action["value"]) == ("go", "row", "v1")
    assert action["type"] == "button"
    assert action["action_ts"]
    assert body["container"] == {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel_id,
        "is_ephemeral": False,
    }
    assert body["message"]["ts"] == message.ts
    assert body["message"]["blocks"] == message.blocks
    assert body["channel"] == {"id": message.channel_id, "name": "directmessage"}
    assert body["response_url"].startswith(f"{town.sandbox.base_url}/actions/")
    assert body["state"]["values"] == {"row": {"pick": {"type": "checkboxes", "selected_options": []}}}
    assert "view" not in body


def test_a_press_in_an_ephemeral_message_does_not_repeat_the_message(town: Town) -> None:
    seen = listen(town, "go")

    @town.bolt.command("/probe")
    def probe(ack: Ack) -> None:
        ack(text="Hello", blocks=[actions(button("go"))])

    town.ann.command("general", "/probe")
    town.ann.press(town.ann.messages("general")[0], "go")
    assert seen[0]["container"]["is_ephemeral"] is True
    assert "message" not in seen[0]


def test_a_press_on_home_carries_the_view_and_no_response_url(town: Town) -> None:
    seen = listen(town, "go")
    town.client.views_publish(user_id="U0ANN", view=home(actions(button("go")), private_metadata="page 2"))
    view = town.ann.home()
    assert view is not None

    town.ann.press(view, "go")

    (body,) = seen
    assert body["container"] == {"type": "view", "view_id": view.id}
    assert body["view"]["hash"] == view.hash
    assert body["view"]["private_metadata"] == "page 2"
    assert body["view"]["type"] == "home"
    assert not {"response_url", "channel", "message", "state"} & set(body)


def test_a_press_repeats_what_is_filled_in_elsewhere_in_the_window(town: Town) -> None:
    seen = listen(town, "go")
    blocks = [text_field("words", "typed"), actions(button("go"))]
    town.client.views_open(
        trigger_id=town.trigger(), view=modal(*blocks, submit={"type": "plain_text", "text": "S"})
    )
    town.ann.fill(town.ann.window(), "typed", "half a thought")
    town.ann.press(town.ann.window(), "go")
    values = seen[0]["view"]["state"]["values"]
    assert values["words"]["typed"] == {"type": "plain_text_input", "value": "half a thought"}


def test_a_question_answered_with_no_sends_nothing(town: Town) -> None:
    seen = listen(town, "go")
    confirm = {
        "title": {"type": "plain_text", "text": "Sure"},
        "text": {"type": "plain_text", "text": "Really"},
        "confirm": {"type": "plain_text", "text": "Yes"},
        "deny": {"type": "plain_text", "text": "No"},
    }
    message = post(town, actions(button("go", confirm=confirm)))
    town.ann.press(message, "go", confirmed=False)
    assert seen == []
    town.ann.press(message, "go")
    assert len(seen) == 1


def test_an_overflow_menu_sends_the_option(town: Town) -> None:
    seen = listen(town, "more")
    menu = {"type": "overflow", "action_id": "more", "options": [option("edit", "Edit")]}
    message = post(town, section("row", accessory=menu))
    town.ann.press(message, "more", value="edit")
    assert seen[0]["actions"][0]["selected_option"]["value"] == "edit"
    with pytest.raises(NotThereError):
        town.ann.press(message, "more", value="delete")


def test_every_change_of_checkboxes_outside_inputs_reaches_the_app(town: Town) -> None:
    seen = listen(town, "pick")
    boxes = {"type": "checkboxes", "action_id": "pick", "options": [option("1"), option("2")]}
    message = post(town, actions(boxes))
    town.ann.fill(message, "pick", ["1"])
    town.ann.fill(message, "pick", ["1", "2"])
    chosen = [[o["value"] for o in body["actions"][0]["selected_options"]] for body in seen]
    assert chosen == [["1"], ["1", "2"]]


def test_a_choice_of_one_person_is_not_in_anothers_state(town: Town) -> None:
    seen = listen(town, "pick", "go")
    channel = town.ann.channel("general")
    channel.members.add(town.client.auth_test()["user_id"])
    boxes = {"type": "checkboxes", "action_id": "pick", "options": [option("1")]}
    row = actions(boxes, button("go"), block_id="row")
    answer = town.client.chat_postMessage(channel=channel.id, text="words", blocks=[row])
    message = town.slack.state.message(channel.id, answer["ts"])
    assert message is not None
    town.ann.fill(message, "pick", ["1"])
    town.ben.press(message, "go")
    assert seen[1]["state"]["values"]["row"]["pick"]["selected_options"] == []


@pytest.mark.parametrize(
    ("dispatch", "config", "enter", "heard"),
    [
        (False, None, True, 0),
        (True, None, False, 0),
        (True, None, True, 1),
        (True, ["on_character_entered"], False, 1),
    ],
)
def test_typing_reaches_the_app_only_where_the_input_asks_for_it(
    town: Town, dispatch: bool, config: list[str] | None, enter: bool, heard: int
) -> None:
    seen = listen(town, "typed")
    more: Json = {"dispatch_action_config": {"trigger_actions_on": config}} if config else {}
    element = {"type": "plain_text_input", "action_id": "typed", **more}
    block = field("words", element, dispatch_action=dispatch)
    view = modal(block, submit={"type": "plain_text", "text": "Send"})
    town.client.views_open(trigger_id=town.trigger(), view=view)
    town.ann.fill(town.ann.window(), "typed", "abc", enter=enter)
    assert len(seen) == heard


def test_an_external_select_asks_for_options_and_sends_the_chosen_one(town: Town) -> None:
    seen = listen(town, "who")
    asked: list[Json] = []

    @town.bolt.options("who")
    def offer(ack: Ack, body: dict[str, Any]) -> None:
        asked.append(body)
        ack(options=[option("c1", "Dana"), option("c2", "Dan")])

    element = {"type": "external_select", "action_id": "who", "min_query_length": 2}
    town.client.views_publish(user_id="U0ANN", view=home(section("find", block_id="f", accessory=element)))
    view = town.ann.home()
    assert view is not None

    assert town.ann.options(view, "who", "d") == []
    assert asked == []
    found = town.ann.options(view, "who", "da")
    assert [o["value"] for o in found] == ["c1", "c2"]
    assert (asked[0]["type"], asked[0]["value"], asked[0]["block_id"]) == ("block_suggestion", "da", "f")
    town.ann.fill(view, "who", "c2")
    assert seen[0]["actions"][0]["selected_option"] == option("c2", "Dan")
    with pytest.raises(NotThereError):
        town.ann.fill(view, "who", "c3")


def test_options_that_slack_would_refuse_are_told_to_the_person(town: Town) -> None:
    @town.bolt.options("who")
    def offer(ack: Ack) -> None:
        ack(options=[option(str(n)) for n in range(101)])

    element = {"type": "external_select", "action_id": "who", "min_query_length": 0}
    message = post(town, section("find", accessory=element))
    assert town.ann.options(message, "who") == []
    assert [notice.code for notice in town.ann.notices()] == ["invalid_options"]


def test_a_press_that_the_app_does_not_answer_in_time_is_told_to_the_person(town: Town) -> None:
    release = threading.Event()
    town.slack.delivery.patience = 0.05

    @town.bolt.action("go")
    def slow(ack: Ack) -> None:
        release.wait(10)
        ack()

    message = post(town, actions(button("go")))
    assert town.ann.press(message, "go") == "operation_timeout"
    release.set()
    assert [notice.code for notice in town.ann.notices()] == ["operation_timeout"]


def test_nobody_presses_what_is_no_longer_drawn(town: Town) -> None:
    message = post(town, actions(button("go")))
    town.client.chat_delete(channel=message.channel_id, ts=message.ts)
    with pytest.raises(NotThereError):
        town.ann.press(message, "go")


def test_nobody_presses_in_somebody_elses_home(town: Town) -> None:
    town.client.views_publish(user_id="U0ANN", view=home(actions(button("go"))))
    view = town.ann.home()
    assert view is not None
    with pytest.raises(NotThereError):
        town.ben.press(view, "go")


def test_a_static_select_sends_the_option_as_it_was_drawn(town: Town) -> None:
    seen = listen(town, "hour")
    message = post(town, section("when", accessory=select("hour", "8", "9")))
    town.ann.fill(message, "hour", "9")
    assert seen[0]["actions"][0]["selected_option"] == {
        "text": {"type": "plain_text", "text": "9", "emoji": True},
        "value": "9",
    }
