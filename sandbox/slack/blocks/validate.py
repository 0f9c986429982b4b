"""Say what Slack would refuse in the blocks of a message, in a view, and in the answer to a select."""

import json
from typing import Any

from sandbox.slack.blocks.fields import many, thing
from sandbox.slack.blocks.rules import check_rules, options_of
from sandbox.slack.blocks.tables import BLOCK_LIMIT, HOME, MESSAGE, MODAL, VIEWS, any_block
from sandbox.slack.blocks.walk import Problem, Walk

VIEW_BYTES = 250_000


def check_blocks(blocks: Any, pointer: str = "/blocks") -> list[Problem]:
    """List what is wrong with the blocks of a message; an empty list is good."""
    walk = Walk(MESSAGE)
    walk.check(blocks, many(any_block(), 0, BLOCK_LIMIT[MESSAGE]), pointer)
    if isinstance(blocks, list):
        check_rules(blocks, walk, pointer)
    return walk.problems


def check_view(view: Any, pointer: str = "/view") -> list[Problem]:
    """List what is wrong with a window or a Home tab."""
    if not isinstance(view, dict):
        return [Problem("must provide an object", pointer)]
    kind = view.get("type")
    if kind is None:
        return [Problem("missing required field: type", pointer)]
    if kind not in (MODAL, HOME):
        return [Problem(f"unsupported type: {kind}", f"{pointer}/type")]
    walk = Walk(kind)
    walk.table(view, VIEWS[kind], pointer, typed=True)
    blocks = view.get("blocks")
    if isinstance(blocks, list):
        check_rules(blocks, walk, f"{pointer}/blocks", view)
    return walk.problems


def view_too_large(view: Any) -> bool:
    """Say whether a view passes 250 KB, counted with what is not ASCII escaped, as it is sent."""
    return len(json.dumps(view, separators=(",", ":"))) > VIEW_BYTES


def check_options(answer: Any) -> list[Problem]:
    """List what is wrong with the answer to an options request: `options` or `option_groups`, not both."""
    walk = Walk(MODAL)
    if not isinstance(answer, dict):
        return [Problem("must provide an object", "")]
    if ("options" in answer) == ("option_groups" in answer):
        walk.refuse("must define either `options` or `option_groups`", "")
    if "options" in answer:
        walk.check(answer["options"], many(thing("option"), 0, 100), "/options")
    if "option_groups" in answer:
        walk.check(answer["option_groups"], many(thing("option_group"), 0, 100), "/option_groups")
    values = [str(option.get("value")) for option in options_of(answer)]
    if len(set(values)) != len(values):
        walk.refuse("options must have different values", "/options")
    return walk.problems
