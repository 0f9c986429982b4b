"""Every error as a sentence for the person it happens to: what happened, what was kept, what to do.

`notice` is the only place where an exception becomes words. A test walks every subclass of ProviderError and
SlackError and refuses one that falls through to the unknown sentence.
"""

import secrets
from collections.abc import Callable

import structlog

from bot import doors, payloads
from bot.blocks import Block
from bot.identity import NotAllowed
from bot.payloads import UnknownPayload
from bot.places import Notice
from bot.slack import (
    CannotReach,
    MessageFixed,
    ScopeMissing,
    SlackBusy,
    SlackError,
    SlackUnreachable,
    TokenDead,
    TooLarge,
    TooManyWindows,
    TriggerExpired,
    WindowChanged,
    WindowGone,
)
from bot.words import Reader
from providers import errors as provider
from providers.oauth import Capability
from store.database import Busy

log = structlog.get_logger()


class NotYours(Exception):
    """What was named does not exist for this person: gone, or somebody else's. Never says which."""


class LaneFull(Exception):
    """More is asked at once than this process does at a time."""


class Told(Exception):
    """A service's own sentence for the person: already translated, nothing was changed."""

    def __init__(self, notice: Notice) -> None:
        super().__init__(type(self).__name__)
        self.notice = notice


def notice(error: BaseException, reader: Reader) -> Notice:
    """Say an error to the person. Unknown errors are logged and get a short reference."""
    if isinstance(error, Told):
        return error.notice
    for kind in type(error).__mro__:
        if kind in _SENTENCES:
            return _SENTENCES[kind](error, reader)
    return _unknown(error, reader)


def _unknown(error: BaseException, reader: Reader) -> Notice:
    reference = secrets.token_hex(3).upper()
    log.error("unexpected", reference=reference, error=type(error).__name__, exc_info=error)
    return Notice(
        reader.say(
            "Something went wrong in Mailroom, and it is not your doing. Nothing was sent or changed by this."
            " Try again; if it comes back, give support the reference {reference}.",
            reference=reference,
        )
    )


def _about(sentence: str, error: BaseException, reader: Reader, **values: object) -> str:
    """Say a sentence about a mailbox, which may begin with its name."""
    label = getattr(error, "label", "") or reader.say("the mailbox")
    text = reader.say(sentence, label=label, **values)
    return text[:1].upper() + text[1:]


def _reconnect(error: provider.ReconnectRequired, reader: Reader) -> Notice:
    text = _about(
        "{label} has ended Mailroom's access to this mailbox. Nothing is lost: connect it again to go on.",
        error,
        reader,
    )
    return Notice(text, _reconnect_button(error, reader))


def _reconnect_button(error: provider.ProviderError, reader: Reader) -> tuple[Block, ...]:
    if not error.account_id:
        return ()
    return (doors.RECONNECT.draw(reader, payloads.AccountRef(error.account_id), style="primary"),)


def _permission(error: provider.PermissionMissing, reader: Reader) -> Notice:
    what = {
        Capability.READ: reader.say("read this mailbox"),
        Capability.SEND: reader.say("send from this mailbox"),
        Capability.DRAFT: reader.say("save drafts in this mailbox"),
        Capability.CALENDAR: reader.say("write into this calendar"),
    }.get(Capability(error.capability) if error.capability in set(Capability) else Capability.READ, "")
    text = reader.say(
        "Mailroom is not allowed to {what} yet. Everything else goes on working, and nothing was lost."
        " Allow it, then try again.",
        what=what,
    )
    if not error.account_id:
        return Notice(text)
    ref = payloads.AllowRef(error.account_id, error.capability)
    return Notice(text, (doors.ALLOW.draw(reader, ref, style="primary"),))


def _admin(error: provider.AdminApprovalRequired, reader: Reader) -> Notice:
    text = reader.say(
        "An administrator of your organisation has to allow Mailroom for this mailbox first."
        " Nothing was changed. Reconnect shows what to ask them.",
    )
    return Notice(text, _reconnect_button(error, reader))


