"""What connecting means, in plain lines: said alike in windows, in messages and on pages."""

from bot.accounts.attempts import Attempt
from bot.words import Reader
from providers.oauth import Capability


def asked_lines(asked: frozenset[Capability], reader: Reader) -> list[str]:
    """Say what each thing that is asked for lets Mailroom do; the first is the sign-in itself."""
    lines = {
        Capability.READ: (
            "Read your mail, when you ask for a conversation, and the mail of the last two weeks, to see who"
            " wrote it and whether you ever wrote to them, when you scan for people. It scans every night"
            " only if you switch that on.",
        ),
        Capability.SEND: ("Send mail as you, only when you press Send in Slack.",),
        Capability.DRAFT: ("Write drafts, of what you send or want to finish in your mail program.",),
        Capability.CALENDAR: (  # one for each thing that Google asks about
            "Write your appointments into the one calendar of yours that you choose, and look at the events"
            " that Mailroom wrote there. Nobody is invited.",
            "See the list of your calendars, so that you can choose one.",
        ),
    }
    known = reader.say("Know your e-mail address, to tell which mailbox this is.")
    return [known, *(reader.say(line) for one in Capability if one in asked for line in lines[one])]


def kept_lines(reader: Reader) -> list[str]:
    """Say what stays with Mailroom, who sees what, and how it ends."""
    return [
        reader.say(
            "Mailroom keeps your access, sealed, until you disconnect. It keeps no mail: a conversation that"
            " you open stays in memory for five minutes. A reply that could not be sent is kept, sealed, for"
            " seven days."
        ),
        reader.say(
            "Of people that a scan finds it keeps name, address, company and how much went back and forth,"
            " for you alone, for up to 90 days."
        ),
        reader.say("What you open is shown to you in Slack, so it passes through Slack's servers."),
        reader.say(
            "Colleagues never see your mail, nor with whom you write. Administrators see that you connected"
            " a mailbox, not what is in it."
        ),
    ]


def ending_line(company: str, reader: Reader) -> str:
    """Say how to take it all back."""
    return reader.say(
        "You can disconnect at any time in Slack, on Mailroom's Home, or in the settings of your"
        " {company} account.",
        company=company,
    )


def short_lines(attempt: Attempt, reader: Reader) -> list[tuple[str, str]]:
    """The lines of the window: what it reads, sends, keeps, shows, and never does."""
    if attempt.for_calendar and attempt.expected:
        return _calendar_lines(reader)
    lines = [
        (reader.say("Reads"), _short_read(reader)),
        (reader.say("Sends"), reader.say("only what you write here, when you press Send.")),
        (reader.say("Keeps"), _short_kept(reader)),
        (reader.say("Shows"), reader.say("what you open, to you alone. It passes through Slack.")),
        (reader.say("Never"), reader.say("mails a list, marks mail as read, or shows mail to colleagues.")),
    ]
    if Capability.CALENDAR in attempt.asked:
        calendar = reader.say(
            "writes your appointments into the one that you choose; reads the list of your calendars, and"
            " the events that it wrote. Nobody is invited."
        )
        lines.append((reader.say("Calendar"), calendar))
    return lines


def _short_read(reader: Reader) -> str:
    return reader.say(
        "your mail, when you ask for a conversation; and who wrote to you in the last two weeks, when you"
        " scan for people, every night only if you switch that on."
    )


def _short_kept(reader: Reader) -> str:
    return reader.say(
        "your access, sealed, until you disconnect; and of people that a scan finds name, address, company"
        " and how much went back and forth, for up to 90 days. No mail."
    )


def _calendar_lines(reader: Reader) -> list[tuple[str, str]]:
    return [
        (reader.say("Writes"), reader.say("your appointments into the one calendar that you choose.")),
        (
            reader.say("Reads"),
            reader.say("the list of your calendars, and the events that Mailroom wrote there."),
        ),
        (reader.say("Never"), reader.say("invites anybody, or changes an event that is not Mailroom's.")),
        (
            reader.say("Mail"),
            reader.say("stays as you allowed it. The page asks about it again: leave it ticked."),
        ),
    ]


def allowed_line(granted: frozenset[Capability], reader: Reader) -> str:
    """Say what works with what was allowed."""
    works = {
        Capability.READ: "reading",
        Capability.SEND: "sending",
        Capability.DRAFT: "drafts",
        Capability.CALENDAR: "calendar",
    }
    return reader.listed([reader.say(works[one]) for one in Capability if one in granted])


def missing_line(capability: Capability, reader: Reader) -> str:
    """Say what does not work without a box that was left open."""
    lines = {
        Capability.READ: "Reading mail was not allowed: conversations cannot be shown from this mailbox.",
        Capability.SEND: "Sending was not allowed: replies cannot leave from this mailbox.",
        Capability.DRAFT: "Writing drafts was not allowed: a message cannot be saved to finish it there.",
        Capability.CALENDAR: "The calendar was not allowed: appointments do not appear in it.",
    }
    return reader.say(lines[capability])


def _decided_elsewhere(attempt: Attempt, reader: Reader) -> str:
    said = reader.say(
        "{company} asks for an administrator, or says that the app is blocked: your organisation decides"
        " about apps. Forward the text below to whoever runs it.",
        company=attempt.company,
    )
    if not attempt.approve_url:
        return said
    return f"{said} " + reader.say("Mailroom tells you here when it is approved, and asks in two days.")


def help_lines(attempt: Attempt, reader: Reader) -> list[str]:
    """The usual reasons why it did not work, each with the way out."""
    company = attempt.company
    return [
        _decided_elsewhere(attempt, reader),
        reader.say("The wrong mailbox came up: choose another account on {company}'s page.", company=company),
        reader.say(
            "The page says that another browser began: copy the link into the browser that you want to use"
            " before you go on, and stay in it."
        ),
        reader.say("The link is too old: it is good for ten minutes. Make a new one."),
    ]
