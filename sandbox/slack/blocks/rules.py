"""Rules of Block Kit that look at more than one field."""

from collections.abc import Iterator
from typing import Any

from sandbox.slack.blocks.tables import BLOCKS, HOME, MODAL
from sandbox.slack.blocks.walk import Walk

Json = dict[str, Any]

TABLE_CHARACTERS = 10_000
MARKDOWN_CHARACTERS = 12_000


def check_rules(blocks: list[Any], walk: Walk, pointer: str, view: Json | None = None) -> None:
    """Hold a list of blocks against the rules between fields. Broken fields are passed over."""
    seen: set[str] = set()
    focused = 0
    for place, block in enumerate(blocks):
        if not isinstance(block, dict) or block.get("type") not in BLOCKS:
            continue
        here = f"{pointer}/{place}"
        _block(block, walk, here)
        block_id = block.get("block_id")
        if isinstance(block_id, str):
            if block_id in seen:
                walk.refuse(f'`block_id` "{block_id}" already exists', f"{here}/block_id")
            seen.add(block_id)
        actions: set[str] = set()
        for element, at in elements_of(block, here):
            _element(element, walk, at)
            _unique_action(element, actions, walk, at)
            if element.get("focus_on_load") is True:
                focused += 1
                if focused > 1:
                    walk.refuse("only one element may have `focus_on_load`", f"{at}/focus_on_load")
        if block["type"] == "input" and walk.surface == MODAL and view is not None and not view.get("submit"):
            walk.refuse("must define `submit` to use an `input` block in modals", f"{here}/input")
    _sums(blocks, walk, pointer)


def elements_of(block: Json, pointer: str = "") -> Iterator[tuple[Json, str]]:
    """Yield what a person can press or fill in a block, with its pointer."""
    kind = block.get("type")
    found: list[tuple[Any, str]] = []
    if kind == "actions" and isinstance(block.get("elements"), list):
        found = [(element, f"{pointer}/elements/{i}") for i, element in enumerate(block["elements"])]
    elif kind == "section":
        found = [(block.get("accessory"), f"{pointer}/accessory")]
    elif kind == "input":
        found = [(block.get("element"), f"{pointer}/element")]
    for element, at in found:
        if isinstance(element, dict) and element.get("type") != "image":
            yield element, at


def options_of(element: Json) -> list[Json]:
    """List the options written into an element, those in groups too."""
    options = list(element.get("options") or [])
    for group in element.get("option_groups") or []:
        if isinstance(group, dict):
            options += group.get("options") or []
    return [option for option in options if isinstance(option, dict)]


def _unique_action(element: Json, actions: set[str], walk: Walk, pointer: str) -> None:
    action_id = element.get("action_id")
    if isinstance(action_id, str):
        if action_id in actions:
            walk.refuse(f'`action_id` "{action_id}" already exists', f"{pointer}/action_id")
        actions.add(action_id)


def _block(block: Json, walk: Walk, pointer: str) -> None:
    kind = block["type"]
    if kind == "section" and not block.get("text") and not block.get("fields"):
        walk.refuse("must define either `text` or `fields`", f"{pointer}/type")
    if kind == "image" and ("image_url" in block) == ("slack_file" in block):
        walk.refuse("must define either `image_url` or `slack_file`", pointer)


def _element(element: Json, walk: Walk, pointer: str) -> None:
    kind = str(element.get("type"))
    options = options_of(element)
    if kind in ("static_select", "multi_static_select") and ("options" in element) == (
        "option_groups" in element
    ):
        walk.refuse("must define either `options` or `option_groups`", pointer)
    values = [option.get("value") for option in options]
    if len(set(map(str, values))) != len(values):
        walk.refuse("options must have different values", f"{pointer}/options")
    if kind in ("static_select", "multi_static_select", "checkboxes", "radio_buttons"):
        _preset_options(element, options, walk, pointer)
    if kind == "plain_text_input":
        _lengths(element, walk, pointer)
    lines = element.get("min_lines"), element.get("max_lines")
    if isinstance(lines[0], int) and isinstance(lines[1], int) and lines[0] > lines[1]:
        walk.refuse("`min_lines` must not exceed `max_lines`", f"{pointer}/min_lines")
    most = element.get("max_selected_items")
    for name, preset in element.items():
        if (
            name.startswith("initial_")
            and isinstance(preset, list)
            and isinstance(most, int)
            and len(preset) > most
        ):
            walk.refuse(f"no more than {most} items allowed", f"{pointer}/{name}")


def _preset_options(element: Json, options: list[Json], walk: Walk, pointer: str) -> None:
    preset = element.get("initial_option")
    if isinstance(preset, dict) and not any(_same_option(preset, option) for option in options):
        walk.refuse("`initial_option` must match one of the options", f"{pointer}/initial_option")
    for place, one in enumerate(element.get("initial_options") or []):
        if isinstance(one, dict) and not any(_same_option(one, option) for option in options):
            at = f"{pointer}/initial_options/{place}"
            walk.refuse("`initial_options` must match one of the options", at)


def _same_option(one: Json, other: Json) -> bool:
    """Compare two options as Slack does: all of it but what it adds by itself."""

    def bare(option: Json) -> Json:
        return {
            name: {k: v for k, v in value.items() if k not in ("emoji", "verbatim")}
            if isinstance(value, dict)
            else value
            for name, value in option.items()
        }

    return bare(one) == bare(other)


def _lengths(element: Json, walk: Walk, pointer: str) -> None:
    least, most = element.get("min_length"), element.get("max_length")
    preset = element.get("initial_value")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        walk.refuse("`min_length` must not exceed `max_length`", f"{pointer}/min_length")
    if isinstance(preset, str) and isinstance(most, int) and len(preset) > most:
        walk.refuse(f"must be less than {most + 1} characters", f"{pointer}/initial_value")


def _sums(blocks: list[Any], walk: Walk, pointer: str) -> None:
    known = [block for block in blocks if isinstance(block, dict)]
    markdown = sum(
        len(b["text"]) for b in known if b.get("type") == "markdown" and isinstance(b.get("text"), str)
    )
    if markdown > MARKDOWN_CHARACTERS:
        walk.refuse(f"markdown blocks hold no more than {MARKDOWN_CHARACTERS} characters together", pointer)
    tables = [block for block in known if block.get("type") == "table"]
    if len(tables) > 1 and walk.surface != HOME:
        walk.refuse("only one table is allowed in a message", pointer)
    if sum(text_characters(table.get("rows")) for table in tables) > TABLE_CHARACTERS:
        walk.refuse(f"tables hold no more than {TABLE_CHARACTERS} characters together", pointer)


def text_characters(value: Any) -> int:
    """Count the characters that a person would read in a payload (or in a part of one)."""
    if isinstance(value, list):
        return sum(text_characters(item) for item in value)
    if not isinstance(value, dict):
        return 0
    count = 0
    for name, part in value.items():
        if name in ("text", "alt_text", "fallback") and isinstance(part, str):
            count += len(part)
        else:
            count += text_characters(part)
    return count
