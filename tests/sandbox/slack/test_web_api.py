"""The Web API's own refusals, and the shapes of its answers, through slack_sdk."""

from datetime import timedelta
from typing import Any

import pytest
import requests
from slack_sdk import WebClient

from sandbox.slack.state import SlackUser
from tests.sandbox.slack.drawing import Json, home, modal, plain, section
from tests.sandbox.slack.town import MANIFEST, Town


def anonymous(town: Town, token: str | None) -> Json:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answer: Json = requests.post(f"{town.sandbox.base_url}/api/auth.test", headers=headers, timeout=5).json()
    return answer


def test_no_token_and_a_wrong_token_are_refused(town: Town) -> None:
    assert anonymous(town, None) == {"ok": False, "error": "not_authed"}
    assert anonymous(town, "xoxb-wrong") == {"ok": False, "error": "invalid_auth"}


def test_a_missing_scope_is_named(town: Town) -> None:
    answer = town.refused("users.lookupByEmail", email="ann@northwind.example")
    assert (answer["error"], answer["needed"]) == ("missing_scope", "users:read.email")
    assert answer["provided"].split(",") == sorted(MANIFEST["oauth_config"]["scopes"]["bot"])


def test_an_unknown_method_is_refused(town: Town) -> None:
    assert town.refused("chat.whisper")["error"] == "unknown_method"


def test_auth_test_tells_whose_token_it_is(town: Town) -> None:
    answer = town.client.auth_test()
    assert (answer["team"], answer["team_id"], answer["user"]) == ("Northwind", "T0NORTHWIND", "probe")
    assert answer["bot_id"].startswith("B")


def test_a_message_to_a_person_lands_in_their_direct_conversation(town: Town) -> None:
    answer = town.client.chat_postMessage(channel="U0ANN", text="words")
    assert answer["channel"].startswith("D")
    assert answer["message"]["bot_id"]
    assert [m.text for m in town.ann.dm()] == ["words"]
    assert town.ben.dm() == []


@pytest.mark.parametrize(
    ("channel", "code"),
    [
        ("U0NOBODY", "channel_not_found"),
        ("U0DEE", "channel_not_found"),
        ("C0NOWHERE", "channel_not_found"),
        ("general", "not_in_channel"),
        ("", "channel_not_found"),
    ],
)
def test_messages_to_nowhere_are_refused(town: Town, channel: str, code: str) -> None:
    assert town.refused("chat.postMessage", channel=channel, text="words")["error"] == code


def test_other_peoples_conversations_are_closed_to_the_app(town: Town) -> None:
    channel = town.ann.direct("ben").id
    assert town.refused("chat.postMessage", channel=channel, text="words")["error"] == "channel_not_found"


@pytest.mark.parametrize("fields", [{}, {"text": ""}, {"blocks": []}])
def test_a_message_without_content_is_refused(town: Town, fields: Json) -> None:
    assert town.refused("chat.postMessage", channel="U0ANN", **fields)["error"] == "no_text"


def test_long_text_is_refused(town: Town) -> None:
    town.client.chat_postMessage(channel="U0ANN", text="x" * 4000)
    assert town.refused("chat.postMessage", channel="U0ANN", text="x" * 4001)["error"] == "msg_too_long"


def test_blocks_with_too_many_characters_together_are_refused(town: Town) -> None:
    def blocks(count: int) -> list[Json]:
        return [section("x" * 1000) for _ in range(count)]

    town.client.chat_postMessage(channel="U0ANN", text="words", blocks=blocks(11))
    answer = town.refused("chat.postMessage", channel="U0ANN", text="words", blocks=blocks(12))
    assert answer["error"] == "msg_blocks_too_long"


