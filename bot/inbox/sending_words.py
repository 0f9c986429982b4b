"""How a message on its way stands, in sentences. One place, so that every screen says the same."""

from bot.blocks import clip, one_line
from bot.inbox.letters import DRAFTING, DROPPED, FAILED, LOOKING, NEWER, QUEUED, SENT, UNCERTAIN, Standing
from bot.words import Reader

CURED_BY_CONNECTING = ("ReconnectRequired", "PermissionMissing", "AdminApprovalRequired")


def how(standing: Standing, reader: Reader) -> str:
    """Say in a sentence or two how a message stands."""
    row = standing.row
    if row.state == SENT:
        return reader.say("Sent {time}.", time=_at(standing, reader))
    if row.state == DROPPED:
        return reader.say("Nothing more is sent, and the text is not kept here any more.")
    if row.state == FAILED:
        kept = reader.say("Your text is kept until {day}.", day=_kept(standing, reader))
        return " ".join(
            [reader.say("Not sent."), why(standing, reader), *([kept] if row.body_sealed else [])]
        )
    if row.state == UNCERTAIN:
        return _uncertain(standing, reader)
    return " ".join([_under_way(standing, reader), reader.say("Closing this window does not stop it.")])


def _under_way(standing: Standing, reader: Reader) -> str:
    row = standing.row
    if row.error_kind == LOOKING:
        return reader.say(
            "{label} did not say whether this went out. Mailroom is looking for it, for about three minutes.",
            label=standing.label,
        )
    if row.state in (QUEUED, DRAFTING) and row.error_kind == "RateLimited" and standing.retry_at:
        return reader.say(
            "{label} allows no more sending until {time}. This goes to {address} then by itself.",
            label=standing.label,
            time=reader.clock(standing.retry_at),
            address=row.to_address,
        )
    if row.state in (QUEUED, DRAFTING) and row.error_kind == "Unavailable":
        return reader.say(
            "{label} does not answer properly at the moment. Mailroom keeps trying for some minutes.",
            label=standing.label,
        )
    return reader.say("Goes to {address} now.", address=row.to_address)


def _uncertain(standing: Standing, reader: Reader) -> str:
    reason = why(standing, reader) if standing.row.error_kind in CURED_BY_CONNECTING else ""
    said = reader.say(
        "Not certain. {label} did not say whether this went out, and it was not found among what was sent."
        " Look there, or check again; it is not sent a second time unless you want that.",
        label=standing.label or reader.say("Your mailbox"),
    )
    kept = reader.say("Your text is kept until {day}.", day=_kept(standing, reader))
    return " ".join(filter(None, [said, reason, kept]))


def why(standing: Standing, reader: Reader) -> str:
    """Say why a message was not sent."""
    sentence = _WHY.get(standing.row.error_kind or "", _OTHERWISE)
    values = {
        "label": standing.label or reader.say("the mailbox"),
        "address": standing.row.to_address,
        "own": standing.row.from_address,
        "name": clip(one_line(standing.name), 60) or standing.row.to_address,
    }
    return reader.say(sentence, **values)


def _kept(standing: Standing, reader: Reader) -> str:
    until = standing.row.keep_until
    return reader.day(until) if until else reader.say("a week from now")


def _at(standing: Standing, reader: Reader) -> str:
    at = standing.row.sent_at
    if at is None:
        return ""
    return reader.time(at) if reader.day(at) == reader.day(reader.now) else reader.when(at)


_OTHERWISE = "Something went wrong in Mailroom, and it is not your doing."
_WHY = {
    "Refused": (
        "{label} did not accept this message; the address, the size or a limit of the mailbox may be why."
        " Change it, or finish it as a draft there."
    ),
    "ReconnectRequired": (
        "{label} has ended Mailroom's access to this mailbox. Connect it again, then try again."
    ),
    "PermissionMissing": (
        "Mailroom is not allowed to send from this mailbox. Connect it again and allow that, then try again."
    ),
    "AdminApprovalRequired": (
        "An administrator of your organisation has to allow Mailroom for this mailbox first."
    ),
    "Unavailable": "{label} did not answer properly for several minutes. Try again later.",
    "RateLimited": "{label} allows no more sending at the moment. Try again later.",
    "NotFound": "The conversation is no longer in {label}: it was moved or deleted there.",
    "AnsweredGone": (
        "The message that you answered is no longer in {label}. Edit it to send it as a message of its own."
    ),
    "Conflict": (
        "The draft was changed in {label} before it went, so it was left there as it is. Finish it there,"
        " or try again to send the text that you wrote here."
    ),
    NEWER: "{name} wrote again before your message went. Read that first; your text is still here.",
    "NotVerified": (
        "{label} does not let you send from {own} any more. Edit the message to choose another address."
    ),
    "NotTheirs": (
        "{address} is not an address of this person any more. Edit the message to choose another one."
    ),
    "AccountGone": (
        "The mailbox that it was to be sent from is not connected any more."
        " Connect it again or another one, then press Edit."
    ),
    "TextGone": "Its text was kept for a week and is deleted now.",
    "OperatorFault": (
        "Mailroom is not set up correctly for {label}. Whoever runs it finds the reason in its log."
    ),
}


def about(standing: Standing, reader: Reader) -> str:
    """To whom and what about, in a line: "To Dana, Re: Offer"."""
    name = clip(one_line(standing.name), 60) or standing.row.to_address
    if not standing.subject:
        return reader.say("To {name}", name=name)
    return reader.say("To {name}, {subject}", name=name, subject=clip(one_line(standing.subject), 100))


def short_trouble(standing: Standing, reader: Reader) -> str:
    """Say in a line what is wrong."""
    if standing.row.state == UNCERTAIN:
        return reader.say("Not certain whether it was sent")
    return clip(reader.say("Not sent.") + " " + why(standing, reader), 200)


def short_way(standing: Standing, reader: Reader) -> str:
    """Say in a line how far it got."""
    if standing.row.state == SENT:
        return reader.say("Sent {time}", time=_at(standing, reader))
    if standing.retry_at and standing.row.error_kind == "RateLimited":
        return reader.say("Goes at {time}", time=reader.clock(standing.retry_at))
    return reader.say("Being sent")


def told(standing: Standing, reader: Reader) -> str:
    """Say how it stands, where no window is open that could be closed."""
    if standing.row.state in (FAILED, UNCERTAIN, SENT, DROPPED):
        return how(standing, reader)
    return _under_way(standing, reader)
