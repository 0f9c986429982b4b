"""chat.*: post, change and delete messages.

Source: docs.slack.dev/reference/methods/chat.*; reference slack.md 1.5, 2.6.
"""

from sandbox.slack.api.call import ApiCall, Json, Method, read_json
from sandbox.slack.errors import SlackRefusalError
from sandbox.slack.payloads import message_json
from sandbox.slack.state import Message


def post_message(call: ApiCall) -> Json:
    """Post into a channel that the app is in, or to a person by their id."""
    channel = call.channel(call.need("channel", "channel_not_found"), people=True)
    fields = read_json(call.args, "blocks", "invalid_blocks_format")
    call.slack.limits.count_post(call.workspace.id, channel.id)
    message = call.slack.messages.post(channel.id, call.installation, fields)
    return {"channel": channel.id, "ts": message.ts, "message": _shown(call, message)}


def post_ephemeral(call: ApiCall) -> Json:
    """Post for one person's eyes; the time stamp is of no use for `chat.update`."""
    channel = call.channel(call.need("channel", "channel_not_found"), people=False)
    user = call.need("user", "user_not_found")
    if user not in call.workspace.users or user not in channel.members:
        raise SlackRefusalError("user_not_in_channel")
    fields = read_json(call.args, "blocks", "invalid_blocks_format")
    message = call.slack.messages.post(channel.id, call.installation, fields, only_for=user)
    return {"message_ts": message.ts}


def update(call: ApiCall) -> Json:
    """Change a message of the app. Wants the channel's id: a person's id is not one."""
    channel = call.channel(call.need("channel", "channel_not_found"), people=False)
    ts = call.need("ts", "message_not_found")
    message = call.slack.messages.own(channel.id, ts, call.installation, "cant_update_message")
    call.slack.messages.refuse_closed_window(message)
    call.slack.messages.change(message, read_json(call.args, "blocks", "invalid_blocks_format"))
    return {"channel": channel.id, "ts": ts, "text": message.text, "message": _shown(call, message)}


def delete(call: ApiCall) -> Json:
    """Delete a message of the app."""
    channel = call.channel(call.need("channel", "channel_not_found"), people=False)
    ts = call.need("ts", "message_not_found")
    message = call.slack.messages.own(channel.id, ts, call.installation, "cant_delete_message")
    call.slack.state.remove_message(message)
    return {"channel": channel.id, "ts": ts}


def _shown(call: ApiCall, message: Message) -> Json:
    return message_json(message, call.installation, call.slack.app, call.workspace.id)


METHODS = {
    "chat.postMessage": Method(post_message, "chat:write", 0),
    "chat.postEphemeral": Method(post_ephemeral, "chat:write", 4),
    "chat.update": Method(update, "chat:write", 3),
    "chat.delete": Method(delete, "chat:write", 3),
}
