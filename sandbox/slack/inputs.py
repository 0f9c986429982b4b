"""What Slack's client checks before it lets a window be submitted."""

import re
from typing import Any

from sandbox.slack.blocks.rich_text import MENTIONS
from sandbox.slack.state import View
from sandbox.slack.surfaces import VALUE_KEYS, state_values

Json = dict[str, Any]

REQUIRED = "This field has to be filled in."
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def holds_mention(value: Any) -> bool:
    """Say whether rich text names a person, a channel, a group or everybody."""
    if isinstance(value, list):
        return any(holds_mention(item) for item in value)
    if isinstance(value, dict):
        return value.get("type") in MENTIONS or any(holds_mention(part) for part in value.values())
    return False


def has_unsendable_preset(view: View) -> bool:
    """Say whether a preset of a rich_text_input keeps the window from being submitted (bolt-python #1003)."""
    return any(
        holds_mention(block["element"].get("initial_value"))
        for block in view.blocks
        if block["type"] == "input" and block["element"]["type"] == "rich_text_input"
    )


def field_errors(view: View) -> dict[str, str]:
    """Return a sentence for each input that the client refuses, by block_id."""
    values = state_values(view.blocks, view.typed)
    errors: dict[str, str] = {}
    for block in view.blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        value = values[block["block_id"]][element["action_id"]].get(VALUE_KEYS[element["type"]][0])
        if _empty(value):
            if not block.get("optional", False):
                errors[block["block_id"]] = REQUIRED
        elif sentence := _refused(element, value):
            errors[block["block_id"]] = sentence
    return errors


def _empty(value: Any) -> bool:
    if isinstance(value, dict) and value.get("type") == "rich_text":
        return not _has_content(value)
    return value is None or value in ("", [])


def _has_content(value: Any) -> bool:
    if isinstance(value, list):
        return any(_has_content(item) for item in value)
    if not isinstance(value, dict):
        return False
    if value.get("type") == "text":
        return bool(value["text"].strip())
    if "elements" in value:
        return _has_content(value["elements"])
    return True


def _refused(element: Json, value: Any) -> str:
    match element["type"]:
        case "plain_text_input":
            return _length_refused(element, value)
        case "email_text_input" if not _EMAIL.fullmatch(value):
            return "This has to be an e-mail address."
        case "url_text_input" if not re.match(r"https?://\S+", value):
            return "This has to be a web address."
        case "number_input":
            return _number_refused(element, value)
        case _:
            most = element.get("max_selected_items")
            if most is not None and isinstance(value, list) and len(value) > most:
                return f"No more than {most} can be chosen."
            return ""


def _length_refused(element: Json, value: str) -> str:
    if len(value) < element.get("min_length", 0):
        return f"This needs at least {element['min_length']} characters."
    most = element.get("max_length", 3000)
    return f"This takes at most {most} characters." if len(value) > most else ""


def _number_refused(element: Json, value: str) -> str:
    form = r"-?\d+(\.\d+)?" if element["is_decimal_allowed"] else r"-?\d+"
    if not re.fullmatch(form, value):
        return "This has to be a number."
    if "min_value" in element and float(value) < float(element["min_value"]):
        return f"This has to be at least {element['min_value']}."
    if "max_value" in element and float(value) > float(element["max_value"]):
        return f"This has to be at most {element['max_value']}."
    return ""
