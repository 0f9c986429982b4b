"""Place: where an answer belongs, and how something is shown there.

A command gets a new ephemeral message each time, a press replaces the message it stands in or adds one,
a window and App Home are updated, a direct message is posted. Work done behind carries its Place with it.
"""

import http.client
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from bot.blocks import SURFACE_BLOCKS, Block, View, actions, context, plain, section, window
from bot.engine import Job
from bot.slack import PATIENT, CannotReach, SlackBusy, SlackError, SlackUnreachable, WindowChanged, ask
from bot.words import Reader
from store.database import outside_transaction

NOT_SENT = "URLError"  # the connection failed before Slack had the whole request (urllib.request.do_open)
SHORT = timedelta(seconds=2)  # waited for when Slack asks: the press is still good to tell of it then
NOTE = "note"  # block ids of a notice on top of a window
_OF_A_WINDOW = ("callback_id", "title", "close", "submit", "private_metadata", "notify_on_close")


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown as a message. `text` is a complete summary: a screen reader reads only that."""

    text: str
    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to tell: what happened, what was kept, what to do, with the ways on as buttons."""

    text: str
    buttons: tuple[Block, ...] = ()


class Place(Protocol):
    """Where an answer belongs. `show` draws what was asked for, `tell` says something about it."""

    reader: Reader

    def show(self, content: Any) -> None:
        """Show an Answer (messages) or a View (windows, Home)."""

    def tell(self, notice: Notice) -> None:
        """Say a notice here without losing what the person had."""


def notice_blocks(notice: Notice) -> list[Block]:
    """Draw a notice."""
    blocks = [section(plain(notice.text))]
    if notice.buttons:
        blocks.append(actions(*notice.buttons))
    return blocks


def with_notice(view: Mapping[str, Any], notice: Notice) -> View:
    """Put a notice on top of a window that stands open, in place of an earlier one. What is typed stays."""
    said = [{**block, "block_id": f"{NOTE}:{number}"} for number, block in enumerate(notice_blocks(notice))]
    rest = [block for block in view["blocks"] if not str(block.get("block_id", "")).startswith(f"{NOTE}:")]
    return _with_blocks(view, [*said, *rest])


def with_block(view: Mapping[str, Any], block: Block) -> View:
    """Put a block of a window that stands open in the place of the one of its id. What is typed stays."""
    return _with_blocks(
        view, [block if one.get("block_id") == block["block_id"] else one for one in view["blocks"]]
    )


def _with_blocks(view: Mapping[str, Any], blocks: Sequence[Block]) -> View:
    kept = {name: view[name] for name in _OF_A_WINDOW if view.get(name)}
    return {"type": "modal", **kept, "blocks": list(blocks)[:SURFACE_BLOCKS]}


def respond(response_url: str, answer: Answer, *, replace: bool = False) -> None:
    """Post to a response_url: always ephemeral, five times within thirty minutes (slack.md 2.2)."""
    outside_transaction()
    client = WebhookClient(response_url, timeout=PATIENT, retry_handlers=[])
    try:
        response = client.send(
            text=answer.text,
            blocks=list(answer.blocks),
            response_type="ephemeral",
            replace_original=replace,
            unfurl_links=False,
            unfurl_media=False,
        )
    except (URLError, OSError, http.client.HTTPException) as error:
        raise SlackUnreachable(type(error).__name__) from None
    if response.status_code == 429:
        raise SlackBusy(timedelta(seconds=30))
    if response.status_code >= 400:
        raise SlackError("response_url")


@dataclass(slots=True)
class CommandPlace:
    """Where a command was typed: every answer is a new ephemeral message, the first cannot be changed."""

    response_url: str
    reader: Reader

    def show(self, content: Answer) -> None:
        respond(self.response_url, content)

    def tell(self, notice: Notice) -> None:
        respond(self.response_url, Answer(notice.text, notice_blocks(notice)))


@dataclass(slots=True)
class PressPlace:
    """The message whose button was pressed: `show` replaces it, `tell` adds a line below."""

    response_url: str
    reader: Reader

    def show(self, content: Answer) -> None:
        respond(self.response_url, content, replace=True)

    def tell(self, notice: Notice) -> None:
        respond(self.response_url, Answer(notice.text, notice_blocks(notice)))


Beside = Callable[[Notice], None]  # tells something where the place itself cannot be drawn


