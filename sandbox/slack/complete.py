"""What Slack adds to blocks before it stores them: missing ids, and the flags of text objects."""

import copy
import secrets
from typing import Any

from sandbox.slack.blocks.rules import elements_of

Json = dict[str, Any]


def completed(blocks: list[Json]) -> list[Json]:
    """Return a copy of blocks as Slack keeps and sends them back."""
    kept = copy.deepcopy(blocks)
    for block in kept:
        block.setdefault("block_id", secrets.token_urlsafe(4)[:5])
        for element, _ in elements_of(block):
            element.setdefault("action_id", secrets.token_urlsafe(4)[:5])
    _flag(kept)
    return kept


def completed_text(text: Json | None) -> Json | None:
    """Return a copy of a title or button text as Slack keeps it."""
    if text is None:
        return None
    kept = dict(text)
    _flag(kept)
    return kept


def _flag(value: Any) -> None:
    if isinstance(value, list):
        for item in value:
            _flag(item)
    elif isinstance(value, dict):
        if value.get("type") == "plain_text":
            value.setdefault("emoji", True)
        elif value.get("type") == "mrkdwn":
            value.setdefault("verbatim", False)
        for part in value.values():
            _flag(part)
