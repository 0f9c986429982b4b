"""What Slack does with the body of an answer: to a command, to a submitted window, to a select."""

from typing import TYPE_CHECKING, Any

from sandbox.slack.blocks.validate import check_options
from sandbox.slack.deliver import TIMED_OUT, Answer
from sandbox.slack.errors import SlackRefusalError
from sandbox.slack.payloads import Sender
from sandbox.slack.state import SLACKBOT, Channel, Message, View

if TYPE_CHECKING:
    from sandbox.slack.slack import Slack

Json = dict[str, Any]

OPERATION_TIMEOUT, DISPATCH_FAILED = "operation_timeout", "dispatch_failed"
INVALID_COMMAND_RESPONSE = "invalid_command_response"
WINDOW_TROUBLE = "The app did not take this. What you typed is still here; try again."


def failure_code(answer: Answer) -> str:
    """Name a failed delivery as Slack names it to people; empty when it was taken."""
    if not answer.failure:
        return ""
    return OPERATION_TIMEOUT if answer.failure == TIMED_OUT else DISPATCH_FAILED


def take_command_answer(slack: "Slack", sender: Sender, channel: Channel, typed: str, answer: Answer) -> str:
    """Show what a command answered; return the code of what went wrong, if anything did."""
    code = failure_code(answer)
    if not code and answer.body.strip():
        try:
            _post_answer(slack, sender, channel, typed, answer)
        except (SlackRefusalError, ValueError):
            code = INVALID_COMMAND_RESPONSE
    if code:
        say_as_slackbot(slack, sender, channel, f'{typed.split(" ")[0]} failed with the error "{code}".')
    return code


def _post_answer(slack: "Slack", sender: Sender, channel: Channel, typed: str, answer: Answer) -> None:
    if "json" in answer.content_type:
        fields = answer.json()
        if not isinstance(fields, dict):
            raise ValueError("a command is answered with an object")
    else:
        fields = {"text": answer.body.decode()}
    if not fields:
        return
    in_channel = fields.get("response_type") == "in_channel"
    if in_channel:
        # What was typed becomes public too (slack.md 2.2).
        slack.state.add_message(Message(slack.state.new_ts(), channel.id, sender.user.id, typed, []))
    slack.messages.post(channel.id, sender.installation, fields, None if in_channel else sender.user.id)


def say_as_slackbot(slack: "Slack", sender: Sender, channel: Channel, text: str) -> None:
    """Let Slackbot tell one person something, gone on reload."""
    ts = slack.state.new_ts()
    slack.state.add_message(Message(ts, channel.id, SLACKBOT, text, [], only_for=sender.user.id))


def take_submission_answer(slack: "Slack", view: View, answer: Answer) -> None:
    """Close, redraw, push on or clear as the app answered; anything else is a trouble of the window."""
    try:
        _apply_submission(slack, view, answer)
    except (SlackRefusalError, ValueError, TypeError, KeyError) as refusal:
        with slack.state.lock:
            view.trouble = WINDOW_TROUBLE
            slack.state.touch()
        slack.state.tell(view.user_id, WINDOW_TROUBLE, _why(refusal))


def _why(refusal: Exception) -> str:
    if isinstance(refusal, SlackRefusalError):
        messages = refusal.fields.get("response_metadata", {}).get("messages", [])
        return " ".join([refusal.code, *messages])
    return str(refusal)


def _apply_submission(slack: "Slack", view: View, answer: Answer) -> None:
    if answer.failure:
        raise ValueError(failure_code(answer))
    if not answer.body.strip():
        slack.windows.pop(view)
        return
    fields = answer.json()
    match fields.get("response_action"):
        case "errors":
            _show_errors(slack, view, fields["errors"])
        case "update":
            slack.windows.update(view, fields["view"])
        case "push":
            slack.windows.push_on(view, fields["view"])
        case "clear":
            slack.windows.clear(view.user_id)
        case _:
            raise ValueError("invalid_response_action")


def _show_errors(slack: "Slack", view: View, errors: Json) -> None:
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not errors or not set(errors) <= inputs:
        raise ValueError("errors name blocks that are not inputs of this view")
    if not all(isinstance(sentence, str) and sentence for sentence in errors.values()):
        raise ValueError("errors have to be sentences")
    with slack.state.lock:
        view.errors, view.trouble = dict(errors), ""
        slack.state.touch()


def take_options(answer: Answer) -> tuple[list[Json], str]:
    """Read the options of an answer, groups flattened; with the code of what went wrong."""
    if answer.failure:
        return [], failure_code(answer)
    try:
        fields = answer.json()
    except ValueError:
        return [], "invalid_options"
    if check_options(fields):
        return [], "invalid_options"
    groups = fields.get("option_groups", [{"options": fields.get("options", [])}])
    return [option for group in groups for option in group["options"]], ""
