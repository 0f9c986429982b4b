"""The page Contacts of Home (screens.md 2.3)."""

from collections.abc import Sequence

from bot import doors, payloads
from bot.blocks import (
    Block,
    actions,
    clip,
    context,
    external_select,
    one_line,
    option,
    plain,
    section,
)
from bot.contacts.ending_views import ended_line, undo_button
from bot.contacts.page import ROWS, Page
from bot.payloads import PageRef, PersonRef
from bot.words import Reader
from store.contacts import Contact

PAGE = "contacts"
FIND = "contacts.find"
MOST_OFFERED = 50


def contacts_page(page: Page, version: int, reader: Reader) -> list[Block]:
    """Draw the page. `version` is the drawing's: the last choice does not stay in the menu."""
    new = doors.ADD_CONTACT.draw(reader, PersonRef(), text=reader.say("New contact"), style="primary")
    ended = [section(plain(ended_line(one, reader)), undo_button(one, reader)) for one in page.ended]
    if not page.total:
        return [section(plain(_empty(reader))), actions(new, doors.START_SCAN.draw(reader)), *ended]
    find = external_select(FIND, placeholder=reader.say("A name, a company or an address"))
    block = section(plain(reader.say("Whom are you looking for?")), find)
    return [
        {**block, "block_id": f"find_contact{version}"},
        actions(new),
        *ended,
        context(plain(_how_many(page, reader))),
        *(_row(one, reader) for one in page.rows),
        *_turns(page, reader),
    ]


def _empty(reader: Reader) -> str:
    return reader.say(
        "Nobody is in your contacts yet. Add somebody, or let Mailroom look who writes with you."
        " Everybody here who uses Mailroom sees the contacts, never your mail."
    )


def _how_many(page: Page, reader: Reader) -> str:
    known = reader.count("{n} contact", "{n} contacts", page.total)
    if page.total <= ROWS:
        return reader.say("{known}, the newest first", known=known)
    return reader.say(
        "{known}, the newest first. Here: {first} to {last}",
        known=known,
        first=f"{page.start + 1:,}",
        last=f"{page.start + len(page.rows):,}",
    )


def _row(one: Contact, reader: Reader) -> Block:
    name = clip(one_line(one.name), 100) or one.addresses[0]
    known = [*one.addresses[:1], clip(one_line(one.company), 100)]
    opens = doors.OPEN_RECORD.draw(
        reader,
        PersonRef(contact=one.id),
        text=reader.say("Open"),
        label=reader.say("Open {name}", name=name),
    )
    return section(plain(f"{name}\n{' · '.join(filter(None, known))}"), opens)


def _turns(page: Page, reader: Reader) -> list[Block]:
    newer, older = doors.HOME_TURNS[:2]
    buttons = []
    if page.start:
        ref = PageRef(PAGE, str(max(0, page.start - ROWS)))
        buttons.append(newer.draw(reader, ref, text=reader.say("Newer")))
    if page.more:
        buttons.append(older.draw(reader, PageRef(PAGE, str(page.start + ROWS)), text=reader.say("Older")))
    return [actions(*buttons)] if buttons else []


def offers(found: Sequence[Contact]) -> list[Block]:
    """What the menu offers."""
    return [
        option(
            clip(one_line(one.name), 75),
            payloads.encode(PersonRef(contact=one.id)),
            clip(" · ".join(filter(None, [*one.addresses[:1], one_line(one.company)])), 75),
        )
        for one in found
    ]
