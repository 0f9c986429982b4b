"""What stands in a Write window, and why some of it cannot be sent: one sentence for each reason.

Inputs are named after the window's nonce: drawn again they keep what was typed, in a new window they begin
with what they are given.
"""

from collections.abc import Mapping
from typing import Any

from bot.inbox.letters import Entered
from bot.inbox.rich_text import MOST_CHARACTERS
from bot.payloads import WriteRef
from bot.words import Reader

SIGNATURE, QUOTE = "signature", "quote"


def block_of(name: str, ref: WriteRef) -> str:
    """Name the block of an input in the window with this nonce."""
    return f"{name}:{ref.nonce}"


def entered(view: Mapping[str, Any], ref: WriteRef) -> Entered:
    """Read what stands in a Write window."""
    values = (view.get("state") or {}).get("values") or {}

    def value(name: str, key: str) -> Any:
        return ((values.get(block_of(name, ref)) or {}).get(name) or {}).get(key)

    ticked = {one["value"] for one in value("boxes", "selected_options") or ()}
    return Entered(
        typed=value("text", "rich_text_value"),
        subject=str(value("subject", "value") or ""),
        sender=str((value("from", "selected_option") or {}).get("value", "") or ref.sender),
        to=str((value("to", "selected_option") or {}).get("value", "") or ref.to),
        signature=SIGNATURE in ticked,
        quote=QUOTE in ticked,
    )


def refusals(
    found: Mapping[str, str], view: Mapping[str, Any], ref: WriteRef, reader: Reader
) -> dict[str, str]:
    """Say beside each field why it cannot be sent; for a field that is no input, beside the text."""
    inputs = {block["block_id"] for block in view.get("blocks", ()) if block.get("type") == "input"}
    said: dict[str, str] = {}
    for name, reason in found.items():
        place = block_of(name, ref)
        said.setdefault(place if place in inputs else block_of("text", ref), _why(name, reason, reader))
    return said


def _why(name: str, reason: str, reader: Reader) -> str:
    sentence = _REFUSED[name, reason]
    return reader.say(sentence, most=f"{MOST_CHARACTERS:,}") if "{most}" in sentence else reader.say(sentence)


def why_no_draft(reason: str, reader: Reader) -> str:
    """Say why a text cannot become a draft."""
    return reader.say("Not saved.") + " " + _why("text", reason, reader)


_REFUSED = {
    ("text", "empty"): "Write something first: an empty message is not sent.",
    ("text", "mention"): "People outside Slack cannot see a mention. Write the person's name instead.",
    ("text", "channel"): "People outside Slack cannot see a channel. Write in words what you mean.",
    ("text", "group"): "People outside Slack cannot see a user group. Write the names instead.",
    ("text", "broadcast"): "@here, @channel and @everyone work in Slack only. Take it out of the text.",
    ("text", "emoji"): (
        "One of these emoji exists in your Slack only. Use one from the usual emoji, or a word."
    ),
    ("text", "too_long"): (
        "This is longer than the {most} characters that Mailroom sends. Shorten it,"
        " or save it as a draft and finish it in your mail program."
    ),
    ("text", "unknown"): ("Something in this text is known to Slack only. Write it again as plain words."),
    ("subject", "empty"): "Write a subject, so that the other person sees what it is about.",
    ("from", "not_verified"): (
        "Your mailbox does not let you send from this address any more. Choose another one,"
        " or save a draft and open this window again."
    ),
    ("to", "not_theirs"): (
        "This address does not belong to the contact any more. Close this window and open it again;"
        " save a draft first to keep your text."
    ),
}
