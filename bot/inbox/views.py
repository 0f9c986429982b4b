"""Answers in a channel: conversations, choices, and what is said when there are none (screens.md 3).

Foreign text (subjects, names, previews) stands in rich text, where Slack reads no markup.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot import doors, payloads
from bot.blocks import Block, actions, button, clip, escape, moment, one_line, plain, rich, section, span
from bot.errors import notice
from bot.inbox.people import Person
from bot.inbox.rules import Row
from bot.inbox.threads import ThreadList
from bot.payloads import ListRef, MineRef, ThreadRef
from bot.places import Answer
from bot.words import Reader
from store.accounts import Account
from store.contacts import Contact
from store.members import Member

ROWS = 5  # conversations at once in a message (screens.md 3)

OLDER, THAT_IS_MINE, ANOTHER, SEARCH = "inbox.older", "inbox.that_is_mine", "inbox.another", "inbox.search"
NEWER, LINK, HIDDEN_LINK = "inbox.newer", "inbox.link", "inbox.hidden_link"


def thread_list(found: ThreadList, member: Member, reader: Reader) -> Answer:
    """Conversations with one person, or why there are none."""
    stretch = found.stretch
    if not stretch.rows and stretch.start == 0 and not stretch.failed:
        return no_one_to_one(found, reader)
    blocks = [*card(found.person, reader)]
    for row in stretch.rows:
        blocks += conversation(row, found, member, reader)
    blocks += _unreadable(found, reader)
    if stretch.hidden:
        blocks.append(_hidden_line(found, reader))
    blocks += _foot(found, reader)
    return Answer(_summary(found, reader), blocks)


def card(person: Person, reader: Reader) -> list[Block]:
    """Who it is: name, company, addresses; or that it is nobody's contact yet."""
    if person.contact is None:
        line = reader.say("{address} is not in your contacts.", address=person.addresses[0])
        return [section(plain(line))]
    contact = person.contact
    first = [span(one_line(contact.name) or person.addresses[0], bold=True)]
    if contact.company:
        first.append(span("  " + one_line(contact.company)))
    return [rich(first, [span(" · ".join(person.addresses))])]


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
            span(f"{by}, "),
            moment(row.at, reader.when(row.at)),
            span(" · " + " · ".join(f for f in facts if f)),
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
    """Who waits for whom, and since when."""
    since = reader.span(reader.now - row.at)
    if row.mine:
        first = one_line(person.name).split(" ")[0] if person.contact else person.addresses[0]
        return reader.say("Waiting for {name}, {since}", name=clip(first, 40), since=since)
    return reader.say("Waiting for you, {since}", since=since)


def _unreadable(found: ThreadList, reader: Reader) -> list[Block]:
    blocks: list[Block] = []
    for account, error in found.stretch.failed:
        told = notice(error, reader)
        line = reader.say("{address} could not be read. {why}", address=account.address, why=told.text)
        blocks.append(section(plain(line), told.buttons[0] if told.buttons else None))
    return blocks


def _hidden_line(found: ThreadList, reader: Reader) -> Block:
    number = found.stretch.hidden
    said = reader.count(
        "{n} conversation with other people in it is not shown.",
        "{n} conversations with other people in them are not shown.",
        number,
    )
    links = [
        button(show_in(a.provider, reader), HIDDEN_LINK, url=found.links[a.id], label=_in_account(a, reader))
        for a in found.stretch.searched[:1]
        if found.links.get(a.id)
    ]
    return section(plain(said), links[0] if links else None)


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


def no_one_to_one(found: ThreadList, reader: Reader) -> Answer:
    """Nothing to show: where was looked, and what may hide it."""
    stretch, name = found.stretch, one_line(found.person.name)
    where = reader.listed([a.address for a in stretch.searched])
    if found.ref.words:
        said = reader.say(
            "No one-to-one conversation with {name} contains these words. Searched: {where}.",
            name=name,
            where=where,
        )
    elif stretch.always:
        said = reader.say(
            "Every conversation with {name} includes {address}. If that address is yours too, say so, and"
            " they are shown.",
            name=name,
            address=stretch.always,
        )
    else:
        said = reader.say("No one-to-one mail with {name} yet. Searched: {where}.", name=name, where=where)
    blocks = [*card(found.person, reader), section(plain(said))]
    if stretch.hidden:
        blocks.append(_hidden_line(found, reader))
    mine = MineRef(stretch.always, found.ref.contact, found.ref.address, found.ref.words)
    buttons = [
        button(reader.say("That address is mine"), THAT_IS_MINE, payloads.encode(mine), style="primary")
        if stretch.always
        else None,
        doors.WRITE.draw(reader, found.person.ref),
        doors.FIND.draw(reader, text=reader.say("Another address")),
    ]
    return Answer(escape(said), [*blocks, actions(*buttons)])


def which_one(found: Sequence[Contact], reader: Reader) -> Answer:
    """Several contacts go by that name."""
    said = reader.count("{n} contact goes by that name.", "{n} contacts go by that name.", len(found))
    blocks: list[Block] = [section(plain(said))]
    for contact in found[:8]:
        detail = " · ".join(filter(None, [contact.addresses[0], one_line(contact.company)]))
        button_ = doors.SHOW_THREADS.draw(
            reader,
            ListRef(contact=contact.id),
            label=reader.say("Show conversations with {name}", name=contact.name),
        )
        blocks.append(section(plain(f"{one_line(contact.name)}\n{detail}"), button_))
    blocks.append(actions(doors.FIND.draw(reader, text=reader.say("More"))))
    return Answer(said, blocks)


def nobody_by_that_name(words: str, reader: Reader) -> Answer:
    """No contact goes by that name."""
    said = reader.say(
        'Nobody in your contacts is called "{words}". Look for an address instead, or add the person.',
        words=clip(one_line(words), 100),
    )
    buttons = actions(
        doors.FIND.draw(reader, style="primary"),
        doors.ADD_CONTACT.draw(reader, payloads.PersonRef(), text=reader.say("New contact")),
    )
    return Answer(escape(said), [section(plain(said)), buttons])


def connect_first(wish: ListRef, reader: Reader) -> Answer:
    """No account yet; what was asked is remembered and answered after connecting."""
    said = reader.say("Connect your mailbox first; then what you asked for is shown here in Slack.")
    return Answer(said, [section(plain(said)), actions(*doors.connect_buttons(reader, wish))])


def help_answer(command: str, home: str, reader: Reader) -> Answer:
    """The commands, one line each."""
    lines = [
        (f"{command} dana@northwind.example", reader.say("your conversations with that address")),
        (f"{command} dana@northwind.example pricing", reader.say("only those that contain the words")),
        (f"{command} Dana", reader.say("the same for a contact, by name")),
        (command, reader.say("find a contact or an address")),
        (f"{command} find scan", reader.say("a name that is also a command")),
        (f"{command} write Dana", reader.say("a new message to one person")),
        (f"{command} connect", reader.say("connect a mailbox")),
        (f"{command} help", reader.say("this list")),
    ]
    note = reader.say("Only you see what Mailroom shows. Reading here does not mark mail as read.")
    blocks = [
        rich(*([span(typed, code=True), span("  " + what)] for typed, what in lines)),
        section(plain(note)),
        actions(button(reader.say("Open Home"), LINK, url=home)),
    ]
    spoken = "\n".join(f"{typed}: {what}" for typed, what in lines)
    return Answer(f"{spoken}\n{note}", blocks)
