"""The manifest is what Slack accepts, what the code listens to, and asks for nothing more."""

import importlib
import json
from pathlib import Path
from types import ModuleType

import jsonschema
import pytest

import app
import bot
from bot.manifest import HERE, load_manifest, manifest_for
from bot.registration import KINDS, gather
from tests.house.given import settings

SCHEMA = HERE.parent.parent / "shared" / "schemas" / "slack-manifest.2.0.0.schema.json"


@pytest.mark.skipif(not SCHEMA.parent.is_dir(), reason="Slack's schema does not stand beside the project")
def test_slacks_schema_accepts_the_manifest() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.validate(load_manifest().content, schema)


def test_the_names_keep_slacks_limits() -> None:
    # Slack's "Create from manifest" page: 24 for a shortcut's name, 32 for a command
    content = json.loads(HERE.read_text(encoding="utf-8"))
    assert all(len(shortcut["name"]) <= 24 for shortcut in content["features"]["shortcuts"])
    assert all(len(command["command"]) <= 32 for command in content["features"]["slash_commands"])
    assert 175 <= len(content["display_information"]["long_description"]) <= 4000
    assert len(content["display_information"]["description"]) <= 140


def test_the_scopes_are_the_four_that_the_product_names() -> None:
    assert load_manifest().scopes == ("commands", "chat:write", "users:read", "users:read.email")


def test_commands_arrive_as_they_were_typed_and_the_messages_tab_takes_no_text() -> None:
    features = json.loads(HERE.read_text(encoding="utf-8"))["features"]
    assert [command["should_escape"] for command in features["slash_commands"]] == [False]
    assert features["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": True,
    }


def test_everything_comes_to_the_one_address_that_is_verified() -> None:
    assert {
        address.removeprefix("https://mailroom.example.com") for address in load_manifest().addresses
    } == {"/slack/events"}


def test_the_manifest_of_a_deployment_carries_its_address_and_command(tmp_path: Path) -> None:
    mine = tmp_path / "mine.yml"
    mine.write_text(manifest_for("https://mail.example", "/post"), encoding="utf-8")
    made = load_manifest(mine)
    assert made.commands == ("/post",)
    assert set(made.addresses) == {"https://mail.example/slack/events"}
    assert made.scopes == load_manifest().scopes


def test_the_command_of_the_manifest_is_the_default_of_the_settings() -> None:
    assert load_manifest().commands == (settings().command,)


def test_the_code_listens_to_exactly_what_the_manifest_declares() -> None:
    manifest, registered = load_manifest(), gather(app.FEATURES)
    assert set(registered.shortcuts) == set(manifest.shortcuts)
    assert set(registered.events) == set(manifest.events)
    assert registered.commands, "somebody answers the command"


def test_every_module_that_listens_is_registered() -> None:
    found = {
        f"bot.{path.parent.name}.{path.stem}"
        for path in Path(bot.__path__[0]).glob("*/*listeners.py")
        if any(hasattr(_module(path), kind.upper()) for kind in KINDS)
    }
    assert found == {feature.__name__ for feature in app.FEATURES}


def _module(path: Path) -> ModuleType:
    return importlib.import_module(f"bot.{path.parent.name}.{path.stem}")
