"""People who wait, on Home: groups by strength, two blocks for each person, and what concerns the page."""

from bot import payloads
from bot.blocks import Block, actions, boxes, button, confirm, option, overflow, plain, section
from bot.discovery import review_words as words
from bot.discovery.people import MANY, Act, PeoplePage, Tab, domain_of
from bot.discovery.strength import Group, group_of
from bot.discovery.words import GROUPS
from bot.discovery_payloads import CandidateAct, CandidateRef, GroupRef
from bot.words import Reader
from store.candidates import Candidate

ADD, DISMISS, MORE, SELECT = "discovery.add", "discovery.dismiss", "discovery.more", "discovery.select"
ADD_SELECTED, DISMISS_SELECTED = "discovery.add_selected", "discovery.dismiss_selected"
ADD_GROUP, DISMISS_GROUP, GROUP_MENU = (
    "discovery.add_group",
    "discovery.dismiss_group",
    "discovery.group_menu",
)
TALKS, EDIT, BLOCK_ADDRESS, BLOCK_DOMAIN = "talks", "edit", "address", "domain"  # entries of the menu


def waiting(page: PeoplePage, reader: Reader) -> list[Block]:
    """Everybody of this page, below the headings of their groups, and the buttons for those selected.

    Groups that begin on a later page stand below with their heading: they can be decided from here.
    """
    blocks: list[Block] = []
    above: Group | None = None
    for person in page.rows:
        group = group_of(person.strength)
        if page.at.tab is Tab.PENDING and group is not above:
            blocks.append(_heading(group, page, reader))
            above = group
        blocks += _person(person, page.number, reader)
    blocks.append(_selected(page, reader))
    if page.at.tab is Tab.PENDING and above is not None:
        order = list(Group)
        below = [group for group in order[order.index(above) + 1 :] if page.groups.get(group)]
        blocks += [_heading(group, page, reader) for group in below]
    return blocks


# --- groups -----------------------------------------------------------------------------------------------


def _heading(group: Group, page: PeoplePage, reader: Reader) -> Block:
    number = page.groups.get(group, 0)
    said = reader.say("*{group}*, {n}", group=reader.say(GROUPS[group]), n=f"{number:,}")
    return section(said, _decides_group(group, number, page, reader))


def _decides_group(group: Group, number: int, page: PeoplePage, reader: Reader) -> Block:
    add = reader.say("Add all {n}", n=f"{number:,}")
    dismiss = reader.say("Dismiss all {n}", n=f"{number:,}")
    if group is Group.OFTEN:
        element = button(add, ADD_GROUP, _value(group, Act.ADD, page))
    elif group is Group.ONCE:
        element = button(dismiss, DISMISS_GROUP, _value(group, Act.DISMISS, page))
    else:
        choices = ((add, Act.ADD), (dismiss, Act.DISMISS))
        element = overflow(GROUP_MENU, [option(text, _value(group, act, page)) for text, act in choices])
    if number > MANY:
        element["confirm"] = _sure(number, reader)
    return element


def _value(group: Group, act: Act, page: PeoplePage) -> str:
    until = -int(-page.as_of.timestamp() * 1000 // 1)  # up to the next millisecond: nobody shown is left out
    return payloads.encode(GroupRef(group, act, until))


def _sure(number: int, reader: Reader) -> Block:
    said = reader.count(
        "This concerns {n} person.",
        "This concerns {n} people. One Undo takes it back for all of them.",
        number,
    )
    return confirm(reader.say("All of them?"), said, reader.say("Yes, all"), reader.say("No"))


# --- one person -------------------------------------------------------------------------------------------


def _person(person: Candidate, number: int, reader: Reader) -> list[Block]:
    name = words.name_of(person)
    lines = f"{words.who(person)}\n{words.exchange(person, reader)}"
    select = boxes(SELECT, [option(reader.say("Select {name}", name=name), person.id)])
    row = section(plain(lines), select)
    # a new id with every drawing: Slack forgets what was ticked in the last one
    row["block_id"] = f"person:{number}:{person.id}"
    value = payloads.encode(CandidateRef(person.id))
    return [
        row,
        actions(
            button(reader.say("Add"), ADD, value, label=reader.say("Add {name} to contacts", name=name)),
            button(reader.say("Dismiss"), DISMISS, value, label=reader.say("Dismiss {name}", name=name)),
            overflow(MORE, _entries(person, reader)),
            block_id=f"decide:{number}:{person.id}",
        ),
    ]


def _entries(person: Candidate, reader: Reader) -> list[Block]:
    domain = domain_of(person.address)
    entries = [
        (TALKS, reader.say("See conversations")),
        (EDIT, reader.say("Edit before adding")),
        (BLOCK_ADDRESS, reader.say("Block {address}", address=person.address)),
    ]
    if domain:
        entries.append((BLOCK_DOMAIN, reader.say("Block all of {domain}", domain=domain[1:])))
    return [option(text, payloads.encode(CandidateAct(person.id, act))) for act, text in entries]


def _selected(page: PeoplePage, reader: Reader) -> Block:
    return actions(
        button(reader.say("Add selected on this page"), ADD_SELECTED),
        button(reader.say("Dismiss selected on this page"), DISMISS_SELECTED),
        block_id=f"selected:{page.number}",
    )
