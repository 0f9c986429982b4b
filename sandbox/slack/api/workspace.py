"""auth.*, team.*, conversations.*, apps.*: who the app is, and where.

Source: docs.slack.dev/reference/methods.
"""

import hmac

from sandbox.slack.api.call import ApiCall, Json, Method
from sandbox.slack.errors import SlackRefusalError


def auth_test(call: ApiCall) -> Json:
    """Tell whose token this is."""
    bot = call.workspace.users[call.installation.bot_user_id]
    return {
        "url": f"https://{call.workspace.domain}.slack.com/",
        "team": call.workspace.name,
        "user": bot.name,
        "team_id": call.workspace.id,
        "user_id": bot.id,
        "bot_id": call.installation.bot_id,
        "is_enterprise_install": False,
    }


def team_info(call: ApiCall) -> Json:
    """Tell of the workspace."""
    team = {"id": call.workspace.id, "name": call.workspace.name, "domain": call.workspace.domain}
    return {"team": team | {"email_domain": ""}}


def conversations_open(call: ApiCall) -> Json:
    """Open the direct conversation with one person."""
    names = call.need("users", "users_list_not_supplied").split(",")
    if len(names) != 1:
        raise SlackRefusalError("not_enough_users")
    user = call.user(names[0])
    if user.is_bot:
        raise SlackRefusalError("cannot_dm_bot")
    if user.deleted:
        raise SlackRefusalError("user_disabled")
    bot = call.installation.bot_user_id
    already = call.slack.state.known_im(call.workspace.id, user.id, bot) is not None
    channel = call.slack.state.im(call.workspace.id, user.id, bot)
    answer: Json = {"channel": {"id": channel.id}}
    return answer | {"no_op": True, "already_open": True} if already else answer


def conversations_info(call: ApiCall) -> Json:
    """Tell of a channel: what an app needs to know before it speaks there."""
    channel = call.workspace.channels.get(call.need("channel", "channel_not_found"))
    bot = call.installation.bot_user_id
    if channel is None or (channel.kind != "channel" and bot not in channel.members):
        raise SlackRefusalError("channel_not_found")
    shown: Json = {
        "id": channel.id,
        "is_channel": channel.kind == "channel",
        "is_im": channel.kind == "im",
        "is_private": channel.kind == "private",
        "is_ext_shared": channel.is_ext_shared,
        "is_archived": False,
    }
    if channel.kind == "im":
        shown["user"] = next(iter(channel.members - {bot}), "")
    else:
        shown |= {"name": channel.name, "is_member": bot in channel.members}
    return {"channel": shown}


def uninstall(call: ApiCall) -> Json:
    """Remove the app from the workspace: the token dies, events tell so."""
    if call.need("client_id") != call.slack.app.client_id:
        raise SlackRefusalError("invalid_client_id")
    if not hmac.compare_digest(call.need("client_secret"), call.slack.app.client_secret):
        raise SlackRefusalError("bad_client_secret")
    call.slack.uninstall(call.workspace.id)
    return {}


METHODS = {
    "auth.test": Method(auth_test, "", 0),
    "team.info": Method(team_info, "team:read", 3),
    "conversations.open": Method(conversations_open, "im:write", 3),
    "conversations.info": Method(conversations_info, "channels:read", 3),
    "apps.uninstall": Method(uninstall, "", 1),
}
