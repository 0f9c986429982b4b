"""The window Scan, what it says when it was closed, and what Home says of scans (screens.md 2, 4, 5)."""

from datetime import datetime, timedelta

from bot import doors, payloads
from bot.blocks import Block, View, actions, button, context, escape, header, plain, section, window
from bot.discovery.evidence import WINDOW
from bot.discovery.progress import InAccount, Progress, ScanState
from bot.discovery_payloads import ScanRef
from bot.payloads import AccountRef, AllowRef, PageRef
from bot.places import CONNECT_FIRST, Answer
from bot.words import Reader
from providers.oauth import Capability
from store.scans import CANCELLED, FAILED, READ, RUNNING, WAITED_FOR, Scan

CANCEL, RETRY, SCAN = "discovery.cancel_scan", "discovery.retry_scan", "discovery.scan"
PEOPLE = "people"  # the page of Home
MOST_ACCOUNTS, MOST_FAILED = 5, 3


def scan_window(progress: Progress, reader: Reader) -> View:
    """Draw a scan as it stands."""
    running = progress.scan.state == RUNNING
    blocks = (
        _under_way(progress, reader) if running else [*figures(progress, reader), *_ways(progress, reader)]
    )
    return _window(blocks, reader)


def opening_window(reader: Reader) -> View:
    """What stands there until the scan has begun."""
    return _window([section(plain(reader.say("Looking at your mail of the last two weeks.")))], reader)


def nothing_connected_window(offers: tuple[str, ...], reader: Reader) -> View:
    """There is no mail to look at yet."""
    said = reader.say(
        "No mailbox is connected yet, so there is nothing to look at. Connect one to begin: nothing is read"
        " before that."
    )
    blocks = [section(plain(said)), actions(*doors.connect_buttons(reader, offers))]
    return _window(blocks, reader, CONNECT_FIRST)


def _window(blocks: list[Block], reader: Reader, callback_id: str = SCAN) -> View:
    return window(reader.say("Scan"), blocks, callback_id=callback_id, close=reader.say("Close"))


# --- while it runs ----------------------------------------------------------------------------------------


def _under_way(progress: Progress, reader: Reader) -> list[Block]:
    review = _review(reader) if progress.scan.found else None
    return [
        section(plain(_range(progress, reader))),
        *(section(plain(_line(one, reader))) for one in progress.accounts[:MOST_ACCOUNTS]),
        section(plain(_so_far(progress, reader))),
        actions(review, _cancel(progress.scan, reader)),
        context(plain(reader.say("Closing this window does not stop it. You get a message at the end."))),
    ]


def _so_far(progress: Progress, reader: Reader) -> str:
    found = reader.count("{n} person found so far", "{n} people found so far", progress.people)
    return reader.say("{found}.", found=_with_shared(found, progress, reader))


def _with_shared(people: str, progress: Progress, reader: Reader) -> str:
    """Say beside the people how many shared mailboxes were found: Home shows the two apart."""
    if not progress.shared:
        return people
    return reader.count(
        "{people}, and {n} shared mailbox",
        "{people}, and {n} shared mailboxes",
        progress.shared,
        people=people,
    )


def _range(progress: Progress, reader: Reader) -> str:
    addresses = reader.listed([one.address for one in progress.accounts])
    since = reader.day(progress.scan.since)
    if progress.scan.kind == "every_sender":
        return reader.say("Every sender since {day}, in {addresses}.", day=since, addresses=addresses)
    return reader.say("Mail since {day}, in {addresses}.", day=since, addresses=addresses)


