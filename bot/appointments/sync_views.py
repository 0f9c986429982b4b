"""The window of Calendar Sync, step by step, and its line on Home (screens.md 4)."""

from collections.abc import Mapping
from typing import Any

from bot import doors, payloads
from bot.appointments.calendar_lines import which
from bot.appointments.calendar_rules import BUSY, FULL, NAME, value_of
from bot.appointments.syncs import Choice, Choosing, Preview, SyncState
from bot.appointments.times import in_calendar
from bot.blocks import (
    Block,
    View,
    actions,
    button,
    clip,
    context,
    field,
    header,
    one_line,
    option,
    plain,
    section,
    select,
    window,
)
from bot.payloads import AccountRef, AllowRef
from bot.places import CONNECT_FIRST
from bot.words import Reader
from providers.calendar import Event

SYNC, ON, OFF = "appointments.sync", "appointments.sync_on", "appointments.sync_off"
USE, CHANGE, ASK_OFF = "appointments.sync_use", "appointments.sync_change", "appointments.sync_ask_off"
CALENDAR, TITLES, REMAIN = (
    "appointments.sync_calendar",
    "appointments.sync_titles",
    "appointments.sync_remain",
)
CHANGE_ACCOUNT = "appointments.sync_change_account"
KEEP, REMOVE = "keep", "remove"
PREVIEW = "preview"  # the block that the chosen titles change
CAPABILITY = "calendar"
MOST_ACCOUNTS = 8


def _window(
    blocks: list[Block], reader: Reader, callback_id: str = SYNC, submit: str = "", metadata: str = ""
) -> View:
    return window(
        reader.say("Calendar Sync"),
        blocks,
        callback_id=callback_id,
        close=reader.say("Close"),
        submit=submit,
        metadata=metadata,
    )


def sync_window(state: SyncState, reader: Reader) -> View:
    """How it stands: on with what is written where, or which account it shall be."""
    if state.sync and state.sync.is_on:
        return _on(state, reader)
    return _accounts(state, reader)


def _accounts(state: SyncState, reader: Reader) -> View:
    """Step 1: which account."""
    if state.sync:
        said = reader.say(
            'The calendar "{name}" is gone, so nothing is written any more. Choose another one.',
            name=clip(one_line(state.sync.calendar_name), 100),
        )
    else:
        said = reader.say(
            "Your appointments can appear in your calendar, and change and vanish there with Mailroom. Nobody"
            " is invited, and what you change there by hand is asked about, never overwritten."
        )
    blocks = [section(plain(said))]
    if not state.choices:
        connect = reader.say("Connect your Gmail or Outlook first; its calendars come with it.")
        blocks += [section(plain(connect)), actions(*doors.connect_buttons(reader, state.offers))]
        return _window(blocks, reader)
    return _window([*blocks, *(_account(one, reader) for one in state.choices[:MOST_ACCOUNTS])], reader)


def _account(one: Choice, reader: Reader) -> Block:
    label = reader.say("Use the calendars of {address}", address=one.account.address)
    use = button(reader.say("Use"), USE, payloads.encode(AccountRef(one.account.id)), label=label)
    return section(plain(f"{one.account.address} · {one.company}"), use)


def permission_window(one: Choice, reader: Reader) -> View:
    """Step 2: Mailroom may not write into these calendars yet; what Allow opens takes this window's place."""
    said = reader.say(
        "{company} has to let Mailroom write into the calendars of {address}. Nothing else changes: your mail"
        " stays as it is. Press Allow and finish in the browser; this window then goes on.",
        company=one.company,
        address=one.account.address,
    )
    ref = AllowRef(one.account.id, CAPABILITY)
    blocks = [section(plain(said)), actions(doors.ALLOW.draw(reader, ref, style="primary"))]
    return _window(blocks, reader, CONNECT_FIRST)


def choosing_window(choosing: Choosing, reader: Reader) -> View:
    """Step 3: which calendar, what is to be read there, and what will be written."""
    one = choosing.choice
    if not choosing.calendars:
        said = reader.say(
            "{address} has no calendar that Mailroom can write into: only those that are yours count. Nothing"
            " was changed. Make one of your own at {company}, then try again.",
            address=one.account.address,
            company=one.company,
        )
        again = doors.CALENDAR_SYNC.draw(reader, text=reader.say("Try again"))
        return _window([section(plain(said)), actions(again)], reader)
    options = {
        value_of(info.id): option(clip(one_line(info.name), 75) or one.account.address, value_of(info.id))
        for info in choosing.calendars[:100]
    }
    preset = options.get(choosing.chosen) or next(iter(options.values()))
    choices = titles_options(reader)
    blocks = [
        section(plain(reader.say("Calendars of {address}.", address=one.account.address))),
        field(reader.say("Calendar"), select(CALENDAR, list(options.values()), chosen=preset), "calendar"),
        field(
            reader.say("What can be read there"),
            select(TITLES, list(choices.values()), chosen=choices[choosing.titles]),
            "titles",
            hint=reader.say("For calendars that colleagues can see too."),
            dispatch=True,
        ),
        preview_block(choosing.preview, reader),
    ]
    if choosing.moves:
        said = reader.count(
            "{n} event that is there already moves along.",
            "{n} events that are there already move along.",
            choosing.moves,
        )
        blocks.append(context(plain(said)))
    return _window(
        blocks,
        reader,
        ON,
        reader.say("Save") if choosing.chosen else reader.say("Switch on"),
        payloads.encode(AccountRef(one.account.id)),
    )