def test_broken_blocks_are_named_twice_with_pointers(town: Town) -> None:
    blocks = [{"type": "divider"}] * 51
    answer = town.refused("chat.postMessage", channel="U0ANN", text="words", blocks=blocks)
    words = "no more than 50 items allowed [json-pointer:/blocks]"
    assert answer["error"] == "invalid_blocks"
    assert answer["errors"] == [words]
    assert answer["response_metadata"]["messages"] == [f"[ERROR] {words}"]


def test_broken_views_are_invalid_arguments(town: Town) -> None:
    answer = town.refused("views.publish", user_id="U0ANN", view=home(section("x" * 3001)))
    assert answer["error"] == "invalid_arguments"
    words = "[ERROR] must be less than 3001 characters [json-pointer:/view/blocks/0/text/text]"
    assert answer["response_metadata"]["messages"] == [words]
    assert "errors" not in answer


def test_an_update_wants_the_channels_id_and_keeps_blocks_that_are_not_given(town: Town) -> None:
    posted = town.client.chat_postMessage(channel="U0ANN", text="first", blocks=[section("first")])
    channel, ts = posted["channel"], posted["ts"]
    assert town.refused("chat.update", channel="U0ANN", ts=ts, text="second")["error"] == "channel_not_found"
    town.client.chat_update(channel=channel, ts=ts, text="second")
    (message,) = town.ann.dm()
    assert (message.text, message.blocks[0]["text"]["text"]) == ("second", "first")
    assert message.edited_ts
    town.client.chat_update(channel=channel, ts=ts, text="third", blocks=[])
    assert message.blocks == []


def test_only_messages_of_the_app_that_exist_are_changed(town: Town) -> None:
    said = town.ann.direct("ben")
    channel = town.client.chat_postMessage(channel="U0ANN", text="words")["channel"]
    assert (
        town.refused("chat.update", channel=channel, ts="1.000001", text="x")["error"] == "message_not_found"
    )
    town.ann.channel("general").members.add(town.client.auth_test()["user_id"])
    message = town.ann.say("general", "mine")
    for method, code in [("chat.update", "cant_update_message"), ("chat.delete", "cant_delete_message")]:
        answer = town.refused(method, channel=message.channel_id, ts=message.ts, text="x")
        assert answer["error"] == code
    assert said.kind == "im"


def test_ephemeral_messages_cannot_be_changed_later(town: Town) -> None:
    channel = town.ann.channel("dm").id
    ts = town.client.chat_postEphemeral(channel=channel, user="U0ANN", text="words")["message_ts"]
    assert [m.ephemeral for m in town.ann.dm()] == [True]
    assert town.refused("chat.update", channel=channel, ts=ts, text="x")["error"] == "message_not_found"


def test_ephemeral_messages_reach_members_of_the_channel_alone(town: Town) -> None:
    channel = town.ann.channel("dm").id
    answer = town.refused("chat.postEphemeral", channel=channel, user="U0BEN", text="words")
    assert answer["error"] == "user_not_in_channel"
    general = town.ann.channel("general").id
    answer = town.refused("chat.postEphemeral", channel=general, user="U0ANN", text="words")
    assert answer["error"] == "not_in_channel"


def test_a_workspace_may_close_the_window_for_edits(town: Town) -> None:
    posted = town.client.chat_postMessage(channel="U0ANN", text="first")
    town.slack.messages.edit_window = timedelta(hours=1)
    town.client.chat_update(channel=posted["channel"], ts=posted["ts"], text="second")
    town.sandbox.clock.advance(timedelta(hours=2))
    answer = town.refused("chat.update", channel=posted["channel"], ts=posted["ts"], text="third")
    assert answer["error"] == "edit_window_closed"


def test_users_info_tells_zone_locale_and_standing(town: Town) -> None:
    user: Any = town.client.users_info(user="U0ANN", include_locale=True)["user"]
    assert (user["tz"], user["locale"], user["is_admin"]) == ("Europe/Amsterdam", "nl-NL", True)
    assert "email" not in user["profile"]
    guest: Any = town.client.users_info(user="U0GUS")["user"]
    assert (guest["is_restricted"], guest["is_ultra_restricted"]) == (True, True)
    assert "locale" not in guest
    gone: Any = town.client.users_info(user="U0DEE")["user"]
    assert gone["deleted"] is True
    assert "tz" not in gone
    assert town.refused("users.info", user="U0NOBODY")["error"] == "user_not_found"