def tell_failure(place: Place, notice: Notice) -> None:
    """Say what failed. Where Slack does not let the place be drawn just now, say it beside it.

    What was drawn there since is newer, and stays.
    """
    try:
        with suppress(WindowChanged):
            place.tell(notice)
    except SlackBusy:
        beside: Beside | None = getattr(place, "beside", None)
        if beside is None:
            raise
        beside(notice)


@dataclass(slots=True)
class WindowPlace:
    """A window that is open. A failure is shown in the same window, with Retry where there is one.

    `seen` is Slack's name for the state of it that was looked at: with one, a newer state is not overwritten,
    and show raises WindowChanged. Where Slack asks for a little patience, show waits, once.
    """

    client: WebClient
    view_id: str
    reader: Reader
    retry: Block | None = None
    seen: str = field(default="", kw_only=True)
    beside: Beside | None = field(default=None, kw_only=True)

    def show(self, content: View) -> None:
        try:
            self._draw(content)
        except SlackBusy as busy:
            if busy.retry_after > SHORT:
                raise
            time.sleep(busy.retry_after.total_seconds())
            self._draw(content)

    def _draw(self, content: View) -> None:
        seen = {"hash": self.seen} if self.seen else {}
        shown = ask(self.client.views_update, view_id=self.view_id, view=content, **seen)
        if self.seen:
            self.seen = str(shown["view"]["hash"])

    def tell(self, notice: Notice) -> None:
        shown = Notice(notice.text, (*notice.buttons, *([self.retry] if self.retry else [])))
        self._draw(failed_window(shown, self.reader))


@dataclass(slots=True)
class HomePlace:
    """App Home of one person. `draw` publishes it again, with a notice on top when there is one."""

    client: WebClient
    slack_user_id: str
    reader: Reader
    draw: Callable[[Notice | None], None] | None = None
    beside: Beside | None = None

    def show(self, content: View) -> None:
        ask(self.client.views_publish, user_id=self.slack_user_id, view=content)

    def tell(self, notice: Notice) -> None:
        if self.draw:
            self.draw(notice)


@dataclass(slots=True)
class DirectPlace:
    """The person's own direct message with Mailroom."""

    client: WebClient
    slack_user_id: str
    reader: Reader

    def show(self, content: Answer) -> None:
        post(self.client, self.slack_user_id, content)

    def tell(self, notice: Notice) -> None:
        self.show(Answer(notice.text, notice_blocks(notice)))


def post(client: WebClient, channel: str, answer: Answer) -> tuple[str, str]:
    """Post a message; a user's id reaches their direct message. Returns (channel, ts)."""
    sent = ask(
        client.chat_postMessage,
        channel=channel,
        text=answer.text,
        blocks=list(answer.blocks),
        unfurl_links=False,
        unfurl_media=False,
    )
    return str(sent["channel"]), str(sent["ts"])


def post_once(job: Job, place: Place, answer: Answer) -> None:
    """Post a message at most once: after a lost answer it is not posted again, since Slack knows no key.

    Raises SlackBusy and SlackUnreachable where the work is to be tried again.
    """
    if job.step == "posting":
        return  # it may stand there already; Home says the same
    job.reach("posting")
    job.guard()
    try:
        with suppress(CannotReach):
            place.show(answer)
    except SlackBusy:
        job.reach("to post")
        raise
    except SlackUnreachable as error:
        if error.code == NOT_SENT:
            job.reach("to post")
        raise


LOADING, FAILED = "window.loading", "window.failed"
CONNECT_FIRST = "window.connect_first"  # says only what is missing: the way to it takes its place


def loading_window(reader: Reader, title: str, sentence: str, retry: Block | None = None) -> View:
    """What stands in a window until it can be filled. With `retry`, also where that never happens."""
    view = window(title, [section(plain(sentence))], callback_id=LOADING, close=reader.say("Close"))
    return with_way_on(view, retry, reader) if retry else view


def with_way_on(view: View, retry: Block | None, reader: Reader) -> View:
    """Say below what stands there until it can be filled how to go on: a process that dies tells nobody."""
    if retry:
        below = [context(plain(reader.say("If nothing comes within a minute, go on here."))), actions(retry)]
    else:
        below = [context(plain(reader.say("If nothing comes within a minute, close this and ask again.")))]
    return {**view, "blocks": [*view["blocks"], *below]}


def failed_window(notice: Notice, reader: Reader) -> View:
    """A window that could not be filled: why, and the ways on."""
    return window(
        reader.say("Mailroom"), notice_blocks(notice), callback_id=FAILED, close=reader.say("Close")
    )
