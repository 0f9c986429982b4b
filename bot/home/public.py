"""The words of the pages that everybody may read: Help, Privacy, Support (screens.md 6).

Where a page names a time, it is the constant that the program goes by.
"""

from dataclasses import dataclass
from datetime import timedelta

from bot.accounts import sentences
from bot.home.homes import Surroundings
from bot.inbox.cache import LIFE
from bot.words import Reader
from store.across.discovery_upkeep import DIGEST_DAYS
from store.across.upkeep import ACTIVITY_DAYS, WORK_DAYS
from store.candidates import KEPT as FOUND
from store.contact_endings import UNDO
from store.outgoing import KEPT, SHOWN


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with what stands below it. `items` are a term, which may be empty, and a sentence."""

    title: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[tuple[str, str], ...] = ()
    name: str = ""  # by which a link leads to it
    link: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page."""

    name: str
    title: str
    parts: tuple[Part, ...]


def help_page(around: Surroundings, reader: Reader) -> Page:
    """What can be typed and done, and what to do when it does not work."""
    say, command = reader.say, around.command
    typed = (
        (f"{command} dana@northwind.example", say("your conversations with that address")),
        (f"{command} dana@northwind.example pricing", say("only those that contain the words")),
        (f"{command} Dana", say("the same for a contact, by name")),
        (command, say("find a contact or an address")),
        (f"{command} write Dana", say("a new message to one person")),
        (f"{command} appointment Dana", say("a new appointment with a contact")),
        (f"{command} connect", say("connect a mailbox")),
        (f"{command} scan", say("see who is missing from your contacts")),
        (f"{command} digest on", say("look for new people every night; also off, or an hour like 8")),
    )
    reading = (
        say(
            "Mailroom shows conversations between you and one person. Mail with further people in it is"
            " counted, not listed; open it in your mail program."
        ),
        say("Reading in Slack does not mark mail as read. Nothing from elsewhere is loaded."),
        say(
            "If an address of your own stands in every mail, Mailroom takes it for another person."
            " Press That address is mine."
        ),
    )
    writing = (
        say(
            "A reply leaves from your own account, in the same conversation, and stands in your Sent mail."
            " It goes to one person. For copies and lists, save a draft and continue in your mail program."
        ),
        say(
            "Closing the window does not stop a message. If one is not sent, or it is not certain, Home and a"
            " direct message say so, and your text is kept."
        ),
    )
    causes = (
        say("Ask an administrator if the sign-in page says that the app is blocked or must be approved."),
        say("Use the browser that you began in: the link works once, for ten minutes, and only for you."),
        say("Leave the boxes on the sign-in page ticked; what you leave open does not work here."),
    )
    return Page(
        "help",
        say("Help"),
        (
            Part(say("What you can type"), items=typed),
            Part(say("Reading"), reading),
            Part(say("Writing"), writing),
            Part(say("Connecting did not work"), items=tuple(("", cause) for cause in causes)),
            Part(say("Try it without an account"), _trying(reader), name="try"),
        ),
    )


def _trying(reader: Reader) -> tuple[str, ...]:
    return (
        reader.say(
            "Whoever has Mailroom's source can start it with make demo on their own machine: a small Slack in"
            " the browser and mailboxes with invented mail. It needs no account and reaches nothing outside."
        ),
    )


def privacy_page(around: Surroundings, reader: Reader) -> Page:
    """What is read, kept, for how long, and who sees it."""
    say, days = reader.say, reader.span
    mail = (
        say(
            "Mail is read from your mailbox when you ask for it, and at night if you switch that on. It"
            " stays in this program's memory for {time} and is never written to a disk.",
            time=days(timedelta(seconds=LIFE)),
        ),
        say("Logs hold numbers and technical names: no address, no subject, no text."),
        say("Mail is not used for advertising, sold, given to others, or used to train any model."),
    )
    return Page(
        "privacy",
        say("Privacy"),
        (
            Part(say("Your mail"), mail),
            Part(say("What is kept"), items=tuple(("", line) for line in _kept(reader))),
            Part(say("Who sees what"), tuple(sentences.kept_lines(reader)[2:])),
            Part(say("How it ends"), _ending(reader)),
            _whom_to_ask(around, reader),
        ),
    )


