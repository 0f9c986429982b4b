"""The baseline of `ack_ratio`: the least that a Bolt app can be, under the same server as Mailroom.

Bolt checks the signature itself, one listener answers the command, nothing else is done.
"""

import os
from typing import Any

from flask import Flask, request
from slack_bolt import Ack, App
from slack_bolt.adapter.flask import SlackRequestHandler
from slack_bolt.authorization import AuthorizeResult


def build() -> Flask:
    """Build it in the worker, as Mailroom is."""
    installed = AuthorizeResult(
        enterprise_id=None, team_id="T1", bot_token="xoxb-0-0-bare", bot_id="B1", bot_user_id="U1"
    )
    bolt = App(
        signing_secret=os.environ["SLACK_SIGNING_SECRET"],
        authorize=lambda: installed,
        process_before_response=True,
    )

    @bolt.command("/inbox")
    def answer(ack: Ack) -> None:
        ack("help")

    web, handler = Flask("bare"), SlackRequestHandler(bolt)

    @web.post("/slack/events")
    def events() -> Any:
        return handler.handle(request)

    return web
