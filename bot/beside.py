"""Beside the place: how something is told where Slack does not let the place itself be drawn just now."""

from collections.abc import Mapping
from typing import Any

from slack_sdk import WebClient

from bot.places import DirectPlace, Notice, failed_window
from bot.slack import SlackError, ask
from bot.words import Reader


def tell_beside(client: WebClient, body: Mapping[str, Any], told: Notice, reader: Reader) -> None:
    """Tell it in another window, while the press is good for one, and else in a direct message.

    Without its buttons: one that opens something would do so in the wrong place. Raises: SlackError.
    """
    plain = Notice(told.text)
    inside = (body.get("view") or {}).get("type") == "modal"
    call = client.views_push if inside else client.views_open
    try:
        ask(call, trigger_id=str(body.get("trigger_id", "")), view=failed_window(plain, reader))
    except SlackError:
        DirectPlace(client, str(body["user"]["id"]), reader).tell(plain)