def _line(one: InAccount, reader: Reader) -> str:
    box = one.box
    if box.state == FAILED:
        return _unread(one, reader)
    if box.paused_until and box.paused_until > reader.now:
        until = reader.time(box.paused_until + timedelta(seconds=59))
        if box.trouble and box.error_code != WAITED_FOR:
            return reader.say(
                "{label} does not answer at the moment. Mailroom tries again at {time}; nothing is lost.",
                label=one.label,
                time=until,
            )
        return reader.say(
            "{label} allows more at {time}. Mailroom goes on by itself; nothing is lost.",
            label=one.label,
            time=until,
        )
    if box.state in (READ, "done"):
        return reader.count(
            "{label}: {n} message looked at, all of them.",
            "{label}: {n} messages looked at, all of them.",
            box.looked_at,
            label=one.label,
        )
    if box.total and box.total >= box.looked_at:
        return reader.count(
            "{label}: {done} of {n} message looked at.",
            "{label}: {done} of {n} messages looked at.",
            box.total,
            label=one.label,
            done=f"{box.looked_at:,}",
        )
    return reader.count(
        "{label}: {n} message looked at.",
        "{label}: {n} messages looked at.",
        box.looked_at,
        label=one.label,
    )


def _cancel(scan: Scan, reader: Reader) -> Block:
    return button(reader.say("Cancel"), CANCEL, payloads.encode(ScanRef(scan.id)))


def _review(reader: Reader) -> Block:
    return doors.HOME_PAGE.draw(reader, PageRef(PEOPLE), text=reader.say("Review"), style="primary")


# --- when it has ended ------------------------------------------------------------------------------------


def figures(progress: Progress, reader: Reader) -> list[Block]:
    """Say the four figures, and what could not be read."""
    scan = progress.scan
    lines = [
        reader.count("{n} message looked at", "{n} messages looked at", scan.looked_at),
        _with_shared(reader.count("{n} new person", "{n} new people", progress.people), progress, reader),
        reader.count("{n} already a contact", "{n} already contacts", scan.contacts),
        reader.count("{n} left out", "{n} left out", scan.left_out),
    ]
    blocks = [header(_title(progress, reader)), section(plain("\n".join(lines)))]
    if progress.filed_apart:
        said = reader.count(
            "{n} of the messages was not opened, because your mail service files it under promotions and the"
            " like.",
            "{n} of the messages were not opened, because your mail service files them under promotions and"
            " the like.",
            progress.filed_apart,
        )
        blocks.append(context(plain(said)))
    return [*blocks, *_failed(progress, reader)]


def _failed(progress: Progress, reader: Reader) -> list[Block]:
    failed, more = progress.failed[:MOST_FAILED], len(progress.failed) - MOST_FAILED
    blocks = [section(plain(_unread(one, reader)), _mend(one, reader)) for one in failed]
    if more > 0:
        said = reader.count(
            "{n} more mailbox could not be read.", "{n} more mailboxes could not be read.", more
        )
        blocks[-1] = section(plain(f"{_unread(failed[-1], reader)} {said}"), _mend(failed[-1], reader))
    return blocks


def _title(progress: Progress, reader: Reader) -> str:
    if progress.scan.state == CANCELLED:
        return reader.say("Cancelled. Who was found until then is kept.")
    if progress.scan.state == FAILED:
        return reader.say("Your mail could not be scanned")
    if progress.failed:
        return reader.say("Scanned, but not everything")
    return reader.say("Mail since {day} is scanned", day=reader.day(progress.scan.since))


def _unread(one: InAccount, reader: Reader) -> str:
    if one.box.error_code == "ReconnectRequired":
        sentence = "{label} ({address}) could not be read: access has ended. Reconnect it, then try again."
    elif one.box.error_code in ("PermissionMissing", "AdminApprovalRequired"):
        sentence = (
            "{label} ({address}) could not be read: Mailroom is not allowed to. Allow it, then try again."
        )
    elif one.box.error_code == WAITED_FOR:
        sentence = (
            "{label} ({address}) could not be read to the end: it allowed no more, for too long. What was"
            " found there is kept; try again later."
        )
    else:
        sentence = (
            "{label} ({address}) could not be read to the end. What was found there is kept; try again later."
        )
    return reader.say(sentence, label=one.label, address=one.address)


