"""Block Kit in plain dicts: building, escaping, clipping. Limits: reference slack.md 1.

Text that somebody else wrote (names, subjects, mail) goes into `rich` or `plain` text, where Slack reads no
markup at all. `mrkdwn` is for our own sentences; a value in one goes through `escape`.
"""

import json
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

Block = dict[str, Any]
View = dict[str, Any]

MESSAGE_BLOCKS, SURFACE_BLOCKS = 50, 100
MESSAGE_CHARACTERS = 10_000  # Slack refuses somewhere above 11,000 (slack.md 1.5)
VIEW_BYTES = 200_000  # Slack refuses at 250 KB

# C0/C1 controls, bidirectional overrides and isolates, zero-width characters, tags: they let a name or a
# subject show something other than what it is.
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)


def clean(text: str) -> str:
    """Take out characters that hide or turn text. Newlines and tabs stay."""
    return _INVISIBLE.sub("", text)


def one_line(text: str) -> str:
    """Bring foreign text into one clean line."""
    return " ".join(clean(text).split())


def clip(text: str, length: int) -> str:
    """Shorten to `length` characters, at a word where one is near, with an ellipsis."""
    if len(text) <= length:
        return text
    short = text[: length - 1]
    space = short.rfind(" ")
    if space > length * 2 // 3:
        short = short[:space]
    return short.rstrip() + "…"


def escape(text: str) -> str:
    """Make a value safe inside mrkdwn: no mention, no link, no broadcast (slack.md 7)."""
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


# --- text objects -----------------------------------------------------------------------------------------


def plain(text: str, length: int = 3000) -> Block:
    """Text without any markup. Never empty: Slack refuses that."""
    return {"type": "plain_text", "text": clip(text, length) or "\u2013", "emoji": False}


def mrkdwn(text: str, length: int = 3000) -> Block:
    """Our own sentence with Slack's markup; values in it must be escaped already."""
    return {"type": "mrkdwn", "text": clip(text, length) or "\u2013", "verbatim": True}


# --- rich text --------------------------------------------------------------------------------------------


def span(text: str, *, bold: bool = False, italic: bool = False, code: bool = False) -> Block:
    """A run of characters in rich text. Foreign text is safe here."""
    element: Block = {"type": "text", "text": clean(text) or " "}
    style = {k: True for k, on in (("bold", bold), ("italic", italic), ("code", code)) if on}
    if style:
        element["style"] = style
    return element


def moment(at: datetime, fallback: str, form: str = "{date_short_pretty} at {time}") -> Block:
    """An instant, which Slack shows in the zone of whoever looks."""
    return {"type": "date", "timestamp": int(at.timestamp()), "format": form, "fallback": fallback}


def rich(*lines: Sequence[Block]) -> Block:
    """A rich text block; each line is a sequence of spans."""
    spans: list[Block] = []
    for line in lines:
        if not line:
            continue
        if spans:
            spans.append(span("\n"))
        spans.extend(line)
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": spans}]}


# --- blocks -----------------------------------------------------------------------------------------------


def section(text: str | Block, accessory: Block | None = None) -> Block:
    """A paragraph: a str is our own mrkdwn, a text object is taken as it is."""
    block: Block = {"type": "section", "text": mrkdwn(text) if isinstance(text, str) else text}
    if accessory:
        block["accessory"] = accessory
    return block


def context(*texts: str | Block) -> Block:
    """Small print, at most ten pieces."""
    return {"type": "context", "elements": [mrkdwn(t) if isinstance(t, str) else t for t in texts[:10]]}


def header(text: str) -> Block:
    """A heading; always plain text."""
    return {"type": "header", "text": plain(one_line(text), 150)}


def divider() -> Block:
    """A line."""
    return {"type": "divider"}


def actions(*elements: Block | None, block_id: str = "") -> Block:
    """A row of controls. None entries are left out."""
    block: Block = {"type": "actions", "elements": [e for e in elements if e][:25]}
    if block_id:
        block["block_id"] = block_id
    return block


def button(
    text: str, action_id: str, value: str = "", *, style: str = "", label: str = "", url: str = ""
) -> Block:
    """A button. `label` is what a screen reader says instead; give it wherever a button repeats."""
    element: Block = {"type": "button", "text": plain(text, 75), "action_id": action_id}
    if value:
        element["value"] = value
    if style:
        element["style"] = style
    if label:
        element["accessibility_label"] = clip(one_line(label), 75)
    if url:
        element["url"] = url
    return element


def confirm(title: str, text: str, yes: str, no: str, *, danger: bool = False) -> Block:
    """The question before what cannot be undone (screens.md 0.9)."""
    dialog: Block = {
        "title": plain(title, 100), "text": plain(text, 300), "confirm": plain(yes, 30), "deny": plain(no, 30)
    }  # fmt: skip
    if danger:
        dialog["style"] = "danger"
    return dialog


