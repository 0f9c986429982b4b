"""What an administrator is asked, and the messages to the member who waits for the answer (screens.md 5)."""

from bot import doors
from bot.accounts.attempts import Attempt
from bot.blocks import actions, escape, plain, section
from bot.payloads import ListRef
from bot.places import Answer
from bot.words import Reader
from providers.oauth import Capability


def asked_of_all(attempt: Attempt, reader: Reader) -> str:
    """List what an organisation is asked to allow, in the words of consent pages."""
    names = {
        Capability.READ: "read mail",
        Capability.SEND: "send mail",
        Capability.DRAFT: "write drafts",
        Capability.CALENDAR: "write into the calendar",
    }
    wanted = attempt.asked | ({Capability.DRAFT} if attempt.approve_url else frozenset())
    return reader.listed([reader.say(names[one]) for one in Capability if one in wanted])


def administrator_text(attempt: Attempt, reader: Reader) -> str:
    """Write what a member can forward to whoever decides about apps in their organisation."""
    asked, company = asked_of_all(attempt, reader), attempt.company
    why = reader.say(
        "With it I read and answer my own mail from Slack ({workspace}). It asks for: {asked}. It keeps no"
        " mail, and each person connects and disconnects their own mailbox.",
        workspace=attempt.workspace_name,
        asked=asked,
    )
    if attempt.approve_url:
        begun = reader.say("Please approve the app Mailroom for our {company} accounts.", company=company)
        how = reader.say(
            "Open this link, sign in as an administrator and accept. That approves it for everybody here and"
            " connects no mailbox of yours: {link}",
            link=attempt.approve_url,
        )
    else:
        begun = reader.say("Please allow the app Mailroom for our {company} accounts.", company=company)
        how = reader.say(
            "You find apps in {company}'s admin console under third-party app access.", company=company
        )
    return f"{begun} {why} {how}"


def approved_message(attempt: Attempt, reader: Reader) -> Answer:
    """The administrator approved, through our link."""
    said = reader.say(
        "Your organisation approved Mailroom. You can connect your {label} mailbox now.", label=attempt.label
    )
    return _message(said, attempt, reader)


def approved_yet_message(attempt: Attempt, reader: Reader) -> Answer:
    """Two days have gone by, and nothing was heard."""
    said = reader.say(
        "Two days ago your {label} mailbox could not be connected. If your organisation had to approve"
        " Mailroom: approved yet? Then try again. If not, the window has the text for your administrator"
        " once more, under Did it not work?",
        label=attempt.label,
    )
    return _message(said, attempt, reader)


def _message(said: str, attempt: Attempt, reader: Reader) -> Answer:
    wish = attempt.wish.ref if attempt.wish else ListRef()
    again = doors.CONNECT[attempt.provider].draw(reader, wish, style="primary")
    return Answer(escape(said), [section(plain(said)), actions(again)])