def titles_options(reader: Reader) -> dict[str, Block]:
    """What can be read in the calendar."""
    return {
        FULL: option(reader.say("Title, contact, place and notes"), FULL),
        NAME: option(reader.say("The contact's name and the place"), NAME),
        BUSY: option(reader.say("Only that you are busy"), BUSY),
    }


def preview_block(preview: Preview, reader: Reader) -> Block:
    """What will stand in the calendar, as it can be read there."""
    if not preview.total:
        said = reader.say("Nothing is planned yet. What you plan from now on appears within seconds.")
        return {**section(plain(said)), "block_id": PREVIEW}
    said = reader.count("{n} appointment will appear:", "{n} appointments will appear:", preview.total)
    lines = [_line(one, reader) for one in preview.events]
    more = preview.total - len(preview.events)
    if more > 0:
        lines.append(reader.count("and {n} more", "and {n} more", more))
    return {**section(plain("\n".join([said, *lines]))), "block_id": PREVIEW}


def _line(one: Event, reader: Reader) -> str:
    said = [in_calendar(one.when, reader), clip(one_line(one.title), 100), clip(one_line(one.place), 60)]
    return " · ".join(filter(None, said))


def chosen(values: Mapping[str, Any]) -> tuple[str, str]:
    """Read which calendar and which titles were chosen."""

    def value(block: str, action_id: str) -> str:
        found = ((values.get(block) or {}).get(action_id) or {}).get("selected_option") or {}
        return str(found.get("value") or "")

    return value("calendar", CALENDAR), value("titles", TITLES)


def _on(state: SyncState, reader: Reader) -> View:
    sync, used = state.sync, state.used
    if sync is None:
        raise ValueError("it is off")
    calendar = which(sync, used.account.address if used else "", reader)
    blocks = [
        header(reader.say("On")),
        section(plain(reader.say("Calendar: {which}", which=calendar))),
        section(plain(_progress(state, reader))),
        section(plain(reader.say("To be read there: {what}", what=_titles(sync.titles, reader)))),
        actions(
            button(reader.say("Change"), CHANGE, payloads.encode(AccountRef(sync.account_id))),
            button(reader.say("Another account"), CHANGE_ACCOUNT),
            button(reader.say("Switch off"), ASK_OFF),
        ),
    ]
    if used:
        said = reader.say(
            "{company} keeps the permission for calendars until the mailbox is disconnected.",
            company=used.company,
        )
        blocks.append(context(plain(said)))
    return _window(blocks, reader)


def accounts_window(state: SyncState, reader: Reader) -> View:
    """Choose another account than the one that is used."""
    said = reader.say("Whose calendars? What is written already moves along.")
    blocks = [section(plain(said)), *(_account(one, reader) for one in state.choices[:MOST_ACCOUNTS])]
    return _window(blocks, reader)


def _titles(titles: str, reader: Reader) -> str:
    return str(titles_options(reader)[titles]["text"]["text"])


def _progress(state: SyncState, reader: Reader) -> str:
    if state.waiting:
        return reader.say(
            "{written} of {all} appointments written. Closing this window does not stop it.",
            written=state.written,
            all=state.written + state.waiting,
        )
    if not state.written:
        return reader.say("No appointment stands there yet. What you plan appears within seconds.")
    return reader.count(
        "{n} appointment stands in your calendar.",
        "{n} appointments stand in your calendar.",
        state.written,
    )


def off_window(state: SyncState, reader: Reader) -> View:
    """Ask what becomes of what stands in the calendar."""
    number = state.written + state.waiting
    keep = option(reader.say("Leave them in the calendar"), KEEP)
    remove = option(reader.say("Take them out"), REMOVE)
    said = reader.count(
        "{n} appointment stands in your calendar. In Mailroom it stays either way.",
        "{n} appointments stand in your calendar. In Mailroom they stay either way.",
        number,
    )
    blocks = [
        section(plain(said)),
        field(reader.say("In the calendar"), select(REMAIN, [keep, remove], chosen=keep), "remain"),
    ]
    return _window(blocks, reader, OFF, reader.say("Switch off"))


def keeps(values: Mapping[str, Any]) -> bool:
    """Read whether events are to stay."""
    found = ((values.get("remain") or {}).get(REMAIN) or {}).get("selected_option") or {}
    return found.get("value") != REMOVE


def done_window(number: int, kept: bool, reader: Reader) -> View:
    """It is off: what became of what stood there."""
    if kept:
        said = reader.count(
            "Calendar Sync is off. {n} event stays in your calendar and is yours from now on.",
            "Calendar Sync is off. {n} events stay in your calendar and are yours from now on.",
            number,
        )
    else:
        said = reader.count(
            "Calendar Sync is off. {n} event is taken out of your calendar now."
            " Closing this window does not stop it.",
            "Calendar Sync is off. {n} events are taken out of your calendar now."
            " Closing this window does not stop it.",
            number,
        )
    on = doors.CALENDAR_SYNC.draw(reader, text=reader.say("Switch on again"))
    return _window([section(plain(said)), actions(on)], reader)
