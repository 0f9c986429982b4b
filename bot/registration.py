"""From the features' tables to Bolt: which listener answers what, with its services bound.

Commands stand first, because Bolt walks its listeners in order (reference slack.md 4.1). A listener names the
services it needs as keyword-only parameters; one that nobody provides stops the start, not a person's press.
"""

import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from slack_bolt import Ack, App

from bot.payloads import UnknownPayload
from bot.visits import Body, Listener


@dataclass(slots=True)
class Tables:
    """What a feature listens for: words of the command, action ids, callback ids, event types."""

    commands: dict[str, Listener] = field(default_factory=dict)
    shortcuts: dict[str, Listener] = field(default_factory=dict)
    actions: dict[str, Listener] = field(default_factory=dict)
    views: dict[str, Listener] = field(default_factory=dict)
    closed: dict[str, Listener] = field(default_factory=dict)
    options: dict[str, Listener] = field(default_factory=dict)
    events: dict[str, Listener] = field(default_factory=dict)


BARE, ANYTHING = "(nothing)", "(anything)"  # the command alone; the command with a name or an address
KINDS = ("commands", "shortcuts", "actions", "views", "closed", "options", "events")


def gather(features: Iterable[Any]) -> Tables:
    """Put the tables of the features' listener modules together. One id has one owner."""
    tables = Tables()
    for feature in features:
        for kind in KINDS:
            for name, listener in getattr(feature, kind.upper(), {}).items():
                if name in getattr(tables, kind):
                    raise ValueError(f"two listeners for {kind} {name!r}")
                getattr(tables, kind)[name] = listener
    return tables


def bind(listener: Listener, services: Mapping[str, Any]) -> Listener:
    """Give a listener its services. Raises TypeError for one that nobody provides."""
    wanted = [
        name
        for name, parameter in inspect.signature(listener).parameters.items()
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY
    ]
    missing = [name for name in wanted if name not in services]
    if missing:
        raise TypeError(f"{listener.__module__}.{listener.__name__} needs {', '.join(missing)}")
    return partial(listener, **{name: services[name] for name in wanted}) if wanted else listener


def register(app: App, tables: Tables, command: str, services: Mapping[str, Any]) -> None:
    """Register everything with Bolt."""
    bound = {name: bind(listener, services) for name, listener in tables.commands.items()}
    app.command(command)(_route(bound))
    for kind, hook in _hooks(app).items():
        for name, listener in getattr(tables, kind).items():
            hook(name)(bind(listener, services))
    app.action(re.compile(""))(_not_known)  # last: whatever nobody took; buttons live for years
    app.view_submission(re.compile(""))(_not_known)


def _not_known() -> None:
    raise UnknownPayload


def _hooks(app: App) -> dict[str, Callable[[str], Callable[[Listener], Any]]]:
    return {
        "actions": app.action,
        "views": app.view_submission,
        "shortcuts": app.global_shortcut,
        "options": app.options,
        "closed": app.view_closed,
        "events": app.event,
    }


def _route(commands: Mapping[str, Listener]) -> Listener:
    """Answer the command by its first word; whatever is no word of ours is a name or an address."""

    def command(ack: Ack, body: Body) -> None:
        text = str(body.get("text") or "").strip()
        word, _, rest = text.partition(" ")
        name = word.casefold()
        if not text:
            commands[BARE](ack=ack, body=body)
        elif name in commands and name not in (BARE, ANYTHING):
            commands[name](ack=ack, body={**body, "text": rest.strip()})
        else:
            commands[ANYTHING](ack=ack, body=body)

    return command
