"""Read what a control holds: what the person put in, or else what the app preset."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sandbox.slack.page.viewer import Viewer

Option = Mapping[str, Any]
State = Mapping[str, Mapping[str, Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Surface:
    """Name the message, window or Home that blocks stand on, with what its controls hold."""

    kind: str
    id: str
    state: State
    errors: Mapping[str, str] = field(default_factory=dict)

    def held(self, block_id: str, action_id: str) -> Mapping[str, Any] | None:
        """Return what the person put into a control, None when they never touched it."""
        return self.state.get(block_id, {}).get(action_id)


def text_of(element: Mapping[str, Any], held: Mapping[str, Any] | None, viewer: Viewer) -> str:
    """Return the words, number, date or time in a field, as the browser's own inputs write them."""
    kind = element["type"]
    source: Mapping[str, Any] = held if held is not None else element
    if kind == "datetimepicker":
        seconds = source.get("selected_date_time" if held is not None else "initial_date_time")
        if not seconds:
            return ""
        return f"{viewer.local(datetime.fromtimestamp(int(seconds), UTC)):%Y-%m-%dT%H:%M}"
    held_key, preset_key = _TEXT_KEYS.get(kind, ("value", "initial_value"))
    return str(source.get(held_key if held is not None else preset_key) or "")


def options_of(element: Mapping[str, Any], held: Mapping[str, Any] | None) -> list[Option]:
    """Return the chosen options of a select, of boxes or of radio buttons."""
    source: Mapping[str, Any] = held if held is not None else element
    prefix = "selected" if held is not None else "initial"
    several = source.get(f"{prefix}_options")
    if several:
        return list(several)
    one = source.get(f"{prefix}_option")
    return [one] if one else []


def ids_of(element: Mapping[str, Any], held: Mapping[str, Any] | None) -> list[str]:
    """Return the chosen people, channels or conversations of a select."""
    source: Mapping[str, Any] = held if held is not None else element
    prefix = "selected" if held is not None else "initial"
    thing = element["type"].removeprefix("multi_").removesuffix("_select").removesuffix("s")
    several = source.get(f"{prefix}_{thing}s")
    one = source.get(f"{prefix}_{thing}")
    return list(several) if several else [one] if one else []


def rich_of(element: Mapping[str, Any], held: Mapping[str, Any] | None) -> Sequence[Mapping[str, Any]]:
    """Return the parts of the formatted text in an editor."""
    source: Mapping[str, Any] = held if held is not None else element
    block = source.get("rich_text_value" if held is not None else "initial_value") or {}
    return list(block.get("elements", ()))


def is_chosen(option: Option, chosen: Sequence[Option]) -> bool:
    """Say whether an option is among the chosen ones; its value names it."""
    return any(option["value"] == other["value"] for other in chosen)


def ident(*parts: object) -> str:
    """Make an id for the browser out of ids that may hold anything."""
    return "m" + hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:12]


_TEXT_KEYS = {
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
}
