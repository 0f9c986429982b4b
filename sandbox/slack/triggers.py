"""What an interaction hands to the app for its answer: a trigger, good once for 3 s, and a response_url."""

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sandbox.slack.errors import SlackRefusalError

TRIGGER_LIFE = timedelta(seconds=3)
RESPONSE_LIFE = timedelta(minutes=30)
RESPONSE_USES = 5
# How many of each are remembered; the oldest are long past their life by then.
KEPT = 10_000


@dataclass(slots=True)
class Trigger:
    """Who pressed, and in which view, if it was in one."""

    team_id: str
    user_id: str
    view_id: str | None
    until: datetime
    used: bool = False


@dataclass(slots=True)
class ResponseUrl:
    """Where an answer goes. `message_ts` is the message that was pressed in; None for a command."""

    team_id: str
    channel_id: str
    user_id: str
    message_ts: str | None
    until: datetime
    left: int = RESPONSE_USES


class Triggers:
    """Hand out and take back triggers and response urls."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._triggers: dict[str, Trigger] = {}
        self._urls: dict[str, ResponseUrl] = {}

    def issue(self, team_id: str, user_id: str, view_id: str | None = None) -> str:
        """Make a trigger for one interaction."""
        key = f"{secrets.randbelow(10**13)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        with self._lock:
            self._triggers[key] = Trigger(team_id, user_id, view_id, self._now() + TRIGGER_LIFE)
            _forget_oldest(self._triggers)
        return key

    def take(self, key: object, team_id: str) -> Trigger:
        """Exchange a trigger. Raises SlackRefusalError when it is unknown, late or used."""
        with self._lock:
            trigger = self._triggers.get(key) if isinstance(key, str) else None
            if trigger is None or trigger.team_id != team_id:
                raise SlackRefusalError("invalid_trigger_id")
            if trigger.used:
                raise SlackRefusalError("exchanged_trigger_id")
            if self._now() > trigger.until:
                raise SlackRefusalError("expired_trigger_id")
            trigger.used = True
            return trigger

    def issue_url(self, team_id: str, channel_id: str, user_id: str, message_ts: str | None) -> str:
        """Make the path of a response_url: /commands/… for a command, /actions/… for a press."""
        kind = "commands" if message_ts is None else "actions"
        path = f"/{kind}/{team_id}/{secrets.randbelow(10**13)}/{secrets.token_urlsafe(18)}"
        with self._lock:
            until = self._now() + RESPONSE_LIFE
            self._urls[path] = ResponseUrl(team_id, channel_id, user_id, message_ts, until)
            _forget_oldest(self._urls)
        return path

    def use_url(self, path: str) -> ResponseUrl:
        """Use a response_url once. Raises SlackRefusalError when it is unknown, used up or too old."""
        with self._lock:
            url = self._urls.get(path)
            if url is None:
                raise SlackRefusalError("no_service")
            if url.left == 0:
                raise SlackRefusalError("used_url")
            if self._now() > url.until:
                raise SlackRefusalError("expired_url")
            url.left -= 1
            return url


def _forget_oldest(kept: dict[str, Trigger] | dict[str, ResponseUrl]) -> None:
    if len(kept) > KEPT:
        del kept[next(iter(kept))]
