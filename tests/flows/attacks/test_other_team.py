"""A genuine request of Slack's for a workspace that Mailroom is not installed in."""

import hashlib
import hmac
import time
from urllib.parse import urlencode

from werkzeug.test import Client

from tests.house.given import SIGNING_SECRET
from tests.stage import Stage


def test_somebody_of_another_workspace_is_told_in_our_words(stage: Stage) -> None:
    form = {
        "command": "/inbox",
        "text": "dana@northwind.example",
        "team_id": "T0ELSEWHERE",
        "user_id": stage.ann.id,
        "api_app_id": stage.slack.app.app_id,
        "trigger_id": "1.1.x",
    }
    body = urlencode(form).encode()
    stamp = str(int(time.time()))
    signed = hmac.new(SIGNING_SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={signed}",
    }
    answer = Client(stage.mailroom.web).post("/slack/events", data=body, headers=headers)
    assert answer.status_code == 200
    told = answer.get_data(as_text=True)
    assert told == "Mailroom was removed from this workspace. Ask an administrator to install it again."
