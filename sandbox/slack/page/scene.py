"""Gather what one member sees: places, the open conversation, Home and windows."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from sandbox.slack.app import SlackApp
from sandbox.slack.page.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the sidebar."""

    id: str
    name: str
    unread: int = 0


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody whose eyes the page can be seen with."""

    id: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """A message ready for the template; new_day is the divider above it, "" for none."""

    ts: str
    sender: str
    is_app: bool
    time: str
    stamp: str
    new_day: str
    ephemeral: bool
    edited: bool
    html: Markup


@dataclass(frozen=True, slots=True)
class ShownView:
    """A window or a Home ready for the template."""

    id: str
    hash: str
    title: str
    submit: str
    close: str
    trouble: str
    html: Markup


@dataclass(frozen=True, slots=True)
class Open:
    """The conversation that is open: nothing (on a phone, the list), a channel, a person or the app."""

    place: str = ""
    channel_id: str = ""
    kind: str = ""
    name: str = ""
    topic: str = ""
    tab: str = "messages"


@dataclass(frozen=True, slots=True)
class Scene:
    """All that the page draws for one member at one moment."""

    viewer: Viewer
    workspace: str
    me: str
    my_role: str
    app: SlackApp
    open: Open
    members: Sequence[Member]
    channels: Sequence[Entry]
    people: Sequence[Entry]
    apps: Sequence[Entry]
    messages: Sequence[ShownMessage]
    home: ShownView | None
    windows: Sequence[ShownView]

    @property
    def tabs(self) -> tuple[tuple[str, str], ...]:
        """Name the tabs of an app; other places have none."""
        if self.open.kind != "app":
            return ()
        return (("home", "Home"), ("messages", "Messages"), ("about", "About"))

    @property
    def read_only(self) -> bool:
        """Say whether nothing can be written here."""
        return self.open.kind == "app" and self.app.messages_read_only

    @property
    def title(self) -> str:
        """Name the page for the browser's tab."""
        return " - ".join(part for part in (self.open.name, self.workspace, "Sandbox") if part)
