"""Find what in a payload is more than words: links, mentions, broadcasts. For tests about hostile text.

Source: docs.slack.dev/messaging/formatting-message-text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sandbox.slack.blocks.rich_text import MENTIONS

_CONTROL = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")
_KINDS = {"@": "user", "#": "channel"}


@dataclass(frozen=True, slots=True)
class Control:
    """One thing that Slack acts on: its kind (link, user, channel, usergroup, broadcast, date, team), where
    it leads, and the words that people see."""

    kind: str
    target: str
    label: str


def controls_in_text(text: str) -> list[Control]:
    """List what stands in angle brackets in mrkdwn."""
    return [_control(match[1], match[2] or "") for match in _CONTROL.finditer(text)]


def controls(payload: Any) -> list[Control]:
    """List what Slack would act on in a message, a view or blocks: mrkdwn, rich text, the top-level text."""
    return list(_walk(payload, top=True))


def _walk(value: Any, top: bool = False) -> Iterator[Control]:
    if isinstance(value, list):
        for item in value:
            yield from _walk(item)
    elif isinstance(value, dict):
        kind = value.get("type")
        # A message's own `text` is mrkdwn too; it is the one text that has no type beside it.
        if (kind == "mrkdwn" or (top and "blocks" in value)) and isinstance(value.get("text"), str):
            yield from controls_in_text(value["text"])
        elif kind == "link":
            yield Control("link", value["url"], value.get("text", ""))
        elif kind in MENTIONS and kind is not None:
            target = value.get(f"{kind}_id") or value.get("range") or ""
            yield Control(kind, target, "")
        for part in value.values():
            if isinstance(part, (dict, list)):
                yield from _walk(part)


def _control(inside: str, label: str) -> Control:
    if inside.startswith("!subteam^"):
        return Control("usergroup", inside.removeprefix("!subteam^"), label)
    if inside.startswith("!date^"):
        return Control("date", inside.removeprefix("!date^"), label)
    if inside.startswith("!"):
        return Control("broadcast", inside[1:], label)
    kind = _KINDS.get(inside[0])
    return Control(kind, inside[1:], label) if kind else Control("link", inside, label)