def test_a_person_who_changes_is_told_of_as_they_are_now(town: Town) -> None:
    town.slack.state.put_user("T0NORTHWIND", SlackUser("U0BEN", "ben", "Ben", tz="Asia/Tokyo", is_owner=True))
    user: Any = town.client.users_info(user="U0BEN")["user"]
    assert (user["tz"], user["is_admin"], user["is_owner"]) == ("Asia/Tokyo", True, True)


def test_addresses_need_their_own_scope(town: Town) -> None:
    scopes = town.slack.app.scopes | {"users:read.email"}
    token = town.slack.install("T0NORTHWIND", scopes).bot_token
    client = WebClient(token, base_url=f"{town.sandbox.base_url}/api/")
    user: Any = client.users_lookupByEmail(email="ANN@northwind.example")["user"]
    assert (user["id"], user["profile"]["email"]) == ("U0ANN", "ann@northwind.example")
    assert town.refused("auth.test")["error"] == "invalid_auth"


def test_users_are_listed_in_pages(town: Town) -> None:
    names: list[str] = []
    for page in town.client.users_list(limit=2):
        members: Any = page["members"]
        assert len(members) <= 2
        names += [member["name"] for member in members]
    assert names == ["ann", "ben", "gus", "dee", "probe"]


def test_conversations_open_returns_the_one_conversation(town: Town) -> None:
    opened: Any = town.client.conversations_open(users="U0ANN")["channel"]
    again: Any = town.client.conversations_open(users=["U0ANN"])
    assert again["channel"]["id"] == opened["id"] == town.ann.channel("dm").id
    assert again["already_open"] is True
    assert town.refused("conversations.open", users="U0DEE")["error"] == "user_disabled"
    assert town.refused("conversations.open", users="U0NOBODY")["error"] == "user_not_found"


def test_two_workspaces_do_not_see_each_other(town: Town) -> None:
    town.slack.add_workspace([SlackUser("U0ZOE", "zoe", "Zoe")], "Contoso", "T0CONTOSO")
    token = town.slack.configuration("T0CONTOSO")["SLACK_BOT_TOKEN"]
    other = WebClient(token, base_url=f"{town.sandbox.base_url}/api/")
    assert other.auth_test()["team_id"] == "T0CONTOSO"
    assert town.refused("chat.postMessage", channel="U0ZOE", text="words")["error"] == "channel_not_found"
    assert town.refused("views.publish", user_id="U0ZOE", view=home())["error"] == "invalid_arguments"
    trigger = town.slack.triggers.issue("T0CONTOSO", "U0ZOE")
    assert town.refused("views.open", trigger_id=trigger, view=modal())["error"] == "invalid_trigger_id"
    other.views_open(trigger_id=trigger, view=modal())
    assert town.slack.as_user("zoe").window().title == {**plain("Window"), "emoji": True}


def test_forms_are_read_as_slack_reads_them(town: Town) -> None:
    headers = {"Authorization": f"Bearer {town.client.token}"}
    blocks = '[{"type":"divider"}]'
    data = {"channel": "U0ANN", "text": "words", "blocks": blocks}
    url = f"{town.sandbox.base_url}/api/chat.postMessage"
    assert requests.post(url, data=data, headers=headers, timeout=5).json()["ok"] is True
    data["blocks"] = "[not json"
    answer = requests.post(url, data=data, headers=headers, timeout=5).json()
    assert answer["error"] == "invalid_blocks_format"


def test_a_read_only_messages_tab_takes_no_message(town: Town) -> None:
    with pytest.raises(LookupError):
        town.ann.say("dm", "hello")
