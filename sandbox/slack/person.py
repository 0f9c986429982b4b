"""A person at Slack's screen: types commands, presses, fills in, submits, reads."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.slack.answers import (
    say_as_slackbot,
    take_command_answer,
    take_submission_answer,
)
from sandbox.slack.inputs import field_errors, has_unsendable_preset
from sandbox.slack.payloads import (
    Sender,
    closed_payload,
    command_form,
    shortcut_payload,
    submission_payload,
)
from sandbox.slack.press import Pressing
from sandbox.slack.state import Channel, Message, Notice, SlackUser, View, Workspace
from sandbox.slack.surfaces import NotThereError, find_element

if TYPE_CHECKING:
    from sandbox.slack.slack import Slack

Json = dict[str, Any]
Where = Message | View


@dataclass(frozen=True, slots=True)
class Submission:
    """How a submit went: sentences beside fields, by block_id; `refused` says why nothing happened."""

    errors: dict[str, str]
    refused: str = ""

    @property
    def accepted(self) -> bool:
        """Say whether the app took it without a complaint."""
        return not self.errors and not self.refused


class Person:
    """One member at their screen. What is returned is live: a redrawn window shows in the same object."""

    def __init__(self, slack: "Slack", team_id: str, user_id: str) -> None:
        self._slack = slack
        self._team_id = team_id
        self.id = user_id

    @property
    def workspace(self) -> Workspace:
        """Return the workspace this person looks at."""
        return self._slack.state.workspaces[self._team_id]

    @property
    def user(self) -> SlackUser:
        """Return the person as they are now."""
        return self.workspace.users[self.id]

    @property
    def _sender(self) -> Sender:
        return Sender(self._slack.app, self.workspace, self.user)

    # What a person does

    def command(self, channel: str, typed: str) -> str:
        """Type a slash command into a channel ("dm" is the app's own); return Slack's error code or ""."""
        place, sender = self.channel(channel), self._sender
        name, _, text = typed.partition(" ")
        command = next((one for one in self._slack.app.commands if one.name == name), None)
        if command is None or self.workspace.installation is None or not self.workspace.installation.active:
            say_as_slackbot(self._slack, sender, place, f"{name} is not a command here.")
            return "unknown_command"
        text = self._escaped(text.strip()) if command.should_escape else text.strip()
        trigger = self._slack.triggers.issue(self._team_id, self.id)
        url = self._slack.triggers.issue_url(self._team_id, place.id, self.id, None)
        form = command_form(sender, place, name, text, trigger, self._slack.base_url + url)
        answer = self._slack.delivery.form(form)
        return take_command_answer(self._slack, sender, place, typed, answer)

    def shortcut(self, callback_id: str) -> str:
        """Choose a global shortcut; return Slack's error code or ""."""
        if not any(one.callback_id == callback_id for one in self._slack.app.shortcuts):
            raise NotThereError(f"no shortcut {callback_id!r}")
        trigger = self._slack.triggers.issue(self._team_id, self.id)
        payload = shortcut_payload(self._sender, callback_id, trigger, self._slack.state.new_ts())
        return Pressing(self._slack, self._sender).deliver(payload)

    def open_home(self) -> View | None:
        """Open the app's Home tab; return it as it stands after the app was told."""
        self._open_tab("home")
        return self.home()

    def open_messages(self) -> list[Message]:
        """Open the app's Messages tab."""
        self._open_tab("messages")
        return self.dm()

    def _open_tab(self, tab: str) -> None:
        event: Json = {
            "type": "app_home_opened",
            "user": self.id,
            "channel": self.channel("dm").id,
            "tab": tab,
            "event_ts": self._slack.state.new_ts(),
        }
        if tab == "home" and (home := self.home()) is not None:
            event["view"] = Pressing(self._slack, self._sender).shown(home)
        self._slack.events.send(self.workspace, event)

    def press(
        self,
        where: Where,
        action_id: str,
        block_id: str | None = None,
        value: Any = None,
        confirmed: bool = True,
    ) -> str:
        """Press a button, or choose `value` in a menu; return Slack's error code or ""."""
        return Pressing(self._slack, self._sender).press(where, action_id, block_id, value, confirmed)

    def fill(
        self, where: Where, action_id: str, value: Any, block_id: str | None = None, enter: bool = False
    ) -> str:
        """Type or choose in an input. Options are named by their value; rich text is a str or a block.

        Reaches the app only where Slack's client would tell it.
        """
        return Pressing(self._slack, self._sender).fill(where, action_id, block_id, value, enter)

    def options(
        self, where: Where, action_id: str, query: str = "", block_id: str | None = None
    ) -> list[Json]:
        """Type into an external select and read what is offered."""
        return Pressing(self._slack, self._sender).options(where, action_id, block_id, query)

    def submit(self, view: View | None = None) -> Submission:
        """Press the window's submit button."""
        view = self._open_view(view)
        if view.submit is None:
            raise NotThereError("this window has no submit button")
        if has_unsendable_preset(view):
            return Submission({}, "rich_text_preset_with_mention")
        if errors := field_errors(view):
            view.errors = errors
            self._slack.state.touch()
            return Submission(errors)
        view.errors, view.trouble = {}, ""
        trigger = self._slack.triggers.issue(self._team_id, self.id, view.id)
        answer = self._slack.delivery.interaction(submission_payload(self._sender, view, trigger))
        take_submission_answer(self._slack, view, answer)
        return Submission(dict(view.errors), view.trouble and self.notices()[-1].code)

    def close(self, view: View | None = None) -> None:
        """Close the window on top with its close button or the X."""
        view = self._open_view(view)
        if view.clear_on_close:
            gone = self._slack.windows.clear(self.id)
        else:
            gone = [view]
            self._slack.windows.pop(view)
        for one in gone:
            if one.notify_on_close:
                payload = closed_payload(self._sender, one, cleared=view.clear_on_close)
                self._slack.delivery.interaction(payload)

    def say(self, channel: str, text: str) -> Message:
        """Write an ordinary message."""
        place = self.channel(channel)
        if place.id == self.channel("dm").id and self._slack.app.messages_read_only:
            raise NotThereError("sending messages to this app has been turned off")
        message = Message(self._slack.state.new_ts(), place.id, self.id, text, [])
        self._slack.state.add_message(message)
        return message

    def reload(self) -> None:
        """Load Slack anew: ephemeral messages and windows are gone, and nobody is told."""
        state = self._slack.state
        with state.lock:
            for channel_id, messages in list(state.messages.items()):
                state.messages[channel_id] = [m for m in messages if m.only_for != self.id]
            self._slack.windows.clear(self.id)
            state.notices = [notice for notice in state.notices if notice.user_id != self.id]
            state.touch()

    # What a person sees

    def channel(self, name_or_id: str) -> Channel:
        """Find a channel that this person is in; "dm" is the conversation with the app."""
        installation = self.workspace.installation
        if name_or_id == "dm" and installation is not None:
            return self._slack.state.im(self._team_id, self.id, installation.bot_user_id)
        found = self._slack.state.channel(self._team_id, name_or_id)
        if found is None or self.id not in found.members:
            raise NotThereError(f"{self.user.name} sees no channel {name_or_id!r}")
        return found

    def direct(self, other: str) -> Channel:
        """Open the direct conversation with somebody else."""
        _, user = self._slack.state.user(other, self._team_id)
        return self._slack.state.im(self._team_id, self.id, user.id)

    def messages(self, channel: str) -> list[Message]:
        """Read a channel: everybody's messages and those for this person's eyes."""
        place = self.channel(channel)
        with self._slack.state.lock:
            everything = self._slack.state.messages.get(place.id, [])
            return [message for message in everything if message.only_for in (None, self.id)]

    def dm(self) -> list[Message]:
        """Read the conversation with the app."""
        return self.messages("dm")

    def home(self) -> View | None:
        """Look at the Home tab as it was published last."""
        return self._slack.state.homes.get(self.id)

    def windows(self) -> list[View]:
        """Look at the open windows, the one on top last."""
        return self._slack.state.stack(self.id)

    def window(self) -> View:
        """Look at the window on top. Raises NotThereError when none is open."""
        return self._open_view(None)

    def notices(self) -> list[Notice]:
        """Read what Slack itself complained about to this person since the last reload."""
        return [notice for notice in self._slack.state.notices if notice.user_id == self.id]

    def element(self, where: Where, action_id: str, block_id: str | None = None) -> Json:
        """Look at a button or an input. Raises NotThereError."""
        return find_element(where.blocks, action_id, block_id)[1]

    def _open_view(self, view: View | None) -> View:
        stack = self.windows()
        if not stack or (view is not None and view is not stack[-1]):
            raise NotThereError("no window is open" if not stack else "this window is not on top")
        return stack[-1]

    def _escaped(self, text: str) -> str:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        users = {user.name: user for user in self.workspace.users.values()}
        text = re.sub(
            r"@([\w.-]+)",
            lambda m: f"<@{users[m[1]].id}|{m[1]}>" if m[1] in users else m[0],
            text,
        )
        return re.sub(r"(https?://[^\s|<>]+)", r"<\1>", text)
