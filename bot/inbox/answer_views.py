"""Answers in a channel that are no list: choices, what is missing, what was not understood, help."""

from collections.abc import Sequence

from bot import doors, payloads
from bot.blocks import Block, actions, button, clip, escape, one_line, plain, rich, section, span
from bot.inbox.people import Person
from bot.inbox.views import LINK, NOT_MINE
from bot.payloads import ListRef, MineRef, PersonRef
from bot.places import Answer
from bot.words import Reader
from store.contacts import Contact

MOST = 8  # people offered at once


def which_one(found: Sequence[Contact], words: str, reader: Reader) -> Answer:
    """Several contacts go by that name. `words`: what is looked for in the mail with the one chosen."""
    if len(found) > MOST:
        said = reader.say("More than {n} contacts go by that name. Whom do you mean?", n=MOST)
    else:
        said = reader.count("{n} contact goes by that name.", "{n} contacts go by that name.", len(found))
    people = [Person(contact.addresses, contact) for contact in found[:MOST]]
    return _choice(said, people, words, reader, reader.say("More"))


def several_people(found: Sequence[Person], words: str, reader: Reader) -> Answer:
    """More than one address was typed: Mailroom shows one conversation partner at a time."""
    said = reader.say("Mailroom shows your mail with one person at a time. Whose is it to be?")
    return _choice(said, found[:MOST], words, reader, reader.say("Another address"))


def _choice(said: str, people: Sequence[Person], words: str, reader: Reader, find: str) -> Answer:
    blocks: list[Block] = [section(plain(said))]
    for person in people:
        ref = ListRef(person.ref.contact, person.ref.address, words)
        name = clip(one_line(person.name), 100)
        about = reader.say("Show conversations with {name}", name=name)
        blocks.append(
            section(plain("\n".join(_lines(person, name))), doors.SHOW_THREADS.draw(reader, ref, label=about))
        )
    blocks.append(actions(doors.FIND.draw(reader, text=find)))
    names = reader.listed([clip(one_line(person.name), 100) for person in people])
    return Answer(escape(f"{said} {names}"), blocks)


def _lines(person: Person, name: str) -> list[str]:
    company = clip(one_line(person.contact.company), 100) if person.contact else ""
    detail = " · ".join(part for part in (person.addresses[0], company) if part and part != name)
    return [name, detail] if detail else [name]


def nobody_by_that_name(words: str, command: str, reader: Reader) -> Answer:
    """No contact goes by that name."""
    said = reader.say(
        'Nobody in your contacts is called "{words}". Look for an address instead, or add the person.'
        " {command} help lists what you can type.",
        words=clip(one_line(words), 100),
        command=command,
    )
    buttons = actions(
        doors.FIND.draw(reader, style="primary"),
        doors.ADD_CONTACT.draw(reader, PersonRef(), text=reader.say("New contact")),
    )
    return Answer(escape(said), [section(plain(said)), buttons])


def unknown_colleague(reader: Reader) -> Answer:
    """Somebody of the workspace was named whose address Slack does not tell."""
    said = reader.say(
        "Slack does not tell Mailroom the address of this person. Type the address itself,"
        " or the name of a contact."
    )
    return Answer(said, [section(plain(said)), actions(doors.FIND.draw(reader, style="primary"))])


def own_address(ref: MineRef, said_so: bool, reader: Reader) -> Answer:
    """The address asked for is the member's own."""
    said = reader.say(
        "{address} is your own address. Mailroom shows your mail with somebody else: type their address"
        " or their name.",
        address=ref.mine,
    )
    buttons = actions(
        doors.FIND.draw(reader, style="primary"),
        button(reader.say("It is not mine"), NOT_MINE, payloads.encode(ref)) if said_so else None,
    )
    return Answer(escape(said), [section(plain(said)), buttons])


def connect_first(wish: ListRef, offers: tuple[str, ...], reader: Reader) -> Answer:
    """No account yet; what was asked is remembered and answered after connecting."""
    said = reader.say("Connect your mailbox first; then what you asked for is shown here in Slack.")
    return Answer(said, [section(plain(said)), actions(*doors.connect_buttons(reader, offers, wish))])


def help_answer(command: str, home: str, reader: Reader) -> Answer:
    """The commands, one line each."""
    lines = [
        (f"{command} dana@northwind.example", reader.say("your conversations with that address")),
        (f"{command} dana@northwind.example pricing", reader.say("only those that contain the words")),
        (f"{command} Dana", reader.say("the same for a contact, by name")),
        (command, reader.say("find a contact or an address")),
        (f"{command} find scan", reader.say("a name that is also a command")),
        (f"{command} write Dana", reader.say("a new message to one person")),
        (f"{command} appointment Dana", reader.say("a new appointment with a contact")),
        (f"{command} connect", reader.say("connect a mailbox")),
        (f"{command} scan", reader.say("see who is missing from your contacts")),
        (f"{command} digest on", reader.say("look for new people every night; also off, or an hour")),
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
