"""Slash commands and the global shortcut: what arrives at the app, and what the person sees."""

import json
import threading
from typing import Any

import pytest
from slack_bolt import Ack, Respond

from sandbox.slack.payloads import as_slack_json
from sandbox.slack.surfaces import NotThereError
from tests.sandbox.slack.drawing import actions, button, section
from tests.sandbox.slack.town import Town


def test_a_command_arrives_signed_with_all_its_fields(town: Town) -> None:
    seen: list[dict[str, Any]] = []

    @town.bolt.command("/probe")
    def probe(ack: Ack, body: dict[str, Any]) -> None:
        seen.append(body)
        ack()

    assert town.ann.command("general", "/probe dana@northwind.example <b> & more") == ""

    (body,) = seen
    assert body["text"] == "dana@northwind.example <b> & more"
    assert body["command"] == "/probe"
    assert (body["user_id"], body["user_name"]) == ("U0ANN", "ann")
    assert (body["team_id"], body["team_domain"]) == ("T0NORTHWIND", "northwind")
    assert body["channel_name"] == "general"
    assert body["api_app_id"] == town.slack.app.app_id
    assert body["is_enterprise_install"] == "false"
    assert body["trigger_id"]
    assert body["response_url"].startswith(f"{town.sandbox.base_url}/commands/T0NORTHWIND/")


def test_a_direct_conversation_is_named_directmessage(town: Town) -> None:
    seen: list[str] = []

    @town.bolt.command("/probe")
    def probe(ack: Ack, body: dict[str, Any]) -> None:
        seen.append(body["channel_name"])
        ack()

    town.ann.command("dm", "/probe")
    town.ann.command(town.ann.direct("ben").id, "/probe")
    assert seen == ["directmessage", "directmessage"]


def test_an_escaped_command_turns_mentions_and_links_into_ids(town: Town) -> None:
    seen: list[str] = []

    @town.bolt.command("/escaped")
    def probe(ack: Ack, body: dict[str, Any]) -> None:
        seen.append(body["text"])
        ack()

    town.ann.command("general", "/escaped @ben & https://a.example/b")
    assert seen == ["<@U0BEN|ben> &amp; <https://a.example/b>"]


def test_a_wrong_signing_secret_is_refused_by_bolt(town: Town) -> None:
    town.slack.delivery._secret = b"something else"

    @town.bolt.command("/probe")
    def probe(ack: Ack) -> None:
        ack()

    assert town.ann.command("general", "/probe") == "dispatch_failed"


def test_an_empty_answer_shows_nothing(town: Town) -> None:
    @town.bolt.command("/probe")
    def probe(ack: Ack) -> None:
        ack()

    town.ann.command("general", "/probe")
    assert town.ann.messages("general") == []


def test_an_answer_is_for_the_typist_alone(town: Town) -> None:
    @town.bolt.command("/probe")
    def probe(ack: Ack) -> None:
        ack(text="Hello", blocks=[section("Hello")])

    town.ann.command("general", "/probe")
    (message,) = town.ann.messages("general")
    assert (message.text, message.ephemeral) == ("Hello", True)
    assert town.ben.messages("general") == []


def test_an_answer_in_the_channel_publishes_what_was_typed(town: Town) -> None:
    @town.bolt.command("/probe")
    def probe(ack: Ack) -> None:
        ack(text="Hello", response_type="in_channel")

    town.ann.command("general", "/probe secret@northwind.example")
    assert [m.text for m in town.ben.messages("general")] == ["/probe secret@northwind.example", "Hello"]


def test_ephemeral_messages_are_gone_on_reload(town: Town) -> None:
    @town.bolt.command("/probe")
    def probe(ack: Ack) -> None:
        ack("Hello")

    town.ann.command("general", "/probe")
    town.ann.reload()
    assert town.ann.messages("general") == []


def test_a_late_command_shows_operation_timeout(town: Town) -> None:
    release = threading.Event()
    town.slack.delivery.patience = 0.05

    @town.bolt.command("/probe")
    def probe(ack: Ack) -> None:
        release.wait(10)
        ack()

    assert town.ann.command("general", "/probe") == "operation_timeout"
    release.set()
    (message,) = town.ann.messages("general")
    assert "operation_timeout" in message.text
    assert message.ephemeral


def test_the_patience_of_slack_is_three_seconds(town: Town) -> None:
    assert town.slack.delivery.patience == 3.0


def test_a_command_that_nobody_handles_fails(town: Town) -> None:
    assert town.ann.command("general", "/probe") == "dispatch_failed"
    assert "dispatch_failed" in town.ann.messages("general")[0].text


def test_an_unknown_command_does_not_reach_the_app(town: Town) -> None:
    assert town.ann.command("general", "/nothing") == "unknown_command"
    assert town.sandbox.faults.calls("bot") == []


def test_broken_blocks_in_an_answer_are_an_invalid_command_response(town: Town) -> None:
    @town.bolt.command("/probe")
    def probe(ack: Ack) -> None:
        ack(text="Hello", blocks=[actions(button("same"), button("same"))])

    assert town.ann.command("general", "/probe") == "invalid_command_response"


def test_a_person_outside_a_channel_cannot_type_there(town: Town) -> None:
    with pytest.raises(NotThereError):
        town.slack.as_user("gus").command("general", "/probe")


def test_the_shortcut_arrives_with_a_trigger_and_no_response_url(town: Town) -> None:
    seen: list[dict[str, Any]] = []

    @town.bolt.shortcut("find")
    def find(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        seen.append(body)

    assert town.ann.shortcut("find") == ""
    (body,) = seen
    assert body["type"] == "shortcut"
    assert body["trigger_id"]
    assert body["action_ts"]
    assert "response_url" not in body


def test_payloads_come_unicode_escaped(town: Town) -> None:
    written = as_slack_json({"text": "Grüße/🙂"})
    assert written == '{"text":"Gr\\u00fc\\u00dfe\\/\\ud83d\\ude42"}'
    assert json.loads(written) == {"text": "Grüße/🙂"}


def test_answers_through_respond_reach_the_typist(town: Town) -> None:
    @town.bolt.command("/probe")
    def probe(ack: Ack, respond: Respond) -> None:
        ack()
        respond(text="Found", blocks=[section("Found")])

    town.ann.command("general", "/probe")
    assert [m.text for m in town.ann.messages("general")] == ["Found"]
    assert town.ben.messages("general") == []
