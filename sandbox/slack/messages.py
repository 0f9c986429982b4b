"""Messages as the app writes them: by the Web API, and through a response_url."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sandbox.slack.blocks.rules import text_characters
from sandbox.slack.blocks.validate import check_blocks
from sandbox.slack.complete import completed
from sandbox.slack.errors import SlackRefusalError, refuse_problems
from sandbox.slack.state import Installation, Message, State
from sandbox.slack.surfaces import surviving
from sandbox.slack.triggers import ResponseUrl

Json = dict[str, Any]

TEXT_CHARACTERS = 4000
# Slack does not document this limit; refusals were seen from 11,341 characters on (slack.md 1.5).
BLOCKS_CHARACTERS = 11_000


def content_of(fields: Json) -> tuple[str, list[Json] | None]:
    """Read text and blocks of a message. Raises SlackRefusalError with Slack's code and pointers."""
    text, blocks = fields.get("text"), fields.get("blocks")
    if text is not None and not isinstance(text, str):
        raise SlackRefusalError("invalid_arguments")
    if not text and not blocks:
        raise SlackRefusalError("no_text")
    if len(text or "") > TEXT_CHARACTERS:
        raise SlackRefusalError("msg_too_long")
    if blocks is None:
        return text or "", None
    refuse_problems("invalid_blocks", check_blocks(blocks))
    if text_characters(blocks) > BLOCKS_CHARACTERS:
        raise SlackRefusalError("msg_blocks_too_long")
    return text or "", completed(blocks)


class Messages:
    """Write, change and take away the app's messages."""

    def __init__(self, state: State, now: Callable[[], datetime]) -> None:
        self._state = state
        self._now = now
        # How long after posting a message may still be changed; a workspace's setting, None: always.
        self.edit_window: timedelta | None = None

    def post(
        self, channel_id: str, author: Installation, fields: Json, only_for: str | None = None
    ) -> Message:
        """Post a message of the app."""
        text, blocks = content_of(fields)
        message = Message(
            ts=self._state.new_ts(),
            channel_id=channel_id,
            user_id=author.bot_user_id,
            bot_id=author.bot_id,
            text=text,
            blocks=blocks or [],
            only_for=only_for,
            thread_ts=fields.get("thread_ts") or None,
            metadata=fields.get("metadata"),
        )
        self._state.add_message(message)
        return message

    def change(self, message: Message, fields: Json) -> None:
        """Put new content into a message; blocks that are not given stay."""
        text, blocks = content_of(fields)
        with self._state.lock:
            if blocks is not None:
                message.typed = {
                    person: surviving(message.blocks, typed, blocks)
                    for person, typed in message.typed.items()
                }
                message.blocks = blocks
            message.text = text
            message.edited_ts = self._state.new_ts()
            self._state.touch()

    def own(self, channel_id: str, ts: str, author: Installation, code: str) -> Message:
        """Find a message that the app may change; `code` refuses others'. Raises SlackRefusalError."""
        message = self._state.message(channel_id, ts)
        if message is None or message.ephemeral:
            raise SlackRefusalError("message_not_found")
        if message.bot_id != author.bot_id:
            raise SlackRefusalError(code)
        return message

    def refuse_closed_window(self, message: Message) -> None:
        """Refuse to change what is too old. Raises SlackRefusalError."""
        if self.edit_window is None:
            return
        posted = datetime.fromtimestamp(float(message.ts), UTC)
        if self._now() - posted > self.edit_window:
            raise SlackRefusalError("edit_window_closed")

    def answer(self, url: ResponseUrl, author: Installation, fields: Json) -> None:
        """Do what was posted to a response_url.

        A command's posts anew whatever it says (slack.md 2.7); a press's replaces or takes away the message
        that was pressed in when it says so, else it posts anew.
        """
        original = self._state.message(url.channel_id, url.message_ts) if url.message_ts else None
        if _says(fields, "delete_original"):
            if url.message_ts is not None:
                if original is not None:
                    self._state.remove_message(original)
                return
            raise SlackRefusalError("no_text")
        if url.message_ts is not None and _says(fields, "replace_original"):
            content_of(fields)
            if original is not None:
                self.change(original, {"blocks": [], **fields} if fields.get("text") else fields)
            return
        ephemeral = fields.get("response_type", "ephemeral") != "in_channel"
        self.post(url.channel_id, author, fields, url.user_id if ephemeral else None)


def _says(fields: Json, name: str) -> bool:
    return fields.get(name) in (True, "true")
