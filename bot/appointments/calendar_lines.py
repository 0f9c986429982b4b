"""Calendar Sync in a line: which calendar, and how it stands on Home (screens.md 2.4)."""

from bot import doors
from bot.appointments.syncs import SyncState
from bot.blocks import Block, clip, one_line, plain, section
from bot.words import Reader
from store.calendars import Sync


def which(sync: Sync, address: str, reader: Reader) -> str:
    """Name a calendar and whose it is; once, where it is called like its account."""
    name = clip(one_line(sync.calendar_name), 100)
    if not address or name.casefold() == address.casefold():
        return name
    return reader.say("{name}, of {address}", name=name, address=address)


def home_line(state: SyncState, reader: Reader) -> Block:
    """Calendar Sync on the page Appointments of Home."""
    sync, used = state.sync, state.used
    if sync and sync.is_on and used:
        said = reader.say("Calendar Sync is on: {which}.", which=which(sync, used.account.address, reader))
        if used.account.state == "reconnect":
            said += " " + reader.say("It waits until the account is connected again.")
        return section(plain(said), doors.CALENDAR_SYNC.draw(reader, text=reader.say("Change")))
    if sync:
        said = reader.say("Calendar Sync waits: the calendar it wrote into is gone.")
        return section(plain(said), doors.CALENDAR_SYNC.draw(reader, text=reader.say("Choose another")))
    said = reader.say("Calendar Sync is off. Your appointments can appear in your calendar.")
    return section(plain(said), doors.CALENDAR_SYNC.draw(reader))
