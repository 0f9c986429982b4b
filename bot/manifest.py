"""What Slack was told about this app: manifest.yml, read for the checks that compare.

The file is YAML in its JSON form (Slack takes either), so that the standard library can read it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent / "manifest.yml"


@dataclass(frozen=True, slots=True)
class Manifest:
    """The parts that code depends on. `content` is the whole, as Slack gets it."""

    content: Mapping[str, object]
    commands: tuple[str, ...]
    shortcuts: tuple[str, ...]
    events: tuple[str, ...]
    scopes: tuple[str, ...]
    addresses: tuple[str, ...]


def load_manifest(path: Path = HERE) -> Manifest:
    """Read the manifest file."""
    content = json.loads(path.read_text(encoding="utf-8"))
    features, settings = content["features"], content["settings"]
    return Manifest(
        content=content,
        commands=tuple(command["command"] for command in features["slash_commands"]),
        shortcuts=tuple(shortcut["callback_id"] for shortcut in features["shortcuts"]),
        events=tuple(settings["event_subscriptions"]["bot_events"]),
        scopes=tuple(content["oauth_config"]["scopes"]["bot"]),
        addresses=(
            *(command["url"] for command in features["slash_commands"]),
            settings["event_subscriptions"]["request_url"],
            settings["interactivity"]["request_url"],
            settings["interactivity"]["message_menu_options_url"],
        ),
    )


def manifest_for(url: str, command: str, path: Path = HERE) -> str:
    """Write the manifest for one deployment, ready to be pasted: its own address and the command's name."""
    text = path.read_text(encoding="utf-8")
    return text.replace("https://mailroom.example.com", url).replace(
        '"command": "/inbox"', f'"command": "{command}"'
    )