def _kept(reader: Reader) -> tuple[str, ...]:
    """Say what is stored, and for how long."""
    say, days = reader.say, reader.span
    return (
        say(
            "Of you: your name, address, time zone and language as Slack tells them, and what you chose in"
            " the settings."
        ),
        say("Of your mailbox: its address and your other addresses in it, and the access, sealed."),
        say(
            "Of a message that you send: its text, sealed, until your provider has taken it, and its subject"
            " for {day} more. If it is not sent, both for {days}; you can delete them at once. To whom it"
            " went and how it ended: {long}.",
            day=days(SHOWN),
            days=days(KEPT),
            long=days(WORK_DAYS),
        ),
        say(
            "Contacts that you and your colleagues add or import, with who added and changed them; one that"
            " is deleted for {length} more. A file with contacts, sealed, until it is imported, {length} at"
            " most. Contacts belong to the workspace and are seen by everybody there who uses Mailroom. Whom"
            " you looked at last is kept for you alone.",
            length=days(UNDO),
        ),
        say(
            "Appointments that you and your colleagues make, with place and notes, seen by everybody there"
            " who uses Mailroom. While Calendar Sync is on: which of your calendars it writes into, and which"
            " events in it are ours. What else stands in your calendar is never read."
        ),
        say(
            "Of people found in your mail, for you alone: name, address, company and how much went back and"
            " forth, for {days}. Of those you dismissed a number stays, by which only Mailroom can tell the"
            " same address again. When and where a message told you of them: {long}.",
            days=days(FOUND),
            long=days(DIGEST_DAYS),
        ),
        say(
            "That you connected, sent or added something, with the time, for {days}: not with whom and not"
            " what.",
            days=days(ACTIVITY_DAYS),
        ),
    )


def _ending(reader: Reader) -> tuple[str, ...]:
    return (
        reader.say(
            "Disconnect a mailbox on Mailroom's Home, under Gmail & Outlook. The access is withdrawn and"
            " deleted, with what was read through it. Contacts stay: they belong to the team."
        ),
        reader.say("Who becomes a guest of the workspace or leaves it is disconnected in the same way."),
        reader.say("You can also withdraw the access in the settings of your mail provider."),
        reader.say("What Slack has shown you is kept by Slack as long as your workspace has set."),
    )


def support_page(around: Surroundings, reader: Reader) -> Page:
    """Whom to ask, and what to tell them."""
    say = reader.say
    tell = (
        say("What you did, what you expected, and what was shown instead."),
        say("The time, and the short reference if the sentence named one."),
        say("No mail, no password and no code: nobody who helps you needs them."),
    )
    return Page(
        "support",
        say("Support"),
        (
            _whom_to_ask(around, reader),
            Part(say("What to tell"), items=tuple(("", line) for line in tell)),
            Part(
                say("First things to try"),
                (
                    say(
                        "If Slack shows nothing, press again: nothing is sent twice. If a mailbox cannot be"
                        " read, Home shows Reconnect. If your provider is slow, wait a minute."
                    ),
                ),
            ),
        ),
    )


def _whom_to_ask(around: Surroundings, reader: Reader) -> Part:
    title = reader.say("Whom to ask")
    if around.support:
        shown = around.support.removeprefix("mailto:")
        said = reader.say("This Mailroom is run for your workspace. Those who run it can be reached here:")
        return Part(title, (said,), link=(around.support, shown))
    return Part(
        title,
        (reader.say("Ask the person who installed Mailroom in your workspace, or an administrator of it."),),
    )
