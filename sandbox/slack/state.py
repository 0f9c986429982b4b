"""What the sandbox's Slack holds: workspaces, people, channels, messages, windows and Homes."""

import secrets
import threading
import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sandbox.clock import Clock

Json = dict[str, Any]
Typed = dict[str, dict[str, Any]]  # block_id → action_id → the entry of `state.values`

SLACKBOT = "USLACKBOT"


@dataclass(frozen=True, slots=True)
class SlackUser:
    """A person (or bot) as `users.info` tells of them.

    `team_id` is their own workspace; "" is the one that lists them.
    """

    id: str
    name: str
    real_name: str
    email: str = ""
    team_id: str = ""
    tz: str = "Europe/Amsterdam"
    locale: str = "en-US"
    is_admin: bool = False
    is_owner: bool = False
    is_primary_owner: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    is_bot: bool = False
    deleted: bool = False
    updated: int = 1_700_000_000  # when any of this was last changed, in seconds


@dataclass(slots=True)
class Installation:
    """The app in one workspace."""

    bot_token: str
    bot_user_id: str
    bot_id: str
    scopes: frozenset[str]
    active: bool = True


@dataclass(slots=True)
class Channel:
    """A place for messages. `kind`: "channel", "private" or "im" (two members, people or the bot)."""

    id: str
    name: str
    kind: str
    members: set[str]
    topic: str = ""
    is_ext_shared: bool = False


@dataclass(slots=True)
class Workspace:
    """A workspace with its people, channels and the installed app."""

    id: str
    name: str
    domain: str
    users: dict[str, SlackUser] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    installation: Installation | None = None


@dataclass(slots=True)
class Message:
    """A message; an ephemeral one has `only_for`, its reader's id."""

    ts: str
    channel_id: str
    user_id: str
    text: str
    blocks: list[Json]
    bot_id: str | None = None
    only_for: str | None = None
    thread_ts: str | None = None
    edited_ts: str | None = None
    metadata: Json | None = None
    # What each person chose in it: a person's id → what they chose.
    typed: dict[str, Typed] = field(default_factory=dict)

    @property
    def ephemeral(self) -> bool:
        """Say whether one person alone sees it, until a reload."""
        return self.only_for is not None


@dataclass(slots=True)
class View:
    """A window ("modal") or a Home tab ("home") of one person."""

    id: str
    type: str
    team_id: str
    user_id: str
    blocks: list[Json]
    title: Json | None
    submit: Json | None
    close: Json | None
    callback_id: str
    private_metadata: str
    external_id: str
    clear_on_close: bool
    notify_on_close: bool
    hash: str
    root_view_id: str
    previous_view_id: str | None
    typed: Typed = field(default_factory=dict)
    # Sentences of `response_action: errors`, by block_id, and a trouble of the window as a whole.
    errors: dict[str, str] = field(default_factory=dict)
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """What Slack itself tells a person: a command or a press that failed."""

    at: datetime
    user_id: str
    text: str
    code: str


