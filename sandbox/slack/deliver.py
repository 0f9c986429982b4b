"""Signed HTTP requests from Slack to the app's one request URL, with Slack's patience of 3 s."""

import hashlib
import hmac
import http.client
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from sandbox.activity import Activity
from sandbox.faults import Call, Faults
from sandbox.slack.payloads import as_slack_json

TIMED_OUT, UNREACHABLE, REFUSED = "http_timeout", "connection_failed", "http_error"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the app answered; `failure` is one of Slack's reasons, or empty."""

    status: int
    body: bytes
    content_type: str
    failure: str = ""
    no_retry: bool = False

    def json(self) -> Any:
        """Read the body as JSON. Raises ValueError."""
        return json.loads(self.body)


class Delivery:
    """Send requests to the app. `patience` is Slack's 3 s; a test that is about lateness may shorten it."""

    def __init__(self, signing_secret: str, activity: Activity, faults: Faults) -> None:
        self._secret = signing_secret.encode()
        self._activity = activity
        self._faults = faults
        self.request_url = ""
        self.patience = 3.0
        # Real time: the app holds signatures against its host's clock, not against the dialled one.
        self.signing_time: Callable[[], float] = time.time

    def form(self, fields: dict[str, str]) -> Answer:
        """Send a slash command."""
        return self._post(urlencode(fields).encode(), "application/x-www-form-urlencoded", {})

    def interaction(self, payload: dict[str, Any]) -> Answer:
        """Send a press, a submission, a shortcut or a question for options."""
        body = urlencode({"payload": as_slack_json(payload)}).encode()
        return self._post(body, "application/x-www-form-urlencoded", {})

    def event(self, envelope: dict[str, Any], retry: int, reason: str) -> Answer:
        """Send an event; from the second attempt on it says which and why."""
        headers = {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": reason} if retry else {}
        return self._post(as_slack_json(envelope).encode(), "application/json", headers)

    def sign(self, body: bytes) -> dict[str, str]:
        """Return Slack's signature of a body. Source: docs.slack.dev/authentication/verifying-requests."""
        stamp = str(int(self.signing_time()))
        digest = hmac.new(self._secret, b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}

    def _post(self, body: bytes, content_type: str, extra: dict[str, str]) -> Answer:
        headers = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (sandbox)",
            "Accept": "application/json,*/*",
            **self.sign(body),
            **extra,
        }
        with self._activity.doing():
            answer = self._exchange(body, headers)
        self._faults.record(Call("bot", "POST", urlsplit(self.request_url).path, answer.status))
        return answer

    def _exchange(self, body: bytes, headers: dict[str, str]) -> Answer:
        url = urlsplit(self.request_url)
        began = time.monotonic()
        connection = http.client.HTTPConnection(url.hostname or "127.0.0.1", url.port, timeout=self.patience)
        try:
            connection.request("POST", url.path or "/", body, headers)
            response = connection.getresponse()
            content = response.read()
        except TimeoutError:
            return Answer(0, b"", "", TIMED_OUT)
        except (OSError, http.client.HTTPException):
            return Answer(0, b"", "", UNREACHABLE)
        finally:
            connection.close()
        late = time.monotonic() - began > self.patience
        failure = TIMED_OUT if late else "" if 200 <= response.status < 300 else REFUSED
        return Answer(
            response.status,
            content,
            response.getheader("Content-Type", ""),
            failure,
            response.getheader("X-Slack-No-Retry") == "1",
        )
