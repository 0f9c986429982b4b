"""A workspace with its page in the browser and a real Bolt app that draws the gallery."""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient

from sandbox.slack.page.routes import create_page
from tests.sandbox.page import gallery
from tests.sandbox.slack.town import Town, town

Json = dict[str, Any]


@contextmanager
def stage() -> Iterator[Town]:
    """Open a workspace whose app answers everything of the gallery."""
    with town() as opened:
        page = create_page(opened.slack, opened.sandbox.faults, opened.sandbox.clock)
        opened.sandbox.mount("/", "page", page, strip=False, counted=False)
        _listen(opened)
        yield opened


def _listen(opened: Town) -> None:
    def show_form(ack: Ack, body: Json, client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=copy.deepcopy(gallery.FORM))

    def answer(ack: Ack) -> None:
        ack({"text": "Conversations", "blocks": copy.deepcopy(gallery.MESSAGE[:6])})

    def draw_home(event: Json, client: WebClient) -> None:
        client.views_publish(user_id=event["user"], view=copy.deepcopy(gallery.HOME))

    def offer(ack: Ack, payload: Json) -> None:
        ack(options=[gallery.option(f"Dana {payload['value']}", "dana"), gallery.option("Tom Abel", "tom")])

    opened.bolt.command("/probe")(answer)
    opened.bolt.shortcut("find")(show_form)
    opened.bolt.action("inbox.reply")(show_form)
    opened.bolt.event("app_home_opened")(draw_home)
    opened.bolt.options("a")(offer)
    opened.bolt.options("home.find")(offer)