def _rate_limited(error: provider.RateLimited, reader: Reader) -> Notice:
    until = reader.now + error.retry_after
    return Notice(
        _about(
            "{label} allows no more until {time}. Nothing was lost; try again then.",
            error,
            reader,
            time=reader.time(until) if error.retry_after.total_seconds() >= 60 else reader.clock(until),
        )
    )


def _not_allowed(error: NotAllowed, reader: Reader) -> Notice:
    workspace = error.workspace_name or reader.say("this workspace")
    if error.reason == "guest":
        sentence = "Mailroom is for members of {workspace}. Your administrator can allow guests."
    elif error.reason == "stranger":
        sentence = "This Mailroom belongs to {workspace}. Your own organisation can install it too."
    else:
        sentence = "Mailroom is for active members of {workspace}. Ask its administrator to make you one."
    return Notice(reader.say(sentence, workspace=workspace))


def _says(sentence: str) -> "Callable[[BaseException, Reader], Notice]":
    def made(error: BaseException, reader: Reader) -> Notice:
        return Notice(_about(sentence, error, reader) if "{label}" in sentence else reader.say(sentence))

    return made


_SENTENCES: dict[type[BaseException], Callable[..., Notice]] = {
    provider.ReconnectRequired: _reconnect,
    provider.AdminApprovalRequired: _admin,
    provider.PermissionMissing: _permission,
    provider.RateLimited: _rate_limited,
    provider.NotFound: _says(
        "This is no longer in {label}: it was moved or deleted there. Nothing else has changed."
        " Show the list again to see what is there now."
    ),
    provider.Conflict: _says(
        "This was changed elsewhere in the meantime. Nothing was overwritten; open it again."
    ),
    provider.CursorExpired: _says("This list is too old to go on with. Show it again from the beginning."),
    provider.Refused: _says(
        "{label} did not accept this, and nothing was sent or changed there."
        " Look at it in {label} itself, or try something else."
    ),
    provider.DeliveryUncertain: _says(
        "The connection to {label} ended before it said whether the message went out."
        " Look into Sent there before you send it again."
    ),
    provider.OperatorFault: _says(
        "Mailroom is not set up correctly for {label}. This is not your doing, and nothing was changed."
        " Tell whoever runs Mailroom: the reason stands in its log."
    ),
    provider.Unavailable: _says(
        "{label} does not answer properly at the moment. Nothing was lost; try again in a minute."
    ),
    provider.ProviderError: _says("{label} refused this. Nothing was changed; try again in a minute."),
    NotAllowed: _not_allowed,
    NotYours: _says(
        "This is not there any more, or it belongs to somebody else. Nothing was changed."
        " Open App Home to see how things stand."
    ),
    UnknownPayload: _says(
        "This button comes from another version of Mailroom. Open App Home for the way it works now."
    ),
    LaneFull: _says(
        "Mailroom has a lot to do at this moment and did not start this. Try again in a few seconds."
    ),
    Busy: _says("Mailroom has a lot to do at this moment. Nothing was saved; try again in a few seconds."),
    TriggerExpired: _says("Slack took too long to open the window. Nothing was lost; press again."),
    WindowGone: _says("The window was closed. Nothing was lost; open it again to go on."),
    WindowChanged: _says("The window was changed in the meantime. Open it again to go on."),
    TooManyWindows: _says(
        "Slack shows at most three windows on top of each other. Close one and press again."
    ),
    TooLarge: _says("This is more than Slack can show in one place. Open it in your mail program instead."),
    CannotReach: _says(
        "Slack does not let Mailroom write to this person. Nothing was lost; App Home shows how things stand."
    ),
    MessageFixed: _says(
        "Slack does not let this message be changed any more. App Home shows how things stand."
    ),
    ScopeMissing: _says(
        "Mailroom lacks a permission in Slack that this needs."
        " Ask the person who installed it to install it again."
    ),
    TokenDead: _says("Mailroom was removed from this workspace. Ask an administrator to install it again."),
    SlackBusy: _says("Slack asks Mailroom to wait a moment. Nothing was lost; try again in a minute."),
    SlackUnreachable: _says(
        "Slack did not answer Mailroom just now. Nothing was lost; look whether this was done, and else try"
        " again in a minute."
    ),
    SlackError: _says("Slack did not do what was asked. Nothing was lost; try again in a minute."),
}
