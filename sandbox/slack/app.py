"""The app that is installed in the sandbox's Slack, as its manifest describes it."""

import secrets
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command; `should_escape` turns mentions and links into ids."""

    name: str
    description: str
    usage_hint: str
    should_escape: bool


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A global shortcut."""

    name: str
    callback_id: str
    description: str


@dataclass(frozen=True, slots=True)
class SlackApp:
    """An app: what its manifest allows, and the secrets it shares with Slack."""

    name: str
    app_id: str
    client_id: str
    client_secret: str
    signing_secret: str
    verification_token: str
    commands: tuple[Command, ...]
    shortcuts: tuple[Shortcut, ...]
    scopes: frozenset[str]
    events: frozenset[str]
    interactive: bool
    answers_selects: bool
    home_enabled: bool
    messages_read_only: bool

    @classmethod
    def from_manifest(
        cls,
        manifest: dict[str, Any],
        signing_secret: str | None = None,
        client_id: str = "100000000001.200000000002",
        client_secret: str | None = None,
        app_id: str = "A0MAILROOM",
    ) -> "SlackApp":
        """Read a manifest (a parsed manifest.yml); secrets that are not given are made."""
        features = manifest.get("features", {})
        settings = manifest.get("settings", {})
        interactivity = settings.get("interactivity", {})
        home = features.get("app_home", {})
        return cls(
            name=features.get("bot_user", {}).get("display_name") or manifest["display_information"]["name"],
            app_id=app_id,
            client_id=client_id,
            client_secret=client_secret or secrets.token_hex(16),
            signing_secret=signing_secret or secrets.token_hex(16),
            verification_token=secrets.token_urlsafe(18),
            commands=tuple(
                Command(
                    one["command"],
                    one.get("description", ""),
                    one.get("usage_hint", ""),
                    bool(one.get("should_escape", False)),
                )
                for one in features.get("slash_commands", ())
            ),
            shortcuts=tuple(
                Shortcut(one["name"], one["callback_id"], one.get("description", ""))
                for one in features.get("shortcuts", ())
                if one.get("type") == "global"
            ),
            scopes=frozenset(manifest.get("oauth_config", {}).get("scopes", {}).get("bot", ())),
            events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", ())),
            interactive=bool(interactivity.get("is_enabled")),
            answers_selects=bool(interactivity.get("message_menu_options_url")),
            home_enabled=bool(home.get("home_tab_enabled")),
            messages_read_only=bool(home.get("messages_tab_read_only_enabled")),
        )
