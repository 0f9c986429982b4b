"""A list of conversations with one person, and what is said when there are none (screens.md 3).

Foreign text (subjects, names, previews) stands in rich text, where Slack reads no markup.
"""

from dataclasses import replace

from bot import doors, payloads
from bot.blocks import Block, actions, button, clip, escape, moment, one_line, plain, rich, section, span
from bot.errors import notice
from bot.inbox.people import Person
from bot.inbox.rules import Row
from bot.inbox.threads import ThreadList
from bot.payloads import AppointmentRef, MineRef, ThreadRef
from bot.places import Answer, Notice
from bot.words import Reader, set_apart
from store.accounts import Account
from store.appointments import Appointment
from store.members import Member

ROWS = 5  # conversations at once in a message (screens.md 3)

OLDER, NEWER, SEARCH = "inbox.older", "inbox.newer", "inbox.search"
THAT_IS_MINE, NOT_MINE = "inbox.that_is_mine", "inbox.not_mine"
LINK, HIDDEN_LINK = "inbox.link", "inbox.hidden_link"
MOST_ADDRESSES = 5  # of one contact, in its card


def thread_list(found: ThreadList, member: Member, reader: Reader, mine: MineRef | None = None) -> Answer:
    """Conversations with one person, or why there are none.

    `mine`: an address that was just taken as the member's own, which can be taken back.
    """
    stretch = found.stretch
    if not stretch.rows and stretch.start == 0 and not stretch.failed:
        return no_one_to_one(found, reader, mine)
    blocks = [*card(found.person, reader, found.ref.words), *_coming(found.coming, reader)]
    blocks += _taken(mine, reader)
    for row in stretch.rows:
        blocks += conversation(row, found, member, reader)
    if not stretch.rows and not stretch.failed:
        blocks.append(section(plain(reader.say("There is nothing older."))))
    blocks += unreadable(found, reader)
    if stretch.hidden:
        blocks.append(hidden_line(found, reader))
    blocks += _foot(found, reader)
    return Answer(_summary(found, reader), blocks)


def _coming(coming: Appointment | None, reader: Reader) -> list[Block]:
    if coming is None:
        return []
    at = reader.date(coming.day) if coming.all_day else reader.date(reader.local(coming.starts_at).date())
    when = at if coming.all_day else f"{at} {reader.time(coming.starts_at)}"
    title = clip(one_line(coming.title), 100)
    said = reader.say("Next appointment: {title}, {when}", title=title, when=when)
    open_it = doors.OPEN_APPOINTMENT.draw(
        reader, AppointmentRef(coming.id), label=reader.say("Open the appointment {title}", title=title)
    )
    return [section(plain(said), open_it)]


def _taken(mine: MineRef | None, reader: Reader) -> list[Block]:
    if mine is None:
        return []
    said = reader.say("{address} now counts as yours.", address=mine.mine)
    return [section(plain(said), button(reader.say("Undo"), NOT_MINE, payloads.encode(mine)))]


def card(person: Person, reader: Reader, words: str = "") -> list[Block]:
    """Who it is: name, company, addresses; or that it is nobody's contact yet. `words` were looked for."""
    narrowed = reader.say("Only conversations with the words: {words}", words=clip(one_line(words), 150))
    if person.contact is None:
        line = reader.say("{address} is not in your contacts.", address=person.addresses[0])
        return [section(plain(f"{line}\n{narrowed}" if words else line))]
    contact = person.contact
    first = [span(clip(one_line(contact.name), 150) or person.addresses[0], bold=True)]
    if contact.company:
        first.append(span("  " + clip(one_line(contact.company), 150)))
    known, more = person.addresses[:MOST_ADDRESSES], len(person.addresses) - MOST_ADDRESSES
    named = [*known, *([reader.count("{n} more", "{n} more", more)] if more > 0 else [])]
    return [rich(first, [span(" · ".join(named))], *([[span(narrowed)]] if words else []))]


