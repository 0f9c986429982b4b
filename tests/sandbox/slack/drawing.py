"""Draw Block Kit in as few words as tests want to spend on it."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def section(text: str, **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(action_id: str, text: str = "Go", **more: Any) -> Json:
    return {"type": "button", "action_id": action_id, "text": plain(text), **more}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def option(value: str, text: str = "") -> Json:
    return {"text": plain(text or value), "value": value}


def field(block_id: str, element: Json, **more: Any) -> Json:
    return {"type": "input", "block_id": block_id, "label": plain("Label"), "element": element, **more}


def text_field(block_id: str = "words", action_id: str = "typed", **more: Any) -> Json:
    return field(block_id, {"type": "plain_text_input", "action_id": action_id, **more})


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain("Window"), "blocks": list(blocks) or [section("hello")], **more}


def form(*blocks: Json, **more: Any) -> Json:
    return modal(*(blocks or (text_field(),)), **{"submit": plain("Send"), "callback_id": "form", **more})


def home(*blocks: Json, **more: Any) -> Json:
    return {"type": "home", "blocks": list(blocks) or [section("home")], **more}


def rich(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def element(kind: str, **more: Any) -> Json:
    return {"type": kind, "action_id": "a", **more}


def options(count: int) -> list[Json]:
    return [option(str(number)) for number in range(count)]


def confirm(title: int = 1, text: int = 1, yes: int = 1, no: int = 1) -> Json:
    return {
        "title": plain("x" * title),
        "text": plain("x" * text),
        "confirm": plain("x" * yes),
        "deny": plain("x" * no),
    }


def groups(count: int, label: int = 1) -> list[Json]:
    return [{"label": plain("x" * label), "options": [option(f"{n}")]} for n in range(count)]
