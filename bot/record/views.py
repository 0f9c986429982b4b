"""The record of a contact, and the window of somebody who is none yet (screens.md 4, Record and Person)."""

import zlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot import doors, payloads
from bot.appointments import views as appointment_views
from bot.blocks import (
    Block,
    View,
    actions,
    button,
    clip,
    context,
    divider,
    field,
    header,
    one_line,
    plain,
    section,
    text_input,
    window,
)
from bot.contacts.ending_views import contact_menu
from bot.inbox import views as inbox_views
from bot.inbox.threads import ThreadList
from bot.payloads import APPOINTMENTS, DETAILS, ListRef, MineRef, RecordPlace
from bot.places import loading_window
from bot.record.details_views import details
from bot.record.records import INBOX, Record
from bot.words import Reader
from store.contacts import Contact
from store.members import Member

RECORD = doors.RECORD_WINDOW  # the callback id of both windows
OLDER, NEWER, BACK = "record.older", "record.newer", "record.back"
THAT_IS_MINE, NOT_MINE = "record.that_is_mine", "record.not_mine"
TAB_INBOX, TAB_DETAILS, ALL = "record.tab_inbox", "record.tab_details", "record.all"
TAB_APPOINTMENTS = "record.tab_appointments"
AGAIN = "record.again"
WORDS = "record.words"
MOST_WORDS = 200  # characters of search words


def record_window(record: Record, member: Member, reader: Reader) -> View:
    """Draw a record, or, for a stranger, what is known of them."""
    contact, place = record.person.contact, record.place
    blocks = [*_frame(record, reader)]
    if contact and record.dates:
        blocks += appointment_views.record_tab(record.dates, contact.id, _called(record), reader)
    elif contact and place.tab == DETAILS:
        blocks += details(contact, record, reader)
    else:
        blocks += _inbox(record, member, reader)
    searchable = record.found is not None
    return window(
        _title(record, reader),
        [*blocks, *_foot(record, reader)],
        callback_id=RECORD,
        close=reader.say("Close"),
        submit=reader.say("Search") if searchable else "",
        metadata=payloads.encode(place),
    )


def try_again(place: RecordPlace, reader: Reader) -> Block:
    """The button in a window that could not be filled."""
    return button(reader.say("Try again"), AGAIN, payloads.encode(place))


def searching_window(reader: Reader, retry: Block) -> View:
    """What stands in the window while words are looked for."""
    return loading_window(reader, reader.say("Conversations"), reader.say("Searching your mail…"), retry)


def opening_window(reader: Reader) -> View:
    """What stands in the window until the record is read."""
    return loading_window(reader, reader.say("Record"), reader.say("Reading your mail…"))


def typed_words(values: Mapping[str, Any]) -> str:
    """Read the words that were typed into the window."""
    for fields in values.values():
        if WORDS in fields:
            return " ".join(str(fields[WORDS].get("value") or "").split())[:MOST_WORDS]
    return ""


def _title(record: Record, reader: Reader) -> str:
    if record.person.contact:
        return reader.say("Record")
    return reader.say("Your own address") if record.own else reader.say("Not in your contacts")


# --- who it is --------------------------------------------------------------------------------------------


def _frame(record: Record, reader: Reader) -> list[Block]:
    contact, person = record.person.contact, record.person
    write = doors.WRITE.draw(reader, person.ref)
    if record.own and contact is None:
        return [header(person.addresses[0]), divider()]
    if contact is None:
        add = doors.ADD_CONTACT.draw(reader, person.ref, style="primary")
        said = reader.say("Nobody has added this person to your contacts yet.")
        return [header(person.addresses[0]), context(plain(said)), actions(add, write), divider()]
    tabs = [_tab(words, action_id, tab, record.place, reader) for tab, action_id, words in _TABS]
    return [
        header(one_line(contact.name) or person.addresses[0]),
        context(plain(_line(record, contact, reader))),
        actions(*tabs, write, contact_menu(contact.id, reader)),
        divider(),
    ]


_TABS = (  # what stands in RecordPlace, the button, its words
    (INBOX, TAB_INBOX, "Connected Inbox"),
    (APPOINTMENTS, TAB_APPOINTMENTS, "Appointments"),
    (DETAILS, TAB_DETAILS, "Details"),
)


