"""People who were added or dismissed, on Home, each with its way back."""

from bot import doors, payloads
from bot.blocks import Block, actions, button, one_line, plain, section
from bot.discovery import review_words as words
from bot.discovery.people import PeoplePage
from bot.discovery_payloads import BlockRef, CandidateRef
from bot.payloads import PersonRef
from bot.words import Reader
from store.candidates import Candidate

BRING_BACK, BLOCK = "discovery.bring_back", "discovery.block"


def added(page: PeoplePage, reader: Reader) -> list[Block]:
    """Who was added, with Undo while nobody has used the record."""
    if not page.rows:
        return [
            section(plain(reader.say("You have added nobody from here yet. Who waits stands under Pending.")))
        ]
    return [block for person in page.rows for block in _added(person, page, reader)]


def _added(person: Candidate, page: PeoplePage, reader: Reader) -> list[Block]:
    said = [words.who(person), words.decided(person, reader)]
    if adder := page.adders.get(person.id):
        said.append(reader.say("{name} had added this person before.", name=one_line(adder)))
    if person.id not in page.contacts:
        said.append(reader.say("The contact was deleted since."))
    opens = undo = None
    name = words.name_of(person)
    if person.id in page.contacts and person.contact_id:
        label = reader.say("Open the record of {name}", name=name)
        ref = PersonRef(contact=person.contact_id)
        opens = doors.OPEN_RECORD.draw(reader, ref, text=reader.say("Open record"), label=label)
    if person.id in page.undoable:
        undo = _back(person, reader.say("Undo"), reader.say("Undo: {name}", name=name))
    row = section(plain("\n".join(said)))
    return [row, actions(opens, undo)] if opens or undo else [row]


def dismissed(page: PeoplePage, reader: Reader) -> list[Block]:
    """Who was dismissed, with the way back, and what is blocked."""
    blocks = [block for person in page.rows for block in _dismissed(person, reader)]
    if not page.rows:
        said = reader.say(
            "You have dismissed nobody. Whoever you dismiss stands here by name for 90 days and is not"
            " suggested again."
        )
        blocks.append(section(plain(said)))
    if page.blocked:
        blocks.append(blocked_line(page.blocked, reader))
    return blocks


def blocked_line(number: int, reader: Reader) -> Block:
    """How much is blocked, with the way to the list."""
    said = reader.count("{n} address or domain is blocked.", "{n} addresses or domains are blocked.", number)
    label = reader.say("Show what is blocked")
    return section(plain(said), doors.BLOCKED.draw(reader, BlockRef(), text=reader.say("Show"), label=label))


def _dismissed(person: Candidate, reader: Reader) -> list[Block]:
    name = words.name_of(person)
    value = payloads.encode(CandidateRef(person.id))
    return [
        section(plain(f"{words.who(person)}\n{words.decided(person, reader)}")),
        actions(
            _back(person, reader.say("Bring back"), reader.say("Bring back {name}", name=name)),
            button(reader.say("Block"), BLOCK, value, label=reader.say("Block {name}", name=name)),
        ),
    ]


def _back(person: Candidate, text: str, label: str) -> Block:
    return button(text, BRING_BACK, payloads.encode(CandidateRef(person.id)), label=label)
