"""Read one member's scene out of the sandbox's Slack."""

from datetime import UTC, datetime

from sandbox.slack.app import SlackApp
from sandbox.slack.page import dates
from sandbox.slack.page.draw import blocks_html
from sandbox.slack.page.mrkdwn import mrkdwn_html
from sandbox.slack.page.reading import Reading
from sandbox.slack.page.scene import Entry, Member, Open, Scene, ShownMessage, ShownView
from sandbox.slack.page.values import Surface
from sandbox.slack.page.viewer import Viewer
from sandbox.slack.state import SLACKBOT, Channel, Message, SlackUser, State, View, Workspace


def gather(state: State, app: SlackApp, reading: Reading, member: str, place: str, tab: str) -> Scene:
    """Gather what a member sees at a place; an unknown place is none. Raises KeyError for a stranger."""
    with state.lock:
        workspace, user = state.user(member)
        viewer = viewer_of(state, workspace, user)
        opened = open_place(state, workspace, user, place, tab)
        home = state.homes.get(user.id)
        messages = _messages(state, workspace, viewer, opened, reading)
        return Scene(
            viewer=viewer,
            workspace=workspace.name,
            me=user.real_name,
            my_role=role(user),
            app=app,
            open=opened,
            members=[Member(one.id, one.real_name, role(one)) for one in _humans(workspace)],
            channels=_channels(state, workspace, user, reading),
            people=_people(state, workspace, user, reading),
            apps=_apps(state, workspace, user, reading),
            messages=messages,
            home=_shown_view(home, viewer) if home else None,
            windows=[_shown_view(view, viewer) for view in state.stack(user.id)],
        )


def viewer_of(state: State, workspace: Workspace, user: SlackUser) -> Viewer:
    """Say for whom things are drawn."""
    return Viewer(
        user.id,
        user.tz,
        state.clock.now(),
        user.locale,
        {one.id: one.real_name for one in workspace.users.values()},
        {
            one.id: one.name
            for one in workspace.channels.values()
            if one.kind != "im" and user.id in one.members
        },
    )


def role(user: SlackUser) -> str:
    """Name what a person is in the workspace."""
    if user.is_stranger:
        return "From another organisation"
    if user.is_restricted or user.is_ultra_restricted:
        return "Guest"
    if user.is_primary_owner or user.is_owner:
        return "Owner"
    return "Administrator" if user.is_admin else "Member"


def open_place(state: State, workspace: Workspace, user: SlackUser, place: str, tab: str) -> Open:
    """Find what a place names: a channel by its id, a person or the app by theirs."""
    if not place:
        place = next((one.id for one in workspace.channels.values() if user.id in one.members), "")
    channel = workspace.channels.get(place)
    if channel is not None and channel.kind != "im":
        if user.id not in channel.members:
            return Open()
        return Open(place, channel.id, "channel", channel.name, channel.topic)
    other = workspace.users.get(place)
    if channel is not None:
        partner = next((one for one in channel.members if one != user.id), "")
        other = workspace.users.get(partner) if user.id in channel.members else None
    if other is None or other.id == user.id:
        return Open()
    im = state.im(workspace.id, user.id, other.id)
    if other.is_bot:
        return Open(other.id, im.id, "app", other.real_name, tab=tab if tab in _TABS else "home")
    return Open(other.id, im.id, "person", other.real_name)


def _humans(workspace: Workspace) -> list[SlackUser]:
    return [
        one for one in workspace.users.values() if not one.is_bot and not one.deleted and one.id != SLACKBOT
    ]


def _channels(state: State, workspace: Workspace, user: SlackUser, reading: Reading) -> list[Entry]:
    return [
        Entry(one.id, one.name, reading.unread(state, user.id, one.id))
        for one in workspace.channels.values()
        if one.kind != "im" and user.id in one.members
    ]


def _people(state: State, workspace: Workspace, user: SlackUser, reading: Reading) -> list[Entry]:
    return [_with(state, workspace, user, one, reading) for one in _humans(workspace) if one.id != user.id]


def _apps(state: State, workspace: Workspace, user: SlackUser, reading: Reading) -> list[Entry]:
    installed = workspace.installation
    if installed is None or not installed.active or installed.bot_user_id not in workspace.users:
        return []
    return [_with(state, workspace, user, workspace.users[installed.bot_user_id], reading)]


def _with(state: State, workspace: Workspace, user: SlackUser, other: SlackUser, reading: Reading) -> Entry:
    im = _existing_im(workspace, user.id, other.id)
    return Entry(other.id, other.real_name, reading.unread(state, user.id, im.id) if im else 0)


def _existing_im(workspace: Workspace, one: str, other: str) -> Channel | None:
    return next(
        (c for c in workspace.channels.values() if c.kind == "im" and c.members == {one, other}), None
    )


def _messages(
    state: State, workspace: Workspace, viewer: Viewer, opened: Open, reading: Reading
) -> list[ShownMessage]:
    if not opened.channel_id or opened.tab != "messages":
        return []
    shown: list[ShownMessage] = []
    day = ""
    for message in state.messages.get(opened.channel_id, ()):
        if message.only_for not in (None, viewer.id):
            continue
        one = _shown_message(message, workspace, viewer, day)
        day = one.new_day or day
        shown.append(one)
    reading.read(viewer.id, opened.channel_id, shown[-1].ts if shown else "")
    return shown


def _shown_message(message: Message, workspace: Workspace, viewer: Viewer, day: str) -> ShownMessage:
    sender = workspace.users.get(message.user_id)
    moment = datetime.fromtimestamp(float(message.ts), UTC)
    today = dates.day_name(moment, viewer)
    surface = Surface("message", message.ts, message.typed.get(viewer.id, {}))
    if message.blocks:
        html = blocks_html(message.blocks, surface, viewer)
    else:
        html = mrkdwn_html(message.text, viewer)
    return ShownMessage(
        message.ts,
        sender.real_name if sender else "Slackbot" if message.user_id == SLACKBOT else message.user_id,
        message.bot_id is not None,
        dates.clock_time(moment, viewer),
        dates.stamp(moment, viewer),
        today if today != day else "",
        message.ephemeral,
        message.edited_ts is not None,
        html,
    )


def _shown_view(view: View, viewer: Viewer) -> ShownView:
    def words(thing: dict[str, str] | None, otherwise: str) -> str:
        return thing["text"] if thing else otherwise

    surface = Surface(view.type, view.id, view.typed, view.errors)
    return ShownView(
        view.id,
        view.hash,
        words(view.title, ""),
        words(view.submit, ""),
        words(view.close, "Cancel" if view.submit else "Close"),
        view.trouble,
        blocks_html(view.blocks, surface, viewer),
    )


_TABS = {"home", "messages", "about"}
