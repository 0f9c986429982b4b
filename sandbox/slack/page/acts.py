"""Do what the member did in the browser, through the same hands that tests use."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.slack.page.draw import draw
from sandbox.slack.page.gather import viewer_of
from sandbox.slack.page.written import as_sent
from sandbox.slack.person import Person
from sandbox.slack.slack import Slack
from sandbox.slack.state import Message, View
from sandbox.slack.surfaces import NotThereError

Json = dict[str, Any]
Given = Mapping[str, Any]

GONE = "This is no longer here. The page shows what is."


class Hand:
    """The hand of one member on the page: every act gets what the browser sent and says how it went."""

    def __init__(self, slack: Slack, person: Person) -> None:
        self._slack = slack
        self._person = person

    def say(self, given: Given) -> Json:
        """Send what stands in the composer: a slash command or a message."""
        text = str(given["text"])
        try:
            if text.startswith("/"):
                code = self._person.command(str(given["channel"]), text)
                return {"failed": code, "kept": code == "unknown_command"}
            self._person.say(str(given["channel"]), text)
        except NotThereError as error:
            return {"trouble": _sentence(error), "kept": True}
        return {}

    def shortcut(self, given: Given) -> Json:
        """Choose a global shortcut from the menu."""
        return {"failed": self._person.shortcut(str(given["callback_id"]))}

    def press(self, given: Given) -> Json:
        """Press a button or choose in a menu, after what was typed around it has been put in."""
        try:
            where = self._where(given)
            _fill(self._person, where, given.get("typed", ()))
            element = self._person.element(where, str(given["action_id"]), str(given["block_id"]))
            value = _value(self._person, element, given.get("value"))
            if element["type"] == "overflow":
                value = given["value"]["value"]
            code = self._person.press(where, str(given["action_id"]), str(given["block_id"]), value)
        except NotThereError:
            return {"trouble": GONE}
        return {"failed": code}

    def submit(self, given: Given) -> Json:
        """Submit the window on top."""
        try:
            where = self._where(given)
            _fill(self._person, where, given.get("typed", ()))
            done = self._person.submit(where if isinstance(where, View) else None)
        except NotThereError:
            return {"trouble": GONE}
        if done.refused == "rich_text_preset_with_mention":
            return {"trouble": "Slack cannot submit a window whose preset text mentions somebody."}
        return {"failed": done.refused}

    def close(self, given: Given) -> Json:
        """Close the window on top."""
        try:
            where = self._where(given)
            self._person.close(where if isinstance(where, View) else None)
        except NotThereError:
            return {"trouble": GONE}
        return {}

    def options(self, given: Given) -> Json:
        """Ask the app for the options of an external select."""
        try:
            where = self._where(given)
            found = self._person.options(
                where, str(given["action_id"]), str(given["query"]), str(given["block_id"])
            )
        except NotThereError:
            return {"trouble": GONE}
        viewer = viewer_of(self._slack.state, self._person.workspace, self._person.user)
        return {"html": draw("options.html", options=found, groups=[], viewer=viewer)}

    def visit(self, given: Given) -> Json:
        """Come to a place; an app is told when its tabs are opened."""
        installed = self._person.workspace.installation
        if installed is None or not installed.active or given.get("place") != installed.bot_user_id:
            return {}
        tab = given.get("tab") or "home"
        if tab == "home":
            self._person.open_home()
        elif tab == "messages":
            self._person.open_messages()
        return {}

    def _where(self, given: Given) -> Message | View:
        if "view_id" in given:
            home = self._person.home()
            views = [*self._person.windows(), *([home] if home else [])]
            found: Message | View | None = next((one for one in views if one.id == given["view_id"]), None)
        else:
            channel = self._person.channel(str(given["channel"]))
            found = self._slack.state.message(channel.id, str(given["ts"]))
        if found is None:
            raise NotThereError("gone")
        return found


def _fill(person: Person, where: Message | View, typed: Sequence[Given]) -> None:
    for one in typed:
        try:
            element = person.element(where, one["action_id"], one["block_id"])
        except NotThereError:
            # Redrawn without this input while it was being filled in.
            continue
        person.fill(where, one["action_id"], _value(person, element, one["value"]), one["block_id"])


def _value(person: Person, element: Given, value: Any) -> Any:
    """Turn what the browser holds into what Slack's client would hold."""
    kind = str(element["type"])
    if kind == "rich_text_input":
        return as_sent(value)
    if kind == "datetimepicker":
        local = datetime.fromisoformat(value).replace(tzinfo=ZoneInfo(person.user.tz)) if value else None
        return int(local.timestamp()) if local else None
    if kind.endswith(("users_select", "channels_select", "conversations_select")):
        if isinstance(value, list):
            return [option["value"] for option in value]
        return value["value"] if value else None
    return value


def _sentence(error: NotThereError) -> str:
    words = str(error)
    return words[:1].upper() + words[1:] + "."


ACTS: dict[str, Callable[[Hand, Given], Json]] = {
    "say": Hand.say,
    "shortcut": Hand.shortcut,
    "press": Hand.press,
    "submit": Hand.submit,
    "close": Hand.close,
    "options": Hand.options,
    "visit": Hand.visit,
}