def _mend(one: InAccount, reader: Reader) -> Block | None:
    if one.box.error_code == "ReconnectRequired":
        return doors.RECONNECT.draw(
            reader, AccountRef(one.account_id), label=reader.say("Reconnect {address}", address=one.address)
        )
    if one.box.error_code in ("PermissionMissing", "AdminApprovalRequired"):
        ref = AllowRef(one.account_id, Capability.READ.value)
        return doors.ALLOW.draw(reader, ref, label=reader.say("Allow reading {address}", address=one.address))
    return None


def _ways(progress: Progress, reader: Reader) -> list[Block]:
    scan = progress.scan
    again = None
    if progress.failed:
        ref = payloads.encode(ScanRef(scan.id))
        again = button(reader.say("Retry the part that failed"), RETRY, ref)
    elif scan.state == CANCELLED:
        again = doors.START_SCAN.draw(reader, text=reader.say("Scan again"))
    first = [
        _review(reader) if progress.waiting else None,
        doors.SKIPPED.draw(reader) if scan.left_out else None,
        again,
    ]
    second = [] if progress.nightly else [doors.NIGHTLY_ON.draw(reader)]
    blocks = [actions(*row) for row in (first, second) if any(row)]
    if progress.waiting:
        said = reader.say("Review turns Mailroom's Home to the people found: close this window to see them.")
        blocks.append(context(plain(said)))
    return blocks


# --- elsewhere --------------------------------------------------------------------------------------------


def finished_message(progress: Progress, reader: Reader) -> Answer:
    """Say that a scan has ended, where its window was closed: no name stands in it."""
    scan = progress.scan
    people = reader.count("{n} new person", "{n} new people", progress.people)
    said = reader.say(
        "Your mail since {day} is scanned: {looked} looked at, {people} found, {contacts} already contacts,"
        " {left_out} left out.",
        people=_with_shared(people, progress, reader),
        day=reader.day(scan.since),
        looked=f"{scan.looked_at:,}",
        contacts=f"{scan.contacts:,}",
        left_out=f"{scan.left_out:,}",
    )
    missing = [_unread(one, reader) for one in progress.failed]
    if scan.state == FAILED:
        said = reader.say("Your mail could not be scanned.")
    text = " ".join((said, *missing))
    show = doors.SHOW_SCAN.draw(reader, text=reader.say("Show the scan")) if missing else None
    ways = [
        _review(reader) if progress.waiting else None,
        None if progress.nightly else doors.NIGHTLY_ON.draw(reader),
        show,
    ]
    return Answer(escape(text), [section(plain(text)), *([actions(*ways)] if any(ways) else [])])


def home_line(state: ScanState, reader: Reader) -> str:
    """Say on Home when mail was scanned last; "" while it never was."""
    if state.ended is None:
        return ""
    return reader.say("last scan {when}", when=reader.when(_end(state.ended)))


def _end(scan: Scan) -> datetime:
    return scan.finished_at or scan.started_at


def home_state(state: ScanState, reader: Reader) -> list[Block]:
    """What Home says before the first scan, and while it runs; nothing from then on."""
    running = state.running
    if running is None and state.ended is None:
        said = reader.say(
            "See who is missing from your contacts: Mailroom looks at your mail of the last {n} days for"
            " people you write with.",
            n=WINDOW.days,
        )
        return [section(plain(said)), actions(doors.START_SCAN.draw(reader))]
    if running is None or state.ended is not None:
        return []
    lines = [_line(one, reader) for one in running.accounts[:MOST_ACCOUNTS]]
    lines.append(_so_far(running, reader))
    return [
        section(plain(" ".join((reader.say("Looking at your mail."), *lines)))),
        actions(doors.SHOW_SCAN.draw(reader), _cancel(running.scan, reader)),
    ]