def option(text: str, value: str, description: str = "") -> Block:
    """One choice of a select, a menu or a group of boxes. `value` stays within 75 characters."""
    choice: Block = {"text": plain(one_line(text), 75), "value": value}
    if description:
        choice["description"] = plain(one_line(description), 75)
    return choice


def select(
    action_id: str, options: Sequence[Block], *, chosen: Block | None = None, placeholder: str = ""
) -> Block:
    """A menu of at most 100 options."""
    element: Block = {"type": "static_select", "action_id": action_id, "options": list(options[:100])}
    if chosen:
        element["initial_option"] = chosen
    if placeholder:
        element["placeholder"] = plain(placeholder, 150)
    return element


def date_picker(action_id: str, *, chosen: str = "") -> Block:
    """A calendar to choose a day from: "2026-11-20"."""
    element: Block = {"type": "datepicker", "action_id": action_id}
    if chosen:
        element["initial_date"] = chosen
    return element


def time_picker(action_id: str, *, chosen: str = "") -> Block:
    """A list of times of the day: "14:05"."""
    element: Block = {"type": "timepicker", "action_id": action_id}
    if chosen:
        element["initial_time"] = chosen
    return element


def external_select(action_id: str, *, placeholder: str) -> Block:
    """A menu whose options are asked from us as somebody types, and at once when it is opened."""
    return {
        "type": "external_select",
        "action_id": action_id,
        "placeholder": plain(placeholder, 150),
        "min_query_length": 0,
    }


def users_select(action_id: str, *, chosen: str = "") -> Block:
    """A menu of everybody in Slack. `chosen` is Slack's id of somebody."""
    element: Block = {"type": "users_select", "action_id": action_id}
    if chosen:
        element["initial_user"] = chosen
    return element


def boxes(action_id: str, options: Sequence[Block], chosen: Iterable[Block] = ()) -> Block:
    """A group of at most ten check boxes."""
    element: Block = {"type": "checkboxes", "action_id": action_id, "options": list(options[:10])}
    picked = [o for o in options[:10] if o in list(chosen)]
    if picked:
        element["initial_options"] = picked
    return element


def overflow(action_id: str, options: Sequence[Block]) -> Block:
    """The three-dots menu, at most five entries. Slack takes no label for it, unlike for buttons."""
    return {"type": "overflow", "action_id": action_id, "options": list(options[:5])}


def field(
    label: str,
    element: Block,
    block_id: str,
    *,
    hint: str = "",
    optional: bool = False,
    dispatch: bool = False,
) -> Block:
    """An input with its label."""
    block: Block = {"type": "input", "block_id": block_id, "label": plain(label, 2000), "element": element}
    if hint:
        block["hint"] = plain(hint, 2000)
    if optional:
        block["optional"] = True
    if dispatch:
        block["dispatch_action"] = True
    return block


def text_input(action_id: str, *, initial: str = "", multiline: bool = False, most: int = 3000) -> Block:
    """A box to type plain text into."""
    element: Block = {"type": "plain_text_input", "action_id": action_id, "max_length": most}
    if initial:
        element["initial_value"] = initial[:most]
    if multiline:
        element["multiline"] = True
    return element


def rich_input(action_id: str, *, initial: Block | None = None, placeholder: str = "") -> Block:
    """A box to write formatted text into. A preset with a mention cannot be submitted (slack.md 2.7)."""
    element: Block = {"type": "rich_text_input", "action_id": action_id}
    if initial:
        element["initial_value"] = initial
    if placeholder:
        element["placeholder"] = plain(placeholder, 150)
    return element


# --- surfaces ---------------------------------------------------------------------------------------------


def window(
    title: str,
    blocks: Sequence[Block],
    *,
    callback_id: str,
    close: str,
    submit: str = "",
    metadata: str = "",
    notify_on_close: bool = False,
) -> View:
    """A modal. Its title and buttons hold 24 characters (screens.md 0.11)."""
    view: View = {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title, 24),
        "close": plain(close, 24),
        "blocks": list(blocks),
    }
    if submit:
        view["submit"] = plain(submit, 24)
    if metadata:
        view["private_metadata"] = metadata
    if notify_on_close:
        view["notify_on_close"] = True
    return view


def home_tab(blocks: Sequence[Block]) -> View:
    """App Home."""
    return {"type": "home", "callback_id": "home", "blocks": list(blocks)[:SURFACE_BLOCKS]}


def weight(content: object) -> int:
    """Bytes as sent to Slack, for the budgets of screens.md 0.15."""
    return len(json.dumps(content, separators=(",", ":")))
