"""Home's page "People found" (screens.md 2.2): its frame, what is waiting, and where it is empty."""

from bot import doors, payloads
from bot.blocks import Block, actions, button, context, plain, section
from bot.discovery import review_words as words
from bot.discovery.decided_rows import added, dismissed
from bot.discovery.people import PAGE, ROWS, PeoplePage, Standing, Tab
from bot.discovery.people_rows import waiting
from bot.discovery_payloads import BatchRef, BlockRef
from bot.payloads import PageRef
from bot.words import Reader
from store.deciding import BLOCKED, Batch

UNDO, UNBLOCK = "discovery.undo", "discovery.unblock"
_TABS, _SHARED = doors.HOME_TURNS[:3], doors.HOME_TURNS[3]
_NEWER, _OLDER = doors.HOME_TURNS[:2]


def people_page(page: PeoplePage, reader: Reader) -> list[Block]:
    """Draw the page as it stands: at most 45 blocks."""
    blocks = [_tabs(page, reader), context(plain(_last_scan(page, reader))), _ways(page, reader)]
    if page.last_batch:
        blocks.append(_last_decision(page.last_batch, page.last_name, reader))
    match page.at.tab:
        case Tab.ADDED:
            blocks += added(page, reader)
        case Tab.DISMISSED:
            blocks += dismissed(page, reader)
        case _:
            if page.at.tab is Tab.SHARED and page.rows:
                blocks.append(context(plain(_what_is_shared(reader))))
            blocks += waiting(page, reader) if page.rows else [section(plain(_nobody(page, reader)))]
    if page.at.tab is Tab.PENDING and page.folded:
        blocks.append(_folded(page, reader))
    turning = _turning(page, reader)
    return [*blocks, turning] if turning else blocks


def _tabs(page: PeoplePage, reader: Reader) -> Block:
    counts = page.counts
    tabs = (
        (Tab.PENDING, reader.say("Pending {n}", n=f"{counts.waiting:,}")),
        (Tab.ADDED, reader.say("Added {n}", n=f"{counts.added:,}")),
        (Tab.DISMISSED, reader.say("Dismissed {n}", n=f"{counts.dismissed:,}")),
    )
    drawn = []
    for door, (tab, text) in zip(_TABS, tabs, strict=True):
        chosen = tab is page.at.tab
        label = reader.say("{page}, this page", page=text) if chosen else text
        ref = PageRef(PAGE, str(Standing(tab)))
        drawn.append(door.draw(reader, ref, text=text, style="primary" if chosen else "", label=label))
    return actions(*drawn)


def _last_scan(page: PeoplePage, reader: Reader) -> str:
    if page.scanning:
        return reader.say("Your mail is being looked at now.")
    if page.last_scan is None:
        return reader.say("Your mail has not been scanned yet.")
    when = reader.when(page.last_scan.finished_at or page.last_scan.started_at)
    if page.nightly:
        return reader.say("Last scan {when}, nightly scan on.", when=when)
    return reader.say("Last scan {when}, nightly scan off.", when=when)


def _ways(page: PeoplePage, reader: Reader) -> Block:
    scan = doors.START_SCAN.draw(reader, text=reader.say("Scan now")) if page.connected else None
    if page.scanning:
        scan = doors.SHOW_SCAN.draw(reader, text=reader.say("Show the scan"))
    return actions(
        scan,
        doors.SKIPPED.draw(reader, text=reader.say("Why left out")) if page.last_scan else None,
        doors.HOME_PAGE.draw(reader, PageRef("accounts"), text=reader.say("Settings")),
    )


def _last_decision(batch: Batch, name: str, reader: Reader) -> Block:
    said = words.last_decision(batch, name, reader)
    label = reader.say("Undo: {said}", said=said)
    if batch.decided_in == BLOCKED:
        ref, action_id = payloads.encode(BlockRef(batch.id)), UNBLOCK
    else:
        ref, action_id = payloads.encode(BatchRef(batch.id)), UNDO
    return section(plain(said), button(reader.say("Undo"), action_id, ref, label=label))


def _nobody(page: PeoplePage, reader: Reader) -> str:
    if page.at.tab is Tab.SHARED:
        return reader.say("No shared mailbox is waiting any more. Back to people shows who is.")
    if not page.connected:
        return reader.say(
            "No mailbox is connected, so nobody can be found. Connect one under Settings; then Mailroom finds"
            " the people you write with who are not in your contacts."
        )
    if page.scanning:
        return reader.say("Nobody is waiting yet. Whoever the scan finds appears here by and by.")
    if page.last_scan is None:
        return reader.say(
            "Nobody has been looked for yet. Scan now finds the people of the last two weeks whom you write"
            " with and who are not in your contacts."
        )
    return reader.count(
        "Nobody is waiting. The scan of {when} looked at {n} message.",
        "Nobody is waiting. The scan of {when} looked at {n} messages.",
        page.last_scan.looked_at,
        when=reader.when(page.last_scan.finished_at or page.last_scan.started_at),
    )


def _what_is_shared(reader: Reader) -> str:
    return reader.say(
        "Shared mailboxes: you wrote to each other, and several people may read the address. You can add one"
        " as a contact all the same."
    )


def _folded(page: PeoplePage, reader: Reader) -> Block:
    some = [f"{one.address.partition('@')[0]}@"[:40] for one in page.folded]
    names = ", ".join([*some, "…"] if page.counts.shared > len(some) else some)
    said = reader.count(
        "{n} shared mailbox ({names})", "{n} shared mailboxes ({names})", page.counts.shared, names=names
    )
    ref = PageRef(PAGE, str(Standing(Tab.SHARED)))
    label = reader.say("Show the shared mailboxes")
    return section(plain(said), _SHARED.draw(reader, ref, text=reader.say("Show"), label=label))


def _turning(page: PeoplePage, reader: Reader) -> Block | None:
    at = page.at

    def turn(door: doors.Door, tab: Tab, start: int, text: str) -> Block:
        return door.draw(reader, PageRef(PAGE, str(Standing(tab, max(0, start)))), text=text)

    newer = turn(_NEWER, at.tab, at.start - ROWS, reader.say("Newer")) if at.start else None
    older = turn(_OLDER, at.tab, at.start + ROWS, reader.say("Older")) if page.more else None
    back = turn(_SHARED, Tab.PENDING, 0, reader.say("Back to people")) if at.tab is Tab.SHARED else None
    return actions(newer, older, back) if newer or older or back else None
