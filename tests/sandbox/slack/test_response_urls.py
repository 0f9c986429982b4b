"""response_url: posts anew for a command, replaces for a press; five uses, half an hour."""

from datetime import timedelta
from typing import Any

import pytest
from slack_bolt import Ack
from slack_sdk.webhook import WebhookClient

from tests.sandbox.slack.drawing import Json, actions, button, section
from tests.sandbox.slack.town import Town


def command_url(town: Town) -> WebhookClient:
    seen: list[str] = []

    @town.bolt.command("/probe")
    def probe(ack: Ack, body: dict[str, Any]) -> None:
        seen.append(body["response_url"])
        ack()

    town.ann.command("general", "/probe")
    return WebhookClient(seen[0])


def press_url(town: Town, post: bool = False) -> WebhookClient:
    seen: list[str] = []

    @town.bolt.action("go")
    def go(ack: Ack, body: dict[str, Any]) -> None:
        seen.append(body["response_url"])
        ack()

    if post:
        town.client.chat_postMessage(channel="U0ANN", text="words", blocks=[actions(button("go"))])
        town.ann.press(town.ann.dm()[0], "go")
    else:
        command_url(town).send(text="first", blocks=[actions(button("go"))])
        town.ann.press(town.ann.messages("general")[0], "go")
    return WebhookClient(seen[0])


def texts(town: Town, channel: str = "general") -> list[str]:
    return [message.text for message in town.ann.messages(channel)]


@pytest.mark.parametrize("flag", [{"replace_original": True}, {"replace_original": False}, {}])
def test_a_commands_answer_always_posts_anew(town: Town, flag: Json) -> None:
    url = command_url(town)
    url.send(text="first")
    assert url.send_dict({"text": "second", **flag}).status_code == 200
    assert texts(town) == ["first", "second"]


def test_a_commands_answer_cannot_be_deleted(town: Town) -> None:
    url = command_url(town)
    url.send(text="first")
    url.send_dict({"delete_original": True})
    assert texts(town) == ["first"]


def test_a_presss_answer_replaces_the_message_that_was_pressed_in(town: Town) -> None:
    url = press_url(town)
    url.send_dict({"text": "second", "replace_original": True, "blocks": [section("second")]})
    (message,) = town.ann.messages("general")
    assert (message.text, message.blocks[0]["text"]["text"]) == ("second", "second")
    assert message.ephemeral


def test_a_presss_answer_without_the_word_posts_anew(town: Town) -> None:
    press_url(town).send(text="second")
    assert texts(town) == ["first", "second"]


def test_a_presss_answer_deletes_the_message_that_was_pressed_in(town: Town) -> None:
    press_url(town).send_dict({"delete_original": True})
    assert texts(town) == []


def test_a_lasting_message_is_replaced_too(town: Town) -> None:
    press_url(town, post=True).send_dict({"text": "second", "replace_original": True})
    (message,) = town.ann.dm()
    assert (message.text, message.blocks) == ("second", [])


def test_replacing_an_ephemeral_message_after_a_reload_shows_nothing(town: Town) -> None:
    url = press_url(town)
    town.ann.reload()
    assert url.send_dict({"text": "second", "replace_original": True}).status_code == 200
    assert texts(town) == []


def test_a_response_url_is_good_for_five_answers(town: Town) -> None:
    url = command_url(town)
    codes = [url.send(text=str(n)).status_code for n in range(6)]
    assert codes == [200] * 5 + [404]
    assert texts(town) == ["0", "1", "2", "3", "4"]


def test_a_response_url_is_good_for_half_an_hour(town: Town) -> None:
    url = command_url(town)
    town.sandbox.clock.advance(timedelta(minutes=29))
    assert url.send(text="early").status_code == 200
    town.sandbox.clock.advance(timedelta(minutes=2))
    answer = url.send(text="late")
    assert (answer.status_code, "expired_url" in answer.body) == (404, True)


def test_a_made_up_response_url_is_refused(town: Town) -> None:
    url = WebhookClient(f"{town.sandbox.base_url}/actions/T0NORTHWIND/1/abc")
    assert url.send(text="words").status_code == 404


def test_broken_blocks_are_refused_by_a_response_url(town: Town) -> None:
    answer = command_url(town).send(text="words", blocks=[section("x" * 3001)])
    assert (answer.status_code, "invalid_blocks" in answer.body) == (400, True)


def test_the_answer_url_says_ok(town: Town) -> None:
    assert command_url(town).send(text="words").body == "ok"


def test_in_channel_answers_are_seen_by_everybody(town: Town) -> None:
    command_url(town).send(text="words", response_type="in_channel")
    assert [message.text for message in town.ben.messages("general")] == ["words"]