class State:
    """Everything, behind one lock; `version` grows with each change so that pages can follow."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.lock = threading.RLock()
        self.workspaces: dict[str, Workspace] = {}
        self.messages: dict[str, list[Message]] = {}
        self.views: dict[str, View] = {}
        self.stacks: dict[str, list[str]] = {}
        self.homes: dict[str, View] = {}
        self.notices: list[Notice] = []
        self.sent_events: list[Json] = []
        self.version = 0
        self._changed = threading.Condition(self.lock)
        self._last_ts = 0

    def touch(self) -> None:
        """Tell everyone who follows that something changed."""
        with self._changed:
            self.version += 1
            self._changed.notify_all()

    def wait_change(self, after: int, timeout: float) -> int:
        """Wait until `version` is beyond `after` or `timeout` real seconds passed; return the version."""
        deadline = time.monotonic() + timeout
        with self._changed:
            while self.version <= after:
                left = deadline - time.monotonic()
                if left <= 0 or not self._changed.wait(left):
                    break
            return self.version

    def add_workspace(self, workspace: Workspace, users: list[SlackUser], channels: list[str]) -> Workspace:
        """Add a workspace, its people and its public channels, which all full members join."""
        with self.lock:
            workspace.users.update({user.id: user for user in users})
            self.workspaces[workspace.id] = workspace
            everybody = {u.id for u in users if not u.deleted and not u.is_ultra_restricted}
            for name in channels:
                channel = Channel(self.new_id("C"), name, "channel", set(everybody))
                workspace.channels[channel.id] = channel
            self.touch()
        return workspace

    def put_user(self, team_id: str, user: SlackUser) -> None:
        """Add a person, or change one (an administrator, a guest, someone deactivated)."""
        with self.lock:
            self.workspaces[team_id].users[user.id] = user
            self.touch()

    def user(self, name_or_id: str, team_id: str | None = None) -> tuple[Workspace, SlackUser]:
        """Find a person by id or handle. Raises KeyError."""
        with self.lock:
            for workspace in self.workspaces.values():
                if team_id in (None, workspace.id):
                    for user in workspace.users.values():
                        if name_or_id in (user.id, user.name):
                            return workspace, user
        raise KeyError(name_or_id)

    def channel(self, team_id: str, name_or_id: str) -> Channel | None:
        """Find a channel by id or name."""
        channels = self.workspaces[team_id].channels
        bare = name_or_id.removeprefix("#")
        return channels.get(name_or_id) or next(
            (c for c in channels.values() if c.name == bare and bare), None
        )

    def im(self, team_id: str, one: str, other: str) -> Channel:
        """Return the direct conversation of two, made when it is wanted first."""
        with self.lock:
            known = self.known_im(team_id, one, other)
            if known is not None:
                return known
            channel = Channel(self.new_id("D"), "", "im", {one, other})
            self.workspaces[team_id].channels[channel.id] = channel
            self.touch()
            return channel

    def known_im(self, team_id: str, one: str, other: str) -> Channel | None:
        """Find the direct conversation of two."""
        with self.lock:
            channels = self.workspaces[team_id].channels.values()
            found = (
                channel for channel in channels if channel.kind == "im" and channel.members == {one, other}
            )
            return next(found, None)

    def add_message(self, message: Message) -> None:
        """Put a message at the end of its channel."""
        with self.lock:
            self.messages.setdefault(message.channel_id, []).append(message)
            self.touch()

    def message(self, channel_id: str, ts: str) -> Message | None:
        """Find a message, ephemeral ones too."""
        with self.lock:
            return next((m for m in self.messages.get(channel_id, ()) if m.ts == ts), None)

    def remove_message(self, message: Message) -> None:
        """Take a message away."""
        with self.lock:
            kept = [m for m in self.messages.get(message.channel_id, ()) if m is not message]
            self.messages[message.channel_id] = kept
            self.touch()

    def stack(self, user_id: str) -> list[View]:
        """Return a person's open windows, the one on top last."""
        with self.lock:
            return [self.views[view_id] for view_id in self.stacks.get(user_id, ())]

    def tell(self, user_id: str, text: str, code: str) -> None:
        """Show a person a trouble that Slack itself words."""
        with self.lock:
            self.notices.append(Notice(self.clock.now(), user_id, text, code))
            self.touch()

    def new_ts(self) -> str:
        """Make a message time stamp: the clock's, to the microsecond, never twice."""
        with self.lock:
            micros = int(self.clock.now().timestamp() * 1_000_000)
            self._last_ts = max(micros, self._last_ts + 1)
            return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def new_hash(self) -> str:
        """Make a view's hash: seconds and something random."""
        return f"{int(self.clock.now().timestamp())}.{secrets.token_urlsafe(6)}"

    def new_id(self, letter: str) -> str:
        """Make an id as Slack's look: a letter and ten capitals or digits."""
        alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
        return letter + "0" + "".join(secrets.choice(alphabet) for _ in range(9))