def conversation(row: Row, found: ThreadList, member: Member, reader: Reader) -> list[Block]:
    """One conversation: two blocks."""
    subject = _subject(row, reader)
    by = reader.say("You") if row.mine else clip(one_line(row.by.name) or row.by.address, 60)
    facts = [reader.count("{n} message", "{n} messages", row.messages)]
    if row.files:
        facts.append(reader.count("{n} file", "{n} files", row.files))
    facts.append(waiting(row, found.person, reader))
    if len(found.accounts) > 1:
        facts.append(next((a.address for a in found.accounts if a.id == row.account_id), ""))
    lines = [
        [span(clip(subject, 150), bold=True)],
        [
            {"type": "text", "text": f"{set_apart(by)}, "},  # `span` takes out what sets apart
            moment(row.at, reader.when(row.at)),
            {"type": "text", "text": " · " + " · ".join(f for f in facts if f)},
        ],
    ]
    if member.preview_lines and row.preview:
        lines.append([span(clip(one_line(row.preview), 140), italic=True)])
    ref = ThreadRef(row.account_id, row.thread_id, found.ref.contact, found.ref.address)
    about = reader.say("conversation about {subject}", subject=subject)
    provider = next((a.provider for a in found.accounts if a.id == row.account_id), "")
    return [
        rich(*lines),
        actions(
            doors.OPEN_THREAD.draw(reader, ref, label=reader.say("Open the {about}", about=about)),
            doors.REPLY.draw(reader, ref, label=reader.say("Reply to the {about}", about=about)),
            button(open_in(provider, reader), LINK, url=row.link) if row.link else None,
        ),
    ]


def open_in(provider: str, reader: Reader) -> str:
    """The words on a link to the provider's own page."""
    return reader.say("Open in Outlook") if provider == "microsoft" else reader.say("Open in Gmail")


def show_in(provider: str, reader: Reader) -> str:
    """The words on a link to the provider's own search."""
    return reader.say("Show in Outlook") if provider == "microsoft" else reader.say("Show in Gmail")


def waiting(row: Row, person: Person, reader: Reader) -> str:
    """Who waits for whom, and since when; "" where nobody does."""
    if not row.awaited:
        return ""
    since = reader.roughly(reader.now - row.at)
    if row.mine:
        stranger = one_line(row.called) or person.addresses[0]
        name = one_line(person.name).split(" ")[0] if person.contact else stranger
        return reader.say("Waiting for {name}, {since}", name=set_apart(clip(name, 40)), since=since)
    return reader.say("Waiting for you, {since}", since=since)


def unreadable(found: ThreadList, reader: Reader) -> list[Block]:
    """One line for each account that could not be read, with its way on."""
    blocks: list[Block] = []
    for account, error in found.stretch.failed:
        told = notice(error, reader)
        way_on = told.buttons[0] if told.buttons else _again(found, reader)
        blocks.append(section(plain(_why_not(account, told, reader)), way_on))
    return blocks


def _again(found: ThreadList, reader: Reader) -> Block:
    """A button that reads again: far down the list it goes on from there, elsewhere it begins anew."""
    words = reader.say("Try again")
    if found.stretch.start and len(found.stretch.rows) < ROWS:
        return button(words, OLDER, payloads.encode(replace(found.ref, start=found.stretch.start)))
    return doors.SHOW_THREADS.draw(reader, replace(found.ref, start=0), text=words)


def _why_not(account: Account, told: Notice, reader: Reader) -> str:
    return reader.say("{address} could not be read. {why}", address=account.address, why=told.text)


def hidden_line(found: ThreadList, reader: Reader) -> Block:
    """How many conversations are not shown, and where they are."""
    number = found.stretch.hidden
    said = reader.count(
        "{n} conversation with other people in it is not shown.",
        "{n} conversations with other people in them are not shown.",
        number,
    )
    return section(plain(said), _shown_elsewhere(found, reader))


def _shown_elsewhere(found: ThreadList, reader: Reader) -> Block | None:
    """A link to the provider's own page, in the first account that has conversations with others in them."""
    for account in found.stretch.searched:
        if account.id in found.stretch.hidden_in and found.links.get(account.id):
            words, about = show_in(account.provider, reader), _in_account(account, reader)
            return button(words, HIDDEN_LINK, url=found.links[account.id], label=about)
    return None


