"""Told once: access that a provider did not end, and who can end it."""

from bot.accounts.keeping_views import access_page_button
from bot.accounts.withdrawing import Left
from bot.blocks import actions, escape, plain, section
from bot.places import Answer
from bot.words import Reader


def left_message(left: Left, reader: Reader) -> Answer:
    """Say what happened, what was kept, and what to do: to its holder, or to an administrator."""
    if left.told.id == left.holder.id:
        return _to_holder(left, reader)
    return _to_administrator(left, reader)


def _to_holder(left: Left, reader: Reader) -> Answer:
    said = reader.say(
        "{company} has not ended Mailroom's access to {address}, though Mailroom asked for a week.",
        company=left.company,
        address=left.address,
    )
    now = reader.say(
        "Everything that Mailroom held of this access is deleted, so Mailroom cannot use it any more. To end"
        " it at {company} as well, take Mailroom out of the list of apps in your {company} account.",
        company=left.company,
    )
    link = [actions(access_page_button(left.page, left.company, reader))] if left.page else []
    return Answer(escape(f"{said} {now}"), [section(plain(said)), section(plain(now)), *link])


def _to_administrator(left: Left, reader: Reader) -> Answer:
    said = reader.say(
        "{name} may not use Mailroom any more, and {company} has not ended the access to their mailbox,"
        " though Mailroom asked for a week.",
        name=left.holder.name,
        company=left.company,
    )
    now = reader.say(
        "Everything that Mailroom held of this access is deleted, so Mailroom cannot use it any more. For a"
        " mailbox of your organisation, whoever administers {company} there can take Mailroom out of the apps"
        " connected to it; for a private one, only {name} can.",
        name=left.holder.name,
        company=left.company,
    )
    where = [reader.say("{name} does that here: {page}", name=left.holder.name, page=left.page)]
    lines = [said, now, *(where if left.page else [])]
    return Answer(escape(" ".join(lines)), [section(plain(line)) for line in lines])
