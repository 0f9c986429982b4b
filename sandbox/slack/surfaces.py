"""Read and fill the elements of a message, a window or a Home tab, as Slack's client does."""

from collections.abc import Iterator
from typing import Any

from sandbox.slack.blocks.rules import elements_of, options_of

Json = dict[str, Any]
Typed = dict[str, dict[str, Any]]

# Which key of `state.values` an element answers with, and its name in `initial_…`.
VALUE_KEYS = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "file_input": ("files", ""),
}
TEXT_INPUTS = ("plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input")


class NotThereError(LookupError):
    """Say that a person cannot find what a test presses: it is not drawn."""


def every_element(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Yield each block with each element that can be pressed or filled in it."""
    for block in blocks:
        for element, _ in elements_of(block):
            yield block, element


def find_element(blocks: list[Json], action_id: str, block_id: str | None = None) -> tuple[Json, Json]:
    """Find an element by its ids. Raises NotThereError, also when the action id alone is ambiguous."""
    found = [
        (block, element)
        for block, element in every_element(blocks)
        if element.get("action_id") == action_id and block_id in (None, block.get("block_id"))
    ]
    if len(found) != 1:
        here = sorted({str(element.get("action_id")) for _, element in every_element(blocks)})
        raise NotThereError(
            f"{len(found)} elements with action {action_id!r}, block {block_id!r}; here: {here}"
        )
    return found[0]


def empty_entry(element: Json) -> Json | None:
    """Return the element's entry in `state.values` before anybody touched it; None for a button."""
    kind = str(element.get("type"))
    if kind not in VALUE_KEYS:
        return None
    key, preset_key = VALUE_KEYS[kind]
    preset = element.get(preset_key)
    entry: Json = {"type": kind}
    if preset is not None:
        entry[key] = preset
    elif key.endswith("s") or key == "files":
        entry[key] = []
    elif kind != "rich_text_input":
        entry[key] = None
    if kind == "timepicker" and element.get("timezone"):
        entry["timezone"] = element["timezone"]
    return entry


def entry_with(element: Json, value: Any, offered: list[Json] | None = None) -> Json:
    """Return the entry after a person chose or typed `value`.

    Options are named by their `value`; `offered` are those that the app answered for an external select.
    Raises NotThereError when an option is not offered.
    """
    kind = str(element["type"])
    key, _ = VALUE_KEYS[kind]
    entry = empty_entry(element) or {}
    if key == "selected_option":
        entry[key] = None if value is None else _option(element, value, offered)
    elif key == "selected_options":
        entry[key] = [_option(element, one, offered) for one in value]
    elif kind == "rich_text_input":
        entry.pop(key, None)
        if value:
            entry[key] = rich_text(value) if isinstance(value, str) else value
    else:
        entry[key] = None if value == "" else value
    return entry


def _option(element: Json, value: Any, offered: list[Json] | None) -> Json:
    if isinstance(value, dict):
        value = value["value"]
    for option in [*options_of(element), *(offered or [])]:
        if option["value"] == value:
            return option
    values = [option["value"] for option in [*options_of(element), *(offered or [])]]
    raise NotThereError(f"no option {value!r}; there are {values}")


def rich_text(text: str) -> Json:
    """Make the rich text that Slack's editor sends for plainly typed lines."""
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}],
    }


def state_values(blocks: list[Json], typed: Typed) -> Typed:
    """Build `state.values`: every input of the surface, what was typed or else its preset."""
    values: Typed = {}
    for block, element in every_element(blocks):
        entry = typed.get(block["block_id"], {}).get(element.get("action_id", "")) or empty_entry(element)
        if entry is not None:
            values.setdefault(block["block_id"], {})[element["action_id"]] = entry
    return values


def surviving(old: list[Json], typed: Typed, new: list[Json]) -> Typed:
    """Return what stays filled in when a surface is redrawn.

    An input with the same block_id, action_id and type keeps what it held, even its old preset: a changed
    `initial_…` shows only under a new block_id. Choices that are no longer offered are dropped.
    """
    held = state_values(old, typed)
    kept: Typed = {}
    for block, element in every_element(new):
        entry = held.get(block["block_id"], {}).get(element.get("action_id", ""))
        if entry is not None and entry["type"] == element["type"] and _still_offered(element, entry):
            kept.setdefault(block["block_id"], {})[element["action_id"]] = entry
    return kept


def _still_offered(element: Json, entry: Json) -> bool:
    options = options_of(element)
    if not options:
        return True
    chosen = entry.get("selected_options") or [entry.get("selected_option")]
    values = {option["value"] for option in options}
    return all(one is None or one["value"] in values for one in chosen)