def _in_account(account: Account, reader: Reader) -> str:
    return reader.say("Show everything in {address}", address=account.address)


def _foot(found: ThreadList, reader: Reader) -> list[Block]:
    ref, stretch = found.ref, found.stretch
    older = replace(ref, start=stretch.start + ROWS)
    newer = replace(ref, start=max(0, stretch.start - ROWS))
    search = button(reader.say("Search"), SEARCH, payloads.encode(replace(ref, start=0)))
    person = found.person.ref
    known = found.person.contact is not None
    turning = [
        button(reader.say("Older"), OLDER, payloads.encode(older)) if stretch.more else None,
        button(reader.say("Newer"), NEWER, payloads.encode(newer)) if stretch.start else None,
        search,
    ]
    leading = [
        doors.WRITE.draw(reader, person),
        doors.OPEN_RECORD.draw(reader, person) if known else doors.ADD_CONTACT.draw(reader, person),
    ]
    return [actions(*turning), actions(*leading)]


def _summary(found: ThreadList, reader: Reader) -> str:
    rows = found.stretch.rows
    if not rows:
        failed = [_why_not(account, notice(error, reader), reader) for account, error in found.stretch.failed]
        return escape(" ".join(failed) or reader.say("There is nothing older."))
    said = reader.count(
        "{n} conversation with {name}.",
        "{n} conversations with {name}.",
        len(rows),
        name=one_line(found.person.name),
    )
    told = [f"{clip(_subject(row, reader), 80)}, {waiting(row, found.person, reader)}" for row in rows]
    return escape(" ".join([clip(said, 300), "; ".join(told)]).strip())


def _subject(row: Row, reader: Reader) -> str:
    return one_line(row.subject) or reader.say("(no subject)")


def no_one_to_one(found: ThreadList, reader: Reader, mine: MineRef | None = None) -> Answer:
    """Nothing to show: where was looked, and what may hide it."""
    stretch = found.stretch
    said = why_nothing(found, reader)
    blocks = [*card(found.person, reader), *_taken(mine, reader), section(plain(said))]
    if stretch.hidden and not stretch.always:
        blocks.append(hidden_line(found, reader))
    theirs = MineRef(stretch.always, found.ref.contact, found.ref.address, found.ref.words)
    claim = button(reader.say("That address is mine"), THAT_IS_MINE, payloads.encode(theirs), style="primary")
    buttons = [
        claim if stretch.always else None,
        button(reader.say("Look further back"), OLDER, payloads.encode(found.ref)) if stretch.more else None,
        _shown_elsewhere(found, reader) if stretch.always else None,
        doors.WRITE.draw(reader, found.person.ref),
        doors.FIND.draw(reader, text=reader.say("Another address")),
    ]
    rows = [b for b in buttons if b]
    return Answer(escape(said), [*blocks, actions(*rows[:3]), *([actions(*rows[3:])] if rows[3:] else [])])


def why_nothing(found: ThreadList, reader: Reader) -> str:
    """Say why no conversation is shown."""
    stretch, name = found.stretch, clip(one_line(found.person.name), 100)
    where = reader.listed([a.address for a in stretch.searched])
    if stretch.always:
        return reader.count(
            "The only conversation with {name} includes {address}. If that address is yours too, say so,"
            " and it is shown.",
            "All {n} conversations with {name} that were looked at include {address}. If that address is"
            " yours too, say so, and they are shown.",
            stretch.hidden,
            name=name,
            address=stretch.always,
        )
    if found.ref.words:
        return reader.say(
            "No one-to-one conversation with {name} contains these words. Searched: {where}.",
            name=name,
            where=where,
        )
    if stretch.more:
        return reader.say(
            "No one-to-one mail with {name} among the newest conversations. Searched: {where}.",
            name=name,
            where=where,
        )
    return reader.say("No one-to-one mail with {name} yet. Searched: {where}.", name=name, where=where)
