"""Press, choose and type as Slack's client does: what reaches the app, and with what in it."""

from typing import TYPE_CHECKING, Any

from sandbox.slack.answers import failure_code, take_options
from sandbox.slack.payloads import (
    Sender,
    actions_payload,
    in_message,
    in_view,
    suggestion_payload,
    view_json,
)
from sandbox.slack.state import Message, View
from sandbox.slack.surfaces import (
    TEXT_INPUTS,
    VALUE_KEYS,
    NotThereError,
    Typed,
    entry_with,
    find_element,
    state_values,
)

if TYPE_CHECKING:
    from sandbox.slack.slack import Slack

Json = dict[str, Any]
Where = Message | View

PRESS_TROUBLE = "The app did not answer this press. Nothing was lost here; try again."


class Pressing:
    """One person's hand on one surface."""

    def __init__(self, slack: "Slack", sender: Sender) -> None:
        self._slack = slack
        self._sender = sender

    def press(self, where: Where, action_id: str, block_id: str | None, value: Any, confirmed: bool) -> str:
        """Press a button or choose in a menu; nothing happens when its question is answered with no."""
        self._refuse_gone(where)
        block, element = find_element(where.blocks, action_id, block_id)
        if block["type"] == "input":
            return self.fill(where, action_id, block_id, value, enter=True)
        if "confirm" in element and not confirmed:
            return ""
        if element["type"] == "button":
            action: Json = {key: part for key, part in element.items() if key in ("text", "value", "style")}
        elif element["type"] == "overflow":
            action = {"selected_option": self._overflow_option(element, value)}
        else:
            return self.fill(where, action_id, block_id, value, enter=True)
        return self._dispatch(where, block, element, action)

    def fill(self, where: Where, action_id: str, block_id: str | None, value: Any, enter: bool) -> str:
        """Put a value into an input, and tell the app where Slack would."""
        self._refuse_gone(where)
        block, element = find_element(where.blocks, action_id, block_id)
        if element["type"] not in VALUE_KEYS:
            raise NotThereError(f"nothing can be filled into a {element['type']}")
        offered = self._slack.offered.get((_key(where), block["block_id"], action_id))
        entry = entry_with(element, value, offered)
        with self._slack.state.lock:
            typed = self._typed(where)
            typed.setdefault(block["block_id"], {})[element["action_id"]] = entry
            if isinstance(where, View):
                where.errors.pop(block["block_id"], None)
            self._slack.state.touch()
        if not _dispatches(block, element, enter):
            return ""
        return self._dispatch(where, block, element, {k: v for k, v in entry.items() if k != "type"})

    def options(self, where: Where, action_id: str, block_id: str | None, query: str) -> list[Json]:
        """Ask the app for the options of an external select."""
        self._refuse_gone(where)
        block, element = find_element(where.blocks, action_id, block_id)
        if element["type"] not in ("external_select", "multi_external_select"):
            raise NotThereError(f"a {element['type']} has its options with it")
        if len(query) < element.get("min_query_length", 3) or not self._slack.app.answers_selects:
            return []
        payload = suggestion_payload(self._sender, self._place(where), block["block_id"], action_id, query)
        found, code = take_options(self._slack.delivery.interaction(payload))
        if code:
            self._slack.state.tell(self._sender.user.id, "The options could not be loaded.", code)
        key = (_key(where), block["block_id"], action_id)
        # A choice may come from an earlier question too: the client keeps what it has shown.
        self._slack.offered[key] = [*found, *self._slack.offered.get(key, [])][:300]
        return found

    def deliver(self, payload: Json) -> str:
        """Send an interaction; a failed one is told to the person. Return Slack's error code or ""."""
        if not self._slack.app.interactive:
            code = "interactivity_off"
        else:
            code = failure_code(self._slack.delivery.interaction(payload))
        if code:
            self._slack.state.tell(self._sender.user.id, PRESS_TROUBLE, code)
        return code

    def shown(self, view: View) -> Json:
        """Return a view as payloads show it."""
        return view_json(view, self._sender.installation, self._sender.app)

    def _dispatch(self, where: Where, block: Json, element: Json, action: Json) -> str:
        sent = {
            "type": element["type"],
            "action_id": element["action_id"],
            "block_id": block["block_id"],
            **action,
            "action_ts": self._slack.state.new_ts(),
        }
        if "placeholder" in element:
            sent["placeholder"] = element["placeholder"]
        user, team = self._sender.user.id, self._sender.workspace.id
        view_id = where.id if isinstance(where, View) else None
        trigger = self._slack.triggers.issue(team, user, view_id)
        payload = actions_payload(self._sender, self._place(where), sent, trigger)
        if isinstance(where, Message):
            payload["state"] = {"values": state_values(where.blocks, self._typed(where))}
            url = self._slack.triggers.issue_url(team, where.channel_id, user, where.ts)
            payload["response_url"] = self._slack.base_url + url
        return self.deliver(payload)

    def _place(self, where: Where) -> Json:
        if isinstance(where, View):
            return in_view(self._sender, where)
        channel = self._sender.workspace.channels[where.channel_id]
        return in_message(self._sender, channel, where)

    def _typed(self, where: Where) -> Typed:
        if isinstance(where, View):
            return where.typed
        return where.typed.setdefault(self._sender.user.id, {})

    def _refuse_gone(self, where: Where) -> None:
        if isinstance(where, Message):
            there = self._slack.state.message(where.channel_id, where.ts) is where
            mine = where.only_for in (None, self._sender.user.id)
        else:
            stack = self._slack.state.stack(where.user_id)
            there = (bool(stack) and stack[-1] is where) or self._slack.state.homes.get(
                where.user_id
            ) is where
            mine = where.user_id == self._sender.user.id
        if not (there and mine):
            raise NotThereError("this person does not see that any more")

    @staticmethod
    def _overflow_option(element: Json, value: Any) -> Json:
        for option in element["options"]:
            if option["value"] == value:
                return dict(option)
        raise NotThereError(f"no option {value!r}; there are {[o['value'] for o in element['options']]}")


def _key(where: Where) -> str:
    return where.id if isinstance(where, View) else where.ts


def _dispatches(block: Json, element: Json, enter: bool) -> bool:
    """Say whether the client tells the app of a change (slack.md 2.5)."""
    if block["type"] != "input":
        return True
    if not block.get("dispatch_action", False):
        return False
    if element["type"] not in TEXT_INPUTS:
        return True
    wanted = element.get("dispatch_action_config", {}).get("trigger_actions_on", ["on_enter_pressed"])
    return "on_character_entered" in wanted or (enter and "on_enter_pressed" in wanted)
