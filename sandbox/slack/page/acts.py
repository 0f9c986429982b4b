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
Act = Callable[[Slack, Person, Given], Json]

GONE = "This is no longer here. The page shows what is."


def say(slack: Slack, person: Person, given: Given) -> Json:
    """Send what stands in the composer: a slash command or a message."""
    text = str(given["text"])
    try:
        if text.startswith("/"):
            code = person.command(str(given["channel"]), text)
            return {"failed": code, "kept": bool(code)}
        person.say(str(given["channel"]), text)
    except NotThereError as error:
        return {"trouble": _sentence(error), "kept": True}
    return {}


def shortcut(slack: Slack, person: Person, given: Given) -> Json:
    """Choose a global shortcut from the menu."""
    return {"failed": person.shortcut(str(given["callback_id"]))}


def press(slack: Slack, person: Person, given: Given) -> Json:
    """Press a button or choose in a menu, after what was typed around it has been put in."""
    try:
        where = _where(slack, person, given)
        _fill(person, where, given.get("typed", ()))
        element = person.element(where, str(given["action_id"]), str(given["block_id"]))
        value = _value(person, element, given.get("value"))
        if element["type"] == "overflow":
            value = given["value"]["value"]
        code = person.press(where, str(given["action_id"]), str(given["block_id"]), value)
    except NotThereError:
        return {"trouble": GONE}
    return {"failed": code}


def submit(slack: Slack, person: Person, given: Given) -> Json:
    """Submit the window on top."""
    try:
        where = _where(slack, person, given)
        _fill(person, where, given.get("typed", ()))
        done = person.submit(where if isinstance(where, View) else None)
    except NotThereError:
        return {"trouble": GONE}
    if done.refused == "rich_text_preset_with_mention":
        return {"trouble": "Slack cannot submit a window whose preset text mentions somebody."}
    return {"failed": done.refused}


def close(slack: Slack, person: Person, given: Given) -> Json:
    """Close the window on top."""
    try:
        where = _where(slack, person, given)
        person.close(where if isinstance(where, View) else None)
    except NotThereError:
        return {"trouble": GONE}
    return {}


def options(slack: Slack, person: Person, given: Given) -> Json:
    """Ask the app for the options of an external select."""
    try:
        where = _where(slack, person, given)
        found = person.options(where, str(given["action_id"]), str(given["query"]), str(given["block_id"]))
    except NotThereError:
        return {"trouble": GONE}
    viewer = viewer_of(slack.state, person.workspace, person.user)
    return {"html": draw("options.html", options=found, groups=[], viewer=viewer)}


def visit(slack: Slack, person: Person, given: Given) -> Json:
    """Come to a place; an app is told when its tabs are opened."""
    installed = person.workspace.installation
    if installed is None or not installed.active or given.get("place") != installed.bot_user_id:
        return {}
    tab = given.get("tab") or "home"
    if tab == "home":
        person.open_home()
    elif tab == "messages":
        person.open_messages()
    return {}


def _where(slack: Slack, person: Person, given: Given) -> Message | View:
    if "view_id" in given:
        home = person.home()
        views = [*person.windows(), *([home] if home else [])]
        found: Message | View | None = next((one for one in views if one.id == given["view_id"]), None)
    else:
        channel = person.channel(str(given["channel"]))
        found = slack.state.message(channel.id, str(given["ts"]))
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


ACTS: dict[str, Act] = {
    "say": say,
    "shortcut": shortcut,
    "press": press,
    "submit": submit,
    "close": close,
    "options": options,
    "visit": visit,
}
