"""The Events API: events go out signed, and again at once, after a minute and after five, until one is taken.

Source: docs.slack.dev/apis/events-api (error handling); reference slack.md 2.8.
"""

import secrets
import threading
from datetime import timedelta
from typing import Any

from sandbox.activity import Activity
from sandbox.slack.app import SlackApp
from sandbox.slack.deliver import Answer, Delivery
from sandbox.slack.payloads import event_envelope
from sandbox.slack.state import State, Workspace

Json = dict[str, Any]

RETRIES = (timedelta(0), timedelta(minutes=1), timedelta(minutes=5))
# The app still hears of its own removal: these two go out although the installation is gone.
LAST_WORDS = ("app_uninstalled", "tokens_revoked")


class Events:
    """Send events of a workspace to the app."""

    def __init__(self, state: State, app: SlackApp, delivery: Delivery, activity: Activity) -> None:
        self._state = state
        self._app = app
        self._delivery = delivery
        self._activity = activity

    def send(self, workspace: Workspace, event: Json) -> str | None:
        """Send an event and wait for the first attempt's answer; return its id, None if not subscribed."""
        envelope = self._envelope(workspace, event)
        if envelope is None:
            return None
        self._attempt(envelope, 0, "")
        return str(envelope["event_id"])

    def send_later(self, workspace: Workspace, event: Json) -> str | None:
        """Send an event in its own time, as Slack does while an API call is still being answered."""
        envelope = self._envelope(workspace, event)
        if envelope is None:
            return None
        self._in_thread(envelope, 0, "")
        return str(envelope["event_id"])

    def resend(self, envelope: Json, retry: int = 1, reason: str = "http_timeout") -> Answer:
        """Send an envelope once more, as a test of deduplication wants it."""
        return self._delivery.event(envelope, retry, reason)

    def verify_url(self) -> bool:
        """Ask the request URL for its challenge, as Slack does when an address is saved."""
        challenge = secrets.token_urlsafe(24)
        token = self._app.verification_token
        question = {"token": token, "challenge": challenge, "type": "url_verification"}
        return challenge.encode() in self._delivery.event(question, 0, "").body

    def _envelope(self, workspace: Workspace, event: Json) -> Json | None:
        installed = workspace.installation is not None and workspace.installation.active
        if event["type"] not in self._app.events or not (installed or event["type"] in LAST_WORDS):
            return None
        at = int(self._state.clock.now().timestamp())
        envelope = event_envelope(self._app, workspace, event, self._state.new_id("Ev"), at)
        self._state.sent_events.append(envelope)
        return envelope

    def _attempt(self, envelope: Json, retry: int, reason: str) -> None:
        answer = self._delivery.event(envelope, retry, reason)
        if not answer.failure or answer.no_retry or retry >= len(RETRIES):
            return
        failure = answer.failure
        self._state.clock.call_after(RETRIES[retry], lambda: self._in_thread(envelope, retry + 1, failure))

    def _in_thread(self, envelope: Json, retry: int, reason: str) -> None:
        # Counted before the thread starts, so that nobody sees a moment of rest in between.
        self._activity.begin()

        def run() -> None:
            try:
                self._attempt(envelope, retry, reason)
            finally:
                self._activity.end()

        threading.Thread(target=run, name="sandbox-event", daemon=True).start()
