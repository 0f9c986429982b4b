"""The page Contacts of Home (screens.md 2.3)."""

from collections.abc import Sequence

from bot import doors, payloads
from bot.blocks import (
    Block,
    View,
    actions,
    button,
    clip,
    context,
    external_select,
    header,
    one_line,
    option,
    overflow,
    plain,
    section,
    window,
)
from bot.contacts.ending_views import ended_line, undo_button
from bot.contacts.page import ROWS, Page
from bot.payloads import PageRef, PersonRef
from bot.words import Reader
from store.contacts import Contact

PAGE = "contacts"
FIND, MOVE = "contacts.find", "contacts.move"
IMPORT, EXPORT = "import", "export"
LINK, OPEN_PAGE = "contacts.link", "contacts.open_page"
MOST_OFFERED = 50


def contacts_page(page: Page, version: int, reader: Reader) -> list[Block]:
    """Draw the page. `version` is the drawing's: the last choice does not stay in the menu."""
    new = doors.ADD_CONTACT.draw(reader, PersonRef(), text=reader.say("New contact"), style="primary")
    title = header(reader.say("Contacts"))
    ended = [section(plain(ended_line(one, reader)), undo_button(one, reader)) for one in page.ended]
    if not page.total:
        return [
            title,
            section(plain(_empty(reader))),
            actions(new, doors.START_SCAN.draw(reader), *_moving(page, reader)),
            *_file(page, reader),
            *ended,
        ]
    find = external_select(FIND, placeholder=reader.say("A name, a company or an address"))
    block = section(plain(reader.say("Whom are you looking for?")), find)
    return [
        title,
        {**block, "block_id": f"find_contact{version}"},
        actions(new, *_moving(page, reader)),
        *_file(page, reader),
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


def _moving(page: Page, reader: Reader) -> list[Block]:
    """Import and Export, for those who may."""
    if not page.may_move:
        return []
    entries = [
        option(reader.say("Import from a file"), IMPORT),
        option(reader.say("Export to a file"), EXPORT),
    ]
    return [overflow(MOVE, entries)]


def _file(page: Page, reader: Reader) -> list[Block]:
    """How the viewer's import stands."""
    file = page.file
    if file is None:
        return []
    if file.state == "applying":
        share = round(100 * file.done / max(1, file.chunks))
        said = reader.say("Importing your file: {share} % of {n}.", share=share, n=f"{file.lines:,}")
    elif file.state == "done":
        said = reader.say(
            "Your file is imported: {fresh} new, {changed} changed, {same} as they were, {refused} left out.",
            fresh=f"{file.fresh:,}",
            changed=f"{file.changed:,}",
            same=f"{file.same:,}",
            refused=f"{file.refused:,}",
        )
    elif file.state == "refused":
        said = reader.say(
            "Your import did not come to its end. What was imported stays; import the file again."
        )
    else:
        return []
    return [context(plain(said))]


def link_window(kind: str, url: str, reader: Reader) -> View:
    """The way to the page in the browser."""
    if kind == IMPORT:
        title = reader.say("Import contacts")
        said = reader.say(
            "A page opens in your browser. You choose a file there (CSV or vCard), see what it comes to, and"
            " then decide."
        )
    else:
        title = reader.say("Export contacts")
        said = reader.say("A page opens in your browser. All contacts can be downloaded there, once.")
    page = button(reader.say("Open the page ↗"), OPEN_PAGE, style="primary", url=url)
    told = reader.say("The link works for ten minutes, in one browser, and only for you.")
    return window(
        title,
        [section(plain(said)), actions(page), context(plain(told))],
        callback_id=LINK,
        close=reader.say("Close"),
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