def _tab(words: str, action_id: str, tab: str, place: RecordPlace, reader: Reader) -> Block:
    there, chosen = replace(place, tab=tab), place.tab == tab
    return button(reader.say(words), action_id, payloads.encode(there), style="primary" if chosen else "")


def _line(record: Record, contact: Contact, reader: Reader) -> str:
    owner = reader.say("looked after by {name}", name=one_line(record.owner)) if record.owner else ""
    known = [one_line(contact.company), one_line(contact.title), owner]
    return " · ".join(clip(part, 150) for part in known if part) or contact.addresses[0]


# --- conversations ----------------------------------------------------------------------------------------


def _inbox(record: Record, member: Member, reader: Reader) -> list[Block]:
    if record.own:
        said = reader.say(
            "This is your own address. Mailroom shows your mail with somebody else: choose another person."
        )
        return [section(plain(said)), actions(doors.FIND.draw(reader))]
    if not record.connected or record.found is None:
        said = reader.say(
            "No mailbox is connected yet. Connect yours, and your conversations with {name} are shown here,"
            " to you alone.",
            name=_called(record),
        )
        wish = ListRef(record.place.contact, record.place.address, record.place.words)
        return [section(plain(said)), actions(*doors.connect_buttons(reader, record.offers, wish))]
    return [
        _words_field(record.place, reader),
        *_claimed(record, reader),
        *_rows(record, record.found, member, reader),
    ]


def _words_field(place: RecordPlace, reader: Reader) -> Block:
    # a field keeps what was typed as long as its block_id stays: another search, another id
    block_id = f"words{zlib.crc32(place.words.encode()):08x}"
    return field(
        reader.say("Words to look for"),
        text_input(WORDS, initial=place.words, most=MOST_WORDS),
        block_id,
        optional=True,
    )


def _rows(record: Record, found: ThreadList, member: Member, reader: Reader) -> list[Block]:
    stretch = found.stretch
    blocks: list[Block] = []
    for row in stretch.rows:
        blocks += inbox_views.conversation(row, found, member, reader)
    blocks += inbox_views.unreadable(found, reader)
    if not stretch.rows and not stretch.failed:
        blocks.append(section(plain(inbox_views.why_nothing(found, reader))))
        if stretch.always:
            return [*blocks, _claim(record, stretch.always, reader)]
    if stretch.hidden:
        blocks.append(inbox_views.hidden_line(found, reader))
    return blocks


def _claimed(record: Record, reader: Reader) -> list[Block]:
    if record.claimed is None:
        return []
    said = reader.say("{address} now counts as yours.", address=record.claimed.mine)
    return [section(plain(said), button(reader.say("Undo"), NOT_MINE, payloads.encode(record.claimed)))]


def _claim(record: Record, address: str, reader: Reader) -> Block:
    mine = MineRef(address, record.place.contact, record.place.address, record.place.words)
    words = reader.say("That address is mine")
    return actions(button(words, THAT_IS_MINE, payloads.encode(mine), style="primary"))


def _foot(record: Record, reader: Reader) -> list[Block]:
    place = record.place
    turning: list[Block] = []
    if record.found:
        stretch = record.found.stretch
        if stretch.more:
            older = replace(place, start=stretch.start + len(stretch.rows))
            words = reader.say("Older") if stretch.rows else reader.say("Look further back")
            turning.append(button(words, OLDER, payloads.encode(older)))
        if stretch.start:
            newer = replace(place, start=max(0, stretch.start - record.rows))
            turning.append(button(reader.say("Newer"), NEWER, payloads.encode(newer)))
        if place.words:
            everything = replace(place, words="", start=0)
            turning.append(button(reader.say("Without the words"), ALL, payloads.encode(everything)))
    if place.back_thread:
        turning.append(button(reader.say("Back"), BACK, payloads.encode(place)))
    rows = [turning[at : at + 3] for at in range(0, len(turning), 3)]
    return [actions(*row) for row in rows]


def _called(record: Record) -> str:
    return clip(one_line(record.person.name), 100)
